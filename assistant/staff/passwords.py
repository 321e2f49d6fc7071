"""Passwords as argon2id, a few at a time, so that a flood of logins cannot take the whole machine.

Parameters of OWASP's password storage page (19 MiB, two rounds, one lane): 52 to 77 ms on two cores, where the
library's own need 400 ms.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import structlog
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError
from argon2.low_level import hash_secret

from assistant.staff.errors import LoginBusy, PasswordWeak
from assistant.staff.leaked import Leaked
from assistant.staff.strength import LONGEST, check_strength

logger = structlog.get_logger(__name__)

AT_ONCE = 2
WAIT = 5.0  # seconds for a turn


class Passwords:
    """Makes and checks hashes. Safe to share between threads."""

    def __init__(
        self, at_once: int = AT_ONCE, wait: float = WAIT, *, places: Collection[str] = (), leaked: Leaked | None = None
    ) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._turns, self._wait = threading.BoundedSemaphore(at_once), wait
        self._nobody = self._hasher.hash("nobody has this password")
        self._places, self._leaked = places, leaked

    def judge(self, password: str, *about: str) -> None:
        """Raise PasswordWeak when nobody should choose this password; `about` is the name and address of its person."""
        check_strength(password, *about, places=self._places)
        try:
            times = self._leaked.times(password) if self._leaked else 0
        except OSError as error:
            logger.error("list of leaked passwords cannot be read", reason=type(error).__name__)
            raise PasswordWeak("Wij kunnen dit wachtwoord nu niet nakijken. Bel de beheerder.") from error
        if times:
            raise PasswordWeak("Dit wachtwoord staat in een lijst van gelekte wachtwoorden. Neem een ander.")

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

    def renewed(self, kept: str | None, password: str) -> str | None:
        """Return a new hash of a password that fits, when the kept one has other parameters than we use now."""
        if kept is None or not self._hasher.check_needs_rehash(kept):
            return None
        return self.hash(password)

    def hash_like(self, kept: str | None, secret: str) -> str:
        """Return the hash of a secret with the salt and parameters of another; a fresh one when there is no other.

        With one salt for all recovery codes of an account, what was typed is hashed once and not once for each.
        """
        if kept is None:
            return self.hash(secret)
        with self._turn():
            form, salt = extract_parameters(kept), kept.split("$")[4]
            return hash_secret(
                secret.encode(), base64.b64decode(salt + "=" * (-len(salt) % 4)), form.time_cost, form.memory_cost,
                form.parallelism, form.hash_len, form.type, form.version,
            ).decode()  # fmt: skip

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._wait):
            raise LoginBusy
        try:
            yield
        finally:
            self._turns.release()
