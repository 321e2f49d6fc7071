"""Local accounts: one way in, every other way shut, and nobody locked out for ever."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from assistant.database import Database
from assistant.staff import accounts, attempts, enrolment, sessions
from assistant.staff.accounts import Giver, Grant
from assistant.staff.errors import (
    AccountExists,
    AccountInvalid,
    AccountNotFound,
    InvitationInvalid,
    LoginBusy,
    LoginRefused,
    LoginTooSoon,
    PasswordWeak,
)
from assistant.staff.log_in import Claim, log_in
from assistant.staff.models import AuditRow, StaffAccount, StaffSession
from assistant.staff.passwords import Passwords
from assistant.staff.seal import Seal
from assistant.staff.second_step import step_of
from assistant.staff.secret import digest
from assistant.staff.strength import check_strength
from tests.unit.staff.conftest import ALL, GOOD, NOW, REVIEWER
from tests.unit.staff.person import Person, later


@pytest.fixture
def fatima(database: Database, passwords: Passwords, seal: Seal) -> Person:
    return Person(database, passwords, seal)


def test_password_and_code_open_a_session(fatima: Person) -> None:
    done = fatima.log_in(later(minutes=1))
    found = sessions.find(fatima.database, done.token, later(minutes=2))
    assert isinstance(found, sessions.OpenSession)
    assert (found.account_id, found.roles, found.scope) == (fatima.id, {"reviewer"}, {"almere"})


@pytest.mark.parametrize("wrong", ["password", "code", "email", "other_code"])
def test_each_thing_that_is_wrong_is_the_same_error(fatima: Person, wrong: str) -> None:
    now = later(minutes=1)
    claim = {
        "password": Claim(fatima.email, "paard batterij nietje bed", fatima.code(now)),
        "code": Claim(fatima.email, GOOD, ""),
        "email": Claim("niemand@almere.nl", GOOD, fatima.code(now)),
        "other_code": Claim(fatima.email, GOOD, fatima.code(later(minutes=5))),
    }[wrong]
    with pytest.raises(LoginRefused) as refused:
        log_in(fatima.database, fatima.passwords, fatima.seal, claim, now)
    assert str(refused.value) == ""


def test_the_address_is_not_a_matter_of_capitals(fatima: Person) -> None:
    now = later(minutes=1)
    claim = Claim("  Fatima@ALMERE.nl ", GOOD, fatima.code(now))
    assert log_in(fatima.database, fatima.passwords, fatima.seal, claim, now).token


def test_a_code_works_once_and_one_step_beside(fatima: Person) -> None:
    now = later(minutes=1)
    ahead = fatima.code(later(seconds=90))  # a clock that is half a minute ahead
    fatima.log_in(now, code=ahead)
    for used in (ahead, fatima.code(now), fatima.code(later(minutes=2))):
        with pytest.raises(LoginRefused):
            fatima.log_in(now, code=used)
    fatima.log_in(later(minutes=3))


def test_the_code_of_the_invitation_is_used_up(fatima: Person) -> None:
    with pytest.raises(LoginRefused):
        fatima.log_in(NOW)


def test_the_same_code_sent_by_many_at_once_opens_one_session(fatima: Person) -> None:
    now, opened, refused = later(minutes=1), [], []

    def try_it() -> None:
        try:
            opened.append(fatima.log_in(now, device=""))
        except (LoginRefused, LoginTooSoon) as error:
            refused.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(opened), len(refused)) == (1, 3)


def test_a_recovery_code_works_once(fatima: Person) -> None:
    done = fatima.log_in(later(minutes=1), code=fatima.codes[0].upper())
    assert done.recovery_left == 7
    with pytest.raises(LoginRefused):
        fatima.log_in(later(minutes=2), code=fatima.codes[0])


def test_waiting_grows_and_ends(fatima: Person) -> None:
    now = later(minutes=1)
    for _ in range(attempts.FREE):
        with pytest.raises(LoginRefused):
            fatima.log_in(now, "verkeerd", device="")
    with pytest.raises(LoginTooSoon) as wait:
        fatima.log_in(now, device="")
    assert 25 <= wait.value.seconds <= 31
    assert fatima.log_in(later(minutes=1, seconds=31)).token, "the right password works after the wait"
    assert [attempts.wait_after(n) for n in (0, 4, 5, 6, 7, 9, 10, 50)] == [0, 0, 30, 60, 120, 480, 900, 900]


def test_who_guesses_elsewhere_does_not_keep_a_colleague_out(fatima: Person) -> None:
    fatima.log_in(later(minutes=1))
    device = fatima.device
    moment = later(minutes=2)
    for _ in range(attempts.FREE):
        with pytest.raises(LoginRefused):
            fatima.log_in(moment, "geraden", device="")
    with pytest.raises(LoginTooSoon):
        fatima.log_in(moment, device="")
    assert fatima.log_in(moment, device=device).token


def test_the_cookie_of_a_device_of_somebody_else_is_no_help(fatima: Person) -> None:
    other = Person(fatima.database, fatima.passwords, fatima.seal, "jan@almere.nl")
    other.log_in(later(minutes=1))
    moment = later(minutes=2)
    for _ in range(attempts.FREE):
        with pytest.raises(LoginRefused):
            fatima.log_in(moment, "geraden", device="")
    with pytest.raises(LoginTooSoon):
        fatima.log_in(moment, device=other.device)


def test_an_address_that_does_not_exist_waits_just_the_same(
    database: Database, passwords: Passwords, seal: Seal
) -> None:
    claim = Claim("niemand@almere.nl", "x", "y")
    for _ in range(attempts.FREE):
        with pytest.raises(LoginRefused):
            log_in(database, passwords, seal, claim, NOW)
    with pytest.raises(LoginTooSoon):
        log_in(database, passwords, seal, claim, NOW)


def test_a_flood_waits_for_its_turn_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    narrow = Passwords(at_once=1, wait=0.05)
    with narrow._turn(), pytest.raises(LoginBusy):
        narrow.hash("x")
    assert narrow.fits(narrow.hash("goed"), "goed")


def test_the_parameters_are_those_of_the_brief(passwords: Passwords) -> None:
    assert passwords.hash("x").startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "weak", ["kort", "wachtwoord123", "aaaaaaaaaaaaaa", "FatimaElAmrani1", "Welkom2026!!", "x" * 201, "almeregemeente"]
)
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(PasswordWeak):
        check_strength(weak, "Fatima El Amrani", "fatima@almere.nl")
    check_strength(GOOD, "Fatima El Amrani", "fatima@almere.nl")


# invitations


def test_an_invitation_works_once_and_three_days(database: Database, passwords: Passwords, seal: Seal) -> None:
    with database.session() as session:
        _, token = accounts.invite(session, ALL, "jan@almere.nl", "Jan", REVIEWER, NOW)
    secret = enrolment.invited(database, seal, token, NOW).secret
    assert enrolment.invited(database, seal, token, later(days=2)).secret == secret, "opening it again changes nothing"
    with pytest.raises(InvitationInvalid):
        enrolment.invited(database, seal, token, later(days=3, seconds=1))
    with pytest.raises(LoginRefused):
        enrolment.accept(database, seal, passwords, token, GOOD, "000000", NOW)
    person = Person(database, passwords, seal)
    with pytest.raises(InvitationInvalid):
        enrolment.invited(database, seal, person.token, NOW)


def test_before_the_invitation_is_taken_nobody_gets_in(database: Database, passwords: Passwords, seal: Seal) -> None:
    with database.session() as session:
        accounts.invite(session, ALL, "jan@almere.nl", "Jan", REVIEWER, NOW)
    with pytest.raises(LoginRefused):
        log_in(database, passwords, seal, Claim("jan@almere.nl", "", ""), NOW)


def test_the_secret_of_the_second_step_is_not_readable_in_the_database(fatima: Person) -> None:
    with fatima.database.session(write=False) as session:
        row = session.get_one(StaffAccount, fatima.id)
        kept = " ".join(str(value) for value in vars(row).values())
    assert fatima.secret not in kept
    assert fatima.token not in kept
    assert Seal("another key").open(row.totp_sealed) is None


def test_nobody_gives_what_they_do_not_have(database: Database) -> None:
    almere = Giver(1, frozenset({"almere"}))
    with database.session() as session:
        for grant in (
            Grant(frozenset({"reviewer"}), frozenset({"steenwijkerland"})),
            Grant(frozenset({"reviewer"}), frozenset()),
            Grant(frozenset(), frozenset({"almere"})),
            Grant(frozenset({"koning"}), frozenset({"almere"})),
        ):
            with pytest.raises(AccountInvalid):
                accounts.invite(session, almere, "x@almere.nl", "X", grant, NOW)
        accounts.invite(session, almere, "x@almere.nl", "X", REVIEWER, NOW)
        with pytest.raises(AccountExists):
            accounts.invite(session, almere, "X@almere.nl", "X", REVIEWER, NOW)


def test_a_colleague_of_two_municipalities_is_out_of_reach_of_one(database: Database) -> None:
    both = Grant(frozenset({"reviewer"}), frozenset({"almere", "steenwijkerland"}))
    with database.session() as session:
        wide, _ = accounts.invite(session, ALL, "wijd@example.nl", "Wijd", both, NOW)
        near, _ = accounts.invite(session, ALL, "dichtbij@example.nl", "Dichtbij", REVIEWER, NOW)
    with database.session(write=False) as session:
        assert [one.id for one in accounts.all_within(session, frozenset({"almere"}))] == [near]
        assert {one.id for one in accounts.all_within(session, ALL.scope)} == {near, wide}
        assert accounts.all_within(session, frozenset()) == []
        with pytest.raises(AccountNotFound):
            accounts.view(session, frozenset({"almere"}), wide)


# ended everywhere


@pytest.mark.parametrize("what", ["role", "scope", "off", "password", "again", "button"])
def test_sessions_end_everywhere(fatima: Person, what: str) -> None:
    tokens = [fatima.log_in(later(minutes=minute)).token for minute in (1, 2)]
    now, database = later(minutes=3), fatima.database
    if what == "password":
        staying = digest(tokens[1])
        enrolment.change_password(
            database, fatima.passwords, fatima.id, GOOD, "een heel ander woord", now, staying=staying
        )
        assert isinstance(sessions.find(database, tokens[1], now), sessions.OpenSession), (
            "the one it was done from stays"
        )
        assert isinstance(sessions.find(database, tokens[0], now), sessions.Lapsed)
        return
    with database.session() as session:
        grant = {
            "role": Grant(frozenset({"analist"}), frozenset({"almere"})),
            "scope": Grant(frozenset({"reviewer"}), frozenset({"steenwijkerland"})),
        }.get(what, REVIEWER)
        if what in ("role", "scope", "off"):
            assert accounts.change(session, ALL, fatima.id, grant, active=what != "off", now=now)
        elif what == "again":
            accounts.start_again(session, ALL, fatima.id, now)
        else:
            assert accounts.end_sessions(session, ALL, fatima.id, now) == 2
    assert all(isinstance(sessions.find(database, token, now), sessions.Lapsed) for token in tokens)
    if what in ("off", "again"):
        with pytest.raises(LoginRefused):
            fatima.log_in(later(minutes=10))


def test_nothing_changes_when_nothing_changed(fatima: Person) -> None:
    token = fatima.log_in(later(minutes=1)).token
    with fatima.database.session() as session:
        assert not accounts.change(session, ALL, fatima.id, REVIEWER, active=True, now=later(minutes=2))
        with pytest.raises(AccountInvalid):
            own = Giver(fatima.id, ALL.scope)
            accounts.change(session, own, fatima.id, Grant(frozenset({"beheerder"}), ALL.scope), active=True, now=NOW)
    assert isinstance(sessions.find(fatima.database, token, later(minutes=2)), sessions.OpenSession)


# sessions


def test_idle_and_absolute_limits(fatima: Person) -> None:
    token = fatima.log_in(later(minutes=1)).token
    assert isinstance(sessions.find(fatima.database, token, later(minutes=30)), sessions.OpenSession)
    assert isinstance(sessions.find(fatima.database, token, later(minutes=59)), sessions.OpenSession), "used at 30"
    assert sessions.find(fatima.database, token, later(minutes=90)) == sessions.Lapsed(fatima.id)
    token = fatima.log_in(later(hours=2)).token
    for quarter in range(1, 40):
        assert isinstance(
            sessions.find(fatima.database, token, later(hours=2, minutes=15 * quarter)), sessions.OpenSession
        )
    assert sessions.find(fatima.database, token, later(hours=12, minutes=1)) == sessions.Lapsed(fatima.id)
    assert sessions.find(fatima.database, "made up", NOW) is None


def test_only_the_hash_of_a_session_is_kept(fatima: Person) -> None:
    token = fatima.log_in(later(minutes=1)).token
    with fatima.database.session(write=False) as session:
        rows = session.scalars(select(StaffSession)).all()
    assert [row.id_hash for row in rows] == [digest(token)]
    assert token not in str([vars(row) for row in rows])


def test_old_sessions_are_swept_out(fatima: Person) -> None:
    fatima.log_in(later(minutes=1))
    fatima.log_in(later(days=2))
    with fatima.database.session(write=False) as session:
        assert len(session.scalars(select(StaffSession)).all()) == 1


def test_what_happened_is_in_the_log(fatima: Person) -> None:
    fatima.log_in(later(minutes=1))
    with pytest.raises(LoginRefused):
        fatima.log_in(later(minutes=2), "verkeerd")
    with fatima.database.session(write=False) as session:
        rows = session.execute(select(AuditRow.action, AuditRow.municipality).order_by(AuditRow.number)).all()
    assert [tuple(row) for row in rows] == [
        ("account gemaakt", "almere"),
        ("account in gebruik genomen", "almere"),
        ("ingelogd", "almere"),
        ("inloggen mislukt", "almere"),
    ]


def test_a_code_of_letters_or_nothing_is_never_right() -> None:
    for code in ("", "abcdef", "12345", "١٢٣٤٥٦"):
        assert step_of("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", code, NOW, None) is None
