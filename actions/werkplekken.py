"""Looking up openings: by kind of work, place, hours and days; three at a time; more about one of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.desk import desk
from actions.forms.readers import read_hours
from actions.message import Message, municipality
from actions.reply import Part, part, say, with_buttons, with_openings, word_for
from assistant.placement import OpeningSearch, OpeningView, SearchResult, opening_by_number, search_openings

SLOT = "zoekvraag"
PAGE = 3
_NUMBER = re.compile(r"\bW[- ]?(\d{1,5})\b", re.IGNORECASE)
_MORE = re.compile(r"^\W*(laat )?(me |mij )?(nog )?(meer|andere|volgende)( \w+)?( zien)?\W*$", re.IGNORECASE)
_ORDINALS = {"eerste": 1, "1e": 1, "tweede": 2, "2e": 2, "derde": 3, "3e": 3, "laatste": -1}


@dataclass(frozen=True)
class Wanted:
    """What is being looked for, as it is kept in the slot between turns."""

    work_kind: str | None = None
    place: str | None = None
    hours: tuple[int, int] | None = None
    days: tuple[str, ...] = ()
    offset: int = 0
    shown: tuple[str, ...] = ()
    """Numbers of the openings that were shown last."""

    @classmethod
    def of(cls, raw: dict[str, Any] | None) -> Wanted:
        """Read the slot."""
        raw = raw or {}
        hours = raw.get("hours")
        return cls(
            raw.get("work_kind"),
            raw.get("place"),
            (hours[0], hours[1]) if hours else None,
            tuple(raw.get("days") or ()),
            raw.get("offset", 0),
            tuple(raw.get("shown") or ()),
        )

    def to_slot(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            **vars(self),
            "hours": list(self.hours) if self.hours else None,
            "days": list(self.days),
            "shown": list(self.shown),
        }

    def search(self, talk_municipality: str | None) -> OpeningSearch:
        """Return the search; without a place the municipality of the talk is the place."""
        return OpeningSearch(
            work_kind=self.work_kind,
            place=self.place,
            hours=self.hours,
            days=frozenset(self.days) or None,
            municipality=None if self.place else talk_municipality,
        )


class WerkplekZoeken(Action):
    """Shows up to three openings that fit what was said now and before."""

    def name(self) -> str:
        return "action_werkplek_zoeken"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Search and show; ask for one thing when nothing is known at all."""
        message = Message.of(tracker)
        before = Wanted.of(tracker.get_slot(SLOT))
        wanted = next_page(before) if _MORE.search(message.text) and before.shown else read_wanted(message, before)
        where = municipality(tracker, message)
        if message.intent == "gegevens_geven" and wanted == before:
            return _loose(dispatcher, message)
        if not (wanted.work_kind or wanted.place or wanted.hours or wanted.days or where):
            say(dispatcher, [part("werkplek_zoeken/wat_zoekt_u")])
            return []
        with desk().database.session(write=False) as session:
            found = search_openings(
                session, wanted.search(where), today=desk().now().date(), limit=PAGE, offset=wanted.offset
            )
        say(dispatcher, [_found(found, wanted)])
        shown = tuple(opening.number for opening in found.openings)
        return [SlotSet(SLOT, Wanted(**{**vars(wanted), "shown": shown or before.shown}).to_slot())]


class WerkplekDetails(Action):
    """Tells more about one opening: the one that was named, pointed at or shown last."""

    def name(self) -> str:
        return "action_werkplek_details"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Show the opening and remember it for a registration."""
        opening = _meant(tracker)
        if opening is None:
            say(dispatcher, [part("werkplek_details/welke")])
            return []
        say(dispatcher, [_details(opening)])
        return _remembered(opening)


class WerkplekContact(Action):
    """Says whom to ask about an opening."""

    def name(self) -> str:
        return "action_werkplek_contact"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Give the contact of the opening, or the way to the municipality when it has none."""
        opening = _meant(tracker)
        if opening is None:
            say(dispatcher, [part("werkplek_details/welke")])
            return []
        contact = opening.contact
        key = "werkplek_contact/bekend" if contact.phone or contact.email else "werkplek_contact/via_gemeente"
        reach = ", ".join(value for value in (contact.name, contact.phone, contact.email) if value)
        said = part(key, titel=opening.title, organisatie=opening.organisation, bereikbaar=reach, nummer=opening.number)
        say(dispatcher, [with_buttons(said, ("aanmelden_werkzoekende", "/aanmelden_werkzoekende"))])
        return _remembered(opening)


