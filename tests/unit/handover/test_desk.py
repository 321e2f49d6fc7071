"""What each step of a hand-over does to the rows, on both databases."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from assistant.database import Database
from assistant.handover import HandoverDesk, HandoverNotFound, HandoverNotPossible, State, Summary
from assistant.handover.models import Handover, Line
from tests.unit.handover.conftest import NOW, Talk

ALMERE = frozenset({"almere"})
SUMMARY = Summary("werk in het groen", "gezocht", "niets")
BACK = [{"text": "Ik ben er weer."}]


def waiting(desk: HandoverDesk, conversation: str, minute: int = 0, municipality: str = "almere") -> int:
    desk.ask(conversation, municipality, SUMMARY, NOW)
    return desk.send(conversation, share=True, now=NOW + timedelta(minutes=minute)).id


def human(desk: HandoverDesk, conversation: str) -> list[dict[str, object]]:
    return [line.human for line in desk.lines_after(conversation, "") if line.human]


def test_of_two_who_claim_at_once_one_gets_the_talk(desk: HandoverDesk, talk: Talk) -> None:
    for _ in range(5):
        handover, start, got = waiting(desk, talk()), threading.Barrier(4), []

        def claim(staff: int, number: int = handover, start: threading.Barrier = start, got: list[int] = got) -> None:
            start.wait()
            try:
                desk.claim(number, staff, f"M{staff}", ALMERE, NOW)
            except HandoverNotPossible:
                return
            got.append(staff)

        threads = [threading.Thread(target=claim, args=(staff,)) for staff in range(1, 5)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(got) == 1
        assert desk.find(handover, ALMERE).staff_id == got[0]


def test_lines_written_at_once_have_numbers_without_a_gap(desk: HandoverDesk, talk: Talk) -> None:
    conversation = talk()
    handover = waiting(desk, conversation)
    desk.claim(handover, 1, "Noor", ALMERE, NOW)

    def person(start: int) -> None:
        for number in range(start, start + 10):
            desk.person_says(conversation, f"p{number}", "-", f"m{number}", NOW)

    def staff() -> None:
        for number in range(10):
            desk.staff_says(handover, 1, f"s{number}", NOW)

    threads = [threading.Thread(target=person, args=(at,)) for at in (0, 10)] + [threading.Thread(target=staff)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = desk.lines_after(conversation, "")
    assert [line.number for line in lines] == list(range(1, 33))
    assert sorted(line.text for line in lines if line.who == "persoon") == sorted(f"p{n}" for n in range(20))
    assert [line.text for line in lines if line.text.startswith("s")] == [f"s{n}" for n in range(10)]


def test_a_message_sent_twice_is_delivered_once(desk: HandoverDesk, talk: Talk) -> None:
    conversation = talk()
    desk.claim(waiting(desk, conversation), 1, "Noor", ALMERE, NOW)
    assert desk.person_says(conversation, "hallo", "hallo", "m1", NOW)
    assert desk.person_says(conversation, "hallo", "hallo", "m1", NOW)
    assert [line.text for line in desk.lines_after(conversation, "") if line.who == "persoon"] == ["hallo"]


def test_places_are_told_again_when_somebody_leaves_the_queue(desk: HandoverDesk, talk: Talk) -> None:
    first, second, third = talk(), talk(), talk()
    ids = [waiting(desk, name, minute) for minute, name in enumerate((first, second, third))]
    elsewhere = talk("steenwijkerland")
    waiting(desk, elsewhere, municipality="steenwijkerland")
    desk.claim(ids[0], 1, "Noor", ALMERE, NOW)
    assert human(desk, third) == [{"state": "waiting", "place": 3}, {"state": "waiting", "place": 2}]
    desk.stop(second, NOW)
    assert human(desk, third)[-1] == {"state": "waiting", "place": 1}
    assert human(desk, elsewhere) == [{"state": "waiting", "place": 1}]


def test_who_was_put_back_keeps_the_place_and_the_first_moments(desk: HandoverDesk, talk: Talk) -> None:
    early, late = talk(), talk()
    first = waiting(desk, early)
    desk.claim(first, 1, "Noor", ALMERE, NOW + timedelta(minutes=2))
    waiting(desk, late, 3)
    back = desk.put_back(first, 1, NOW + timedelta(minutes=9), BACK)
    assert (back.state, back.staff_id, back.queued_at, back.claimed_at) == (
        State.WACHT,
        None,
        NOW,
        NOW + timedelta(minutes=2),
    )
    assert desk.queue.waiting(ALMERE)[0].id == first
    assert human(desk, early)[-1] == {"state": "waiting", "place": 1, "messages": BACK}
    assert human(desk, late)[-1] == {"state": "waiting", "place": 2}


def test_without_the_summary_nobody_gets_to_see_it(desk: HandoverDesk, talk: Talk, database: Database) -> None:
    conversation = talk()
    desk.ask(conversation, "almere", SUMMARY, NOW)
    sent = desk.send(conversation, share=False, now=NOW)
    assert (sent.shares_summary, sent.summary) == (False, None)
    with database.session(write=False) as session:
        row = session.get_one(Handover, sent.id)
        assert (row.summary, row.consented_at) == ({}, NOW)


def test_the_end_masks_what_was_said(desk: HandoverDesk, talk: Talk, database: Database) -> None:
    conversation = talk()
    handover = waiting(desk, conversation)
    desk.claim(handover, 1, "Noor", ALMERE, NOW)
    desk.person_says(conversation, "bel 06 12345678", "bel [telefoon]", "m1", NOW)
    desk.staff_says(handover, 1, "Ik bel 06 12345678. Uw BSN 111222333 hoef ik niet.", NOW)
    live = [line.text for line in desk.lines_after(conversation, "")]
    assert "bel 06 12345678" in live
    assert not any("111222333" in text for text in live)
    desk.finish(handover, 1, NOW, BACK)
    with database.session(write=False) as session:
        kept = list(session.scalars(select(Line.text).where(Line.handover_id == handover)))
    assert "bel [telefoon]" in kept
    assert not any("12345678" in text for text in kept)
    assert human(desk, conversation)[-1] == {"state": "none", "messages": BACK}


def test_another_municipality_finds_nothing(desk: HandoverDesk, talk: Talk) -> None:
    handover = waiting(desk, talk())
    elsewhere = frozenset({"steenwijkerland"})
    with pytest.raises(HandoverNotFound):
        desk.find(handover, elsewhere)
    with pytest.raises(HandoverNotPossible):
        desk.claim(handover, 1, "Noor", elsewhere, NOW)
    assert desk.queue.waiting(elsewhere) == []


def test_a_colleague_cannot_speak_in_or_end_the_talk_of_another(desk: HandoverDesk, talk: Talk) -> None:
    handover = waiting(desk, talk())
    desk.claim(handover, 1, "Noor", ALMERE, NOW)
    for step in (
        lambda: desk.staff_says(handover, 2, "hallo", NOW),
        lambda: desk.finish(handover, 2, NOW, ()),
        lambda: desk.put_back(handover, 2, NOW, ()),
        lambda: desk.ask_forward(handover, 2, {}, NOW, {}),
        lambda: desk.will_call(handover, 2, NOW, ()),
    ):
        with pytest.raises(HandoverNotPossible):
            step()
    assert desk.seen(handover, 2, NOW) is False


def test_who_came_back_in_time_has_not_vanished(desk: HandoverDesk, talk: Talk) -> None:
    handover = waiting(desk, talk())
    desk.claim(handover, 1, "Noor", ALMERE, NOW)
    later = NOW + timedelta(minutes=6)
    assert [one.id for one in desk.queue.unseen(later - timedelta(minutes=5))] == [handover]
    desk.seen(handover, 1, later)
    assert desk.vanish(handover, later - timedelta(minutes=5), later, BACK) is False
    assert desk.find(handover, ALMERE).staff_id == 1


def test_presence_is_of_those_who_were_seen_lately_and_may_see_the_municipality(desk: HandoverDesk) -> None:
    desk.queue.arrive(1, "Noor", ALMERE, NOW)
    desk.queue.arrive(2, "Bram", frozenset({"almere", "landelijk"}), NOW - timedelta(minutes=20))
    desk.queue.arrive(3, "Cato", frozenset({"steenwijkerland"}), NOW)
    since = NOW - timedelta(minutes=10)
    assert [one.name for one in desk.queue.present(ALMERE, since)] == ["Noor"]
    desk.queue.arrive(2, "Bram", ALMERE, NOW)
    desk.queue.leave(1)
    assert [one.name for one in desk.queue.present(ALMERE, since)] == ["Bram"]


def test_a_conversation_has_one_running_hand_over(desk: HandoverDesk, talk: Talk, database: Database) -> None:
    conversation = talk()
    first = desk.ask(conversation, "almere", SUMMARY, NOW)
    assert desk.ask(conversation, "almere", Summary("iets anders", "-", "-"), NOW).id == first.id
    desk.send(conversation, share=True, now=NOW)
    with pytest.raises(HandoverNotPossible):
        desk.ask(conversation, "almere", SUMMARY, NOW)
    desk.stop(conversation, NOW)
    assert desk.ask(conversation, "almere", SUMMARY, NOW).id != first.id


def test_the_database_itself_refuses_an_unknown_state(desk: HandoverDesk, talk: Talk, database: Database) -> None:
    from sqlalchemy.exc import IntegrityError

    handover = waiting(desk, talk())
    with pytest.raises(IntegrityError), database.session() as session:
        session.execute(update(Handover).where(Handover.id == handover).values(state="kwijt"))
