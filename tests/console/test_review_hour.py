"""A reviewer's hour in Chromium: log in with a code, fifty talks, judge, correct, a second person approves."""

from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Page, expect

from assistant.review.examples import Filling, fill
from assistant.review.log import ConversationLog
from assistant.review.work_models import Correction, Judgement
from assistant.staff import accounts, enrolment
from assistant.staff.accounts import Giver, Grant
from assistant.staff.audit import all_lines
from assistant.staff.chain import check
from tests.console.conftest import NewPage, Served, StaffPage
from tests.web.steps import axe

pytestmark = pytest.mark.browser
PASSWORD = "paard batterij nietje lamp"
ALL = Giver(None, frozenset({"almere", "steenwijkerland", "landelijk"}))
REVIEWER = Grant(frozenset({"reviewer"}), frozenset({"almere"}))


def person(console: Served, email: str, name: str) -> str:
    """Make a local account, take it into use, and return the secret of its app."""
    place, now = console.rooms, console.now()
    with console.database.session() as session:
        _, token = accounts.invite(session, ALL, email, name, REVIEWER, now)
    secret = enrolment.invited(console.database, place.seal, token, now).secret
    code = pyotp.TOTP(secret).at(now)
    enrolment.accept(console.database, place.seal, place.passwords, token, PASSWORD, code, now)
    return secret


