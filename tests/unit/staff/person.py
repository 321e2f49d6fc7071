"""Somebody with a local account, as they come in by an invitation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp

from assistant.database import Database
from assistant.staff import accounts, enrolment
from assistant.staff.accounts import Grant
from assistant.staff.log_in import Claim, LoggedIn, log_in
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from tests.unit.staff.conftest import ALL, GOOD, NOW, REVIEWER


class Person:
    """Has a password in mind, an app on the telephone and recovery codes on paper."""

    def __init__(
        self,
        database: Database,
        passwords: Passwords,
        seal: Seal,
        email: str = "fatima@almere.nl",
        grant: Grant = REVIEWER,
    ) -> None:
        self.database, self.passwords, self.seal, self.email = database, passwords, seal, email
        with database.session() as session:
            self.id, self.token = accounts.invite(session, ALL, email, "Fatima El Amrani", grant, NOW)
        self.secret = enrolment.invited(database, seal, self.token, NOW).secret
        self.codes = enrolment.accept(database, seal, passwords, self.token, GOOD, self.code(NOW), NOW)
        self.device = ""

    def code(self, now: datetime) -> str:
        """What the app shows."""
        return pyotp.TOTP(self.secret).at(now)

    def log_in(
        self, now: datetime, password: str = GOOD, code: str | None = None, device: str | None = None
    ) -> LoggedIn:
        """Try to log in; the cookie of the device is kept, as a browser does."""
        shown = self.code(now) if code is None else code
        claim = Claim(self.email, password, shown, self.device if device is None else device)
        done = log_in(self.database, self.passwords, self.seal, claim, now)
        self.device = done.device
        return done


def later(**time: float) -> datetime:
    """A moment after NOW."""
    return NOW + timedelta(**time)
