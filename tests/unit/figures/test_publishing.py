"""What is published tells nothing about one person, and a spreadsheet runs nothing of it."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from assistant.database import Database
from assistant.figures import public_report
from assistant.figures.errors import MonthNotOver, PeriodUnknown
from assistant.figures.sheets import report_sheet, table_file
from assistant.figures.suppress import FEWEST, Shown, suppress
from assistant.placement.tables import read_table

from .conftest import NO_IDEA, PAY, Talks

NOW = datetime(2026, 12, 20, 12, tzinfo=UTC)
NAMES = "abcd"
MOST = 22


def publication(table: Shown) -> tuple[object, ...]:
    return (table.total, *table.parts.items())


@cache
def possible(parts: int) -> dict[tuple[object, ...], list[tuple[int, ...]]]:
    """Every small table by what would be published of it: what somebody sees who knows the rule itself."""
    found: dict[tuple[object, ...], list[tuple[int, ...]]] = {}
    for counts in product(range(MOST), repeat=parts):
        shown = publication(suppress(dict(zip(NAMES, counts, strict=False))))
        found.setdefault((shown, sum(counts)), []).append(counts)
    return found


@pytest.mark.parametrize("parts", [2, 3])
def test_who_knows_the_rule_and_the_total_cannot_work_out_a_hidden_count(parts: int) -> None:
    """Also when the total is known from another table. A count that was hidden for being small stays any of 1 to 4."""
    for (shown, total), tables in possible(parts).items():
        if total >= MOST:
            continue  # not every table with this total was made
        for index, name in enumerate(NAMES[:parts]):
            values = {table[index] for table in tables}
            if dict(shown[1:])[name] is not None:
                assert len(values) == 1
            elif shown[0] is not None:
                assert len(values) >= 4
            elif total >= FEWEST:
                assert len(values) >= 2, (shown, total)


@given(st.lists(st.integers(0, 200), min_size=1, max_size=12))
@settings(max_examples=500)
def test_no_small_count_is_shown_and_no_difference_is_one(counts: list[int]) -> None:
    parts = {f"deel {n}": count for n, count in enumerate(counts)}
    shown = suppress(parts)
    assert shown.total in (None, sum(counts))
    assert all(count in (None, parts[name]) for name, count in shown.parts.items())
    assert not {count for count in shown.parts.values() if count is not None} & set(range(1, FEWEST))
    hidden = [name for name, count in shown.parts.items() if count is None]
    if shown.total is not None and hidden:
        left = shown.total - sum(count for count in shown.parts.values() if count is not None)
        assert len(hidden) >= 2
        assert left >= (FEWEST - 1) * (len(hidden) - 1) + FEWEST


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 60), min_size=2))
def test_another_table_with_the_same_look_exists_for_every_small_count(parts: dict[str, int]) -> None:
    """Any number of parts: give a small part another small number, and the larger one the difference."""
    shown = suppress(parts)
    hidden = [name for name, count in shown.parts.items() if count is None]
    if shown.total is None or not hidden:
        return
    large = next(name for name in hidden if parts[name] >= FEWEST)
    for name in set(hidden) - {large}:
        for other in range(1, FEWEST):
            changed = parts | {name: other, large: parts[large] + parts[name] - other}
            if changed[large] >= FEWEST:
                assert publication(suppress(changed)) == publication(shown)


def test_the_report_hides_what_is_small_and_shows_the_rest(database: Database, talks: Talks) -> None:
    for number in range(20):
        talks.add(f"web{number}", "11-03 09:00", "almere", "web", PAY, waits=(60,) if number < 6 else ())
    talks.add("phone", "11-04 09:00", "almere", "phone", NO_IDEA)
    talks.add("elsewhere", "11-04 09:00", "steenwijkerland", "web", PAY)
    with database.session() as session:
        report = public_report(session, "almere", "2026-11", now=NOW)
        tables = {table.code: table for table in report.tables}
        assert tables["kanaal"].total == 21
        assert dict(tables["kanaal"].parts) == {"web": None, "voice": 0, "phone": None}
        assert (tables["mens"].total, dict(tables["mens"].parts)) == (21, {"nee": 15, "ja": 6})
        assert dict(tables["verloren"].parts) == {"nee": None, "ja": None}
        assert (report.wait_median, report.wait_p90, report.hidden) == (1, None, True)
        assert report.to_dict()["tables"][0]["parts"]["web"] is None
        few = public_report(session, "steenwijkerland", "2026-11", now=NOW)
        assert {table.total for table in few.tables} == {None, 0}
        with pytest.raises(MonthNotOver):
            public_report(session, "almere", "2026-12", now=NOW)
        with pytest.raises(MonthNotOver):  # a face can still come
            public_report(session, "almere", "2026-11", now=datetime(2026, 12, 5, tzinfo=UTC))
        with pytest.raises(PeriodUnknown):
            public_report(session, "almere", "2026", now=NOW)
        with pytest.raises(PeriodUnknown):
            public_report(session, "almere", "9999-12", now=NOW)
    lines = list(csv.reader(io.StringIO(report_sheet(report, "csv").decode("utf-8-sig")), delimiter=";"))
    assert ["almere", "2026-11", "Gesprekken per kanaal", "web", "minder dan 5 of verborgen"] in lines


DANGEROUS = ["=1+1", "+31612345678", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|'/c calc'!A1", "'already", "plain", " =1"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_cell_is_a_formula_and_everything_comes_back(kind: str, tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / f"t.{kind}"
    path.write_bytes(table_file(["kop", "tekst"], [["x", text] for text in DANGEROUS], kind, "proef"))
    if kind == "csv":
        cells = [row[1] for row in csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig")), delimiter=";")][1:]
    else:
        sheet = load_workbook(path).worksheets[0]
        cells = [str(row[1].value) for row in sheet.iter_rows(min_row=2)]
        assert all(row[1].data_type == "s" for row in sheet.iter_rows(min_row=2))
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r"]
    assert [row["tekst"] for _, row in read_table(path)] == [text.strip() for text in DANGEROUS]
