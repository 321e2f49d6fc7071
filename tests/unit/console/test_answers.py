"""The pages of answers: the gate speaks while somebody writes, and one person alone changes nothing."""

from __future__ import annotations

import html
import re

from assistant.answers import Library
from assistant.console.answers_list import end_of_quarter
from assistant.editing.published import PublishedVersions
from tests.unit.console.conftest import ROOT, Console
from tests.unit.console.objects_answers import KEY, make_version

PAGE = f"/antwoorden/tekst/landelijk/{KEY}"
SCOPE = {"landelijk", "almere"}


def form(console: Console, **different: str) -> dict[str, str]:
    words = console.rooms.library.book.standard[KEY].words
    usual = {"text": words.text, "simple": words.simple, "spoken": words.spoken, "checked": "2026-11-21"}
    return usual | {"review_before": "2027-01-01", "remark": "duidelijker"} | different


def test_the_list_finds_by_words_and_by_key(console: Console) -> None:
    client = console.login("redacteur", scope=SCOPE)
    assert PAGE in client.get("/antwoorden?gemeente=landelijk&zoek=minimumloon leeftijd").text
    assert PAGE in client.get(f"/antwoorden?gemeente=landelijk&zoek={KEY}").text
    assert "0 antwoorden" in client.get("/antwoorden?zoek=qqqqq").text


def test_what_expires_this_quarter_is_listed_with_its_day(console: Console) -> None:
    text = console.login("redacteur", scope=SCOPE).get("/antwoorden/verloopt").text
    days = re.findall(r"uiterlijk op ([^<]+) verlopen", text)
    assert days or "verloopt er niets" in text


def test_the_end_of_a_quarter() -> None:
    import datetime as dt

    ends = [end_of_quarter(dt.date(2026, month, 15)).isoformat() for month in (1, 3, 4, 9, 10, 12)]
    assert ends == ["2026-03-31", "2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31", "2026-12-31"]


def test_a_hard_text_is_shown_what_is_wrong_and_nothing_is_kept(console: Console) -> None:
    client = console.login("redacteur", scope=SCOPE)
    hard = "Arbeidsdeskundigenbeoordelingen, " + "en nog een heel lang stuk zin " * 4 + "."
    answer = client.submit(PAGE, form(console, text=hard, doen="aanbieden"))
    assert answer.status_code == 422
    assert "zinslengte" in answer.text
    assert hard[:30] in answer.text, "what was typed stays in the form"
    assert "Wacht op een tweede persoon" not in client.get("/antwoorden").text


def test_a_script_in_a_text_stays_text(console: Console) -> None:
    client = console.login("redacteur", scope=SCOPE)
    answer = client.submit(PAGE, form(console, text="<script>alert(1)</script> Hallo.", doen="nakijken"))
    assert "<script>alert(1)" not in answer.text
    assert "&lt;script&gt;" in answer.text


def test_no_date_and_no_text_is_said_at_the_field(console: Console) -> None:
    client = console.login("redacteur", scope=SCOPE)
    answer = client.submit(PAGE, form(console, text=" ", checked="morgen"))
    assert answer.status_code == 422
    assert "Schrijf een tekst." in answer.text
    assert "Dit is geen datum." in answer.text


def test_one_offers_another_approves_and_the_book_says_it(console: Console) -> None:
    console.rooms.library = Library(ROOT / "data", source=PublishedVersions(console.database))
    editor, colleague = console.login("redacteur", scope=SCOPE), console.login("redacteur", scope=SCOPE)
    new = form(console)["text"].replace("wat u gaat verdienen", "wat u straks gaat verdienen")
    offered = editor.submit(PAGE, form(console, text=new, doen="aanbieden"))
    assert offered.status_code == 303, re.findall(r'class="findings">(.*?)</ul>', offered.text, re.DOTALL)
    address = offered.headers["location"]
    alone = editor.submit(f"{address}/goedkeuren")
    assert alone.status_code == 409
    assert "Een ander moet" in alone.text
    shown = colleague.get(address).text
    assert "<ins>straks </ins>" in shown or "<ins>straks</ins>" in shown
    assert colleague.submit(f"{address}/goedkeuren").status_code == 303
    assert "straks" in console.rooms.library.book.standard[KEY].words.text
    assert "over deze tekst is al beslist" in colleague.submit(f"{address}/goedkeuren").text.lower()


