"""Logging in, staying and leaving, over HTTP; nothing that was typed gets lost on the way."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from sqlalchemy import select

from assistant.staff import sessions
from assistant.staff.models import StaffAccount, StaffSession
from assistant.staff.secret import digest
from tests.unit.console.conftest import Console, StaffClient
from tests.unit.staff.conftest import GOOD
from tests.unit.staff.person import Person, later

FROM_HERE = {"sec-fetch-site": "same-origin"}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"


@pytest.fixture
def person(console: Console) -> Person:
    """Somebody who took the account into use a minute ago."""
    console.at(later(minutes=1))
    return Person(console.database, console.rooms.passwords, console.rooms.seal)


def log_in(console: Console, client: StaffClient, person: Person, onward: str = "/", **wrong: str) -> object:
    typed = {"email": person.email, "wachtwoord": GOOD, "code": person.code(console.now()), "verder": onward}
    done = client.post("/inloggen", data=typed | wrong, headers=FROM_HERE)
    client.token = client.cookies.get("meedoen", "")
    return done


def test_in_and_out(console: Console, person: Person) -> None:
    client = console.anonymous()
    done = log_in(console, client, person, "/mijn-account")
    assert (done.status_code, done.headers["location"]) == (303, "/mijn-account")
    assert "Fatima El Amrani" in client.get("/mijn-account").text
    assert client.get("/inloggen?verder=/mijn-account").headers["location"] == "/mijn-account"
    assert "U bent uitgelogd" in client.submit("/uitloggen").text
    client.cookies.set("meedoen", client.token)
    assert client.get("/mijn-account").status_code == 303, "the session has ended, not only the cookie"


@pytest.mark.parametrize("wrong", [{"code": "000000"}, {"wachtwoord": "niet goed"}, {"email": "niemand@almere.nl"}])
def test_whatever_is_wrong_the_page_is_the_same(console: Console, person: Person, wrong: dict[str, str]) -> None:
    client = console.anonymous()
    done = log_in(console, client, person, **wrong)
    assert done.status_code == 400 and "Dit klopt niet." in done.text
    assert "meedoen" not in client.cookies
    assert GOOD not in done.text


def test_too_often_is_said_with_the_time(console: Console, person: Person) -> None:
    client = console.anonymous()
    for _ in range(5):
        log_in(console, client, person, wachtwoord="x")
    done = log_in(console, client, person)
    assert done.status_code == 429 and "Wacht 3" in done.text


@pytest.mark.parametrize(
    "onward", ["//evil.nl", "/\\evil.nl", "https://evil.nl", "evil", "/x\r\nset-cookie: a=b", "/" * 700]
)
def test_onward_stays_here(console: Console, person: Person, onward: str) -> None:
    done = log_in(console, console.anonymous(), person, onward)
    assert done.headers.get("location") == "/" or (done.status_code == 400 and len(onward) > 600)


def test_a_login_form_of_another_site_is_refused(console: Console, person: Person) -> None:
    typed = {"email": person.email, "wachtwoord": GOOD, "code": person.code(console.now())}
    assert console.anonymous().post("/inloggen", data=typed, headers={"origin": "http://evil.nl"}).status_code == 403


def test_the_cookie_has_the_host_prefix_on_https(console: Console, person: Person) -> None:
    client = console.anonymous()
    client.base_url = "https://localhost"  # type: ignore[assignment]
    typed = {"email": person.email, "wachtwoord": GOOD, "code": person.code(console.now())}
    done = client.post("/inloggen", data=typed, headers=FROM_HERE)
    cookies = [one for one in done.headers.get_list("set-cookie") if one.startswith("__Host-meedoen=")]
    assert len(cookies) == 1
    parts = {part.strip().lower() for part in cookies[0].split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts and not any(p.startswith("domain") for p in parts)
    assert "max-age=63072000" in done.headers["strict-transport-security"]
    client.cookies.clear()
    client.cookies.set("meedoen", "anything")
    assert client.get("/mijn-account").status_code == 303, "the plain name does not count on https"


def test_the_plain_name_is_for_the_own_machine_only(console: Console, person: Person) -> None:
    done = log_in(console, console.anonymous(), person)
    assert all("Secure" not in one for one in done.headers.get_list("set-cookie"))


def test_a_recovery_code_brings_a_warning(console: Console, person: Person) -> None:
    client = console.anonymous()
    assert log_in(console, client, person, code=person.codes[0]).status_code == 303
    assert "er zijn er nog 7" in client.get("/").text
    assert "er zijn er nog 7" not in client.get("/").text, "said once"


def test_an_invitation_from_link_to_login(console: Console) -> None:
    keeper = console.login("beheerder", scope={"almere"})
    page = keeper.submit(
        "/accounts/nieuw", {"naam": "Jan", "email": "jan@almere.nl", "rollen": "redacteur", "gemeenten": "almere"}
    )
    link = re.search(r"http://127.0.0.1(/uitnodiging/[\w-]+)", page.text)
    assert link and list((console.settings.var / "outbox").iterdir())
    client = console.anonymous()
    first = client.get(link[1])
    assert "<svg" in first.text and "Jan" in first.text
    secret = re.search(r'class="code">([A-Z2-7 ]+)<', first.text)
    assert secret and client.get(link[1]).text == first.text, "opening it does not use it up"
    import pyotp

    code = pyotp.TOTP(secret[1].replace(" ", "")).at(console.now())
    for wrong in ({"nogmaals": "anders"}, {"wachtwoord": "kort", "nogmaals": "kort"}, {"code": "1"}):
        typed = {"wachtwoord": GOOD, "nogmaals": GOOD, "code": code} | wrong
        assert client.post(link[1], data=typed, headers=FROM_HERE).status_code == 400
    done = client.post(link[1], data={"wachtwoord": GOOD, "nogmaals": GOOD, "code": code}, headers=FROM_HERE)
    assert done.status_code == 200 and len(re.findall(r"<li>[a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}</li>", done.text)) == 8
    assert client.get(link[1]).status_code == 404
    console.at(console.now() + timedelta(minutes=1))
    code = pyotp.TOTP(secret[1].replace(" ", "")).at(console.now())
    typed = {"email": "jan@almere.nl", "wachtwoord": GOOD, "code": code}
    assert client.post("/inloggen", data=typed, headers=FROM_HERE).status_code == 303


# a session that ends while a form is being filled in


def test_what_was_typed_is_kept_for_the_same_person(console: Console) -> None:
    client = console.login("beheerder", scope={"almere"}, name="Bas")
    proof = client.csrf
    console.at(console.now() + timedelta(minutes=31))
    words = 'Een naam met "aanhalingstekens" & <b>haken</b>'
    sent = {"csrf": proof, "naam": words, "email": "x@almere.nl", "rollen": ["analist", "redacteur"]}
    headers = FROM_HERE | {"referer": "http://127.0.0.1/accounts/nieuw"}
    away = client.post("/accounts/nieuw", data=sent, headers=headers)
    assert away.status_code == 303
    kept = unquote(away.headers["location"].split("verder=")[1])
    assert kept.startswith("/bewaard/")
    assert console.login("beheerder", scope={"almere"}).get(kept).status_code == 404, "somebody else"
    again = console.login_as(client.account_id)
    page = again.get(kept).text
    assert words in unescape(page) and "<b>haken" not in page
    assert page.count('name="rollen"') == 2 and 'action="/accounts/nieuw"' in page and again.csrf in page
    assert proof not in page and 'href="/accounts/nieuw"' in page
    assert again.get(kept).status_code == 404, "shown once"
    with console.database.session(write=False) as session:
        assert session.query(StaffAccount).count() == 2, "nothing was done yet"


def test_a_form_of_nobody_or_too_big_or_foreign_is_not_kept(console: Console) -> None:
    client = console.login("beheerder")
    console.at(console.now() + timedelta(hours=1))
    big = client.submit("/accounts/nieuw", {"naam": "x" * 61_000})
    assert big.status_code in (303, 400) and "bewaard" not in big.headers.get("location", "")
    away = console.anonymous().post("/accounts/nieuw", data={"naam": "x"}, headers=FROM_HERE)
    assert away.headers["location"] == "/inloggen"
    assert client.post("/accounts/nieuw", data={"naam": "x"}, headers={"origin": "http://evil.nl"}).status_code == 403


def test_htmx_is_sent_to_the_login_page_as_a_whole(console: Console) -> None:
    done = console.anonymous().get("/accounts", headers={"hx-request": "true"})
    assert (done.status_code, done.headers["hx-redirect"]) == (204, "/inloggen?verder=%2Faccounts")


def test_the_proof_may_come_in_a_header(console: Console) -> None:
    client = console.login("beheerder")
    path = f"/accounts/{console.account('reviewer')}/uitloggen"
    assert client.post(path, headers=FROM_HERE | {"x-csrf": client.csrf}).status_code == 303
    assert client.post(path, headers=FROM_HERE | {"x-csrf": "x"}).status_code == 403


def test_own_account(console: Console, person: Person) -> None:
    client, other = console.anonymous(), console.anonymous()
    log_in(console, client, person)
    console.at(console.now() + timedelta(minutes=1))
    log_in(console, other, person)
    assert client.get("/sessie").status_code == 204
    assert client.submit("/mijn-account/wachtwoord", nu="fout", nieuw=GOOD + " x").status_code == 400
    assert client.submit("/mijn-account/wachtwoord", nu=GOOD, nieuw="kort").status_code == 400
    assert client.submit("/mijn-account/wachtwoord", nu=GOOD, nieuw="iets heel anders nu").status_code == 303
    assert other.get("/").status_code == 303
    codes = client.submit("/mijn-account/herstelcodes", wachtwoord="iets heel anders nu").text
    assert person.codes[0] not in codes and codes.count("<li>") >= 8
    assert client.submit("/mijn-account/herstelcodes", wachtwoord=GOOD).status_code == 400


def row_of(page: str, browser: str) -> str:
    """The box of a session in the list, by what its browser is called."""
    found = re.search(rf'value="(\w+)" aria-label="{browser}', page)
    assert found
    return found[1]


def test_own_sessions_are_listed_and_ended_one_by_one(console: Console, person: Person) -> None:
    browsers = [console.anonymous() for _ in range(3)]
    for browser, agent in zip(browsers, (FIREFOX, EDGE, "<script>alert(1)</script>"), strict=True):
        browser.headers["user-agent"] = agent
        console.at(console.now() + timedelta(minutes=1))
        log_in(console, browser, person)
    mine, other, third = browsers
    shown = mine.get("/mijn-account").text
    assert "Firefox op Linux" in shown and "Edge op Windows" in shown and "<script>alert" not in shown
    handles = re.findall(r'name="plek" value="(\w+)"', shown)
    assert len(handles) == 2, "the one of now cannot be chosen"
    with console.database.session(write=False) as session:
        hashes = session.scalars(select(StaffSession.id_hash)).all()
    assert not any(one in shown for one in (*hashes, *(browser.token for browser in browsers)))
    edge = row_of(shown, "Edge")
    wrong = mine.submit("/mijn-account/uitloggen", plek=edge, bevestig="fout")
    assert wrong.status_code == 400 and "niet uw wachtwoord" in wrong.text and other.get("/sessie").status_code == 204
    done = mine.submit("/mijn-account/uitloggen", plek=edge, bevestig=GOOD)
    assert done.status_code == 303
    assert (other.get("/sessie").status_code, third.get("/sessie").status_code) == (303, 204)
    assert mine.submit("/mijn-account/uitloggen", bevestig=GOOD).status_code == 303
    assert (third.get("/sessie").status_code, mine.get("/sessie").status_code) == (303, 204)
    assert "alleen hier ingelogd" in mine.get("/mijn-account").text


def test_the_handle_of_a_colleague_ends_nothing(console: Console, person: Person) -> None:
    client, colleague = console.anonymous(), console.login("reviewer")
    log_in(console, client, person)
    handle = digest(colleague.token)[:16]
    assert client.submit("/mijn-account/uitloggen", plek=handle, bevestig=GOOD).status_code == 303
    assert colleague.get("/sessie").status_code == 204


def test_a_keeper_sees_and_ends_the_sessions_of_a_colleague(console: Console) -> None:
    keeper, first = console.login("beheerder", scope={"almere"}), console.login("reviewer", scope={"almere"})
    second = console.login_as(first.account_id)
    path = f"/accounts/{first.account_id}"
    handles = re.findall(r'name="plek" value="(\w+)"', keeper.get(path).text)
    assert sorted(handles) == sorted(digest(one.token)[:16] for one in (first, second))
    assert keeper.submit(f"{path}/uitloggen", plek=digest(first.token)[:16]).status_code == 303
    assert (first.get("/sessie").status_code, second.get("/sessie").status_code) == (303, 204)
    assert keeper.submit(f"{path}/uitloggen").status_code == 303
    assert second.get("/sessie").status_code == 303
    assert "nergens ingelogd" in keeper.get(path).text


# accounts


def test_rights_change_ends_sessions_and_is_noted(console: Console) -> None:
    keeper = console.login("beheerder", scope={"almere"})
    colleague = console.login("reviewer", scope={"almere"})
    path = f"/accounts/{colleague.account_id}"
    assert keeper.submit(path, {"rollen": "analist", "gemeenten": "almere", "aan": "ja"}).status_code == 303
    assert colleague.get("/").status_code == 303
    assert "analist" in keeper.get(path).text
    assert keeper.submit(path, {"rollen": "analist", "gemeenten": "steenwijkerland", "aan": "ja"}).status_code == 400
    assert keeper.submit(path, {"gemeenten": "almere", "aan": "ja"}).status_code == 400
    own = f"/accounts/{keeper.account_id}"
    assert keeper.submit(own, {"rollen": "privacyfunctionaris", "gemeenten": "almere", "aan": "ja"}).status_code == 400
    assert keeper.submit(path, {"rollen": "analist", "gemeenten": "almere"}).status_code == 303
    assert ">uit<" in keeper.get("/accounts").text
    officer = console.login("privacyfunctionaris", scope={"almere"})
    shown = officer.get("/logboek").text
    assert "reviewer in almere → analist in almere" in unescape(shown)


def test_an_account_that_is_there_already_is_said(console: Console) -> None:
    keeper = console.login("beheerder", scope={"almere"})
    form = {"naam": "Jan", "email": "jan@almere.nl", "rollen": "redacteur", "gemeenten": "almere"}
    assert keeper.submit("/accounts/nieuw", form).status_code == 200
    again = keeper.submit("/accounts/nieuw", form)
    assert again.status_code == 400 and "al een account" in again.text and 'value="Jan"' in again.text


# the audit page


def test_the_log_is_shown_within_the_scope_with_filters(console: Console) -> None:
    from assistant.staff.audit import note

    who = console.account("reviewer", name="Rosa")
    with console.database.session() as session:
        note(session, who, "gesprek gelezen", "gesprek abc", "almere", console.now())
        note(session, who, "gesprek gelezen", "gesprek def", "steenwijkerland", console.now())
        note(session, who, "gegevens getoond", "=1+1", "almere", console.now(), "verzoek <script>")
    officer = console.login("privacyfunctionaris", scope={"almere"})
    shown = officer.get("/logboek").text
    assert "gesprek abc" in shown and "gesprek def" not in shown and "Rosa" in shown and "<script>" not in shown
    assert "gesprek abc" not in officer.get("/logboek?actie=gegevens+getoond").text
    assert "gesprek abc" not in officer.get("/logboek?tot=2020-01-01").text
    assert officer.get("/logboek?van=0001-01-01&tot=9999-12-31").status_code == 200, "no day before or after it"
    assert "gesprek def" not in officer.get("/logboek?gemeente=steenwijkerland").text
    assert "gesprek abc" in officer.get(f"/logboek?wie={who}&van=onzin&tot=").text
    assert "logboek gezocht" in officer.get("/logboek").text, "looking somebody up is noted"
    table = officer.get("/logboek/tabel.csv").text
    assert "'=1+1" in table and "gesprek def" not in table
    chain = officer.get("/logboek/keten.jsonl").text
    assert "gesprek abc" in chain and "gesprek def" not in chain
    assert "De keten klopt" in officer.get("/logboek/controle").text
    with console.database.session() as session:
        from sqlalchemy import text

        session.execute(text("UPDATE staff_audit SET subject = 'x' WHERE number = 2"))
    assert "Regel 2 is na het schrijven veranderd" in officer.get("/logboek/controle").text


def test_a_session_of_somebody_who_left_is_over(console: Console) -> None:
    client = console.login("reviewer")
    with console.database.session() as session:
        session.get_one(StaffAccount, client.account_id).active = False
    assert client.get("/").status_code == 303
    assert isinstance(sessions.find(console.database, client.token, console.now()), sessions.Lapsed)
