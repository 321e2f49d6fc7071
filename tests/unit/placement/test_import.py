"""A sheet in, a sheet out: explained row by row, all or nothing, and nothing that a spreadsheet runs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sqlalchemy import func, select

from assistant.database import Database
from assistant.placement import FileUnreadable, explanation, export_openings, import_openings
from assistant.placement.models import Opening
from assistant.placement.sheet import COLUMNS
from assistant.placement.tables import _as_meant, _harmless, read_table, write_table

from .conftest import TODAY

HEADS = [column.head for column in COLUMNS]
GOOD = {
    "titel": "Vegen",
    "soort_plek": "beschut",
    "soort_werk": "groen",
    "taken": "U veegt.",
    "organisatie": "noordwest groep",
    "plaats": "Steenwijk",
    "uren_min": "12",
    "uren_max": "24",
    "dagen": "ma, di",
    "plekken": "2",
}


def sheet(path: Path, *rows: dict[str, str]) -> Path:
    write_table(path, HEADS, [[row.get(head, "") for head in HEADS] for row in rows])
    return path


@pytest.fixture(scope="module")
def looking(sqlite_template: Path) -> Iterator[Database]:
    """A database that nothing is written to: checking rows asks nothing that the two kinds do differently."""
    opened = Database(f"sqlite:///{sqlite_template}")
    yield opened
    opened.dispose()


@pytest.mark.parametrize("name", ["plekken.csv", "plekken.xlsx"])
def test_good_rows_come_in_once_and_again_as_changes(database: Database, tmp_path: Path, name: str) -> None:
    more = GOOD | {
        "titel": "Harken",
        "vrij": "1",
        "rolstoel": "Ja",
        "begindatum": "1-2-2027",
        "contact_telefoon": "+31 6 12345678",
    }
    path = sheet(tmp_path / name, GOOD, more)
    with database.session() as session:
        tried = import_openings(session, path, today=TODAY, dry_run=True)
        assert (tried.rows, tried.good, tried.new, tried.written) == (2, 2, 2, False)
        before = session.scalar(select(func.count()).select_from(Opening))
        assert import_openings(session, path, today=TODAY).written
    with database.session() as session:
        row = session.scalars(select(Opening).where(Opening.title == "Harken")).one()
        assert (row.places_free, row.wheelchair, str(row.start_date), row.confirmed_on) == (
            1,
            True,
            "2027-02-01",
            TODAY,
        )
        assert (row.municipality_id, row.contact_phone, row.days) == ("steenwijkerland", "+31612345678", ("ma", "di"))
        again = import_openings(
            session, sheet(path, GOOD, more | {"uren_max": "24", "plekken": "5", "vrij": ""}), today=TODAY
        )
        assert (again.new, again.changed) == (0, 2)
        assert session.scalar(select(func.count()).select_from(Opening)) == (before or 0) + 2
        assert (row.places_total, row.places_free) == (5, 4)  # the place that was taken stays taken


@pytest.mark.parametrize(
    ("wrong", "column", "code", "nearest"),
    [
        ({"soort_werk": "gron"}, "soort_werk", "unknown_code", "groen"),
        ({"soort_plek": ""}, "soort_plek", "missing", "beschut"),
        ({"uren_min": "50"}, "uren_min", "out_of_range", "40"),
        ({"uren_min": "twaalf"}, "uren_min", "not_a_number", "1"),
        ({"uren_min": "30"}, "uren_min", "hours_crossed", "24"),
        ({"plaats": "Steenwik"}, "plaats", "unknown_place", "Steenwijk"),
        ({"plaats": "Xyzzyburen"}, "plaats", "unknown_place", ""),
        ({"organisatie": "Noord Oost Groep"}, "organisatie", "unknown_organisation", "noordwestgroep"),
        ({"begindatum": "31-2-2027"}, "begindatum", "not_a_date", "2027-02-28"),
        ({"rolstoel": "misschien"}, "rolstoel", "not_yes_no", ""),
        ({"vrij": "3"}, "vrij", "more_free", "2"),
        ({"postcode": "83 31"}, "postcode", "not_a_postcode", "8331 AB"),
        ({"gemeente": "almere"}, "gemeente", "wrong_municipality", "steenwijkerland"),
        ({"contact_email": "jan"}, "contact_email", "not_a_contact", "naam@organisatie.nl"),
        ({"toezegging_door": "Jan"}, "toezegging_op", "commitment", "toezegging_op"),
        ({"plaats": "Almere", "uren_max": "30"}, "uren_min", "below_rule", "28"),
        (
            {"plaats": "Almere", "uren_min": "28", "uren_max": "30", "contract_maanden": "6"},
            "contract_maanden",
            "below_rule",
            "12",
        ),
        ({"nummer": "W-9999"}, "nummer", "unknown_number", "W-"),
        ({"nummer": "W-0002"}, "nummer", "not_yours", "voorbeeld-hovenier-vollenhove"),
        ({"titel": "x" * 121}, "titel", "too_long", "120"),
        ({"certificaat": "vcaa"}, "certificaat", "unknown_code", "vca"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_explained(
    looking: Database, tmp_path: Path, wrong: dict[str, str], column: str, code: str, nearest: str
) -> None:
    with looking.session(write=False) as session:
        report = import_openings(session, sheet(tmp_path / "x.csv", GOOD, GOOD | wrong), today=TODAY)
    problem = next(problem for problem in report.problems if problem.column == column)
    assert (problem.row, problem.code, report.written) == (3, code, False)
    assert problem.nearest.startswith(nearest)
    assert problem.nearest in explanation(problem)


def test_a_thousand_rows_of_which_two_hundred_are_bad(database: Database, tmp_path: Path) -> None:
    bad = [{"soort_werk": "tuinn"}, {"uren_max": "99"}, {"plaats": "Nergenshuizen"}, {"organisatie": ""}]
    rows = [GOOD | {"titel": f"Plek {n}"} | (bad[n // 5 % 4] if n % 5 == 0 else {}) for n in range(1000)]
    path = sheet(tmp_path / "groot.csv", *rows)
    with database.session() as session:
        before = session.scalar(select(func.count()).select_from(Opening))
        report = import_openings(session, path, today=TODAY)
        assert (report.rows, report.good, report.refused, report.written) == (1000, 800, 200, False)
        assert {problem.row for problem in report.problems} == {n + 2 for n in range(0, 1000, 5)}
        assert all(explanation(problem) for problem in report.problems)
        assert session.scalar(select(func.count()).select_from(Opening)) == before
        assert import_openings(session, path, today=TODAY, good_rows=True).written
        assert session.scalar(select(func.count()).select_from(Opening)) == (before or 0) + 800


def test_the_same_opening_twice_in_a_file_is_named(database: Database, tmp_path: Path) -> None:
    with database.session() as session:
        report = import_openings(session, sheet(tmp_path / "x.csv", GOOD, GOOD), today=TODAY)
    assert [(p.row, p.code, p.nearest) for p in report.problems] == [(3, "double", "2")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("leeg.csv", b""),
        ("foto.csv", b"\x89PNG\0\0"),
        ("kapot.xlsx", b"geen zip"),
        ("andere.csv", b"naam;leeftijd\nJan;30\n"),
        ("dubbel.csv", b"titel;titel\na;b\n"),
        ("weg.csv", None),
    ],
)
def test_what_is_no_sheet_is_refused_as_a_whole(
    looking: Database, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with looking.session(write=False) as session, pytest.raises(FileUnreadable):
        import_openings(session, tmp_path / name, today=TODAY)


@pytest.mark.parametrize("name", ["uit.csv", "uit.xlsx"])
def test_what_goes_out_comes_back_the_same_and_runs_nothing(database: Database, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with database.session() as session:
        evil = session.scalars(select(Opening)).first()
        assert evil is not None
        evil.tasks, evil.contact_phone = '=HYPERLINK("http://kwaad")', "+31612345678"
        session.flush()
        count = export_openings(session, path)
        before = {row.number: [getattr(row, c.field) for c in COLUMNS] for row in session.scalars(select(Opening))}
        report = import_openings(session, path, today=TODAY)
        assert (report.rows, report.good, report.changed, report.written) == (count, count, count, True)
        session.flush()
        session.expire_all()
        after = {row.number: [getattr(row, c.field) for c in COLUMNS] for row in session.scalars(select(Opening))}
        assert after == before
    if name.endswith("xlsx"):
        cells = [cell for row in load_workbook(path).active.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
    else:
        assert ";=" not in path.read_text(encoding="utf-8-sig")


@given(st.text())
def test_no_cell_runs_and_every_cell_comes_back(text: str) -> None:
    safe = _harmless(text)
    assert not safe.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))
    kept = _harmless(text.strip())
    assert _as_meant(kept) == kept.removeprefix("'" if kept != text.strip() else "").strip()


def test_excel_types_are_read_as_people_mean_them(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Titel", "uren_min", "begindatum", "rolstoel"])
    book.active.append(["Vegen", 12.0, TODAY, True])
    book.active.append([None, None, None, None])
    book.save(tmp_path / "x.xlsx")
    assert read_table(tmp_path / "x.xlsx") == [
        (2, {"titel": "Vegen", "uren_min": "12", "begindatum": TODAY.isoformat(), "rolstoel": "ja"})
    ]
    (tmp_path / "x.csv").write_bytes("titel,taken\nCafé,Thé\n".encode("cp1252"))
    assert read_table(tmp_path / "x.csv") == [(2, {"titel": "Café", "taken": "Thé"})]