def test_rejecting_needs_a_reason(console: Console) -> None:
    version = make_version(console, "landelijk")
    client = console.login("redacteur", scope=SCOPE)
    assert client.submit(f"/antwoorden/versie/{version}/afwijzen", why=" ").status_code == 422
    assert client.submit(f"/antwoorden/versie/{version}/afwijzen", why="te kort gezegd").status_code == 303
    assert "te kort gezegd" in client.get(f"/antwoorden/versie/{version}").text


def test_who_may_only_read_sees_no_form(console: Console) -> None:
    version = make_version(console, "landelijk")
    client = console.login("analist", scope=SCOPE)
    assert 'name="text"' not in client.get(PAGE).text
    assert client.submit(PAGE, form(console)).status_code == 403
    assert client.submit(f"/antwoorden/versie/{version}/goedkeuren").status_code == 403


def employer_key(console: Console) -> str:
    """An answer with words for an employer, of which no municipality has its own."""
    book = console.rooms.library.book
    own = {key for local in book.local.values() for key in local}
    return next(key for key, each in book.standard.items() if each.employer and key not in own)


def test_every_word_of_an_answer_stands_in_the_form(console: Console) -> None:
    client, book = console.login("redacteur", scope=SCOPE), console.rooms.library.book
    for key in (employer_key(console), "vergelijk/alle_soorten", "loon/hoeveel"):
        answer = book.standard[key]
        text = html.unescape(client.get(f"/antwoorden/tekst/landelijk/{key}").text)
        form_part = text[text.index('id="wijzigen"') :]
        words = [answer.title, answer.newest, *(title for title, _ in answer.buttons)]
        words += [text for _, said in answer.variants() for text in (said.text, said.simple, said.spoken)]
        words += [text for card in answer.cards for line in card.lines for text in line]
        assert [each for each in words if each not in form_part] == []


def test_the_page_of_a_municipality_follows_the_title_of_the_standard_and_shows_what_differs(console: Console) -> None:
    console.rooms.library = Library(ROOT / "data", source=PublishedVersions(console.database))
    key = employer_key(console)
    page, editor, colleague = f"/antwoorden/tekst/almere/{key}", console.login("redacteur"), console.login("redacteur")
    answer = console.rooms.library.book.standard[key]
    assert answer.employer
    sent = {
        "text": answer.words.text, "checked": "2026-11-21", "doen": "aanbieden", "title": "Gekaapt",
        "employer_text": answer.employer.text + " Bel ons gerust.",
    }  # fmt: skip
    offered = editor.submit(page, sent)
    assert offered.status_code == 303, re.findall(r'class="findings">(.*?)</ul>', offered.text, re.DOTALL)
    assert colleague.submit(f"{offered.headers['location']}/goedkeuren").status_code == 303
    here = console.rooms.library.book.local["almere"][key]
    assert here.employer and here.employer.text.endswith("Bel ons gerust.")
    assert here.title == answer.title, "a title is the same everywhere"
    shown = editor.get(page).text
    assert "Anders dan de landelijke tekst" in shown and "Werkgever, tekst (B1)" in shown
    assert 'name="title"' not in shown


def test_half_the_words_for_an_employer_are_said_at_the_field(console: Console) -> None:
    client = console.login("redacteur", scope=SCOPE)
    done = client.submit(
        PAGE.replace(KEY, employer_key(console)), form(console, employer_text="", employer_simple="Ja.")
    )
    assert done.status_code == 422
    assert "Schrijf ook de gewone tekst voor een werkgever" in done.text


def test_what_is_said_without_a_municipality_is_for_who_keeps_the_standard_texts(console: Console) -> None:
    page = "/antwoorden/tekst/onbekend/mens_spreken"
    national, local = console.login("redacteur", scope=SCOPE), console.login("redacteur", scope={"almere"})
    assert "Gemeente nog niet bekend" in national.get("/antwoorden").text
    assert "Gemeente nog niet bekend" not in local.get("/antwoorden").text
    assert national.get(page).status_code == 200
    assert local.get(page).status_code == 404
    assert local.submit(page, form(console)).status_code == 404
    version = make_version(console, "landelijk")
    assert local.get(f"/antwoorden/versie/{version}").status_code == 404
    assert page in national.get("/antwoorden/tekst/landelijk/mens_spreken").text
