"""Looking up openings: three at a time, in one order for everybody; more about one of them; whom to ask."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.counts import searched, viewed
from actions.desk import desk
from actions.message import Message, municipality
from actions.reply import Part, part, say, with_buttons, with_openings, word_for
from actions.zoekvraag import PAGE, SLOT, Wanted, asks_more, next_page, number_meant, read_wanted
from assistant.placement import OpeningView, SearchResult, opening_by_number, search_openings

FLOW_BUTTON = ("aanmelden_werkzoekende", "/aanmelden_werkzoekende")


class WerkplekZoeken(Action):
    """Shows up to three openings that fit what was said now and before."""

    def name(self) -> str:
        return "action_werkplek_zoeken"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Search and show; ask for one thing when nothing is known at all."""
        message = Message.of(tracker)
        before = Wanted.of(tracker.get_slot(SLOT))
        wanted = next_page(before) if asks_more(message) and before.shown else read_wanted(message, before)
        where = municipality(tracker, message)
        if message.intent == "gegevens_geven" and wanted == replace(before, offset=0):
            return _loose(dispatcher, message)
        if wanted.radius_km != before.radius_km and not wanted.place:
            say(dispatcher, [part("werkplek_zoeken/waar")])
            return []
        if wanted.is_empty and ((before == Wanted() and not where) or message.text.startswith("/")):
            say(dispatcher, [part("werkplek_zoeken/wat_zoekt_u")])
            return []
        found = _search(wanted, where)
        say(dispatcher, [_found(found, wanted, same=_same(found, wanted, before))])
        if not wanted.offset:
            searched(wanted.search(where), found, tracker.sender_id)
        return [SlotSet(SLOT, _kept(wanted, before, found).to_slot())]


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
        viewed(opening)
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
        say(dispatcher, [with_buttons(said, FLOW_BUTTON)])
        return _remembered(opening)


def _search(wanted: Wanted, where: str | None) -> SearchResult:
    with desk().database.session(write=False) as session:
        return search_openings(
            session, wanted.search(where), today=desk().now().date(), limit=PAGE, offset=wanted.offset
        )


def _same(found: SearchResult, wanted: Wanted, before: Wanted) -> bool:
    """Whether nothing else is shown than a moment ago: then that is said, so that nobody goes round in circles.

    Seen from another place the distances are news.
    """
    shown = tuple(opening.number for opening in found.openings)
    return bool(shown) and shown == before.shown and wanted.place == before.place


def _kept(wanted: Wanted, before: Wanted, found: SearchResult) -> Wanted:
    shown = tuple(opening.number for opening in found.openings)
    distances = [opening.distance_km for opening in found.openings if opening.distance_km is not None]
    return replace(wanted, shown=shown or before.shown, nearest_km=min(distances, default=before.nearest_km))


def _remembered(opening: OpeningView) -> list[EventType]:
    """Keep the opening, so that who registers next need not say again which work it is."""
    return [SlotSet("werkplek_nummer", opening.number), SlotSet("soort_werk", opening.work_kind)]


def _found(found: SearchResult, wanted: Wanted, *, same: bool) -> Part:
    """Return the part for a result: found, found after letting go of something, no more, or nothing at all."""
    any_work = {"key": "soort_werk/alles", "else": ""}
    values = {
        "aantal": str(found.total),
        "werk": word_for("soort_werk", wanted.work_kind) if wanted.work_kind else any_work,
        "plaats": wanted.place or "",
        "volgorde": word_for("volgorde", "afstand" if found.origin else "begin"),
        "losgelaten": [word_for("losgelaten", name) for name in found.relaxed],
    }
    wish = (FLOW_BUTTON, ("terugbellen", "/terugbellen"))
    if not found.openings:
        return with_buttons(
            part("werkplek_zoeken/geen_meer" if wanted.offset else "werkplek_zoeken/niets", **values), *wish
        )
    key = "werkplek_zoeken/ruimer" if found.relaxed else "werkplek_zoeken/gevonden"
    buttons = [FLOW_BUTTON, ("werkplek_zoeken/volgorde", "/werkplek_zoeken/volgorde")]
    if found.total > wanted.offset + len(found.openings):
        buttons.insert(0, ("knop/meer", "laat meer plekken zien"))
    if same:
        key = "werkplek_zoeken/zelfde"
    return with_buttons(with_openings(part(key, **values), found.openings), *buttons)


def _details(opening: OpeningView) -> Part:
    traits = opening.traits
    said = part(
        "werkplek_details/plek" if opening.places_free else "werkplek_details/vol",
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
    buttons = (FLOW_BUTTON, ("werkplek_contact", "/werkplek_contact"))
    return with_buttons(with_openings(said, [opening]), *buttons)


def _meant(tracker: Tracker) -> OpeningView | None:
    """Return the opening that a message is about, or None when that is not clear."""
    wanted = Wanted.of(tracker.get_slot(SLOT))
    number = number_meant(Message.of(tracker), wanted, tracker.get_slot("werkplek_nummer"))
    if number is None:
        return None
    with desk().database.session(write=False) as session:
        return opening_by_number(session, number, today=desk().now().date())


def _loose(dispatcher: CollectingDispatcher, message: Message) -> list[EventType]:
    """Answer data that fits no question of ours: who someone is, or something we cannot place."""
    role = message.value("rol")
    say(dispatcher, [part(f"welkom_{role}" if role else "gegevens/zonder_vraag", "gegevens/zonder_vraag")], role=role)
    return []
