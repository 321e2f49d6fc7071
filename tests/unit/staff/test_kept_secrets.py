"""What is kept of a recovery code and of a second step, and how it is renewed when keys and parameters change."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import insert, select, text, update
from typer.testing import CliRunner

from assistant.database import Database, downgrade, upgrade
from assistant.staff.commands import app
from assistant.staff.errors import LoginRefused
from assistant.staff.log_in import inner
from assistant.staff.models import StaffAccount, StaffRecoveryCode
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from tests.unit.staff.conftest import GOOD
from tests.unit.staff.person import Person, later
from tests.unit.staff.test_commands import url_of


@pytest.fixture
def fatima(database: Database, passwords: Passwords, seal: Seal) -> Person:
    return Person(database, passwords, seal)


def kept_codes(database: Database) -> list[str]:
    with database.session(write=False) as session:
        return list(session.scalars(select(StaffRecoveryCode.code_hash)))


def test_recovery_codes_are_kept_slowly_hashed_with_a_salt_of_their_account(fatima: Person) -> None:
    other = Person(fatima.database, fatima.passwords, fatima.seal, "jan@almere.nl")
    kept = kept_codes(fatima.database)
    assert len(kept) == 16 and all(one.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for one in kept)
    assert len({one.split("$")[4] for one in kept}) == 2, "one salt for each account"
    assert not any(code.replace("-", "") in one for code in (*fatima.codes, *other.codes) for one in kept)


def test_a_code_of_somebody_else_opens_nothing(fatima: Person) -> None:
    other = Person(fatima.database, fatima.passwords, fatima.seal, "jan@almere.nl")
    with pytest.raises(LoginRefused):
        fatima.log_in(later(minutes=1), code=other.codes[0])
    assert len(kept_codes(fatima.database)) == 16


def test_codes_on_paper_stay_good_after_the_upgrade(fatima: Person) -> None:
    """Before 0018 a code was kept as one SHA-256; the upgrade hashes that once more."""
    url = url_of(fatima.database)
    downgrade(url, "0018")
    downgrade(url, "-1")
    assert kept_codes(fatima.database) == [], "the way back cannot undo a hash: new codes are made there"
    with fatima.database.session() as session:
        for code in fatima.codes:
            session.execute(insert(StaffRecoveryCode).values(code_hash=inner(fatima.id, code), account_id=fatima.id))
    upgrade(url)
    assert all(one.startswith("$argon2id$") for one in kept_codes(fatima.database))
    assert fatima.log_in(later(minutes=1), code=fatima.codes[3]).recovery_left == 7
    with pytest.raises(LoginRefused):
        fatima.log_in(later(minutes=2), code=fatima.codes[3])


def test_a_password_hashed_in_another_way_is_hashed_anew_at_a_login(fatima: Person) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(GOOD)
    with fatima.database.session() as session:
        session.execute(update(StaffAccount).where(StaffAccount.id == fatima.id).values(password_hash=weak))
    fatima.log_in(later(minutes=1))
    with fatima.database.session(write=False) as session:
        kept = session.get_one(StaffAccount, fatima.id).password_hash
    assert kept and kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$") and fatima.passwords.fits(kept, GOOD)


# another key


def test_after_a_new_secret_everybody_still_gets_in_and_is_sealed_anew(fatima: Person) -> None:
    fatima.seal = Seal("a new secret", former="a secret of the tests")
    fatima.log_in(later(minutes=1))
    fatima.seal = Seal("a new secret")
    assert fatima.log_in(later(minutes=2)).token, "the former one is no longer needed"
    fatima.seal = Seal("a third secret")
    with pytest.raises(LoginRefused):
        fatima.log_in(later(minutes=3))


def test_the_command_seals_anew_and_says_how_it_stands(fatima: Person, tmp_path: Path) -> None:
    at = ["--database-url", url_of(fatima.database)]
    new = {"MEEDOEN_CONSOLE_SECRET": "a new secret", "MEEDOEN_VAR": str(tmp_path)}
    both = new | {"MEEDOEN_CONSOLE_SECRET_FORMER": "a secret of the tests"}
    run = CliRunner()
    assert "1 verzegeld, 0 met het vorige geheim, 1 onleesbaar" in run.invoke(app, ["check", *at], env=new).stdout
    assert "1 verzegeld, 1 met het vorige geheim, 0 onleesbaar" in run.invoke(app, ["check", *at], env=both).stdout
    assert "1 opnieuw verzegeld, 0 onleesbaar" in run.invoke(app, ["reseal", *at], env=both).stdout
    done = run.invoke(app, ["check", *at], env=new)
    assert "1 verzegeld, 0 met het vorige geheim, 0 onleesbaar" in done.stdout and done.exit_code == 0
    assert "gelekte wachtwoorden: geen (MEEDOEN_LEAKED_PASSWORDS is leeg)" in done.stdout
    gone = run.invoke(app, ["check", *at], env=new | {"MEEDOEN_LEAKED_PASSWORDS": str(tmp_path / "weg")})
    assert gone.exit_code == 1 and "niet te lezen" in gone.output
    (tmp_path / "lijst").write_text("0" * 40 + ":1\n")
    there = run.invoke(app, ["check", *at], env=new | {"MEEDOEN_LEAKED_PASSWORDS": str(tmp_path / "lijst")})
    assert there.exit_code == 0 and f"bestand {tmp_path / 'lijst'}" in there.stdout


def test_the_upgrade_leaves_nothing_of_who_is_at_the_provider(database: Database) -> None:
    with database.session() as session, pytest.raises(Exception, match="staff_visit"):
        session.execute(text("SELECT 1 FROM staff_visit"))
