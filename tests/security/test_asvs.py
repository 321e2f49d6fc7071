"""The table of OWASP ASVS 5.0.0, levels 1 and 2: complete, and every row leads to something that exists.

`data/security/asvs.yml` has the ids and levels of the standard (CC BY-SA 4.0, OWASP) with words of our own. A row says
`applies: no` with a reason, or names where it is done and what shows it: tests, or a document and its head. What is not
met says `open:` and why.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "data" / "security" / "asvs.yml"
IDS = ROOT / "data" / "security" / "asvs_ids.yml"
ROWS: list[dict[str, Any]] = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
LEVELS: dict[str, int] = yaml.safe_load(IDS.read_text(encoding="utf-8"))
OPEN_AT_MOST = 4
"""Only goes down: a row that becomes open fails here before anybody gets used to it."""


@cache
def named_tests(path: str) -> frozenset[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_")
    )


@cache
def heads_in(path: str) -> frozenset[str]:
    return frozenset(re.findall(r"^#+ (.+)$", (ROOT / path).read_text(encoding="utf-8"), re.M))


def exists(named: str) -> bool:
    path, _, name = named.partition("::")
    return (ROOT / path).is_file() and name in named_tests(path)


def is_there(document: str) -> bool:
    path, _, head = document.partition("#")
    return (ROOT / path).is_file() and (not head or head in heads_in(path))


def wrong_with(row: dict[str, Any]) -> list[str]:
    if "applies" in row:
        return [] if re.match(r"no: .{5}", row["applies"]) and len(row) == 4 else ["no reason"]
    shown = [key for key in ("test", "document", "open") if row.get(key)]
    found = [] if len(shown) == 1 else [f"one of test, document or open, not {shown}"]
    found += [] if (ROOT / row["where"]).exists() else [f"{row['where']} does not exist"]
    found += [f"{named} is no test" for named in row.get("test", ()) if not exists(named)]
    if "document" in row and not is_there(row["document"]):
        found.append(f"{row['document']} is no head of a document")
    if "open" in row and len(row["open"]) < 30:
        found.append("open without a why")
    return found


def test_every_requirement_of_level_1_and_2_is_there_once() -> None:
    assert len(LEVELS) == 253 and sum(level == 1 for level in LEVELS.values()) == 70
    assert [row["id"] for row in ROWS] == list(LEVELS), "a requirement is lacking, double or out of order"
    assert {row["id"]: row["level"] for row in ROWS} == LEVELS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_row_leads_to_what_exists(row: dict[str, Any]) -> None:
    assert set(row) <= {"id", "level", "what", "applies", "where", "test", "document", "open"}
    assert row["what"] and wrong_with(row) == []


def test_what_is_open_is_counted_and_does_not_grow() -> None:
    still = [row["id"] for row in ROWS if "open" in row]
    assert len(still) <= OPEN_AT_MOST, still
    page = (ROOT / "docs/nl/veiligheid.md").read_text(encoding="utf-8")
    assert [id for id in still if f"`{id}`" not in page] == [], "what is open is told to who installs it"


def test_this_file_sees_what_is_wrong() -> None:
    good = {
        "id": "V0",
        "level": 1,
        "what": "x",
        "where": "assistant",
        "test": ["tests/security/test_asvs.py::" + __name__],
    }
    assert wrong_with(good) != []
    assert wrong_with({"id": "V0", "level": 1, "what": "x", "where": "assistant"}) != []
    assert wrong_with({"id": "V0", "level": 1, "what": "x", "applies": "no"}) != []
    assert wrong_with({"id": "V0", "level": 1, "what": "x", "where": "nergens", "open": "y" * 40}) != []
