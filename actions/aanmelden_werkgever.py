"""An employer offers a place; the rules of the municipality are told as soon as they are not met."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.forms.readers import (
    hours_in_a_row,
    read_company,
    read_contact,
    read_hours,
    read_months,
    read_name,
    read_place,
    read_places,
    read_work_kind,
    shown_hours,
)
from actions.forms.step import SKIPPED, Field, Form
from actions.forms.tasks import kind_of, numbered, read_tasks, shown_tasks
from actions.forms.validate import FormTurn
from actions.message import Message, municipality
from actions.reply import Part, part, say, word_for
from assistant.placement import PlaceOffer, RuleBreach, check, municipality_of, offer_place, refused_filters, rules_of


def remarks(values: dict[str, Any], talk_municipality: str | None) -> list[Part]:
    """Return the task cards, and a part per rule that the hours or the contract given so far do not meet."""
    return [*_cards(values.get("taken")), *_below_rules(values, talk_municipality)]


def _cards(tasks: Any) -> list[Part]:
    """Several tasks are shown as cards of their own: an adviser may join them into one job."""
    several = isinstance(tasks, list) and len(tasks) > 1
    return [part("taken/kaartjes", taken=numbered(tasks))] if several else []


def _below_rules(values: dict[str, Any], talk_municipality: str | None) -> list[Part]:
    place = values.get("plaats_werk")
    where = (municipality_of(place) if place else None) or talk_municipality
    if where is None:
        return []
    hours, months = values.get("uren"), values.get("contract_maanden")
    breaches = check(
        rules_of(where),
        hours[0] if isinstance(hours, list) else None,
        months if isinstance(months, int) else None,
        permanent=months == "vast",
    )
    return [breach_part(breach) for breach in breaches if breach.given is not None]


def breach_part(breach: RuleBreach) -> Part:
    """Return the explanation of one rule that is not met."""
    return part(f"regel/{breach.code}", minimum=str(breach.limit), gegeven=str(breach.given or 0))


def _shown_months(value: Any) -> Any:
    return {"key": "contract/vast", "else": ""} if value == "vast" else f"{value} maanden" if value != 1 else "1 maand"


FORM = Form(
    "aanmelden_werkgever",
    (
        Field("bedrijf", read_company),
        Field("naam", read_name),
        Field("contact", read_contact),
        Field("plaats_werk", read_place),
        Field("taken", read_tasks, optional=True, shown=shown_tasks),
        Field("soort_werk", read_work_kind, optional=True, shown=lambda code: word_for("soort_werk", code)),
        Field("uren", read_hours, optional=True, shown=shown_hours, brief=hours_in_a_row),
        Field("contract_maanden", read_months, optional=True, shown=_shown_months),
        Field("aantal_plekken", read_places, optional=True),
    ),
    remarks=remarks,
    heard=lambda text: [part(f"weigering/{refusal.code}") for refusal in refused_filters(text)],
    follows=lambda given: {"soort_werk": kind} if (kind := kind_of(given.get("taken") or [])) else {},
)


class ValidateAanmeldenWerkgever(FormTurn):
    """One turn of the form."""

    form = FORM


class AanmeldenWerkgever(Action):
    """Writes the offer once the employer said yes; below a rule it is kept for a decision, and that is said."""

    def name(self) -> str:
        return "action_aanmelden_werkgever"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Store the offer; without a yes nothing is written and nothing is said."""
        if tracker.get_slot("toestemming") != "ja":
            return []
        with desk().database.session() as session:
            offered = offer_place(session, _offer(tracker), now=desk().now())
        given = [breach for breach in offered.breaches if breach.given is not None]
        key = "aanmelden_werkgever/voldoet_niet" if offered.breaches else "aanmelden_werkgever/gelukt"
        say(dispatcher, [part(key, nummer=offered.number), *map(breach_part, given)])
        return [SlotSet(slot, None) for slot in FORM.slots]


LINE, LONGEST = "\n", 1000
"""Between two tasks of an offer, and the characters that the database keeps of all of them."""


def _offer(tracker: Tracker) -> PlaceOffer:
    values = {slot: tracker.get_slot(slot) for slot in FORM.slots}
    known = {slot: None if value == SKIPPED else value for slot, value in values.items()}
    contact, hours, months = known["contact"] or "", known["uren"], known["contract_maanden"]
    return PlaceOffer(
        municipality=municipality_of(known["plaats_werk"] or "")
        or municipality(tracker, Message.of(tracker))
        or "landelijk",
        organisation_name=known["bedrijf"] or "",
        contact_name=known["naam"] or "",
        phone=None if "@" in contact else contact,
        email=contact if "@" in contact else None,
        place=known["plaats_werk"],
        work_kind=known["soort_werk"],
        tasks=LINE.join(card["task"] for card in known["taken"])[:LONGEST] if known["taken"] else None,
        hours=hours[0] if hours else None,
        hours_max=hours[1] if hours else None,
        contract_months=months if isinstance(months, int) else None,
        permanent=months == "vast",
        places=known["aantal_plekken"] or 1,
        conversation_id=tracker.sender_id,
    )