def _remembered(opening: OpeningView) -> list[EventType]:
    """Keep the opening, so that who registers next need not say again which work it is."""
    return [SlotSet("werkplek_nummer", opening.number), SlotSet("soort_werk", opening.work_kind)]


def read_wanted(message: Message, before: Wanted) -> Wanted:
    """Return the wish with what this message adds; a new kind of work or place starts from the first page."""
    days = message.value("dagen")
    named = tuple(day for day in str(days or "").split(",") if day in ("ma", "di", "wo", "do", "vr", "za", "zo"))
    hours = read_hours(message, False)
    return Wanted(
        work_kind=message.value("soort_werk") or before.work_kind,
        place=message.value("plaats", "postcode") or before.place,
        hours=(hours[0], hours[1]) if hours else before.hours,
        days=named or before.days,
        shown=before.shown,
    )


def next_page(before: Wanted) -> Wanted:
    """Return the same wish, three further on."""
    return Wanted(**{**vars(before), "offset": before.offset + PAGE})


def _found(found: SearchResult, wanted: Wanted) -> Part:
    """Return the part for a result: found, found after letting go of something, no more, or nothing at all."""
    values = {
        "aantal": str(found.total),
        "werk": word_for("soort_werk", wanted.work_kind)
        if wanted.work_kind
        else {"key": "soort_werk/alles", "else": ""},
        "plaats": wanted.place or "",
        "losgelaten": [word_for("losgelaten", name) for name in found.relaxed],
    }
    if not found.openings:
        return part("werkplek_zoeken/geen_meer" if wanted.offset else "werkplek_zoeken/niets", **values)
    key = "werkplek_zoeken/ruimer" if found.relaxed else "werkplek_zoeken/gevonden"
    buttons = [("aanmelden_werkzoekende", "/aanmelden_werkzoekende")]
    if found.total > wanted.offset + len(found.openings):
        buttons.insert(0, ("knop/meer", "laat meer plekken zien"))
    return with_buttons(with_openings(part(key, **values), found.openings), *buttons)


def _details(opening: OpeningView) -> Part:
    traits = opening.traits
    said = part(
        "werkplek_details/plek",
        titel=opening.title,
        organisatie=opening.organisation,
        plaats=opening.place,
        taken=opening.tasks,
        begeleiding=word_for("begeleiding", traits.guidance or "onbekend"),
        dagen=[word_for("dag", day) for day in opening.days] or {"key": "dag/overleg", "else": ""},
        contract=f"{opening.contract_months} maanden"
        if opening.contract_months
        else {"key": "contract/onbekend", "else": ""},
        nummer=opening.number,
    )
    buttons = (("aanmelden_werkzoekende", "/aanmelden_werkzoekende"), ("werkplek_contact", "/werkplek_contact"))
    return with_buttons(with_openings(said, [opening]), *buttons)


def _meant(tracker: Tracker) -> OpeningView | None:
    """Return the opening that a message is about, or None when that is not clear."""
    message = Message.of(tracker)
    number = _number(message, Wanted.of(tracker.get_slot(SLOT)), tracker.get_slot("werkplek_nummer"))
    if number is None:
        return None
    with desk().database.session(write=False) as session:
        return opening_by_number(session, number, today=desk().now().date())


def _number(message: Message, wanted: Wanted, last: str | None) -> str | None:
    if written := _NUMBER.search(message.text):
        return f"W-{int(written[1]):04d}"
    position = _position(message)
    if position is not None and wanted.shown:
        return wanted.shown[position] if -1 <= position < len(wanted.shown) else None
    return last or (wanted.shown[0] if len(wanted.shown) == 1 else None)


def _position(message: Message) -> int | None:
    pointed = str(message.value("werkplek_nummer") or "")
    if pointed.startswith("volgorde:") and pointed[9:].lstrip("-").isdigit():
        place = int(pointed[9:])
        return place - 1 if place > 0 else place
    words = re.findall(r"\w+", message.text.lower())
    return next((_ORDINALS[word] - (_ORDINALS[word] > 0) for word in words if word in _ORDINALS), None)


def _loose(dispatcher: CollectingDispatcher, message: Message) -> list[EventType]:
    """Answer data that fits no question of ours: who someone is, or something we cannot place."""
    role = message.value("rol")
    say(dispatcher, [part(f"welkom_{role}" if role else "gegevens/zonder_vraag", "gegevens/zonder_vraag")], role=role)
    return []
