"""A short fuzz of each target, the same cases each time; `make fuzz` goes on for minutes with others.

What is found is printed small, as a test. It stays here, in FOUND, and where it belongs with the tests of its room.
"""

from __future__ import annotations

import pytest

from tests.fuzz.register import load, seed_bytes, seeds, written
from tests.fuzz.run import Limits, Outcome, fuzz
from tests.fuzz.smaller import smaller

SHORT = Limits(runs=400, seconds=4, seed=1)
NAMES = list(seeds())
FOUND = (
    ("masking.planted", b"6en00"),
    ("talk.answered", b'{"said": [{"messages": [{"custom": {"replies": []}}], "intent": 1, "confidence": [], '
                      b'"guesses": 1}]}'),
    ("pages.posted", b"//[]"),
    ("pages.posted", b"\n//["),
    ("pages.asked", b"tot=9999-12-31"),
    ("pages.asked", b"9999-12"),
    ("sheets.vum", b'{"idVacature": "1", "naamVacature": "G", "contractvorm": [{"codeTypeOvereenkomst": {}}]}'),
    ("sheets.vum", b'{"idVacature": "1", "naamVacature": 1}'),
    ("sheets.vum", b'{"idWerkzoekende": "1", "emailadres": "a", "werktijden": {"aantalWerkurenPerWeekMinimaal": "x", '
                   b'"aantalWerkurenPerWeekMaximaal": []}}'),
    ("voice.server", b'{"":3}'),
    ("voice.server", b"[]"),
    ("staff.exported", b'{"number": 1e999, "previous": "0", "hash": "b"}'),
    ("answers.by_ear", b""),
)  # fmt: skip
"""Cases that broke something once."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    return {one.name: one for one in fuzz({name: seed_bytes(name) for name in NAMES}, SHORT)}


@pytest.mark.parametrize("name", NAMES)
def test_fuzzing_finds_nothing(outcomes: dict[str, Outcome], name: str) -> None:
    one = outcomes[name]
    assert one.case is None, one.as_test()
    assert one.tried >= len(seeds()[name]) and one.edges > 0, one.said[-2000:]


@pytest.mark.parametrize(("name", "case"), FOUND)
def test_what_was_found_stays_mended(name: str, case: bytes) -> None:
    load(name)(case)


def test_every_target_has_seeds_and_every_seed_a_target() -> None:
    assert written() - {"planted.fault"} == set(seeds())
    assert all(seed_bytes(name) for name in seeds())


def test_a_planted_fault_is_found_and_made_small() -> None:
    (one,) = fuzz({"planted.fault": [b"a quiet day at home"]}, Limits(runs=300_000, seconds=60, seed=1))
    assert one.case == b"fout" and one.fault.startswith("RuntimeError in planted.py"), one.said[-2000:]
    assert "fault(b'fout')" in one.as_test()


def test_what_does_not_matter_is_left_out_of_a_case() -> None:
    assert smaller(b"aaaaxbbbbbbybbcc", lambda case: b"x" in case and b"y" in case) == b"xy"
