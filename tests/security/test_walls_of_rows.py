"""Two municipalities in one installation: what is planted in every room of one is nowhere to be seen by the other.

Every page without a thing of its own in its address, exports too, is read as every role; before and after the planting
the other municipality's pages are the same to the letter, so that not even a number leaks. Things with an address of
their own are in tests/unit/console/test_access.py, answers in tests/scale/test_walls.py.
"""

from __future__ import annotations

import copy
import datetime as dt
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from starlette.routing import BaseRoute

from assistant.database import Database
from assistant.editing.versions import Editor
from assistant.editing.versions import Proposal as Words
from assistant.editing.versions import propose as propose_words
from assistant.figures.rollup import roll_up
from assistant.handover import HandoverDesk, LocalSignals, Summary
from assistant.placement import CallBackRequest, ask_call_back
from assistant.placement.models import Opening, Registration
from assistant.placement.staff_registration import add_note
from assistant.review.corrections import Proposal, propose
from assistant.review.judging import Reviewer
from assistant.review.learning_models import TopicProposal
from assistant.review.models import Turn
from assistant.rights.holds import hold
from assistant.running.app import House, gateway_app, internal
from assistant.staff.audit import note
from assistant.staff.rights import Role
from tests.unit.console import desk_rows
from tests.unit.console.conftest import Console, StaffClient
from tests.unit.console.review_rows import make_talk
from tests.unit.console.test_access import CALLS
from tests.unit.gateway.conftest import MakeHouse

OURS, THEIRS = "almere", "steenwijkerland"
NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.UTC)
PAGES = sorted(route.path for route, method in CALLS if method == "GET" and "{" not in route.path)
THE_LOG = ("/logboek", "/logboek/controle", "/logboek/keten.jsonl", "/logboek/tabel.csv")
"""Reading it writes in it, and its chain has lines of others as bare hashes (ADR 0011): looked at for words only."""
WORD = "kwelderzwaan"
PLANTED = {
    "registration", "note", "offer", "task", "opening", "provider", "said", "sentence", "topic", "wish", "line", "call",
    "answer", "hold", "audit", "colleague", "reason",
}  # fmt: skip
ASKED = {
    "gemeente": THEIRS, "gemeenten": THEIRS, "municipality": THEIRS, "zoek": WORD[:6], "q": WORD[:6], "tekst": WORD[:6],
    "vraag": WORD[:6], "naam": WORD[:6], "wie": "1", "van": "2026-01-01", "tot": "2026-12-31",
}  # fmt: skip
"""What somebody adds to an address to see more than is theirs."""


def word(what: str) -> str:
    """A word that stands nowhere else, one for each room."""
    return f"{WORD}{what}"


def plant(console: Console) -> int:
    """Put a word of its own in every room of the other municipality; return who has taken its talk."""
    database, now, scope = console.database, console.now(), frozenset({THEIRS})
    number = desk_rows.registration(database, now, "contact", municipality=THEIRS, name=word("registration"))
    desk_rows.offer(
        database, now, municipality=THEIRS, organisation_name=word("offer"), tasks=f"U helpt met {word('task')}."
    )
    talk = make_talk(
        console,
        THEIRS,
        (word("said"), "loon/hoeveel", 0.5, ["twijfel/keuze"]),
        (word("sentence"), "hulp", 0.4, ["hulp"]),
    )
    make_talk(console, THEIRS)
    taker = _take_over(console, talk)
    colleague = console.account("reviewer", scope={THEIRS}, name=word("colleague"))
    with database.session() as session:
        opening = session.query(Opening).filter_by(municipality_id=THEIRS).order_by(Opening.number).first()
        assert opening
        opening.title, opening.contact_name = word("opening"), word("provider")
        add_note(session, scope, number, word("note"), by="Rosa", now=now)
        registration = session.query(Registration).filter_by(number=number).one()
        registration.events[-1].reason = word("reason")
        wish = CallBackRequest(name=word("call"), phone="06 12345678", municipality=THEIRS)
        ask_call_back(session, wish, now=now)
        turn = session.query(Turn).filter_by(said=word("sentence")).one()
        assert propose(session, Proposal(turn.id, "loon/contract"), Reviewer(10_000, "Iemand"), now, scope=scope)
        session.add(
            TopicProposal(
                municipality=THEIRS, times=2, sentences=[word("topic"), "b"], draft="nieuw/a", state="open", made_at=now
            )
        )
        text = Words("loon/hoeveel", THEIRS, f"U krijgt loon. {word('answer')}.", "", "", dt.date(2026, 11, 21))
        propose_words(session, text, Editor(999, scope), console.rooms.library.book, now)
        hold(session, "gesprek", talk, word("hold"), now.date() + dt.timedelta(days=9), scope=scope, by=1, now=now)
        note(session, colleague, "gesprek gelezen", "gesprek x", THEIRS, now, word("audit"))
    count(database)
    return taker


def _take_over(console: Console, talk: str) -> int:
    desk = HandoverDesk(console.database, LocalSignals())
    desk.ask(talk, THEIRS, Summary(word("wish"), "u las: iets", "niets"), console.now())
    asked = desk.send(talk, share=True, now=console.now())
    colleague = console.account("accountmanager", scope={THEIRS}, name=word("taker"))
    desk.claim(asked.id, colleague, "Amira", frozenset({THEIRS}), console.now())
    assert desk.person_says(talk, word("line"), word("line"), None, console.now())
    return colleague


def count(database: Database) -> None:
    """Count every day that is over, as happens each night."""
    with database.session() as session:
        roll_up(session, now=NOW + dt.timedelta(days=2))


