"""A talk that waits, and a call to make, for the generated test of object-level access."""

from __future__ import annotations

from datetime import UTC, datetime

from assistant.handover import HandoverDesk, LocalSignals, Summary
from assistant.placement import CallBackRequest, ask_call_back
from assistant.placement.call_list import calls_to_make
from assistant.placement.models import Municipality
from assistant.review import ConversationLog, NewConversation
from tests.unit.console.conftest import Console
from tests.unit.console.objects import example


def waiting_talk(console: Console, municipality: str, wish: str = "werk in het groen", name: str = "a" * 32) -> int:
    """Put somebody in the queue and return the id of the hand-over."""
    place = None if municipality == "landelijk" else municipality
    log = ConversationLog(console.database)
    if log.find(name) is None:
        log.start(NewConversation(name, "0" * 64, place, None, "web", console.now()))
    desk = HandoverDesk(console.database, LocalSignals())
    desk.ask(name, municipality, Summary(wish, "u las: Wat verdien ik", "niets"), console.now())
    return desk.send(name, share=True, now=console.now()).id


@example(
    "/overnemen/{talk_id}",
    "/overnemen/{talk_id}/regels",
    "/overnemen/{talk_id}/nemen",
    "/overnemen/{talk_id}/bericht",
    "/overnemen/{talk_id}/klaar",
    "/overnemen/{talk_id}/terugleggen",
    "/overnemen/{talk_id}/doorsturen",
    "/overnemen/{talk_id}/doorsturen-intrekken",
    "/overnemen/{talk_id}/terugbellen",
)
def talk(console: Console, municipality: str) -> dict[str, str]:
    return {"talk_id": str(waiting_talk(console, municipality))}


@example("/belijst/{call_id}", form={"uitkomst": "gesproken"})
def call(console: Console, municipality: str) -> dict[str, str]:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    with console.database.session() as session:
        if session.get(Municipality, municipality) is None:
            session.add(Municipality(id=municipality, name=municipality))
            session.flush()
        wish = CallBackRequest(name="Fatima", phone="06 12345678", municipality=municipality)
        ask_call_back(session, wish, now=now)
        return {"call_id": str(calls_to_make(session, frozenset({municipality}))[0].id)}
