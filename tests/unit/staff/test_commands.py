"""The command line, the example accounts, the right table and the scope condition."""

from __future__ import annotations

import stat
from pathlib import Path

import pyotp
import pytest
from sqlalchemy import String, column, create_engine, select, text
from typer.testing import CliRunner

from assistant.core.scope import covers, scope_of
from assistant.database import Database, downgrade, upgrade
from assistant.database.scope import within
from assistant.staff import accounts
from assistant.staff.commands import app
from assistant.staff.examples import make_examples
from assistant.staff.log_in import Claim, log_in
from assistant.staff.passwords import Passwords
from assistant.staff.people import names_of, people_with
from assistant.staff.rights import RIGHTS, Right, Role, rights_of
from assistant.staff.seal import Seal
from tests.unit.staff.conftest import ALL, NOW
from tests.unit.staff.person import Person


def url_of(database: Database) -> str:
    return database._engine.url.render_as_string(hide_password=False)


def test_the_first_account_and_starting_again(database: Database, seal: Seal) -> None:
    run, at = CliRunner(), ["--database-url", url_of(database)]
    asked = ["add", "bas@almere.nl", "--name", "Bas", "--role", "beheerder", "--municipality", "almere"]
    done = run.invoke(app, asked + at)
    assert done.exit_code == 0 and "/uitnodiging/" in done.stdout, done.output
    again = run.invoke(app, ["reset", "bas@almere.nl", *at])
    assert again.exit_code == 0 and again.stdout != done.stdout
    with database.session(write=False) as session:
        (row,) = accounts.everybody(session)
    assert (row.roles, row.municipalities, row.is_ready) == (("beheerder",), ("almere",), False)
    assert "bas@almere.nl" in run.invoke(app, ["list", *at], env={"COLUMNS": "200"}).stdout
    assert run.invoke(app, asked + at).exit_code == 2, "there already"
    assert run.invoke(app, ["reset", "niemand@almere.nl", *at]).exit_code == 2
    assert run.invoke(app, [*asked[:-1], "atlantis", *at]).exit_code == 2
    assert run.invoke(app, [*asked[:5], "koning", *asked[6:], *at]).exit_code == 2


def test_example_accounts_really_work_and_are_made_once(
    database: Database, passwords: Passwords, seal: Seal, tmp_path: Path
) -> None:
    file = tmp_path / "staff-example.txt"
    assert make_examples(database, passwords, seal, ALL.scope, file, NOW)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    lines = [line.split() for line in file.read_text().splitlines() if "@example.nl" in line]
    assert {line[0].split("@")[0].rstrip("2") for line in lines} == set(Role)
    for email, password, secret in lines[:2]:
        claim = Claim(email, password, pyotp.TOTP(secret).at(NOW))
        assert log_in(database, passwords, seal, claim, NOW).token
    assert not make_examples(database, passwords, seal, ALL.scope, file, NOW)


def test_seal_is_made_once_for_this_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "var" / "console-secret"
    closed = Seal.of("", file).close("JBSW")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert Seal.of("", file).open(closed) == "JBSW"
    assert Seal.of("another", file).open(closed) is None
    assert Seal("x").open(None) is None


def test_colleagues_by_right_and_place(database: Database, passwords: Passwords, seal: Seal) -> None:
    rosa = Person(database, passwords, seal)
    with database.session() as session:
        for right, scope, found in (
            (Right.REVIEW_JUDGE, {"almere"}, [rosa.id]),
            (Right.REVIEW_JUDGE, {"steenwijkerland"}, []),
            (Right.AUDIT_READ, {"almere"}, []),
        ):
            assert [one.account_id for one in people_with(session, right, scope=frozenset(scope))] == found
        assert names_of(session, [rosa.id, None, 999]) == {rosa.id: "Fatima El Amrani"}
        grant = accounts.grant_of(session.get_one(accounts.StaffAccount, rosa.id))
        accounts.change(session, ALL, rosa.id, grant, active=False, now=NOW)
        assert people_with(session, Right.REVIEW_JUDGE, scope=frozenset({"almere"})) == []


def test_rights_that_must_not_meet_in_one_role() -> None:
    for role, rights in RIGHTS.items():
        assert not {Right.AUDIT_READ, Right.UNMASK} <= rights, role
        assert not {Right.ACCOUNTS, Right.REVIEW_READ} <= rights, role
        assert not {Right.ACCOUNTS, Right.DESK_READ} <= rights, role
    assert rights_of(["analist", "een rol van vroeger"]) == RIGHTS[Role.ANALIST]
    assert rights_of([]) == frozenset()


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ((), []),
        (("almere",), ["almere"]),
        (("landelijk",), ["landelijk", None]),
        (("almere", "landelijk"), ["almere", "landelijk", None]),
        (("steenwijkerland",), []),
    ],
)
def test_the_scope_as_a_condition(scope: tuple[str, ...], found: list[str | None]) -> None:
    engine = create_engine("sqlite://")
    place = column("place", String)
    with engine.connect() as connection:
        connection.execute(text("CREATE TABLE thing (place TEXT)"))
        connection.execute(text("INSERT INTO thing VALUES ('almere'), ('landelijk'), (NULL)"))
        rows = connection.scalars(select(place).select_from(text("thing")).where(within(place, scope_of(*scope)))).all()
    engine.dispose()
    assert list(rows) == found
    assert [one for one in ("almere", "landelijk", None) if covers(scope_of(*scope), one)] == found


def test_the_migration_goes_up_and_down(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'm.db'}"
    upgrade(url, "0011")
    downgrade(url, "0010")
    upgrade(url, "0011")
