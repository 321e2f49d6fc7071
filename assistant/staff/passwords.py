"""Passwords as argon2id, a few at a time, so that a flood of logins cannot take the whole machine.

Parameters of OWASP's password storage page (19 MiB, two rounds, one lane): 52 to 77 ms on two cores, where the
library's own need 400 ms. Source of the demands on a password: NIST SP 800-63B-4, 3.1.1.2: length, no known one, no
rules on kinds of characters.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.staff.errors import LoginBusy, PasswordWeak

AT_ONCE = 2
WAIT = 5.0  # seconds for a turn
SHORTEST, LONGEST = 12, 200
_KNOWN = """
wachtwoord welkom password gemeente almere steenwijkerland meedoen qwerty admin beheer zomer winter lente herfst geheim
inloggen 123456 abcdef asdfgh
"""
_WORDS = frozenset(_KNOWN.split())
OWN = 8  # characters that must be left without those words and without the person's name


class Passwords:
    """Makes and checks hashes. Safe to share between threads."""

    def __init__(self, at_once: int = AT_ONCE, wait: float = WAIT) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._turns, self._wait = threading.BoundedSemaphore(at_once), wait
        self._nobody = self._hasher.hash("nobody has this password")

    def hash(self, password: str) -> str:
        """Return the hash to keep. Raises LoginBusy when no turn comes free."""
        with self._turn():
            return self._hasher.hash(password)

    def fits(self, kept: str | None, password: str) -> bool:
        """Whether a password is the kept one; without one the same work is done in vain. Raises LoginBusy."""
        with self._turn():
            try:
                same = self._hasher.verify(kept or self._nobody, password[:LONGEST])  # the rest is not worth hashing
                return same and kept is not None and len(password) <= LONGEST
            except (Argon2Error, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._wait):
            raise LoginBusy
        try:
            yield
        finally:
            self._turns.release()


def check_strength(password: str, *about: str) -> None:
    """Raise PasswordWeak when a password is easily guessed; `about` is the name and the address of its person."""
    if len(password) < SHORTEST:
        raise PasswordWeak(f"Neem minstens {SHORTEST} tekens. Vier losse woorden achter elkaar is goed.")
    if len(password) > LONGEST:
        raise PasswordWeak(f"Neem hooguit {LONGEST} tekens.")
    small = password.casefold()
    parts = {part for text in about for part in text.casefold().replace("@", " ").replace(".", " ").split()}
    rest = small
    for word in sorted(_WORDS | {part for part in parts if len(part) > 2}, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < OWN or len(set(small)) < 5:
        raise PasswordWeak("Dit wachtwoord is makkelijk te raden: er staan bekende woorden of uw naam in.")
