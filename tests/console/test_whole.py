"""What a person reads of an answer, an offer that is completed, a signed exception, a new question, a model on trial.

Everything at the width of a phone and of a screen, and without JavaScript.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assistant.answers import Library
from assistant.core.context import TalkContext
from assistant.editing.published import PublishedVersions
from assistant.review.learning_models import TopicProposal
from assistant.review.proposals import regroup
from tests.console.conftest import Served, StaffPage
from tests.console.steps import looked_at
from tests.unit.console import desk_rows
from tests.unit.console.conftest import ROOT
from tests.unit.console.review_rows import make_talk
from tests.unit.console.test_trials import trial, with_trials  # noqa: F401  a fixture

SCOPE = {"landelijk", "almere", "steenwijkerland"}
WIDTHS: dict[str, dict[str, Any]] = {
    "phone": {"width": 320, "height": 640},
    "screen": {"width": 1280},
}


@pytest.fixture(params=WIDTHS)
def look(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    yield {"name": request.param, "options": WIDTHS[request.param]}


def approve(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Goedkeuren en zeggen").click()
    expect(page.get_by_text("De assistent zegt dit vanaf nu.")).to_be_visible()


def employer_key(console: Served) -> str:
    book = console.rooms.library.book
    own = {key for local in book.local.values() for key in local}
    return next(key for key, each in book.standard.items() if each.employer and key not in own)


def test_an_employer_hears_what_an_editor_wrote_for_them(
    staff_page: StaffPage, console: Served, look: dict[str, Any]
) -> None:
    console.rooms.library = Library(ROOT / "data", source=PublishedVersions(console.database))
    key, options = employer_key(console), look["options"]
    editor = staff_page("redacteur", scope=SCOPE, name="Anna Editor", **options)
    editor.goto(f"{console.url}/antwoorden/tekst/landelijk/{key}")
    looked_at(editor, f"whole-answer-{look['name']}")
    text = editor.get_by_label("Werkgever, tekst (B1)")
    text.fill(text.input_value() + " Bel ons gerust.")
    editor.get_by_label("Titel (op knoppen)").fill("Een andere titel")
    editor.get_by_role("button", name="Nakijken").click()
    expect(editor.get_by_text("De tekst is in orde")).to_be_visible()
    expect(editor.locator(".parts ins").first).to_be_visible()
    looked_at(editor, f"whole-answer-judged-{look['name']}")
    editor.get_by_role("button", name="Aanbieden aan een collega").click()
    looked_at(editor, f"whole-answer-version-{look['name']}")
    approve(staff_page("redacteur", scope=SCOPE, name="Bert Editor", **options), editor.url)
    book = console.rooms.library.book
    assert "Bel ons gerust." in book.word(key, TalkContext("almere", "werkgever", "web")).text
    assert book.title(key) == "Een andere titel"


def test_cards_and_what_is_said_without_a_municipality(
    staff_page: StaffPage, console: Served, look: dict[str, Any]
) -> None:
    console.rooms.library = Library(ROOT / "data", source=PublishedVersions(console.database))
    editor = staff_page("redacteur", scope=SCOPE, name="Anna Editor", **look["options"])
    editor.goto(f"{console.url}/antwoorden/tekst/landelijk/vergelijk/alle_soorten")
    editor.get_by_text("Kaart 1: Dagbesteding").click()
    editor.get_by_label("Tekst 1 van kaart 1", exact=True).fill("Werk op een plek waar " + "heel veel van alles " * 4)
    editor.get_by_role("button", name="Aanbieden aan een collega").click()
    expect(editor.get_by_role("alert")).to_contain_text("mag zo nog niet")
    looked_at(editor, f"whole-card-{look['name']}")

    editor.goto(f"{console.url}/antwoorden/tekst/landelijk/mens_spreken")
    editor.get_by_role("link", name="de tekst zonder gemeente").click()
    looked_at(editor, f"whole-unknown-{look['name']}")
    text = editor.get_by_label("Tekst (B1)", exact=True)
    text.fill(text.input_value().replace("Natuurlijk.", "Ja hoor."))
    editor.get_by_role("button", name="Aanbieden aan een collega").click()
    approve(staff_page("redacteur", scope=SCOPE, name="Bert Editor"), editor.url)
    book = console.rooms.library.book
    assert book.word("mens_spreken", TalkContext(None, None, "web")).text.startswith("Ja hoor.")
    assert book.word("mens_spreken", TalkContext("almere", None, "web")).text.startswith("Natuurlijk.")


def test_an_offer_is_completed_and_taken_with_a_signature(
    staff_page: StaffPage, console: Served, look: dict[str, Any]
) -> None:
    nothing = {"kind": None, "work_kind": None, "place": None, "hours": None, "contract_months": None}
    number = desk_rows.offer(console.database, console.now(), **nothing)
    page = staff_page("accountmanager", scope={"almere"}, name="Ruth Bakker", **look["options"])
    page.goto(f"{console.url}/aanbod/{number}")
    looked_at(page, f"whole-offer-{look['name']}")
    page.get_by_role("link", name="Aanvullen wat de werkgever zei").click()
    page.get_by_label("Plaats").fill("Almeere")
    page.get_by_label("Uren per week, minstens").fill("24")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Almere")
    looked_at(page, f"whole-offer-wrong-{look['name']}")
    page.get_by_label("Plaats").fill("Almere")
    page.get_by_label("Soort plek").select_option("banenafspraak")
    page.get_by_label("Soort werk").select_option("catering")
    page.get_by_label("Een contract zonder einde").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Het aanbod is aangevuld")).to_be_visible()
    page.get_by_label("Organisatie").select_option(index=1)
    page.get_by_label("Waarom mag deze uitzondering?").fill("proef met de gemeente afgesproken")
    page.get_by_role("button", name="Uitzondering tekenen en aannemen").click()
    expect(page.get_by_role("heading", name="Uitzondering op een regel")).to_be_visible()
    expect(page.get_by_text("Getekend door Ruth Bakker")).to_be_visible()
    looked_at(page, f"whole-opening-signed-{look['name']}")


def test_who_may_sign_keeps_an_opening_below_a_rule(
    staff_page: StaffPage, console: Served, look: dict[str, Any]
) -> None:
    desk_rows.fill(console.database)
    page = staff_page("accountmanager", scope={"almere"}, name="Ruth Bakker", **look["options"])
    page.goto(f"{console.url}/werkplekken/nieuw")
    page.get_by_label("Titel").fill("Brood bakken")
    page.get_by_label("Wat doet iemand daar?").fill("U bakt brood.")
    page.get_by_label("Soort plek").select_option("banenafspraak")
    page.get_by_label("Soort werk").select_option("catering")
    page.get_by_label("Organisatie", exact=True).select_option(index=1)
    page.get_by_label("Plaats", exact=True).fill("Almere")
    page.get_by_label("Uren per week, minstens").fill("20")
    page.get_by_label("Uren per week, hoogstens").fill("20")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", name="Alleen een regel van de gemeente")).to_be_visible()
    looked_at(page, f"whole-exception-{look['name']}")
    page.get_by_label("Waarom mag deze uitzondering?").fill("proef met de gemeente afgesproken")
    page.get_by_role("button", name="Uitzondering tekenen en bewaren").click()
    expect(page.get_by_text("Getekend door Ruth Bakker")).to_be_visible()


def test_a_new_question_goes_from_reviewer_to_editor_to_developer(
    staff_page: StaffPage, console: Served, look: dict[str, Any]
) -> None:
    for words in ("mag mijn hond mee", "mag de hond ook mee", "mijn hond moet mee"):
        make_talk(console, "almere", (words, "buiten_bereik_overig", 0.3, ["twijfel/geen_idee"]))
    with console.database.session() as session:
        regroup(session, console.now(), scope=frozenset({"almere"}))
        proposal = session.query(TopicProposal).one().id
    reviewer = staff_page("reviewer", scope={"almere"}, name="Rik Reviewer", **look["options"])
    reviewer.goto(f"{console.url}/nieuwe-vragen")
    looked_at(reviewer, f"whole-proposal-{look['name']}")
    reviewer.get_by_label("Naam voor deze vraag").fill("werkplek/hond_mee")
    reviewer.get_by_role("button", name="Overnemen").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("wat iemand wil weten")
    reviewer.get_by_label("Wat wil iemand weten die dit vraagt?").fill("Of een hond mee mag naar het werk.")
    reviewer.get_by_role("checkbox").last.uncheck()
    reviewer.get_by_role("button", name="Overnemen").click()
    expect(reviewer.get_by_text("nog geen antwoord", exact=True)).to_be_visible()
    looked_at(reviewer, f"whole-proposal-taken-{look['name']}")

    editor = staff_page("redacteur", scope={"almere"}, name="Anna Editor", **look["options"])
    expect(editor.get_by_role("link", name="Nieuwe vragen zonder antwoord")).to_be_visible()
    editor.goto(f"{console.url}/antwoorden/nieuw")
    looked_at(editor, f"whole-new-list-{look['name']}")
    editor.get_by_role("link", name="werkplek/hond_mee").click()
    editor.get_by_label("Titel (op knoppen)").fill("Mag mijn hond mee?")
    editor.get_by_label("Tekst (B1)").fill("Dat " + "verschilt en verschilt en " * 6 + "dus.")
    editor.get_by_label("Eenvoudig (A2)").fill("Soms mag het. Vraag het op het werk.")
    editor.get_by_role("button", name="Nakijken en bewaren").click()
    expect(editor.get_by_role("alert")).to_contain_text("mag zo nog niet")
    looked_at(editor, f"whole-new-answer-{look['name']}")
    editor.get_by_label("Tekst (B1)").fill("Dat verschilt per werkplek. Vraag het aan uw begeleider op het werk.")
    editor.get_by_role("button", name="Nakijken en bewaren").click()
    expect(editor.get_by_text("Bewaard.")).to_be_visible()

    reviewer.goto(f"{console.url}/nieuwe-vragen?stand=overgenomen")
    looked_at(reviewer, f"whole-proposal-ready-{look['name']}")
    with reviewer.expect_download() as got:
        reviewer.get_by_role("link", name="Bestand ophalen").click()
    assert got.value.suggested_filename == "werkplek-hond_mee.yml"
    assert proposal


def test_a_model_on_trial_is_begun_and_ended(
    staff_page: StaffPage,
    console: Served,
    look: dict[str, Any],
    trial: str,  # noqa: F811
) -> None:
    page = staff_page("beheerder", scope=SCOPE, name="Bea Heerder", **look["options"])
    page.goto(f"{console.url}/taalmodel/proef")
    looked_at(page, f"whole-trial-none-{look['name']}")
    with_trials(console, almere=trial)
    page.goto(f"{console.url}/taalmodel")
    page.get_by_role("link", name="Een model bij één gemeente op proef").click()
    page.get_by_label("Model voor Steenwijkerland").select_option("almere")
    page.get_by_role("button", name="Bewaren voor Steenwijkerland").click()
    expect(page.get_by_text("Steenwijkerland probeert nu meedoen-abc.tar.gz.")).to_be_visible()
    looked_at(page, f"whole-trial-{look['name']}")
    page.get_by_role("button", name="Proef stoppen bij Steenwijkerland").click()
    expect(page.get_by_text("Steenwijkerland heeft weer het gewone taalmodel.")).to_be_visible()


def test_all_of_it_works_without_javascript(staff_page: StaffPage, console: Served) -> None:
    number = desk_rows.offer(console.database, console.now(), kind=None)
    page = staff_page("accountmanager", scope={"almere"}, java_script_enabled=False)
    page.goto(f"{console.url}/aanbod/{number}/aanvullen")
    page.get_by_label("Soort plek").select_option("banenafspraak")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Het aanbod is aangevuld")).to_be_visible()
    editor = staff_page("redacteur", scope=SCOPE, java_script_enabled=False)
    editor.goto(f"{console.url}/antwoorden/tekst/landelijk/vergelijk/alle_soorten")
    editor.get_by_text("Kaart 1: Dagbesteding").click()
    editor.get_by_label("Kopje 1 van kaart 1", exact=True).fill("Wat is het")
    editor.get_by_role("button", name="Nakijken").click()
    expect(editor.get_by_text("Wat er verandert")).to_be_visible()
