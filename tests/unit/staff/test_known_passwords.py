"""Passwords that are used by many, or stand in a leak, are refused; the list of leaks is put there by who runs it."""

from __future__ import annotations

import hashlib
from itertools import product
from pathlib import Path

import pytest
import structlog.testing
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from assistant.staff.errors import PasswordWeak
from assistant.staff.leaked import Leaked
from assistant.staff.passwords import Passwords
from assistant.staff.strength import SHORTEST, check_strength
from tests.unit.staff.conftest import GOOD

LONG = [one for one in FREQUENCY_LISTS["passwords"] if len(one) >= SHORTEST]
MADE = (
    lambda word: (word * 12)[: max(12, 2 * len(word))],  # once more, until it is long enough
    lambda word: f"{word}{'1234567890'[: max(4, SHORTEST - len(word))]}",
    lambda word: f"{word.capitalize()}{'!' * max(1, SHORTEST - len(word))}",
)
"""What people do with their password when twelve characters are asked."""
SPREAD = {f"wachtwoord nummer {number}": number for number in range(1, 2000, 7)}


def is_refused(password: str) -> bool:
    try:
        check_strength(password)
    except PasswordWeak:
        return True
    return False


def test_three_thousand_known_passwords_that_are_long_enough_are_refused() -> None:
    stretched = (make(word) for word, make in product(FREQUENCY_LISTS["passwords"][:1000], MADE))
    known = {*LONG, *(one for one in stretched if len(one) >= SHORTEST)}
    assert len(known) >= 3000
    assert [one for one in known if not is_refused(one)] == []


@pytest.mark.parametrize(
    "weak",
    ["Amsterdam2026!", "Vrijdag13november", "P@ssw0rd2026", "1q2w3e4r5t6y", "welkom2026gemeente", "qwertyuiop123",
     "meedoenmeedoen1"],
)  # fmt: skip
def test_what_a_civil_servant_would_type_is_refused(weak: str) -> None:
    assert is_refused(weak)


def test_the_places_of_this_installation_are_words_to_guess_with() -> None:
    open_to, knowing = Passwords(), Passwords(places=("Zeewolde aan zee",))
    open_to.judge("Zeewolde-9z!")
    with pytest.raises(PasswordWeak):
        knowing.judge("Zeewolde-9z!")


@pytest.mark.parametrize("long", [GOOD, "kruiwagen-fluit-spiegel", "9f$Kq2!vLz0#Rm", "z" * 40 + "kruiwagen fluit lamp"])
def test_a_good_one_is_taken(long: str) -> None:
    check_strength(long)


# leaks


def listed(place: Path, kind: str) -> Leaked:
    """A list in one of the two forms of Have I Been Pwned."""
    hashes = {hashlib.sha1(word.encode()).hexdigest().upper(): times for word, times in SPREAD.items()}
    lines = sorted(f"{one}:{times}" for one, times in hashes.items())
    if kind == "file":
        (place / "pwned.txt").write_text("".join(f"{line}\r\n" for line in lines))
        return Leaked(place / "pwned.txt")
    for first in {
        one[:5] for one in [*lines, *(hashlib.sha1(b.encode()).hexdigest().upper() for b in (GOOD, "proef"))]
    }:
        rest = [line[5:] for line in lines if line.startswith(first)]
        (place / f"{first}.txt").write_text("\n".join(rest))
    return Leaked(place)


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_leaked_password_is_found_and_no_other(tmp_path: Path, kind: str) -> None:
    leaked = listed(tmp_path, kind)
    assert {word: leaked.times(word) for word in SPREAD} == SPREAD
    assert leaked.times(GOOD) == 0
    with pytest.raises(PasswordWeak) as refused:
        Passwords(leaked=leaked).judge("wachtwoord nummer 8")
    assert "gelekte" in refused.value.why
    Passwords(leaked=leaked).judge(GOOD)


def test_a_password_before_the_first_and_after_the_last_is_not_in_the_file(tmp_path: Path) -> None:
    ours = hashlib.sha1(GOOD.encode()).hexdigest().upper()
    for others in ([], ["0" * 40], ["F" * 40], ["0" * 40, "F" * 40]):
        (tmp_path / "pwned.txt").write_text("\n".join(f"{one}:3" for one in others))
        assert Leaked(tmp_path / "pwned.txt").times(GOOD) == 0
        (tmp_path / "pwned.txt").write_text("\n".join(f"{one}:3" for one in sorted([*others, ours])))
        assert Leaked(tmp_path / "pwned.txt").times(GOOD) == 3


def test_a_list_that_cannot_be_read_lets_no_password_by(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as lines, pytest.raises(PasswordWeak) as refused:
        Passwords(leaked=Leaked(tmp_path / "weg.txt")).judge(GOOD)
    assert "nu niet nakijken" in refused.value.why
    assert [line["log_level"] for line in lines] == ["error"] and GOOD not in str(lines)
