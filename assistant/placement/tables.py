"""Reading and writing a table of texts: CSV as Excel in the Netherlands saves it, and XLSX.

Cells that a spreadsheet would run as a formula are written with an apostrophe in front, and that apostrophe is taken
off when a file of ours comes back (OWASP, CSV injection).
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from assistant.placement.errors import FileUnreadable

MOST_BYTES = 10_000_000
MOST_UNPACKED = 100_000_000  # bytes; a zip bomb is small until it is opened
MOST_ROWS = 20_000
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full-width forms

Row = dict[str, str]


def read_table(path: Path) -> list[tuple[int, Row]]:
    """The rows with their number as the spreadsheet shows it (the heads are row 1); empty rows are left out.

    Heads in lower case, cells without white space at their ends. Raises FileUnreadable (text: why, for the log).
    """
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise FileUnreadable("missing or more than 10 MB")
    lines = _xlsx_lines(path) if path.suffix.lower() in (".xlsx", ".xlsm") else _csv_lines(path)
    heads = [head.casefold() for head in next(lines, [])]
    if not any(heads) or len(set(filter(None, heads))) < len(list(filter(None, heads))):
        raise FileUnreadable("no heads, or one head twice")
    rows = []
    for number, cells in enumerate(lines, start=2):
        if number > MOST_ROWS + 1:
            raise FileUnreadable(f"more than {MOST_ROWS} rows")
        if any(cells):
            rows.append((number, {head: cell for head, cell in zip(heads, cells, strict=False) if head}))
    return rows


def write_table(path: Path, heads: Sequence[str], rows: Iterable[Sequence[str]], title: str = "werkplekken") -> int:
    """Write a CSV (semicolons, UTF-8 with the mark that Excel looks for) or, by its name, an XLSX; the number of rows.

    title: name of the sheet. The file appears when it is complete, not before.
    """
    unfinished = path.with_name(path.name + ".tmp")
    safe = [[_harmless(cell) for cell in row] for row in rows]
    if path.suffix.lower() == ".xlsx":
        book = Workbook(write_only=True)
        sheet = book.create_sheet(title)
        for row in (list(heads), *safe):
            sheet.append(row)
        book.save(unfinished)
    else:
        with unfinished.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, delimiter=";").writerows([heads, *safe])
    unfinished.replace(path)
    return len(safe)


def _harmless(text: str) -> str:
    """The text as a spreadsheet will show it and not run it."""
    plain: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return "'" + plain if plain.lstrip(" ").startswith(RUNS) or plain.startswith("'") else plain


def _as_meant(text: str) -> str:
    """Undo `_harmless`."""
    own = len(text) > 1 and text[0] == "'" and text[1:].lstrip(" ").startswith((*RUNS, "'"))
    return (text[1:] if own else text).strip()


def _csv_lines(path: Path) -> Iterator[list[str]]:
    raw = path.read_bytes()
    if b"\0" in raw:
        raise FileUnreadable("not a text")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # what older Excel saves
    first = text.split("\n", 1)[0]
    delimiter = max((";", ",", "\t"), key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [_as_meant(cell) for cell in cells]
    except csv.Error as error:
        raise FileUnreadable(str(error)) from error


def _xlsx_lines(path: Path) -> Iterator[list[str]]:
    """The first sheet; of a formula the value that was saved with it."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise FileUnreadable("too large when unpacked")
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            for cells in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell(value) for value in cells]
        finally:
            book.close()
    except FileUnreadable:
        raise
    except Exception as error:  # a damaged file leads the library anywhere: zlib.error, ParseError, NotImplementedError
        raise FileUnreadable(type(error).__name__) from error


def _cell(value: object) -> str:
    """A cell as text: dates as JJJJ-MM-DD, whole numbers without a point."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _as_meant(str(value)) if value is not None else ""