def pages_of(client: StaffClient, **asked: str) -> dict[str, str]:
    """Return every page by its address, without what is of this session or this moment."""
    found = {}
    for path in PAGES:
        answer = client.get(path, params=asked)
        assert answer.status_code < 500, (path, answer.status_code)
        found[path] = text_of(answer).lower()
    return found


def text_of(answer: httpx.Response) -> str:
    """Return what somebody reads in it; a workbook is a packed file, in which no word can be found as it is."""
    if "spreadsheet" not in answer.headers.get("content-type", ""):
        return answer.text
    book = load_workbook(io.BytesIO(answer.content), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def ours(console: Console) -> dict[str, StaffClient]:
    return {role: console.login(role, scope={OURS}) for role in Role}


@pytest.fixture
def together(make: MakeHouse, console: Console) -> tuple[House, Console]:
    """A house and its console on one database, a fixed clock, and things of both municipalities."""
    house = make(messages_per_minute=10_000)
    console.rooms.database = console.database = house.database
    console.at(NOW)
    desk_rows.registration(console.database, NOW, municipality=OURS)
    make_talk(console, OURS)
    count(console.database)
    return house, console


def test_the_pages_of_one_municipality_do_not_change_by_what_happens_in_another(
    together: tuple[House, Console],
) -> None:
    console = together[1]
    clients = ours(console)
    before = {role: pages_of(client) for role, client in clients.items()}
    plant(console)
    for role, client in clients.items():
        after = pages_of(client)
        changed = [path for path in PAGES if path not in THE_LOG and after[path] != before[role][path]]
        assert changed == [], (role, changed, _difference(before[role], after, changed))
        assert [path for path in PAGES if WORD in after[path]] == [], role


def _difference(before: dict[str, str], after: dict[str, str], changed: list[str]) -> list[str]:
    lines = [set(after[path].splitlines()) - set(before[path].splitlines()) for path in changed]
    return [line.strip()[:200] for found in lines for line in sorted(found)][:5]


def test_asking_for_the_other_one_by_name_shows_nothing(together: tuple[House, Console]) -> None:
    console = together[1]
    plant(console)
    for role, client in ours(console).items():
        shown = pages_of(client, **ASKED)
        assert [path for path in PAGES if WORD in shown[path]] == [], role


def test_what_was_planted_is_there_for_who_may_see_it(together: tuple[House, Console]) -> None:
    """Else finding nothing in the tests above would say nothing."""
    console = together[1]
    taker = plant(console)
    clients = [console.login(role, scope={THEIRS}) for role in Role] + [console.login_as(taker)]
    pages = [client.get(path) for client in clients for path in PAGES]
    links = {one for page in pages for one in re.findall(r'href="(/[\w/-]+)"', page.text) if one not in PAGES}
    pages += [
        client.get(path) for client in clients for path in sorted(links) if not path.startswith("/antwoorden/tekst/")
    ]
    shown = "".join(text_of(page).lower() for page in pages)
    assert {what for what in PLANTED if word(what) not in shown} == set()


# the public door


def public_calls(routes: list[BaseRoute]) -> set[str]:
    found: set[str] = set()
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inner is not None:
            found |= public_calls(inner.routes)
        elif "GET" in (getattr(route, "methods", None) or ()) and "{" not in getattr(route, "path", "{"):
            found.add(route.path)  # type: ignore[attr-defined]
    return found


async def test_the_public_door_tells_nothing_of_a_person_or_an_employer(together: tuple[House, Console]) -> None:
    house, console = together
    app = gateway_app(house)
    paths = public_calls(app.routes)
    assert len(paths) > 8 and "/werkplekken.json" in paths
    plant(console)
    with console.database.session(write=False) as session:
        people = [row.number for row in session.query(Registration)]
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", follow_redirects=False) as client:
        for path in sorted(paths):
            shown = (await client.get(path)).text
            told = {what for what in PLANTED - {"opening"} if word(what) in shown.lower()}
            assert told == set() and not [number for number in people if number in shown], (path, told)
        begun = (await client.post("/api/v1/conversations", json={"municipality": OURS})).json()
        assert WORD not in json.dumps(begun).lower()


def search(municipality: str) -> dict[str, Any]:
    """A call of Rasa to look for openings, as it was recorded, from a talk of this municipality."""
    calls = json.loads((Path(__file__).parents[1] / "contracts/recorded/rasa_naar_acties.json").read_text("utf-8"))
    call = copy.deepcopy(next(c["request"] for c in calls if c["request"]["next_action"] == "action_werkplek_zoeken"))
    tracker = call["tracker"]
    tracker["slots"] |= {
        "gemeente": municipality,
        "session_started_metadata": {"channel": "web", "municipality": municipality},
    }
    tracker["latest_message"] |= {
        "metadata": {"channel": "web", "municipality": municipality},
        "entities": [{"entity": "gemeente", "value": municipality}],
        "text": "laat alle plekken zien",
    }
    return dict(call) | {"domain": {}}


async def test_openings_of_another_municipality_are_not_offered_in_a_talk_of_ours(
    together: tuple[House, Console],
) -> None:
    house, console = together
    plant(console)
    transport = httpx.ASGITransport(app=internal(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        theirs = (await client.post("/webhook", json=search(THEIRS))).json()
        mine = (await client.post("/webhook", json=search(OURS))).json()
    with console.database.session(write=False) as session:
        foreign = {row.number for row in session.query(Opening).filter_by(municipality_id=THEIRS)}
    assert any(number in json.dumps(theirs) for number in foreign), "their own talk is offered them"
    assert "W-" in json.dumps(mine) and not [number for number in foreign if number in json.dumps(mine)]
