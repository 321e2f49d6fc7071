"""What the answers do in a talk: explain a word, put a mix-up right, lead through a tree, keep nothing."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, get_args

import pytest

from assistant.answers import AnswerBook, Library
from assistant.answers.counts import YesNo, next_step
from assistant.answers.versions import Version
from assistant.conversation.steps import PREFIXES, is_private, step_of
from assistant.conversation.tracker import TrackerView
from assistant.conversation.wording import word
from assistant.core.context import TalkContext
from tests.unit.answers.conftest import ANSWERS, DAY, Write


def tracker(text: str, intent: str, *earlier: dict[str, Any], **page: str) -> TrackerView:
    bot = [{"event": "bot", "timestamp": 1.79e9, "data": {"custom": {"replies": [reply]}}} for reply in earlier]
    message = {"text": text, "intent": {"name": intent}, "intent_ranking": [], "metadata": page}
    return TrackerView(
        {"latest_message": message, "slots": {}, "events": [*bot, {"event": "user", "timestamp": 1.8e9}]}
    )


def keys(view: TrackerView, book: AnswerBook, name: str = "utter_antwoord", **arguments: Any) -> list[str | None]:
    return [reply.answer for reply in word(name, arguments, view, book)]


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("wat betekent loonwaarde", "loonwaarde"),
        ("wat is loon waarde nou weer", "loonwaarde"),
        ("wat is forfetair", "forfaitair"),
        ("Wat bedoelt u met detachering?", "detachering"),
        ("no risk polis?", "no_riskpolis"),
        ("hoe laat gaat de winkel open", None),
    ],
)
def test_a_word_is_explained(book: AnswerBook, said: str, term: str | None) -> None:
    assert book.term_asked(said) == (f"begrip/{term}" if term else None)


def test_the_explanation_has_an_example_and_a_way_on(book: AnswerBook) -> None:
    reply = book.word("begrip/loonwaarde", TalkContext())
    assert "Een voorbeeld:" in reply.text and reply.buttons and reply.source


def test_easier_words_for_a_named_word(book: AnswerBook) -> None:
    parts = [{"keys": ["eenvoudiger"], "term_in": "wat betekent loonwaarde"}, {"keys": ["loon/hoeveel"]}]
    assert keys(tracker("", "eenvoudiger"), book, "utter_reply", parts=parts) == ["begrip/loonwaarde"]


def test_an_answer_names_its_difficult_words(book: AnswerBook) -> None:
    reply = book.word("subsidie/loonkostensubsidie", TalkContext())
    assert "loonwaarde" in reply.extra["terms"]
    assert reply.extra["terms"] == [term.key for term in book.terms_in(reply.text)]


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("ik wil beschut werk via de banenafspraak", "verwarring/beschut_en_banenafspraak"),
        ("telt mijn beschutte plek mee?", "verwarring/beschut_en_banenafspraak"),
        ("sta ik met een indicatie beschut werk in het doelgroepregister", "verwarring/beschut_en_banenafspraak"),
        ("hoeveel loon krijg ik op de dagbesteding", "verwarring/dagbesteding_en_werk"),
        ("kan ik mij aanmelden bij de sociale werkplaats", "verwarring/wsw_en_beschut"),
        ("hoeveel loon krijg ik bij beschut werk", None),
        ("hoeveel loon krijg ik met de banenafspraak", None),
        ("ik wil van dagbesteding naar beschut werk", None),
    ],
)
def test_a_mix_up_is_put_right_first(book: AnswerBook, said: str, first: str | None) -> None:
    found = keys(tracker(said, "loon/hoeveel"), book)
    assert found == ([first, "loon/hoeveel"] if first else ["loon/hoeveel"])


def test_a_mix_up_is_put_right_once_and_not_before_the_answer_that_does_so(book: AnswerBook) -> None:
    said = "telt beschut werk mee voor de banenafspraak"
    assert keys(tracker(said, "vergelijk/beschut_banenafspraak"), book) == ["vergelijk/beschut_banenafspraak"]
    earlier = {"answer": "verwarring/beschut_en_banenafspraak"}
    assert keys(tracker(said, "loon/hoeveel", earlier), book) == ["loon/hoeveel"]


def test_contrast_cards_tell_what_for_whom_pay_and_who_decides(book: AnswerBook) -> None:
    cards = book.word("vergelijk/alle_soorten", TalkContext()).cards
    assert [card.title for card in cards] == [
        "Dagbesteding",
        "Beschut werk",
        "Banenafspraak",
        "Sociale werkplaats (Wsw)",
    ]
    assert all([label for label, _ in card.lines] == ["Wat", "Voor wie", "Loon", "Wie beslist"] for card in cards)


def test_where_does_that_come_from(book: AnswerBook) -> None:
    earlier = {"answer": "banenafspraak/wanneer_telt_baan", "source": "Nagekeken op ..."}
    replies = word("utter_twijfel", {}, tracker("waar komt dat vandaan?", "x", earlier), book)
    assert replies[0].answer == "bron/vandaan" and "21 november 2026" in replies[0].spoken
    assert keys(tracker("waar komt dat vandaan?", "x"), book) == ["bron/niets"]


def buttons(book: AnswerBook, key: str) -> dict[str, str]:
    return {button.title: button.payload[1:] for button in book.word(key, TalkContext(role="werkgever")).buttons}


def test_the_tree_in_the_texts_is_the_tree_in_the_rules(book: AnswerBook) -> None:
    said = {"ja": ("Ja", "In dienst"), "nee": ("Nee", "Ingeleend"), "weet_niet": ("Weet ik niet", "Ingeleend")}
    for sheltered, in_register, employed in itertools.product(get_args(YesNo), repeat=3):
        given: list[YesNo] = []
        for answer in (sheltered, in_register, employed):
            choices = buttons(book, next_step(*given))
            chosen = next((choices[title] for title in said[answer] if title in choices), None)
            if chosen is None:
                break
            given.append(answer)
            assert chosen == next_step(*given)
        assert book.find(next_step(*given), None)
    assert "telt niet mee" in book.word("keuze/telt_beschut", TalkContext()).text


def walks(book: AnswerBook, key: str, depth: int = 0) -> Iterator[str]:
    assert depth < 8
    onward = [payload[1:] for _, payload in book.standard[key].buttons if payload.startswith("/orientatie/")]
    yield from (end for step in onward for end in walks(book, step, depth + 1)) if onward else [key]


def test_the_orientation_ends_without_a_verdict(book: AnswerBook) -> None:
    ends = list(walks(book, "orientatie/begin"))
    assert len(ends) == 81 and set(ends) == {"orientatie/eind", "orientatie/eind_b"}
    for end in set(ends):
        text = book.word(end, TalkContext("almere")).text
        assert "goed om te bespreken met de gemeente Almere" in text and "niets bewaard" in text


def test_every_step_of_the_orientation_is_private(book: AnswerBook) -> None:
    assert all(is_private(key, book) for key in book.standard if key.startswith("orientatie/"))
    assert not is_private("keuze/telt_mee", book) and step_of("/loon/hoeveel") is None
    assert all(step_of(f"{prefix}x") for prefix in PREFIXES)


def test_a_step_is_answered_whatever_rasa_understood(book: AnswerBook) -> None:
    assert keys(tracker("/vergelijk/alle_soorten", "vergelijk/alle_soorten", answer="keuze/telt_ja"), book) == [
        "keuze/telt_ja"
    ]


def test_a_notice_goes_before_an_answer_unless_it_was_told(house: Path, write: Write) -> None:
    write("notices/a.yml", "dicht:\n  from: 2026-11-20\n  until: 2027-11-30\n  text: Wij zijn dicht.\n")
    book = AnswerBook.read(house, lambda: DAY)
    old = tracker("wat verdien ik", "loon/hoeveel", {"answer": "welkom"})  # 1.79e9 = September 2026: before the notice
    assert keys(old, book) == ["mededeling/dicht", "loon/hoeveel"]
    assert keys(tracker("wat verdien ik", "loon/hoeveel", {"answer": "mededeling/dicht"}), book) == ["loon/hoeveel"]
    new = tracker("wat verdien ik", "loon/hoeveel")
    new.raw["events"] = [{"event": "user", "timestamp": 1.7955e9}]  # 24 November 2026: told at the welcome
    assert keys(new, book) == ["loon/hoeveel"]


def test_a_changed_text_is_served_within_a_second_and_a_broken_one_refused(house: Path, write: Write) -> None:
    library = Library(house, every_seconds=0.05)
    write("answers/loon.yml", ANSWERS.replace("text: Hallo.", "text: Goedendag."))
    deadline = time.monotonic() + 1
    while library.book.word("groeten", TalkContext()).text != "Goedendag." and time.monotonic() < deadline:
        time.sleep(0.01)
    assert library.book.word("groeten", TalkContext()).text == "Goedendag."
    write("answers/loon.yml", ANSWERS.replace("{gemeente}", "{gemeentte}"))
    time.sleep(0.1)
    assert library.book.word("groeten", TalkContext()).text == "Goedendag."
    assert library.problem and "bedoelt u" in library.problem


def test_nobody_waits_for_a_database_that_hangs(house: Path) -> None:
    """A look beside the talks: the book that was read last is there at once."""
    hangs, asked = threading.Event(), threading.Event()

    class Source:
        def stamp(self) -> object:
            if threading.current_thread() is threading.main_thread():
                return None
            asked.set()
            hangs.wait(10)
            return None

        def versions(self) -> tuple[Version, ...]:
            return ()

    clock = [0.0]
    with ThreadPoolExecutor(1) as beside:
        library = Library(house, 0.5, lambda: clock[0], Source(), beside.submit)
        clock[0] = 5.0
        assert library.book.word("groeten", TalkContext()).text == "Hallo."
        assert asked.wait(5), "nobody looked"
        clock[0] = 10.0
        assert library.book.word("groeten", TalkContext()).text == "Hallo."
        hangs.set()


def test_wording_takes_less_than_three_milliseconds(book: AnswerBook) -> None:
    times = []
    for key in [
        key for key, answer in book.standard.items() if answer.facts and not key.startswith(("regel/", "werkplek"))
    ]:
        began = time.process_time()
        try:
            word("utter_antwoord", {}, tracker("telt mijn beschutte plek mee", key), book)
        except KeyError:
            continue
        times.append(time.process_time() - began)
    assert sorted(times)[int(len(times) * 0.95)] < 0.003
