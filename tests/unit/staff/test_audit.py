"""The audit log: a chain in which every change shows, also with many writers at once and away from the database."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, text, update
from typer.testing import CliRunner

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.staff.audit import all_lines, note
from assistant.staff.audit_search import AuditFilter, actions_in, find
from assistant.staff.chain import BEGINNING, Line, Withheld, check
from assistant.staff.commands import app
from assistant.staff.errors import ChainBroken
from assistant.staff.export import from_json, to_json
from assistant.staff.models import AuditRow
from tests.unit.staff.conftest import NOW

words = st.text(st.characters(codec="utf-8"), max_size=20)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
entries = st.tuples(moments, st.none() | st.integers(1, 9), words, words, st.none() | words, st.none() | words)


def chained(contents: list[tuple[datetime, int | None, str, str, str | None, str | None]]) -> list[Line]:
    lines, previous = [], BEGINNING
    for number, (at, staff_id, action, subject, municipality, reason) in enumerate(contents, start=1):
        line = Line(number, at, staff_id, action, subject, municipality, reason, previous)
        lines.append(replace(line, hash=line.own_hash()))
        previous = lines[-1].hash
    return lines


chains = st.lists(entries, min_size=2, max_size=8).map(chained)


@given(chains)
def test_an_untouched_chain_closes(lines: list[Line]) -> None:
    assert check(lines).last == lines[-1].hash
    assert check(from_json(to_json(lines, None))).lines == len(lines)


@given(chains, st.data())
def test_any_change_of_any_field_of_any_line_is_found(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    name = data.draw(st.sampled_from(sorted(Line.__dataclass_fields__)))
    old = getattr(lines[at], name)
    new = {
        "number": lambda: old + data.draw(st.integers(1, 5)),
        "at": lambda: old + timedelta(microseconds=data.draw(st.integers(1, 10**9))),
        "staff_id": lambda: data.draw((st.none() | st.integers(1, 99)).filter(lambda one: one != old)),
        "previous": lambda: "f" * 64,
        "hash": lambda: "f" * 64,
    }.get(name, lambda: data.draw((st.none() | words).filter(lambda one: one != old)))()
    changed = [*lines[:at], replace(lines[at], **{name: new}), *lines[at + 1 :]]
    with pytest.raises(ChainBroken):
        check(changed)


@given(chains, st.data())
def test_a_line_taken_out_put_in_or_moved_is_found(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 2))
    swapped = [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    for changed in (lines[:at] + lines[at + 1 :], [*lines[: at + 1], lines[at], *lines[at + 1 :]], swapped):
        with pytest.raises(ChainBroken):
            check(changed)


@given(chains, st.data())
def test_a_chain_that_was_made_anew_or_cut_off_is_found_with_an_anchor(lines: list[Line], data: st.DataObject) -> None:
    anchor = [(lines[-1].number, lines[-1].hash)]
    assert check(lines, anchor)
    at = data.draw(st.integers(0, len(lines) - 1))
    contents = [(one.at, one.staff_id, one.action, one.subject, one.municipality, one.reason) for one in lines]
    contents[at] = (*contents[at][:3], contents[at][3] + "x", *contents[at][4:])
    anew = chained(contents)
    assert check(anew), "without an anchor nothing is wrong with it"
    for wrong in (anew, lines[:-1]):
        with pytest.raises(ChainBroken):
            check(wrong, anchor)


def test_an_export_shows_only_the_own_municipality_and_still_closes() -> None:
    lines = chained(
        [(NOW, 1, "gelezen", f"geheim {place}", place, None) for place in ("almere", "elders", None, "almere")]
    )
    texts = list(to_json(lines, scope_of("almere")))
    assert [isinstance(one, Withheld) for one in from_json(texts)] == [False, True, True, False]
    assert "elders" not in "".join(texts)
    assert check(from_json(texts)).withheld == 2
    with pytest.raises(ChainBroken):
        check(from_json([texts[0], texts[1].replace(lines[1].hash, "0" * 64), *texts[2:]]))


@pytest.mark.parametrize(
    "line",
    [
        "{}", "geen json", "[]", '{"number": 1}', '{"number": "x", "previous": "", "hash": ""}', "[" * 20_000,
        '{"number": 1e999, "previous": "", "hash": ""}',
        f'{{"number": 1, "at": "0001-01-01T00:00+14:00", "staff_id": 1, "action": "", "subject": "", "hash": "", '
        f'"municipality": null, "reason": null, "previous": "{BEGINNING}"}}',
    ],
)  # fmt: skip
def test_what_is_no_line_is_said(line: str) -> None:
    with pytest.raises(ChainBroken):
        check(from_json([line]))


# in the database


def written(database: Database, count: int = 3) -> None:
    for number in range(count):
        with database.session() as session:
            note(session, 7, "gelezen", f"gesprek {number}", "almere", NOW + timedelta(seconds=number), "waarom é")


def test_what_is_written_closes_and_stays(database: Database) -> None:
    written(database)
    with database.session(write=False) as session:
        assert check(all_lines(session)).lines == 3


def test_what_is_rolled_back_was_not_done(database: Database) -> None:
    written(database, 1)
    with pytest.raises(RuntimeError), database.session() as session:
        note(session, 7, "gelezen", "x", None, NOW)
        raise RuntimeError
    written(database, 1)
    with database.session(write=False) as session:
        assert check(all_lines(session)).lines == 2


def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    errors: list[BaseException] = []

    def write() -> None:
        try:
            written(database, 5)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with database.session(write=False) as session:
        assert check(all_lines(session)).lines == 30


@pytest.mark.parametrize(
    "change",
    [
        update(AuditRow).where(AuditRow.number == 2).values(subject="iets anders"),
        update(AuditRow).where(AuditRow.number == 2).values(at=NOW),
        update(AuditRow).where(AuditRow.number == 2).values(staff_id=None),
        update(AuditRow).where(AuditRow.number == 2).values(reason=None),
        delete(AuditRow).where(AuditRow.number == 2),
        delete(AuditRow).where(AuditRow.number == 1),
    ],
    ids=["subject", "at", "who", "reason", "gone", "first gone"],
)
def test_a_change_in_the_database_is_found(database: Database, change: object) -> None:
    written(database)
    with database.session() as session:
        session.execute(change)  # type: ignore[call-overload]
    with pytest.raises(ChainBroken), database.session(write=False) as session:
        check(all_lines(session))


def test_the_log_is_found_within_the_scope_only(database: Database) -> None:
    with database.session() as session:
        for place in ("almere", "steenwijkerland", None):
            note(session, 1, f"gelezen {place}", "gesprek 100%", place, NOW)
    with database.session(write=False) as session:

        def found(scope: frozenset[str], **wanted: object) -> list[str | None]:
            lines, more = find(session, AuditFilter(**wanted), scope)  # type: ignore[arg-type]
            assert not more
            return [line.municipality for line in lines]

        assert found(scope_of("almere")) == ["almere"]
        assert found(scope_of("almere", "landelijk")) == [None, "almere"]
        assert found(frozenset()) == []
        assert found(scope_of("almere"), municipality="steenwijkerland") == []
        assert found(scope_of("almere", "landelijk"), municipality="landelijk") == [None]
        assert found(scope_of("almere"), subject="100%") == ["almere"]
        assert found(scope_of("almere"), subject="1_0") == []
        assert found(scope_of("almere"), staff_id=2) == []
        assert found(scope_of("almere"), since=NOW + timedelta(seconds=1)) == []
        assert actions_in(session, scope_of("almere")) == ["gelezen almere"]


# the command


def test_verify_audit_of_a_file_and_of_the_database(database: Database, tmp_path: Path) -> None:
    written(database)
    url = database._engine.url.render_as_string(hide_password=False)
    file, run = tmp_path / "keten.jsonl", CliRunner()
    good = run.invoke(app, ["verify-audit", "--database", "--database-url", url, "--export", str(file)])
    assert (good.exit_code, good.stdout[:14]) == (0, "klopt: 3 regel"), good.output
    anchor = good.stdout.split("anker ")[1].strip()
    assert run.invoke(app, ["verify-audit", str(file), "--anchor", anchor]).exit_code == 0
    assert run.invoke(app, ["verify-audit", str(file), "--anchor", "3:" + "0" * 64]).exit_code == 1
    file.write_text(file.read_text(encoding="utf-8").replace("gesprek 1", "gesprek 9"), encoding="utf-8")
    assert run.invoke(app, ["verify-audit", str(file)]).exit_code == 1
    with database.session() as session:
        session.execute(text("UPDATE staff_audit SET action = 'niets' WHERE number = 1"))
    assert run.invoke(app, ["verify-audit", "--database", "--database-url", url]).exit_code == 1
    assert run.invoke(app, ["verify-audit"]).exit_code == 2
