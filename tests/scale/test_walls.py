"""Several municipalities in one installation: nothing that belongs to one is ever said to another.

What belongs to a municipality alone is read from the files themselves: telephone numbers, mail addresses, web addresses
and organisations of data/municipalities/<id>.yml that stand in no other file and in no answer for everybody.
"""

from __future__ import annotations

import re
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Library
from assistant.answers.fill import UnknownValueError
from assistant.core.context import TalkContext

ROOT = Path(__file__).resolve().parents[2]
FILES = {file.stem: file.read_text(encoding="utf-8") for file in (ROOT / "data" / "municipalities").glob("*.yml")}
LIBRARY = Library(ROOT / "data", every_seconds=1e9)
BOOK = LIBRARY.book
MUNICIPALITIES = sorted(set(BOOK.municipalities) - {"landelijk"})
"""`landelijk` is for who has not said where: it may name every municipality."""
_PRIVATE = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|\b0\d{1,3}[ -]?\d[\d -]{5,8}\d\b|\b14 ?0\d{2,3}\b|\bwww\.[\w./-]+|https://[\w./-]+"
)


def belongings(municipality: str) -> set[str]:
    """Return what is in the file of this municipality and in that of no other."""
    others = " ".join(text for name, text in FILES.items() if name != municipality)
    raw: dict[str, Any] = yaml.safe_load(FILES[municipality])
    names = {each["name"] for each in raw.get("organisations") or [] if isinstance(each, dict) and "name" in each}
    return {found for found in {*_PRIVATE.findall(FILES[municipality]), *names} if found and found not in others}


def said(key: str, context: TalkContext) -> str:
    """Return everything of an answer that somebody may see or hear."""
    return str(BOOK.word(key, context).to_dict())


def _wordable(key: str) -> bool:
    """Whether an answer has words without values of an action."""
    try:
        said(key, TalkContext(municipality=None, role=None, channel="web", level="b1"))
    except UnknownValueError:
        return False
    return True


KEYS = sorted(filter(_wordable, BOOK.standard))


def test_most_answers_are_looked_at() -> None:
    assert len(KEYS) > 0.6 * len(BOOK.standard)


@pytest.mark.parametrize(("mine", "other"), list(permutations(MUNICIPALITIES, 2)))
def test_no_answer_names_what_belongs_to_another(mine: str, other: str) -> None:
    theirs = belongings(other)
    assert theirs, f"nothing to look for in {other}: then this test cannot fail"
    for role in (None, "werkzoekende", "werkgever"):
        for level in ("b1", "a2"):
            context = TalkContext(municipality=mine, role=role, channel="web", level=level)  # type: ignore[arg-type]
            for key in KEYS:
                leaked = {each for each in theirs if each in said(key, context)}
                assert not leaked, f"{key} for {mine} names {leaked} of {other}"


@settings(max_examples=300, deadline=None)
@given(
    key=st.sampled_from(KEYS),
    municipality=st.sampled_from([*MUNICIPALITIES, None]),
    channel=st.sampled_from(["web", "phone"]),
    level=st.sampled_from(["b1", "a2"]),
)
def test_an_answer_depends_on_nothing_but_its_own_talk(
    key: str, municipality: str | None, channel: str, level: str
) -> None:
    context = TalkContext(municipality=municipality, role=None, channel=channel, level=level)  # type: ignore[arg-type]
    first = said(key, context)
    for other in MUNICIPALITIES:
        said(key, TalkContext(municipality=other, role=None, channel="web", level="b1"))
    assert said(key, context) == first
