"""Masking measured: on labelled sentences of ten pens, five of them never looked at; in time; on hostile input."""

from __future__ import annotations

import statistics
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.core.masking import health_words, mask, personal, refuse_bsn
from tests.unit.core.labelled import Score, sentences

NUMBERS = ("bsn", "iban", "telefoon", "e-mail", "adres", "datum")


@pytest.fixture(scope="module", params=["all", "apart"])
def score(request: pytest.FixtureRequest) -> Score:
    """The score over all pens, and over the pens that stand apart."""
    counted = Score()
    for sentence in sentences():
        if request.param == "all" or sentence.apart:
            counted.add(sentence)
    kinds = {kind: f"{counted.found[kind]}/{counted.marked[kind]}" for kind in sorted(counted.marked)}
    print(
        f"\n{request.param}: {kinds}, right of what was masked {counted.right}/{counted.masked}",
        *counted.wrong,
        sep="\n",
    )
    return counted


def test_there_are_more_than_five_hundred_labelled_sentences() -> None:
    every = list(sentences())
    assert len(every) >= 500
    assert len({each.text for each in every}) == len(every)
    assert sum(each.apart for each in every) >= 250
    assert sum(not each.marked for each in every) >= 150, "sentences with nothing in them measure precision"


def test_numbers_and_addresses_are_found(score: Score) -> None:
    assert score.recall(*NUMBERS) >= 0.99, score.wrong


def test_names_are_found(score: Score) -> None:
    assert score.recall("naam") >= 0.92, score.wrong


def test_what_is_masked_belongs_to_a_person(score: Score) -> None:
    assert score.precision >= 0.95, score.wrong


def test_a_message_costs_at_most_half_a_millisecond() -> None:
    texts = [each.text for each in sentences()]
    for text in texts:
        mask(text)  # the lists are read once
    times = []
    for text in texts:
        began = time.perf_counter()
        mask(text)
        times.append(time.perf_counter() - began)
    assert statistics.median(times) <= 0.0005


HOSTILE = (
    "1",
    "0 6 ",
    "een ",
    "a@",
    "nl00",
    "ik heet ",
    "van der ",
    "[naam]",
    "geb ",
    "A.",
    "1234 ab ",
    "punt a ",
    "mijn zoon ",
    "jan ",
    "x-",
)


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_in_step_with_the_length(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        return min(_timed(text) for _ in range(2))

    small, large = seconds(4_000), seconds(32_000)
    assert large < max(0.05, small * 8 * 3), f"{small:.4f} s for 4,000 characters, {large:.4f} s for 32,000"


def _timed(text: str) -> float:
    began = time.process_time()
    personal(text)
    return time.process_time() - began


PIECES = st.sampled_from(
    [
        *(
            "ik heet ",
            "jan ",
            "de ",
            "van ",
            "Vries ",
            "06",
            " 12",
            "345678",
            "nul ",
            "zes ",
            "een ",
            "@",
            ".nl",
            " punt ",
        ),
        *(
            "apenstaartje ",
            "NL91",
            "ABNA",
            "0417164300",
            "1315",
            " ab",
            " 12 ",
            "geboren ",
            "maart ",
            "1987",
            "123456782",
        ),
        *("bsn ", "straat ", "dorps", ", ", "\u0130", "ß", "\n", "[naam]", "AW-2026-00001"),
    ]
)


@settings(max_examples=600)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_any_text_can_be_masked_and_a_second_time_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once) == once
    assert all(0 <= span.start < span.end <= len(text) for span in personal(text))
    refuse_bsn(text)
    health_words(text)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=15).map("".join), st.sampled_from(["qxzorbt", "Wieblemans", "te 8x"]))
def test_a_value_that_was_given_before_never_stays(text: str, value: str) -> None:
    assert value.lower() not in mask(f"{text} {value} {text}", [value]).lower()


@pytest.mark.parametrize("name", ["bjarty", "Xoltan de Kruik", "noortje", "BJARTY", "maar gewoon bjarty"])
def test_a_name_that_was_asked_for_is_masked_though_nobody_knows_it(name: str) -> None:
    assert mask(name, name_asked=True).endswith("[naam]")


@pytest.mark.parametrize(
    "said", ["stop", "wat verdien ik dan", "nee", "dat wil ik niet zeggen", "waarom wil je dat weten", "terug"]
)
def test_another_answer_to_that_question_stays(said: str) -> None:
    assert mask(said, name_asked=True) == said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("ik heb autisme en ADHD", ("autisme", "adhd")),
        ("door mijn rugklachten kan ik niet tillen", ("rugklachten",)),
        ("hij is depressief geweest", ("depressief",)),
        ("ik zit in de wajong", ("wajong",)),
        ("ik zoek werk in het groen", ()),
        ("de nah", ("nah",)),
        ("ik woon nabij het bos", ()),
    ],
)
def test_health_words_are_flagged_and_stay(said: str, words: tuple[str, ...]) -> None:
    assert health_words(said) == words
    assert mask(said) == said
