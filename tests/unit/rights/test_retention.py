"""Data goes when its time is over: as much as was announced, once, with a report that shows later changes."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.rights import purge as purging
from assistant.rights.errors import HoldWrong, PersonNotFound, TermsWrong
from assistant.rights.holds import hold, holds, release
from assistant.rights.models import DeletionCount
from assistant.rights.purge import hash_of, preview, purge, reports
from assistant.rights.sweeps import SWEEPS, Sweep
from assistant.rights.terms import read_terms
from assistant.staff.audit import all_lines
from assistant.staff.chain import check
from tests.unit.rights.conftest import NOW, ROOT, SCOPE, House, ago

USER = {"event": "user", "text": "hallo", "parse_data": {"entities": []}}


def due(house: House) -> dict[str, int]:
    return {each.term.data_class: each.count for each in preview(house.stores, NOW) if each.count}


def deleted(house: House, **more: object) -> dict[str, int]:
    report = purge(house.stores, NOW, **more)  # type: ignore[arg-type]
    assert report is not None
    return {each.data_class: each.deleted for each in report.counts if each.deleted}


def fill(house: House) -> None:
    """Something old and something young of every class."""
    house.talk("oud", ago(days=91))
    house.talk("jong", ago(days=89))
    house.remembers("oud", ago(days=2), USER)
    house.remembers("jong", ago(minutes=5), USER)
    house.asks_to_be_called("Anna", "0612345678", "oud", ago(days=61))
    house.asks_to_be_called("Bea", "0612345679", "jong", ago(days=59))
    house.registers("Cor", "0612345670", "oud", ago(days=731))
    house.registers("Dirk", "0612345671", "jong", ago(days=729))
    log = house.stores.var / "log" / "app.log"
    log.parent.mkdir()
    log.write_text(
        '{"timestamp": "2026-10-01T10:00:00Z"}\nstaart\n{"timestamp": "2026-11-22T10:00:00Z"}\n', encoding="utf-8"
    )
    for path, age in ((house.mail("oud", "x"), 31), (house.mail("jong", "x"), 29)):
        moment = ago(days=age).timestamp()
        os.utime(path, (moment, moment))


def test_what_is_announced_is_what_goes_and_nothing_else(house: House) -> None:
    fill(house)
    announced = due(house)
    assert announced == {
        "gesprek": 1, "tracker": 1, "terugbelverzoek": 1, "aanmelding_stil": 1, "logboek": 2, "post": 1
    }  # fmt: skip
    assert deleted(house) == announced
    assert due(house) == {}
    assert (house.count("conversation"), house.count("turn"), house.count("call_back")) == (1, 1, 1)
    assert house.count("registration") == 1
    assert house.count("erased_count") == 1, "of an erased registration a count stays"
    assert [path.name for path in (house.stores.var / "outbox").iterdir()] == ["jong.eml"]
    kept = (house.stores.var / "log" / "app.log").read_text(encoding="utf-8")
    assert "2026-11-22" in kept
    assert "2026-10-01" not in kept


def test_a_second_run_deletes_nothing(house: House) -> None:
    fill(house)
    deleted(house)
    assert deleted(house) == {}


def test_of_a_nightly_run_there_is_one_however_many_try(house: House) -> None:
    fill(house)
    assert purge(house.stores, NOW, once="nacht 2026-11-23") is not None
    assert purge(house.stores, NOW, once="nacht 2026-11-23") is None


def test_nothing_deleted_is_left_in_the_file_or_its_journal(house: House) -> None:
    house.talk("oud", ago(days=91), said="zegt iets onvergetelijks over aardbeienplukken")
    house.registers("Wobbegong", "0612345670", "oud", ago(days=731))
    house.remembers("oud", ago(days=2), USER | {"text": "wobbegong"})
    deleted(house)
    for path in house.stores.var.rglob("*"):
        if path.is_file():
            found = path.read_bytes().lower()
            assert b"aardbeienplukken" not in found, path
            assert b"wobbegong" not in found, path


def test_a_report_is_in_the_audit_chain_and_a_changed_count_shows(house: House) -> None:
    fill(house)
    deleted(house)
    with house.database.session() as session:
        (report,) = reports(session)
        assert report.hash == hash_of(report)
        (line,) = [each for each in all_lines(session) if each.action == "bewaren.verwijderd"]
        assert report.hash is not None
        assert report.hash in line.subject
        assert check(all_lines(session)).lines == 1
        count = session.get_one(DeletionCount, (report.id, "gesprek"))
        count.deleted += 1
        session.flush()
        session.expire_all()
        assert hash_of(reports(session)[0]) != report.hash


def test_a_run_that_is_broken_off_counts_what_it_did_and_the_next_finishes(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(house)

    def crash(*_: object) -> None:
        raise SystemExit  # as a process that is killed: nothing catches it

    broken = SWEEPS["terugbelverzoek"]
    monkeypatch.setitem(purging.SWEEPS, "terugbelverzoek", Sweep(broken.due, crash, broken.kind))
    with pytest.raises(SystemExit):
        purge(house.stores, NOW)
    with house.database.session(write=False) as session:
        (report,) = reports(session)
        assert (report.ended_at, report.hash) == (None, None)
        assert {each.data_class: each.deleted for each in report.counts if each.deleted}["gesprek"] == 1
    assert house.count("call_back") == 2, "nothing of the part that crashed is gone"
    monkeypatch.undo()
    assert deleted(house)["terugbelverzoek"] == 1


def test_a_class_that_fails_does_not_stop_the_others(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(house)
    house.tracker_file.unlink()
    house.tracker_file.write_bytes(b"no database at all, only bytes " * 200)
    report = purge(house.stores, NOW)
    assert report is not None
    by_class = {each.data_class: each for each in report.counts}
    assert by_class["tracker"].failed
    assert by_class["gesprek"].deleted == 1


def test_what_is_held_stays_until_its_day_is_over(house: House) -> None:
    fill(house)
    number = house.registers("Eef", "0612345672", "jong", ago(days=800))
    with house.database.session() as session:
        hold(session, "aanmelding", number, "klacht 2026-17", date(2026, 12, 1), scope=SCOPE, by=None, now=NOW)
        hold(session, "gesprek", "oud", "klacht 2026-17", date(2026, 12, 1), scope=SCOPE, by=None, now=NOW)
    (talks,) = [each for each in preview(house.stores, NOW) if each.term.data_class == "gesprek"]
    assert (talks.count, talks.held) == (0, 1)
    assert "gesprek" not in deleted(house)
    assert house.count("conversation") == 2
    later = NOW + timedelta(days=9)
    report = purge(house.stores, later)
    assert report is not None
    assert {each.data_class: each.deleted for each in report.counts}["gesprek"] >= 1


def test_a_hold_can_be_released_early(house: House) -> None:
    house.talk("oud", ago(days=91))
    with house.database.session() as session:
        made = hold(session, "gesprek", "oud", "onderzoek", date(2026, 12, 1), scope=SCOPE, by=3, now=NOW)
        release(session, made.id, scope=SCOPE, by=3, now=NOW)
        assert holds(session, scope=SCOPE, now=NOW) == []
    assert deleted(house) == {"gesprek": 1}


@pytest.mark.parametrize(
    ("kind", "reason", "until"),
    [
        ("gesprek", "", date(2026, 12, 1)),
        ("gesprek", "x", date(2026, 12, 1)),
        ("gesprek", "een klacht", date(2026, 11, 23)),
        ("gesprek", "een klacht", date(2029, 1, 1)),
        ("anders", "een klacht", date(2026, 12, 1)),
    ],
)
def test_a_hold_needs_a_reason_and_a_day(house: House, kind: str, reason: str, until: date) -> None:
    house.talk("oud", ago(days=91))
    with house.database.session() as session, pytest.raises(HoldWrong):
        hold(session, kind, "oud", reason, until, scope=SCOPE, by=1, now=NOW)


def test_a_hold_outside_the_scope_is_not_there(house: House) -> None:
    house.talk("oud", ago(days=91), municipality="almere")
    with house.database.session() as session:
        with pytest.raises(PersonNotFound):
            hold(session, "gesprek", "oud", "klacht", date(2026, 12, 1), scope=frozenset({"landelijk"}), by=1, now=NOW)
        made = hold(session, "gesprek", "oud", "klacht", date(2026, 12, 1), scope=SCOPE, by=1, now=NOW)
        with pytest.raises(PersonNotFound):
            release(session, made.id, scope=frozenset({"steenwijkerland"}), by=1, now=NOW)
        assert holds(session, scope=frozenset({"steenwijkerland"}), now=NOW) == []


def test_every_class_has_a_way_to_go_and_the_terms_say_why() -> None:
    terms = read_terms(ROOT / "data")
    elsewhere = {"tracker", "geheugen_schoon", "logboek", *purging.FILES}
    assert set(terms) == set(SWEEPS) | elsewhere
    assert all(len(term.reason) > 15 for term in terms.values())


@pytest.mark.parametrize(
    "content", ["", "gesprek: {}", "gesprek: {naam: x, wat: x, vanaf: x, dagen: -1, reden: x}", "- a", "a: ["]
)
def test_with_a_broken_file_of_terms_nothing_is_deleted(house: House, tmp_path: Path, content: str) -> None:
    house.talk("oud", ago(days=91))
    (tmp_path / "data" / "privacy").mkdir(parents=True)
    (tmp_path / "data" / "privacy" / "bewaartermijnen.yml").write_text(content, encoding="utf-8")
    stores = purging.Stores(house.database, house.stores.tracker, house.stores.var, tmp_path, tmp_path / "data")
    with pytest.raises(TermsWrong):
        purge(stores, NOW)
    assert house.count("conversation") == 1


def test_models_in_use_and_the_newest_three_stay(house: House) -> None:
    folder = house.stores.root / "models"
    for number in range(6):
        path = folder / f"meedoen-{number}.tar.gz"
        path.write_bytes(b"x")
        moment = ago(days=200 + number).timestamp()
        os.utime(path, (moment, moment))
    (house.stores.var / "model-choice").write_text("meedoen-5.tar.gz\n", encoding="utf-8")
    assert deleted(house) == {"model": 2}
    assert sorted(path.name for path in folder.glob("*.tar.gz")) == [f"meedoen-{n}.tar.gz" for n in (0, 1, 2, 5)]
