"""One person can see, correct and erase everything of them, in every store; another person's data stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.placement import RegistrationClosed
from assistant.placement.models import Registration
from assistant.review import ResumeCodes
from assistant.review.models import ResumeCode
from assistant.rights.erase import Elsewhere, correct_person, erase_person
from assistant.rights.errors import CorrectionWrong, OnHold, PersonNotFound
from assistant.rights.holds import hold
from assistant.rights.person import find_person, portable
from assistant.staff.audit import all_lines
from tests.unit.rights.conftest import NOW, SCOPE, House, ago

PLANTED = (b"zebrina", b"612345678")


def fill(house: House) -> tuple[str, str]:
    """Zebrina in every store, and Otto, who has the same guide with the same phone."""
    house.talk("een", ago(days=1), said="ik zoek werk voor mezelf")
    house.talk("twee", ago(days=1))
    mine = house.registers("Zebrina", "06 12345678", "een")
    other = house.registers("Otto", "06 12345678", "twee")
    house.asks_to_be_called("zebrina", "0612345678", "een")
    said = {"event": "user", "text": "ik heet Zebrina, 0612345678", "parse_data": {"entities": []}}
    house.remembers("een", ago(hours=1), said, {"event": "slot", "name": "naam", "value": "Zebrina"})
    house.mail("a", f"Nieuwe aanmelding {mine} van Zebrina")
    house.mail("b", f"Nieuwe aanmelding {other} van Otto, +31612345678")
    ResumeCodes(house.database).put("aanmelden_werkzoekende", {"naam": "Zebrina", "contact": "+31612345678"}, NOW)
    return mine, other


def files_with(folder: Path, *needles: bytes) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes().lower()
            found += [f"{path.name}: {needle!r}" for needle in needles if needle in content]
    return found


def test_everything_of_a_person_is_found(house: House) -> None:
    mine, _ = fill(house)
    with house.database.session(write=False) as session:
        found = find_person(session, mine.lower(), scope=SCOPE, var=house.stores.var)
        shown = portable(session, found, house.stores.tracker, NOW)
    plain = json.loads(json.dumps(shown))
    assert [row["name"] for row in plain["aanmeldingen"]] == ["Zebrina"]
    assert [row["name"] for row in plain["terugbelverzoeken"]] == ["zebrina"]
    assert plain["gesprekken"][0]["turn"][0]["said"] == "ik zoek werk voor mezelf"
    assert plain["geheugen_van_het_gesprek"]["een"][1]["value"] == "Zebrina"
    assert len(plain["post"]) == 1
    assert plain["wachtende_formulieren"][0]["values"]["naam"] == "Zebrina"
    assert "token_hash" not in str(plain)
    assert "Otto" not in str(plain)


def test_erasing_leaves_nothing_in_any_store_and_nobody_else_loses_anything(house: House) -> None:
    mine, other = fill(house)
    with house.database.session() as session:
        erased = erase_person(
            session, mine, Elsewhere(house.stores.tracker, house.stores.var), scope=SCOPE, by=7, now=NOW
        )
    assert erased.counts == {
        "geheugen": 1, "post": 1, "gesprekken": 1, "formulieren": 1, "terugbelverzoeken": 1, "aanbod": 0,
        "aanmeldingen": 1,
    }  # fmt: skip
    house.database.settle()
    house.stores.tracker.settle()
    assert files_with(house.stores.var, b"zebrina") == []
    with house.database.session() as session:
        assert find_person(session, other, scope=SCOPE, var=house.stores.var).mails
        last = list(all_lines(session))[-1]
        assert (last.action, last.subject, last.staff_id) == ("persoon.gewist", mine, 7)
        with pytest.raises(PersonNotFound):
            erase_person(session, mine, Elsewhere(house.stores.tracker, house.stores.var), scope=SCOPE, by=7, now=NOW)


def test_in_the_chat_the_talk_goes_on_and_its_words_are_gone(house: House) -> None:
    mine, _ = fill(house)
    with house.database.session() as session:
        Elsewhere(house.stores.tracker, house.stores.var).erase(session, mine, "almere", NOW, "een")
    assert house.count("conversation") == 2
    assert house.count("turn") == 1
    assert house.stores.tracker.events("een"), "Rasa is still in this talk: it is cleaned after the answer"
    house.stores.tracker.clean("een", even_open=True)
    assert "Zebrina" not in str(house.stores.tracker.events("een"))


def test_another_municipality_finds_nobody(house: House) -> None:
    mine, _ = fill(house)
    with house.database.session() as session:
        for act in (
            lambda: find_person(session, mine, scope=frozenset({"steenwijkerland"}), var=house.stores.var),
            lambda: erase_person(
                session, mine, Elsewhere(house.stores.tracker, house.stores.var), scope=frozenset(), by=1, now=NOW
            ),
        ):
            with pytest.raises(PersonNotFound):
                act()
    assert house.count("registration") == 2


def test_what_is_held_cannot_be_erased_and_the_chat_says_it_is_closed(house: House) -> None:
    mine, _ = fill(house)
    elsewhere = Elsewhere(house.stores.tracker, house.stores.var)
    with house.database.session() as session:
        hold(session, "aanmelding", mine, "bezwaar loopt", date(2026, 12, 1), scope=SCOPE, by=1, now=NOW)
    with house.database.session() as session, pytest.raises(OnHold):
        erase_person(session, mine, elsewhere, scope=SCOPE, by=1, now=NOW)
    with house.database.session() as session, pytest.raises(RegistrationClosed):
        elsewhere.erase(session, mine, "almere", NOW, "een")
    assert house.stores.tracker.events("een"), "nothing was touched"


def correct(house: House, number: str, **values: str) -> None:
    with house.database.session() as session:
        who: dict[str, Any] = {"scope": SCOPE, "by": 7, "name": "Els de Vries", "now": NOW, "var": house.stores.var}
        correct_person(session, number, values, **who)


def test_a_correction_is_made_and_noted(house: House) -> None:
    mine, _ = fill(house)
    correct(house, mine, phone="06 87654321", name=" Zebrina Vos ")
    with house.database.session(write=False) as session:
        row = session.query(Registration).filter_by(number=mine).one()
        assert (row.phone, row.name) == ("+31687654321", "Zebrina Vos")
        assert (row.events[-1].by, row.events[-1].reason) == ("Els de Vries", "op verzoek verbeterd: name, phone")
        assert list(all_lines(session))[-1].reason == "name, phone", "which fields, never what was in them"


@pytest.mark.parametrize(
    "values", [{"phone": "bel me"}, {"email": "nee"}, {"name": " "}, {"phone": ""}, {"state": "geplaatst"}, {}]
)
def test_a_wrong_correction_changes_nothing(house: House, values: dict[str, str]) -> None:
    mine, _ = fill(house)
    with pytest.raises(CorrectionWrong):
        correct(house, mine, **values)
    with house.database.session(write=False) as session:
        assert session.query(Registration).filter_by(number=mine).one().phone == "+31612345678"


def test_a_waiting_form_of_somebody_else_stays(house: House) -> None:
    mine, _ = fill(house)
    ResumeCodes(house.database).put("aanmelden_werkzoekende", {"naam": "Otto", "contact": "+31612345678"}, NOW)
    with house.database.session() as session:
        erase_person(session, mine, Elsewhere(house.stores.tracker, house.stores.var), scope=SCOPE, by=7, now=NOW)
        assert [row.values["naam"] for row in session.query(ResumeCode)] == ["Otto"]
