"""Logging in as a person does, and the pages of account, accounts and log: axe, sizes, keyboard."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import expect

from assistant.staff import accounts, enrolment
from tests.console.conftest import NewPage, Served, StaffPage
from tests.console.steps import LOOKS, check, fits, large_text
from tests.unit.staff.conftest import ALL, GOOD, REVIEWER

PATHS = {
    "beheerder": ["/", "/mijn-account", "/accounts", "/accounts/nieuw", "/accounts/1", "/accounts/2", "/nergens"],
    "privacyfunctionaris": ["/", "/logboek", "/logboek?wie=1", "/logboek/controle"],
}


def test_from_the_invitation_to_the_first_page(console: Served, new_page: NewPage) -> None:
    with console.database.session() as session:
        _, token = accounts.invite(session, ALL, "fatima@almere.nl", "Fatima El Amrani", REVIEWER, console.now())
    secret = enrolment.invited(console.database, console.rooms.seal, token, console.now()).secret
    page = new_page()
    page.goto(f"{console.url}/uitnodiging/{token}")
    check(page, "invitation")
    page.get_by_label("Wachtwoord", exact=True).fill(GOOD)
    page.get_by_label("Hetzelfde wachtwoord").fill("iets anders")
    page.get_by_label("Code uit de app").fill("000000")
    page.get_by_role("button", name="Account in gebruik nemen").click()
    expect(page.get_by_role("alert")).to_contain_text("niet hetzelfde")
    check(page, "invitation, wrong")
    page.get_by_label("Wachtwoord", exact=True).fill(GOOD)
    page.get_by_label("Hetzelfde wachtwoord").fill(GOOD)
    page.get_by_label("Code uit de app").fill(pyotp.TOTP(secret).at(console.now() - timedelta(seconds=30)))
    page.get_by_role("button", name="Account in gebruik nemen").click()
    expect(page.get_by_role("heading", name="Uw herstelcodes")).to_be_visible()
    expect(page.locator(".codes li")).to_have_count(8)
    check(page, "codes")
    page.get_by_role("link", name="naar inloggen").click()
    page.get_by_label("Mailadres").fill("fatima@almere.nl")
    page.get_by_label("Wachtwoord").fill(GOOD)
    page.get_by_label("Code").fill("123")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit klopt niet")
    check(page, "login, wrong")
    page.get_by_label("Wachtwoord").fill(GOOD)
    page.get_by_label("Code").fill(pyotp.TOTP(secret).at(console.now()))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", name="Vandaag")).to_be_visible()
    cookie = next(one for one in page.context.cookies() if one["name"] == "meedoen")
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="U bent uitgelogd")).to_be_visible()
    check(page, "logged out")


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("role", PATHS)
def test_pages(role: str, look: str, staff_page: StaffPage, console: Served) -> None:
    console.account("redacteur", name="Roos Redacteur")
    page = staff_page(role, name="Bas de Vries", **LOOKS[look])
    for path in PATHS[role]:
        page.goto(console.url + path)
        check(page, look)
        large_text(page)
        if look != "320":
            fits(page)


def test_the_form_survives_the_end_of_the_session(console: Served, staff_page: StaffPage) -> None:
    page = staff_page("beheerder", name="Bas de Vries")
    page.goto(f"{console.url}/accounts/nieuw")
    page.get_by_label("Naam").fill("Een lange naam die niemand twee keer wil typen")
    page.get_by_label("Mailadres van het werk").fill("x@almere.nl")
    with console.database.session() as session:
        account = accounts.everybody(session)[0]
        accounts.end_sessions(session, ALL, account.id, console.now())
    page.get_by_role("button", name="Uitnodigen", exact=True).click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
    token = console.login_as(account.id).token
    kept = page.get_by_role("textbox", name="Mailadres")  # the login page asks for the address again
    expect(kept).to_be_visible()
    page.context.add_cookies([{"name": "meedoen", "value": token, "url": console.url}])
    page.reload()  # who is logged in goes on to where they were going
    expect(page.get_by_label("Naam")).to_have_value("Een lange naam die niemand twee keer wil typen")
    check(page, "kept form")


def test_with_the_keyboard_alone(staff_page: StaffPage, console: Served) -> None:
    page = staff_page("beheerder")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.set_viewport_size({"width": 320, "height": 640})
    page.reload()
    menu = page.locator(".menu summary")
    menu.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Accounts")).to_be_visible()
    check(page, "menu open")


def test_who_does_nothing_is_warned_and_can_stay(staff_page: StaffPage, console: Served) -> None:
    page = staff_page("beheerder")
    page.clock.install()
    page.reload()
    page.clock.fast_forward("25:01")
    expect(page.get_by_role("alert")).to_contain_text("Over vijf minuten")
    check(page, "warned")
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(page.get_by_role("button", name="Ingelogd blijven")).to_have_count(0)
