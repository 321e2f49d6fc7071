"""The pages of review and learning, as they are served: what each role sees, what a form changes, what is noted."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assistant.console import learning_models
from assistant.console.rooms import Rooms
from assistant.placement.models import Municipality, Registration
from assistant.review.corrections import APPROVED, PROPOSED
from assistant.review.examples import Filling, fill
from assistant.review.learning_models import ModelChange, TopicProposal, Training
from assistant.review.log import ConversationLog, NewConversation, TurnRecord
from assistant.review.models import Turn
from assistant.review.work_models import Correction, Judgement, Note, SavedView, TalkSummary
from assistant.staff.models import AuditRow
from tests.unit.console.conftest import Console
from tests.unit.console.review_rows import HOSTILE, NOW, make_talk

WRONG = "verkeerd_begrepen"


def rows(console: Console, table: Any) -> list[Any]:
    with console.database.session(write=False) as session:
        return list(session.query(table).all())


def noted(console: Console) -> list[tuple[str, str]]:
    return [(row.action, row.subject) for row in rows(console, AuditRow)]


def test_fifty_example_talks_page_through_the_inbox(console: Console) -> None:
    console.at(NOW)
    fill(ConversationLog(console.database), Filling(60, NOW, municipalities=("almere",)))
    client = console.login("reviewer")
    first = client.get("/gesprekken")
    assert first.text.count("<tr>") == 51  # the head too
    older = re.search(r'href="(/gesprekken\?voor=\d+)" rel="next"', first.text)
    assert older
    second = client.get(older[1])
    assert second.text.count("<tr>") == 11
    assert 'rel="prev"' in second.text


def test_filters_narrow_and_stay_in_the_form(console: Console) -> None:
    make_talk(console, "almere", ("wat verdien ik", "loon/hoeveel", 0.9, ["loon/hoeveel"]))
    make_talk(console, "almere", ("hond mee", "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    page = console.login("reviewer").get("/gesprekken?misgelopen=ja&groep=loon").text
    assert "Geen gesprekken gevonden met deze filters" in page
    page = console.login("reviewer").get("/gesprekken?groep=loon").text
    assert "wat verdien ik" in page
    assert "hond mee" not in page
    assert '<option value="loon" selected>' in page


def test_a_view_is_kept_and_dropped_by_its_owner(console: Console) -> None:
    client = console.login("reviewer")
    assert client.submit("/gesprekken/weergaven", naam="Slecht", gezicht="slecht").status_code == 303
    [view] = rows(console, SavedView)
    assert view.filters == {"gezicht": "slecht"}
    assert "Slecht</a>" in client.get("/gesprekken").text
    client.submit(f"/gesprekken/weergaven/{view.id}/weg")
    assert rows(console, SavedView) == []


def test_hostile_words_stand_inert_in_the_page(console: Console) -> None:
    talk = make_talk(console, "almere", (HOSTILE, "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    page = console.login("reviewer").get(f"/gesprekken/{talk}").text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in page


def test_reading_a_talk_is_noted(console: Console) -> None:
    talk = make_talk(console, "almere")
    console.login("analist").get(f"/gesprekken/{talk}")
    assert ("gesprek gelezen", f"gesprek {talk}") in noted(console)


def test_who_only_reads_has_no_form_and_may_not_judge(console: Console) -> None:
    talk = make_talk(console, "almere")
    client = console.login("analist")
    assert 'name="oordeel' not in client.get(f"/gesprekken/{talk}").text
    assert client.submit(f"/gesprekken/{talk}").status_code == 403
    assert client.get(f"/gesprekken/{talk}/contact").status_code == 403
    assert console.login("redacteur").get("/gesprekken").status_code == 403


def turn_of(console: Console, talk: str) -> int:
    return next(turn.id for turn in rows(console, Turn) if turn.conversation_id == talk)


def test_a_judgement_leads_to_the_next_talk_of_the_same_list(console: Console) -> None:
    good = ("wat verdien ik", "loon/hoeveel", 0.9, ["loon/hoeveel"])
    lost = ("hond mee", "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"])
    oldest, _skipped, newest = (make_talk(console, "almere", one) for one in (lost, good, lost))
    client = console.login("reviewer")
    turn = turn_of(console, newest)
    done = client.submit(
        f"/gesprekken/{newest}?misgelopen=ja", {f"oordeel-{turn}": "antwoord_fout", f"oorzaak-{turn}": "geen_woord"}
    )
    assert done.headers["location"] == f"/gesprekken/{oldest}?misgelopen=ja"
    [row] = rows(console, Judgement)
    assert (row.verdict, row.cause, row.account_id) == ("antwoord_fout", "geen_woord", client.account_id)
    assert ("gesprek beoordeeld", f"gesprek {newest}") in noted(console)


def test_a_wrong_intent_needs_the_right_one_from_the_list(console: Console) -> None:
    talk = make_talk(console, "almere")
    turn, client = turn_of(console, talk), console.login("reviewer")
    fields = {f"oordeel-{turn}": WRONG, f"vraag-{turn}": "loon/verzonnen", f"leren-{turn}": "ja"}
    client.submit(f"/gesprekken/{talk}", fields)
    assert rows(console, Judgement) == []
    assert "kies uit de lijst" in client.get(f"/gesprekken/{talk}").text
    client.submit(f"/gesprekken/{talk}", fields | {f"vraag-{turn}": "loon/contract: krijg ik een vast contract"})
    [judged], [correction] = rows(console, Judgement), rows(console, Correction)
    assert judged.right_intent == correction.intent == "loon/contract"
    assert correction.state == PROPOSED


def test_a_second_person_approves(console: Console) -> None:
    talk = make_talk(console, "almere")
    turn, anna, bram = (
        turn_of(console, talk),
        console.login("reviewer", name="Anna"),
        console.login("reviewer", name="Bram"),
    )
    anna.submit(
        f"/gesprekken/{talk}", {f"oordeel-{turn}": WRONG, f"vraag-{turn}": "loon/contract", f"leren-{turn}": "ja"}
    )
    [row] = rows(console, Correction)
    assert "U stelde dit zelf voor" in anna.get("/verbeteringen").text
    anna.submit(f"/verbeteringen/{row.id}", besluit="goed")
    assert rows(console, Correction)[0].state == PROPOSED
    bram.submit(f"/verbeteringen/{row.id}", besluit="goed")
    done = rows(console, Correction)[0]
    assert (done.state, done.decided_name) == (APPROVED, "Bram")
    assert ("verbetering goedgekeurd", f"verbetering {row.id}") in noted(console)


def test_notes_readers_and_the_start_page(console: Console) -> None:
    talk = make_talk(console, "almere")
    client = console.login("reviewer", name="Anna")
    client.submit(f"/gesprekken/{talk}/notitie", tekst="bel 06 12345678")
    [kept] = rows(console, Note)
    assert "12345678" not in kept.text
    client.submit(f"/gesprekken/{talk}/lezers", eerste=str(client.account_id), tweede="999")
    [summary] = rows(console, TalkSummary)
    assert (summary.assigned_to, summary.second_reader) == (client.account_id, None)
    assert "Na te kijken" in client.get("/").text


def test_contact_shows_after_a_reason_for_ten_minutes(console: Console) -> None:
    talk = make_talk(console, "almere")
    with console.database.session() as session:
        session.add(Municipality(id="almere", name="Almere"))
        session.flush()
        session.add(
            Registration(
                number="AW-2026-00001", conversation_id=talk, created_at=NOW, municipality_id="almere", name="Fatima",
                phone="0612345678", days=(), consent_text_version="1", consented_at=NOW, state="nieuw",
            )
        )  # fmt: skip
    console.at(NOW)
    client, path = console.login("reviewer"), f"/gesprekken/{talk}/contact"
    assert "Fatima" not in client.get(path).text
    client.submit(path, reden="kort")
    assert "Fatima" not in client.get(path).text
    client.submit(path, reden="bellen over de aanmelding")
    assert "Fatima" in client.get(path).text
    assert "Fatima" not in console.login("reviewer").get(path).text
    reasons = [row.reason for row in rows(console, AuditRow) if row.action == "contactgegevens getoond"]
    assert reasons == ["bellen over de aanmelding"]
    console.at(NOW + timedelta(minutes=11))
    assert "Fatima" not in client.get(path).text


def test_a_talk_as_a_test_is_kept_and_downloaded(console: Console) -> None:
    talk = make_talk(console, "almere")
    client = console.login("reviewer")
    client.submit(f"/gesprekken/{talk}/toets")
    [kept] = (console.settings.var / "learned" / "talks").glob("*.yml")
    loaded = client.get(f"/gesprekken/{talk}/toets.yml")
    assert loaded.text == kept.read_text()
    assert "attachment" in loaded.headers["content-disposition"]


def test_a_sample_is_drawn_once_and_leads_to_its_talks(console: Console) -> None:
    console.at(NOW + timedelta(hours=1))
    make_talk(console, "almere")
    client = console.login("reviewer")
    assert client.submit("/steekproef", week="2026-W47", gemeente="steenwijkerland").status_code == 404
    client.submit("/steekproef", week="2026-W47", gemeente="almere")
    client.submit("/steekproef", week="2026-W47", gemeente="almere")
    page = client.get("/steekproef").text
    assert page.count("/gesprekken?steekproef=") == 1
    assert "1 van 1" in page
    assert "wat verdien ik" in client.get("/gesprekken?steekproef=1").text
    assert console.login("analist").submit("/steekproef", week="2026-W46", gemeente="almere").status_code == 403


def test_proposals_are_grouped_named_and_put_aside(console: Console) -> None:
    console.at(NOW + timedelta(hours=1))
    for words in ("mag mijn hond mee", "mag de hond ook mee", "is er een parkeerplek", "waar is een parkeerplek"):
        make_talk(console, "almere", (words, "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    client = console.login("reviewer")
    client.submit("/nieuwe-vragen/groeperen")
    first, second = rows(console, TopicProposal)
    assert "2 keer gevraagd" in client.get("/nieuwe-vragen").text
    client.submit(f"/nieuwe-vragen/{first.id}", besluit="overnemen", naam="nieuw/hond")
    client.submit(f"/nieuwe-vragen/{first.id}", besluit="overnemen", naam="werkplek/hond_mee")
    client.submit(f"/nieuwe-vragen/{second.id}", besluit="wegleggen")
    assert [(one.state, one.name) for one in rows(console, TopicProposal)] == [
        ("overgenomen", "werkplek/hond_mee"), ("weggelegd", None),
    ]  # fmt: skip


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Rooms]:
    """The real process takes minutes: test_learning_for_real.py starts it."""
    places: list[Rooms] = []
    monkeypatch.setattr(learning_models, "start_process", places.append)
    return places


def test_one_training_at_a_time_is_asked_for(console: Console, started: list[Rooms]) -> None:
    client = console.login("beheerder")
    client.submit("/taalmodel/trainen")
    client.submit("/taalmodel/trainen")
    assert len(started) == len(rows(console, Training)) == 1
    assert "wacht op het proces" in client.get("/taalmodel").text
    assert console.login("analist").get("/taalmodel").status_code == 403


def measured(console: Console, state: str, losses: list[str]) -> int:
    facts = {
        "overall": {"top-3": [0.9, 0.95, None]},
        "groups": {"loon": [0.8, 0.85, 40]},
        "losses": losses,
        "warnings": [],
    }
    with console.database.session() as session:
        row = Training(
            state=state, asked_by="Anna", asked_at=NOW, started_at=NOW, ended_at=NOW, sentences=3, model="nieuw.tar.gz",
            live="oud.tar.gz", facts=facts, log="klaar",
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def test_a_measured_model_is_shown_taken_up_and_given_back(console: Console) -> None:
    number, client = measured(console, "klaar", []), console.login("beheerder")
    page = client.get("/taalmodel").text
    assert "85,0 %" in page
    assert "+5,0" in page
    client.submit("/taalmodel/gebruiken", training=str(number))
    choice = console.settings.var / "model-choice"
    assert choice.read_text() == "nieuw.tar.gz\n"
    assert "Terug naar oud.tar.gz" in client.get("/taalmodel").text
    client.submit("/taalmodel/terug")
    assert choice.read_text() == "oud.tar.gz\n"
    assert [row.is_return for row in rows(console, ModelChange)] == [False, True]
    assert ("taalmodel in gebruik genomen", "nieuw.tar.gz") in noted(console)


def test_a_refused_model_says_why_and_cannot_be_taken_up(console: Console) -> None:
    number = measured(console, "geweigerd", ["loon: 38 right became 25 of 40"])
    client = console.login("beheerder")
    page = client.get("/taalmodel").text
    assert "38 right became 25" in page
    assert "in gebruik nemen</button>" not in page
    client.submit("/taalmodel/gebruiken", training=str(number))
    assert not (console.settings.var / "model-choice").exists()


def test_the_answer_is_shown_as_it_was_or_said_to_be_todays(console: Console) -> None:
    log, talk = ConversationLog(console.database), "a" * 32
    log.start(NewConversation(talk, "0" * 64, "almere", None, "web", datetime.now(UTC)))
    reply = {"text": "Zo was het.", "answer": "loon/hoeveel"}
    turn: dict[str, Any] = {
        "conversation_id": talk,
        "at": NOW,
        "intent": "loon/hoeveel",
        "confidence": 1.0,
        "milliseconds": 1,
    }
    log.record(
        TurnRecord(client_message_id="1", said="a", answers=["loon/hoeveel"], replies=[reply], danger=None, **turn)
    )
    log.record(
        TurnRecord(client_message_id=None, said="b", answers=["loon/contract"], replies=None, danger=None, **turn)
    )
    page = console.login("reviewer").get(f"/gesprekken/{talk}").text
    assert "Zo was het." in page
    assert page.count("zoals de tekst nu is") == 1
