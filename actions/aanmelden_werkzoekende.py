"""Someone who looks for work leaves an interest: who, where, which work, how many hours."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.forms.readers import (
    hours_in_a_row,
    read_contact,
    read_hours,
    read_name,
    read_needs,
    read_opening,
    read_place,
    read_work_kind,
    shown_hours,
)
from actions.forms.step import SKIPPED, Field, Form
from actions.forms.validate import FormTurn
from actions.message import Message, municipality
from actions.reply import part, say, word_for
from assistant.placement import (
    InterestWish,
    OpeningFull,
    OpeningNotFound,
    municipality_of,
    opening_by_number,
    register_interest,
)

CONSENT_TEXT = "aanmelden_werkzoekende/2026-11-21"
"""Version of the text under `vraag/aanmelden_werkzoekende/toestemming`; a new text gets a new date."""


def _shown_opening(number: Any) -> str:
    """Return the chosen opening in words: 'Groen onderhouden bij NoordWestGroep in Steenwijk (W-0001)'."""
    with desk().database.session(write=False) as session:
        opening = opening_by_number(session, str(number), today=desk().now().date())
    return f"{opening.title}, {opening.organisation}, {opening.place} ({opening.number})" if opening else str(number)


FORM = Form(
    "aanmelden_werkzoekende",
    (
        Field("naam", read_name),
        Field("contact", read_contact),
        Field("woonplaats", read_place, optional=True),
        Field("soort_werk", read_work_kind, optional=True, shown=lambda code: word_for("soort_werk", code)),
        Field("uren", read_hours, optional=True, shown=shown_hours, brief=hours_in_a_row),
        Field("werkplek_nummer", read_opening, optional=True, shown=_shown_opening, asked=False),
        Field(
            "nodig_op_werk",
            read_needs,
            optional=True,
            shown=lambda codes: [word_for("behoefte", code) for code in codes],
            asked=False,
        ),
    ),
)


class ValidateAanmeldenWerkzoekende(FormTurn):
    """One turn of the form."""

    form = FORM


class AanmeldenWerkzoekende(Action):
    """Writes the interest once the person said yes, and gives the number."""

    def name(self) -> str:
        return "action_aanmelden_werkzoekende"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Register; without a yes nothing is written and nothing is said."""
        if tracker.get_slot("toestemming") != "ja":
            return []
        wish = _wish(tracker)
        now = desk().now()
        try:
            with desk().database.session() as session:
                registered = register_interest(session, wish, now=now)
        except (OpeningFull, OpeningNotFound):
            say(dispatcher, [part("aanmelden_werkzoekende/plek_vol")])
            return [SlotSet("werkplek_nummer", None)]
        day = registered.next_action_by
        values = {"nummer": registered.number, "voor": {"date": day.isoformat()} if day else ""}
        say(dispatcher, [part("aanmelden_werkzoekende/gelukt", **values)])
        return [SlotSet(slot, None) for slot in FORM.slots]


def _wish(tracker: Tracker) -> InterestWish:
    slots = {slot: tracker.get_slot(slot) for slot in FORM.slots}
    values: dict[str, Any] = {slot: None if value == SKIPPED else value for slot, value in slots.items()}
    contact, hours, place = values["contact"], values["uren"], values["woonplaats"]
    at = desk().now()
    near = municipality_of(place) if place else None
    return InterestWish(
        municipality=near or municipality(tracker, Message.of(tracker)) or "landelijk",
        name=values["naam"],
        phone=None if "@" in contact else contact,
        email=contact if "@" in contact else None,
        work_kind=values["soort_werk"],
        place=place,
        hours=(hours[0], hours[1]) if hours else None,
        workplace_needs=", ".join(values["nodig_op_werk"] or ()) or None,
        opening=values["werkplek_nummer"],
        consent_text_version=CONSENT_TEXT,
        consented_at=at,
        conversation_id=tracker.sender_id,
    )
