"""The pages of review and learning, as they are served: what each role sees, what a form changes, what is noted."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.answers import Library
from assistant.console import learning_models
from assistant.console.rooms import Rooms
from assistant.placement.models import Municipality, Registration
from assistant.review.corrections import APPROVED, PROPOSED
from assistant.review.examples import Filling, fill
from assistant.review.learning_models import ModelChange, TopicProposal, Training
from assistant.review.log import ConversationLog
from assistant.review.models import Turn
from assistant.review.records import NewConversation, TurnRecord
from assistant.review.work_models import Correction, Judgement, Note, SavedView, TalkSummary
from assistant.staff.models import AuditRow
from tests.unit.console.conftest import ROOT, Console, StaffClient
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
    first, second, client = two_proposals(console)
    assert "2 keer gevraagd" in client.get("/nieuwe-vragen").text
    client.submit(f"/nieuwe-vragen/{first.id}", {**TAKEN, "zin": first.sentences}, naam="nieuw/hond")
    client.submit(f"/nieuwe-vragen/{first.id}", {**TAKEN, "zin": first.sentences})
    client.submit(f"/nieuwe-vragen/{second.id}", besluit="wegleggen")
    assert [(one.state, one.name, one.description) for one in rows(console, TopicProposal)] == [
        ("overgenomen", "werkplek/hond_mee", TAKEN["omschrijving"]), ("weggelegd", None, None),
    ]  # fmt: skip


TAKEN = {
    "besluit": "overnemen", "naam": "werkplek/hond_mee", "omschrijving": "Of een hond mee mag naar het werk.",
}  # fmt: skip


def two_proposals(console: Console) -> tuple[TopicProposal, TopicProposal, StaffClient]:
    """Questions about a dog and about a parking place, and a reviewer who looks at them."""
    console.at(NOW + timedelta(hours=1))
    for words in ("mag mijn hond mee", "mag de hond ook mee", "is er een parkeerplek", "waar is een parkeerplek"):
        make_talk(console, "almere", (words, "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    client = console.login("reviewer")
    client.submit("/nieuwe-vragen/groeperen")
    first, second = rows(console, TopicProposal)
    return first, second, client


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"omschrijving": "hond"}, "Schrijf in een zin wat iemand wil weten"),
        ({"zin": ["een zin van elders", "nog een"]}, "Kies minstens twee zinnen"),
        ({"naam": "loon/hoeveel"}, "kent de assistent al"),
        ({"naam": "Hond Mee"}, "Geef een naam als"),
    ],
)
def test_a_question_is_taken_over_whole_or_not_at_all(console: Console, wrong: dict[str, Any], says: str) -> None:
    first, _, client = two_proposals(console)
    done = client.submit(f"/nieuwe-vragen/{first.id}", {**TAKEN, "zin": first.sentences, **wrong})
    assert done.status_code == 422
    assert says in done.text
    assert rows(console, TopicProposal)[0].state == "open"


def test_a_new_question_waits_for_its_answer_and_then_for_a_developer(console: Console) -> None:
    first, _, reviewer = two_proposals(console)
    chosen = first.sentences[:2]
    reviewer.submit(f"/nieuwe-vragen/{first.id}", {**TAKEN, "zin": chosen})
    file, taken = f"/nieuwe-vragen/{first.id}/vraag.yml", "/nieuwe-vragen?stand=overgenomen"
    assert "nog geen antwoord" in reviewer.get(taken).text
    assert reviewer.get(file).status_code == 303, "no file without an answer"

    editor, address = console.login("redacteur"), f"/antwoorden/nieuw/{first.id}"
    listed = editor.get("/antwoorden/nieuw").text
    assert TAKEN["omschrijving"] in listed and chosen[0] not in listed, "an editor sees no messages"
    hard = "Dit is een zin die " + "maar doorgaat en " * 8 + "nooit stopt."
    assert editor.submit(address, title="Mag mijn hond mee?", text=hard, simple="Vraag het.").status_code == 422
    words = {
        "title": "Mag mijn hond mee?",
        "text": "Dat verschilt per werkplek. Vraag het aan uw begeleider op het werk.",
    }
    kept = editor.submit(address, words, simple="Soms mag het. Vraag het op het werk.")
    assert kept.status_code == 303

    assert "wacht op een ontwikkelaar" in reviewer.get(taken).text
    parts = yaml.safe_load(reviewer.get(file).text)
    assert parts["domain/werkplek.yml"] == {"intents": ["werkplek/hond_mee"]}
    assert parts["data/answers/werkplek.yml"]["werkplek/hond_mee"]["title"] == words["title"]
    said = "".join(str(parts.get(f"{folder}/werkplek.yml")) for folder in ("data/nlu", "tests/nlu"))
    assert all(sentence in said for sentence in chosen)
    assert {"nieuwe vraag opgehaald", "antwoord op nieuwe vraag geschreven"} <= {
        row.action for row in rows(console, AuditRow)
    }


def test_a_model_that_knows_what_the_house_cannot_answer_is_not_taken_up(console: Console, tmp_path: Path) -> None:
    for folder in ("data", "domain"):
        shutil.copytree(ROOT / folder, tmp_path / "house" / folder)
    new = tmp_path / "house" / "domain" / "nieuw.yml"
    new.write_text("intents:\n  - werkplek/hond_mee\n", encoding="utf-8")
    console.rooms.library = Library(tmp_path / "house" / "data", every_seconds=1e9)
    with console.database.session() as session:
        session.add(Training(state="klaar", asked_by="Ruth", asked_at=NOW, model="meedoen-x.tar.gz"))
    client = console.login("reviewer")
    client.submit("/taalmodel/gebruiken", training="1")
    assert "op werkplek/hond_mee is nog geen antwoord" in client.get("/taalmodel").text
    assert [row.state for row in rows(console, Training)] == ["klaar"]
    new.unlink()
    client.submit("/taalmodel/gebruiken", training="1")
    assert [row.state for row in rows(console, Training)] == ["in_gebruik"]


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
