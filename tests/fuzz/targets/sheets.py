"""Openings that others deliver: every row goes in or is explained, and no cell is an exception."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from assistant.placement.contact import normalise_email, normalise_phone, same_contact
from assistant.placement.errors import ContactInvalid, FileUnreadable, PlacementError
from assistant.placement.importing import explanation
from assistant.placement.intake import LONGEST, refused_filters, task_cards
from assistant.placement.needs import known_needs, needs_in
from assistant.placement.places import locate, municipality_of
from assistant.placement.sheet import COLUMNS, check_row, identity
from assistant.placement.tables import read_table, write_table
from assistant.placement.vum import from_vacature, from_werkzoekende
from tests.fuzz.place import own_folder
from tests.security.test_fuzz import with_part

TODAY = date(2026, 11, 22)
KNOWN = {"noordwestgroep": "noordwestgroep"}
FOLDER = own_folder()


def csv(data: bytes) -> None:
    path = FOLDER / "in.csv"
    path.write_bytes(data)
    _file(path)


def xlsx(data: bytes) -> None:
    """The first sheet of a workbook, as XML."""
    path = FOLDER / "in.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet1.xml", data))
    _file(path)


def _file(path: Path) -> None:
    try:
        rows = read_table(path)
    except FileUnreadable:
        return
    for number, row in rows:
        _row(number, row)
    if rows and len(rows) < 50:
        _comes_back([list(row.values()) for _, row in rows])


def _comes_back(cells: list[list[str]]) -> None:
    """What we write ourselves comes back as it was, but for control characters that no spreadsheet takes."""
    heads = [f"kolom_{number}" for number in range(max(1, *map(len, cells)))]
    cells = [[*row, *[""] * (len(heads) - len(row))] for row in cells]
    write_table(FOLDER / "out.csv", heads, cells)
    back = [[row.get(head, "") for head in heads] for _, row in read_table(FOLDER / "out.csv")]
    wanted = [[ILLEGAL_CHARACTERS_RE.sub("", cell).strip() for cell in row] for row in cells]
    assert back == [row for row in wanted if any(row)], "a sheet of ours comes back changed"


def row(data: bytes) -> None:
    try:
        raw = json.loads(data)
    except (ValueError, RecursionError):
        return
    if isinstance(raw, dict):
        _row(2, {str(head): str(value).strip() for head, value in raw.items()})


def _row(number: int, cells: dict[str, str]) -> None:
    values, problems = check_row(number, cells, TODAY, KNOWN, frozenset({"sbb-25717"}))
    for problem in problems:
        sentence = explanation(problem)
        assert problem.row == number and problem.column in sentence + " ".join(column.head for column in COLUMNS)
        assert sentence.endswith((".", "?")), sentence
    if problems:
        return
    assert len(identity(values)) == 20
    assert 1 <= values["hours_min"] <= values["hours_max"] <= 40
    assert values["organisation_id"] == "noordwestgroep" and 50 < values["lat"] < 54 and 3 < values["lon"] < 8
    assert str(values.get("postcode") or "").isascii(), "figures of another script in a postcode"


def vum(data: bytes) -> None:
    try:
        raw: Any = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        came = from_vacature(raw, "noordwestgroep")
        assert all(isinstance(value, str) for value in came.row.values())
        check_row(2, came.row, TODAY, KNOWN, frozenset())
    except PlacementError:
        pass
    try:
        wish = from_werkzoekende(raw, consent_text_version="1", consented_at=None).wish
    except PlacementError:
        return
    assert wish.travel_km is None or isinstance(wish.travel_km, int)
    assert wish.hours is None or (wish.hours[0] >= 1 and wish.hours[1] <= 40)


def words(data: bytes) -> None:
    """What an employer or a jobseeker says in their own words: tasks, wishes, needs, places, a phone number."""
    text = data.decode("utf-8", "replace")
    for card in task_cards(text):
        assert 3 <= len(card.task) <= LONGEST and not refused_filters(card.task)
    assert needs_in(text) <= known_needs().keys()
    found = locate(text)
    assert found is None or (50 < found.lat < 54 and 3 < found.lon < 8)
    municipality_of(text)
    for standard in (normalise_phone, normalise_email):
        try:
            made = standard(text)
        except ContactInvalid:
            continue
        assert standard(made) == made, "a standard form has another one"
        if ("@" in text) == ("@" in made):
            assert same_contact(text, made, None), "is not recognised later"
