"""The pages of answers: the gate speaks while somebody writes, and one person alone changes nothing."""

from __future__ import annotations

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