def log_in(page: Page, console: Served, email: str, secret: str) -> None:
    page.goto(f"{console.url}/gesprekken")
    page.get_by_label("Mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_label("Code", exact=True).fill(pyotp.TOTP(secret).at(console.now() + timedelta(seconds=30)))
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gesprekken nakijken")


def test_a_reviewers_hour(new_page: NewPage, console: Served) -> None:
    fill(ConversationLog(console.database), Filling(50, console.now(), days=5, municipalities=("almere",)))
    anna, bram = person(console, "anna@almere.nl", "Anna"), person(console, "bram@almere.nl", "Bram")
    page = new_page()
    log_in(page, console, "anna@almere.nl", anna)

    # fifty talks, narrowed to what went wrong, under a name of her own
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_label("Liep mis").select_option("ja")
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_text("Deze weergave bewaren").click()
    page.get_by_label("Naam van de weergave").fill("Liep mis")
    page.get_by_role("button", name="Weergave bewaren").click()
    expect(page.get_by_role("link", name="Liep mis")).to_be_visible()
    talks = page.locator("tbody tr").count()
    assert 5 < talks < 50

    # judge with the keyboard alone: the first talk gets a correction, the next ones are good apart from one turn
    page.locator("tbody a").first.focus()
    page.keyboard.press("Enter")
    lost = page.locator(".turn", has=page.locator(".tag.warn")).first
    sentence = lost.locator(".person .said").inner_text()
    lost.get_by_label("Verkeerd begrepen", exact=True).focus()
    page.keyboard.press("Space")
    lost.get_by_label("Welke vraag was het wel?").fill("lokaal/bezoek")
    lost.get_by_label("Waardoor ging het mis bij de persoon?").select_option("geen_woord")
    expect(lost.get_by_label("Deze zin voorstellen om van te leren")).to_be_checked()
    axe(page)
    first = page.url
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status")).to_contain_text("1 voorgesteld als verbetering")
    assert page.url != first
    for _ in range(3):
        page.locator(".turn").first.get_by_label("Antwoord is onduidelijk").check()
        page.get_by_role("button", name="De rest is goed: bewaren en verder").click()
        expect(page.get_by_role("status")).to_contain_text("beoordeeld")
    page.goto(f"{console.url}/gesprekken?beoordeeld=ja")
    expect(page.locator("tbody tr")).to_have_count(4)

    # she cannot approve it herself; a colleague can
    page.goto(f"{console.url}/verbeteringen")
    expect(page.get_by_text("U stelde dit zelf voor")).to_be_visible()
    expect(page.get_by_role("button", name="Goedkeuren")).to_have_count(0)
    other = new_page()
    log_in(other, console, "bram@almere.nl", bram)
    other.goto(console.url)
    other.get_by_role("link", name="Verbeteringen").first.click()
    expect(other.get_by_role("heading", name=sentence)).to_be_visible()
    other.get_by_role("button", name=f"Goedkeuren ‘{sentence}’").click()
    expect(other.get_by_role("status")).to_have_text("Goedgekeurd.")

    # a second reader of the first talk, and how far the two agree
    other.goto(first)
    other.get_by_role("button", name="De rest is goed: bewaren en verder").click()
    other.goto(f"{console.url}/steekproef")
    turns = other.get_by_role("row", name="Oordeel").get_by_role("cell")
    expect(turns.first).not_to_have_text("0")

    with console.database.session(write=False) as session:
        [learnt] = session.query(Correction).all()
        assert (learnt.sentence, learnt.intent, learnt.state, learnt.decided_name) == (
            sentence, "lokaal/bezoek", "goedgekeurd", "Bram",
        )  # fmt: skip
        assert session.query(Judgement).count() > 6
        assert check(all_lines(session)).lines > 10


def test_every_page_and_state_is_clean_for_axe_and_fits_a_phone(staff_page: StaffPage, console: Served) -> None:
    fill(ConversationLog(console.database), Filling(60, console.now(), days=5, municipalities=("almere",)))
    page = staff_page("reviewer", name="Anna")

    def look(name: str) -> None:
        axe(page, name=name)
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(f"{console.url}/gesprekken?groep=loon&zeker_onder=70")
    look("inbox with all filters")
    page.goto(f"{console.url}/gesprekken?rol=werkgever&gevaar=ja")
    look("inbox without a talk")
    page.goto(f"{console.url}/gesprekken")
    page.locator("tbody a").first.click()
    talk = page.url
    page.locator(".turn").first.get_by_label("Verkeerd begrepen", exact=True).check()
    look("talk with an open judgement")
    page.goto(f"{talk}/contact")
    look("reason for the contact")
    page.get_by_label("Waarom hebt u deze gegevens nodig?").fill("bellen over de aanmelding")
    page.get_by_role("button", name="Tien minuten tonen").click()
    look("contact")
    page.goto(f"{console.url}/steekproef")
    page.get_by_role("button", name="Steekproef trekken").click()
    page.get_by_text("Hoe de steekproef wordt getrokken").click()
    look("sample")
    page.goto(f"{console.url}/nieuwe-vragen")
    page.get_by_role("button", name="Opnieuw groeperen").click()
    expect(page.get_by_role("button", name="Overnemen").first).to_be_visible()
    look("proposals")
    for path in ("/verbeteringen", "/verbeteringen?stand=afgewezen", "/taalmodel", "/nieuwe-vragen?stand=weggelegd"):
        page.goto(console.url + path)
        look(path)


def test_hostile_words_do_nothing(staff_page: StaffPage, console: Served) -> None:
    from tests.unit.console.review_rows import HOSTILE, make_talk

    make_talk(console, "almere", (HOSTILE, "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    page = staff_page("reviewer")
    page.on("dialog", lambda dialog: pytest.fail(f"a dialog: {dialog.message}"))
    page.goto(f"{console.url}/gesprekken")
    page.locator("tbody a").first.click()
    expect(page.locator(".person .said")).to_contain_text("<script>alert(1)</script>")
    assert page.locator("main script, main img").count() == 0
    page.get_by_role("button", name="De rest is goed: bewaren en verder").click()
    page.goto(f"{console.url}/nieuwe-vragen")
    page.get_by_role("button", name="Opnieuw groeperen").click()
    assert page.locator("main script, main img").count() == 0


def test_everything_works_without_javascript(new_page: NewPage, console: Served) -> None:
    from tests.unit.console.review_rows import make_talk

    make_talk(console, "almere")
    page = new_page(java_script_enabled=False)
    token = console.login("reviewer").token
    page.context.add_cookies([{"name": "meedoen", "value": token, "url": console.url}])
    page.goto(f"{console.url}/gesprekken")
    page.locator("tbody a").first.click()
    page.get_by_label("Verkeerd begrepen", exact=True).check()
    page.get_by_text("Juiste vraag en oorzaak").click()
    page.get_by_label("Welke vraag was het wel?").fill("loon/contract")
    page.get_by_role("button", name="Bewaren en volgend gesprek").click()
    expect(page.get_by_role("status")).to_contain_text("1 beurt beoordeeld")
