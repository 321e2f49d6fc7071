"""The take-over on the road of a message: the real gateway and database, a brain that the test controls."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import time_machine

from assistant.conversation.brain import Thought
from assistant.core.reply import Reply
from assistant.handover import HandoverNotPossible
from assistant.running.app import House
from tests.unit.gateway.conftest import FakeRasa, MakeHouse, answers, client, client_of, house, make, migrated, rasa

__all__ = ["answers", "client", "house", "make", "migrated", "rasa"]
MONDAY_TEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in Almere
ALMERE = frozenset({"almere"})
NOOR = (7, "Noor Jansen")


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_TEN, tick=True) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def thinks(rasa: FakeRasa, answers: Any) -> None:
    """A brain that knows one question and the wish for a person."""

    def think(text: str) -> Thought:
        from assistant.core.context import TalkContext

        key = {"wat verdien ik": "loon/hoeveel", "blub": "twijfel/geen_idee"}.get(text, "mens_spreken")
        key = "hulp" if text.startswith("hallo") else key
        return Thought((answers.book.word(key, TalkContext("almere")),), key, 0.97)

    rasa.answer = think
    rasa.slots = _slots  # type: ignore[attr-defined]


async def _slots(conversation_id: str) -> dict[str, Any]:
    search = {"work_kind": "groen", "place": "Almere", "hours": [16, 24]}
    return {"zoekvraag": search, "naam": "Fatima", "contact": "06"}


class Person:
    """Somebody at the chat API."""

    def __init__(self, client: httpx.AsyncClient, started: dict[str, Any]) -> None:
        self.client, self.id = client, started["id"]
        self.headers = {"authorization": f"Bearer {started['token']}"}
        self.said = 0

    @classmethod
    async def come(cls, client: httpx.AsyncClient, **where: Any) -> Person:
        answer = await client.post("/api/v1/conversations", json={"municipality": "almere"} | where)
        return cls(client, answer.json())

    async def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        self.said += 1
        body = {"text": text, "client_message_id": message_id or f"m{self.said}"}
        answer = await self.client.post(f"/api/v1/conversations/{self.id}/messages", json=body, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    async def events(self, after: str = "") -> list[dict[str, Any]]:
        answer = await self.client.get(f"/api/v1/conversations/{self.id}/events?after={after}", headers=self.headers)
        return list(answer.json()["events"])

    async def waits(self) -> int:
        await self.say("ik wil een mens")
        assert (await self.say("/mens/stuur"))["human"] == {"state": "waiting", "name": None, "place": 1}
        return 0


def there(house: House) -> None:
    house.people.staff.desk.queue.arrive(*NOOR, ALMERE, datetime.now(UTC))


@pytest.fixture
async def person(house: House, client: httpx.AsyncClient) -> AsyncIterator[Person]:
    there(house)
    yield await Person.come(client)


def queued(house: House) -> list[int]:
    return [one.id for one in house.people.staff.desk.queue.waiting(ALMERE)]


async def test_the_person_sees_a_summary_of_their_own_words_first(person: Person, house: House) -> None:
    await person.say("wat verdien ik")
    await person.say("blub")
    offered = await person.say("ik wil een mens")
    [reply] = offered["messages"]
    assert reply["answer"] == "mens/samenvatting"
    assert "Uw vraag: ‘blub’" in reply["text"]
    assert "Wat verdien ik" in reply["text"]
    assert "gezocht: werk in het groen, Almere, 16 tot 24 uur per week" in reply["text"]
    assert "Fatima" not in reply["text"]
    assert [button["payload"] for button in reply["buttons"]] == ["/mens/stuur", "/mens/zonder", "/mens/niet"]
    assert offered["human"]["state"] == "none"
    assert queued(house) == []


@pytest.mark.parametrize(("says", "shares"), [("/mens/stuur", True), ("ja hoor", True), ("/mens/zonder", False)])
async def test_nothing_goes_to_staff_before_the_person_chose(
    person: Person, house: House, says: str, shares: bool
) -> None:
    await person.say("ik wil een mens")
    sent = await person.say(says)
    assert sent["human"] == {"state": "waiting", "name": None, "place": 1}
    assert "als eerste aan de beurt" in sent["messages"][0]["text"]
    [talk] = house.people.staff.desk.queue.waiting(ALMERE)
    assert talk.shares_summary is shares
    assert (talk.summary is not None) is shares


@pytest.mark.parametrize("says", ["/mens/niet", "nee", "liever niet"])
async def test_liever_niet_sends_nothing(person: Person, house: House, says: str) -> None:
    await person.say("ik wil een mens")
    assert (await person.say(says))["messages"][0]["answer"] == "mens/niet"
    assert queued(house) == []
    assert (await person.say("hallo"))["messages"][0]["answer"] == "hulp"


async def test_an_old_button_says_that_it_is_old(person: Person) -> None:
    assert (await person.say("/mens/stuur"))["messages"][0]["answer"] == "mens/te_laat"


async def test_without_staff_there_is_the_telephone_and_no_queue(client: httpx.AsyncClient, house: House) -> None:
    person = await Person.come(client)
    assert (await person.say("ik wil een mens"))["messages"][0]["answer"] == "mens_spreken"


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, *day, tzinfo=UTC) for day in ((11, 23, 19), (11, 22, 10), (12, 25, 10))],
    ids=["evening", "sunday", "christmas"],
)
async def test_outside_the_opening_hours_there_is_no_queue(
    client: httpx.AsyncClient, house: House, clock: time_machine.Traveller, moment: datetime
) -> None:
    clock.move_to(moment)
    there(house)
    person = await Person.come(client)
    [reply] = (await person.say("ik wil een mens"))["messages"]
    assert reply["answer"] == "mens_spreken"
    assert "/terugbellen" in [button["payload"] for button in reply["buttons"]]


async def test_the_bot_answers_while_waiting_and_is_silent_while_staff_is_here(
    person: Person, house: House, rasa: FakeRasa
) -> None:
    await person.waits()
    assert (await person.say("hallo"))["messages"][0]["answer"] == "hulp"
    staff = house.people.staff
    staff.claim(queued(house)[0], *NOOR, ALMERE)
    asked = len(rasa.asked)
    said = await person.say("bent u daar? mijn nummer is 06 12345678, bsn 123456782")
    assert said["human"] == {"state": "here", "name": "Noor", "place": None}
    assert [reply["answer"] for reply in said["messages"]] == ["privacy/bsn"]
    assert len(rasa.asked) == asked
    lines = staff.desk.lines_after(person.id, "")
    assert lines[-1].text == "bent u daar? mijn nummer is 06 12345678, bsn [bsn]"


async def test_danger_is_answered_at_once_and_staff_sees_the_words(person: Person, house: House) -> None:
    await person.waits()
    staff = house.people.staff
    staff.claim(queued(house)[0], *NOOR, ALMERE)
    said = await person.say("ik wil niet meer leven")
    assert said["messages"][0]["answer"].startswith("veiligheid_")
    lines = staff.desk.lines_after(person.id, "")
    assert [(line.who, line.text) for line in lines[-2:]] == [
        ("persoon", "ik wil niet meer leven"),
        ("assistent", said["messages"][0]["text"]),
    ]
    talk = staff.desk.running(person.id)
    assert talk
    staff.finish(talk, NOOR[0])
    kept = [line.text for line in staff.desk.lines_after(person.id, "")]
    assert not any("niet meer leven" in text for text in kept)


async def test_words_of_staff_come_as_events_and_the_bot_comes_back(person: Person, house: House) -> None:
    await person.waits()
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    staff.desk.staff_says(talk.id, NOOR[0], "Dag, met Noor.", datetime.now(UTC))
    waiting, here, said = await person.events()
    assert waiting["data"] == {"state": "waiting", "place": 1, "messages": []}
    assert here["data"] == {"state": "here", "name": "Noor", "messages": []}
    assert (said["event"], said["data"]) == ("message", {"text": "Dag, met Noor.", "name": "Noor"})
    staff.finish(talk, NOOR[0])
    [back] = await person.events(said["id"])
    assert (back["event"], back["data"]["state"]) == ("human", "none")
    assert [reply["answer"] for reply in back["data"]["messages"]] == ["mens/terug"]
    answered = await person.say("hallo")
    assert answered["human"]["state"] == "none"
    assert answered["messages"][0]["answer"] == "hulp"


async def test_the_bot_asks_its_last_question_again(person: Person, house: House, rasa: FakeRasa) -> None:
    rasa.answer = lambda text: Thought((Reply("Hoe heet u?", answer="vraag/naam"),), "aanmelden_werkzoekende", 0.9)
    await person.say("ik wil me aanmelden")
    rasa.answer = lambda text: Thought(
        (Reply("Bel ons.", answer="mens_spreken"), Reply("Hoe heet u?", answer="vraag/naam")), "mens_spreken", 0.9
    )
    offered = await person.say("mens")
    assert [reply["answer"] for reply in offered["messages"]] == ["mens/samenvatting"]
    assert [reply["answer"] for reply in (await person.say("nee"))["messages"]] == ["mens/niet", "vraag/naam"]
    await person.say("mens")
    await person.say("/mens/stuur")
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    staff.finish(talk, NOOR[0])
    back = (await person.events())[-1]["data"]["messages"]
    assert [reply["answer"] for reply in back] == ["mens/terug", "mens/terug_vraag", "vraag/naam"]


async def test_a_retry_is_delivered_once(person: Person, house: House) -> None:
    await person.waits()
    staff = house.people.staff
    staff.claim(queued(house)[0], *NOOR, ALMERE)
    await person.say("eenmaal", "x1")
    house.conversations._recording._answered.clear()  # as after a restart
    await person.say("eenmaal", "x1")
    assert [line.text for line in staff.desk.lines_after(person.id, "")].count("eenmaal") == 1


async def test_a_restart_loses_nothing(make: MakeHouse, rasa: FakeRasa) -> None:
    first = make()
    there(first)
    async with client_of(first) as before:
        person = await Person.come(before)
        await person.waits()
        talk = first.people.staff.claim(queued(first)[0], *NOOR, ALMERE)
        await person.say("voor de herstart")
    second = make()
    async with client_of(second) as after:
        person.client = after
        assert (await person.say("na de herstart"))["human"] == {"state": "here", "name": "Noor", "place": None}
        second.people.staff.desk.staff_says(talk.id, NOOR[0], "ik ben er nog", datetime.now(UTC))
        texts = [line.text for line in second.people.staff.desk.lines_after(person.id, "") if line.text]
        assert texts == ["voor de herstart", "na de herstart", "ik ben er nog"]


async def test_who_vanishes_loses_the_talk_to_the_queue_and_then_the_bot_comes_back(
    person: Person, house: House, clock: time_machine.Traveller
) -> None:
    await person.waits()
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    staff.look_around()
    assert queued(house) == []
    clock.shift(timedelta(minutes=6))
    there(house)
    staff.look_around()
    assert queued(house) == [talk.id]
    with pytest.raises(HandoverNotPossible):
        staff.desk.staff_says(talk.id, NOOR[0], "te laat", datetime.now(UTC))
    last = (await person.events())[-1]["data"]
    assert (last["state"], last["messages"][0]["answer"]) == ("waiting", "mens/weer_wachten")
    clock.shift(timedelta(minutes=11))  # and nobody is there any more
    staff.look_around()
    assert queued(house) == []
    last = (await person.events())[-1]["data"]
    assert (last["state"], last["messages"][0]["answer"]) == ("none", "mens/niemand")
    assert "/terugbellen" in [button["payload"] for button in last["messages"][0]["buttons"]]


async def test_who_still_waits_when_the_doors_close_is_told_so(
    person: Person, house: House, clock: time_machine.Traveller
) -> None:
    await person.waits()
    clock.move_to(MONDAY_TEN + timedelta(hours=7, minutes=1))
    there(house)
    house.people.staff.look_around()
    assert (await person.events())[-1]["data"]["messages"][0]["answer"] == "mens/gesloten"


async def test_a_talk_goes_elsewhere_only_with_a_yes(person: Person, house: House, tmp_path: Path) -> None:
    await person.waits()
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    staff.ask_forward(talk, NOOR[0], "uwv", "Vraag over de indicatie. BSN 123456782.", "06 12345678")
    asked = (await person.events())[-1]["data"]
    assert asked["state"] == "here"
    assert "UWV" in asked["messages"][0]["text"]
    assert "06 12345678" in asked["messages"][0]["text"]
    assert "123456782" not in asked["messages"][0]["text"]
    assert (await person.say("ja"))["messages"] == []  # said to Noor; only the button sends it
    staff.look_around()
    assert not (tmp_path / "outbox").exists()
    answered = await person.say("/mens/door")
    assert "D-2026-0000" in answered["messages"][0]["text"]
    assert answered["human"]["state"] == "none"
    staff.look_around()
    staff.look_around()
    mails = sorted((tmp_path / "outbox").glob("*.eml"))
    assert len(mails) == 2  # to UWV, and a receipt to ourselves; once
    texts = [mail.read_text() for mail in mails]
    assert {next(line for line in text.splitlines() if line.startswith("To:")) for text in texts} == {
        "To: doorsturen@uwv.example",
        "To: gesprekken@almere.example",
    }
    assert all("D-2026-0000" in text for text in texts)


async def test_a_no_keeps_the_talk_with_the_member_of_staff(person: Person, house: House) -> None:
    await person.waits()
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    staff.ask_forward(talk, NOOR[0], "uwv", "Vraag", "06 12345678")
    assert (await person.say("/mens/niet_door"))["human"]["state"] == "here"
    staff.finish(talk, NOOR[0])


async def test_an_agreed_call_is_on_the_list_once(person: Person, house: House) -> None:
    from assistant.placement.call_list import calls_to_make

    await person.waits()
    staff = house.people.staff
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    with house.database.session() as session:
        from assistant.placement import seed

        seed(session)
    number = staff.call_back(talk, NOOR[0], "Fatima", "06 12345678", "zsm")
    with pytest.raises(HandoverNotPossible):
        staff.call_back(talk, NOOR[0], "Fatima", "06 12345678", "zsm")
    with house.database.session(write=False) as session:
        assert [call.number for call in calls_to_make(session, ALMERE)] == [number]
    assert number in (await person.events())[-1]["data"]["messages"][0]["text"]


async def test_events_are_for_who_has_the_token(person: Person, client: httpx.AsyncClient) -> None:
    other = await Person.come(client)
    for headers, status in (({}, 401), (other.headers, 404)):
        answer = await client.get(f"/api/v1/conversations/{person.id}/events", headers=headers)
        assert answer.status_code == status


async def test_a_stream_tells_what_happens_while_it_is_open(person: Person, house: House) -> None:
    await person.waits()
    live, staff = house.people.live, house.people.staff
    lines = live.follow(person.id, "")
    assert [line.human for line in await anext(lines)] == [{"state": "waiting", "place": 1}]
    talk = staff.claim(queued(house)[0], *NOOR, ALMERE)
    async with asyncio.timeout(3):
        assert (await anext(lines))[0].human == {"state": "here", "name": "Noor"}
        staff.desk.staff_says(talk.id, NOOR[0], "dag", datetime.now(UTC))
        assert [line.text for line in await anext(lines)] == ["dag"]
    await lines.aclose()
    assert live.listeners == 0


async def test_a_server_that_stops_ends_its_streams(person: Person, house: House) -> None:
    lines = house.people.live.follow(person.id, "")
    assert await anext(lines) == []
    house.people.live.close()
    async with asyncio.timeout(2):
        assert [line async for line in lines] == []
    assert house.people.live.listeners == 0


async def test_a_stream_hears_within_two_seconds_what_another_process_did(make: MakeHouse, rasa: FakeRasa) -> None:
    here, there_ = make(), make()
    there(here)
    async with client_of(here) as client:
        person = await Person.come(client)
        await person.waits()
        lines = here.people.live.follow(person.id, "")
        await anext(lines)
        there_.people.staff.claim(queued(here)[0], *NOOR, ALMERE)
        async with asyncio.timeout(3):
            assert (await anext(lines))[0].human == {"state": "here", "name": "Noor"}
        await lines.aclose()


async def test_a_thousand_streams_share_one_look(person: Person, house: House, client: httpx.AsyncClient) -> None:
    live = house.people.live
    streams = [live.follow(f"{number:032x}", "") for number in range(1000)]
    for stream in streams:
        await anext(stream)
    before, began = live.looks, asyncio.get_running_loop().time()
    await asyncio.sleep(2.2)
    assert live.looks - before <= asyncio.get_running_loop().time() - began + 1
    for stream in streams:
        await stream.aclose()


async def test_the_road_of_a_stream(house: House, person: Person) -> None:
    """The stream as a browser gets it, over a real connection."""
    import uvicorn

    from assistant.running.app import gateway_app

    server = uvicorn.Server(uvicorn.Config(gateway_app(house), port=0, log_level="error", ws="none", lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    await person.waits()
    talk = house.people.staff.claim(queued(house)[0], *NOOR, ALMERE)
    headers = person.headers | {"accept": "text/event-stream", "last-event-id": f"{talk.id}.1"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as browser:
        path = f"/api/v1/conversations/{person.id}/events"
        async with asyncio.timeout(5), browser.stream("GET", path, headers=headers) as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert stream.headers["x-accel-buffering"] == "no"
            blocks = _blocks(stream)
            assert (await anext(blocks))["data"] == {"state": "here", "name": "Noor", "messages": []}
            house.people.staff.desk.staff_says(talk.id, NOOR[0], "regel 1\nregel 2", datetime.now(UTC))
            said = await anext(blocks)
            assert said == {
                "id": f"{talk.id}.3",
                "event": "message",
                "data": {"text": "regel 1\nregel 2", "name": "Noor"},
            }
    server.should_exit = True
    await task


async def _blocks(stream: httpx.Response) -> AsyncIterator[dict[str, Any]]:
    block: dict[str, Any] = {}
    async for line in stream.aiter_lines():
        if not line and block:
            yield block | {"data": json.loads(block["data"])}
            block = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(": ")
            block[name] = value
