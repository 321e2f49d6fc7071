"""The console as it is served, on a fresh database, with somebody of any role logged in.

    def test_x(console):
        console.login("accountmanager", {"almere"}).get("/aanmeldingen")     # the client follows no redirects
        client.submit("/aanmeldingen/AW-2026-00001/stap", stap="contact")       # POST with the proof of the session

`console.at(moment)` sets the clock of the house; `console.database` is the database, migrated and without any rows but
those of the staff.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from assistant.answers import Library
from assistant.console.app import console_app
from assistant.console.rooms import Rooms
from assistant.database import Database, upgrade
from assistant.settings import Settings
from assistant.staff import sessions
from assistant.staff.models import StaffAccount, StaffMunicipality, StaffRole

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather see httpx2; httpx is what we have
    from starlette.testclient import TestClient

ROOT = Path(__file__).resolve().parents[3]
ADDRESS = "http://127.0.0.1"


class StaffClient(TestClient):
    """A browser of one member of staff, as far as cookies and headers go."""

    token = ""
    account_id = 0

    @property
    def csrf(self) -> str:
        """The proof that the forms of this session carry."""
        return sessions.csrf_of(self.token)

    def submit(
        self, path: str, data: Mapping[str, Any] | None = None, files: Any = None, **fields: Any
    ) -> httpx.Response:
        """POST a form of a page of ours."""
        form = {"csrf": self.csrf, **(data or {}), **fields}
        return self.post(path, data=form, files=files, headers={"sec-fetch-site": "same-origin"})


class Console:
    """A console of this test alone."""

    def __init__(self, database: Database, library: Library, var: Path, **settings: Any) -> None:
        self.database = database
        self.settings = Settings(data=ROOT / "data", var=var, **settings)
        self._moment: datetime | None = None
        self.rooms = Rooms(settings=self.settings, database=database, library=library, now=self.now)
        self.app = console_app(self.rooms)

    def now(self) -> datetime:
        """The moment of the house: the real one until the test sets it."""
        return self._moment or datetime.now(UTC)

    def at(self, moment: datetime) -> None:
        """Set the clock."""
        self._moment = moment

    def anonymous(self) -> StaffClient:
        """A browser in which nobody is logged in."""
        return StaffClient(self.app, base_url=ADDRESS, follow_redirects=False)

    def account(self, *roles: str, scope: set[str] | None = None, name: str = "") -> int:
        """Make an account and return its id."""
        name = name or "Test " + " ".join(roles)
        with self.database.session() as session:
            number = session.query(StaffAccount).count() + 1
            row = StaffAccount(
                issuer="", subject=f"m{number}@example.nl", email=f"m{number}@example.nl", name=name, active=True,
                created_at=self.now(), roles=[StaffRole(role=role) for role in roles],
                municipalities=[StaffMunicipality(municipality=one) for one in scope or {"almere"}],
            )  # fmt: skip
            session.add(row)
            session.flush()
            return row.id

    def login(self, *roles: str, scope: set[str] | None = None, name: str = "") -> StaffClient:
        """A browser in which a new member of staff with these roles is logged in. Without a scope: Almere."""
        return self.login_as(self.account(*roles, scope=scope, name=name))

    def login_as(self, account_id: int) -> StaffClient:
        """A browser in which this account is logged in."""
        client = self.anonymous()
        with self.database.session() as session:
            client.token = sessions.begin(session, session.get_one(StaffAccount, account_id), self.now(), "local")
        client.account_id = account_id
        client.cookies.set("meedoen", client.token)
        return client


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("console") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path.read_bytes()


@pytest.fixture(scope="session")
def library() -> Library:
    """The real answers, read once."""
    return Library(ROOT / "data", every_seconds=1e9)


@pytest.fixture
def console(tmp_path: Path, migrated_file: bytes, library: Library) -> Iterator[Console]:
    (tmp_path / "meedoen.db").write_bytes(migrated_file)
    database = Database(f"sqlite:///{tmp_path / 'meedoen.db'}")
    yield Console(database, library, tmp_path)
    database.dispose()
