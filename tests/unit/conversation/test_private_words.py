"""Who somebody is is masked in the whole talk once it was told, and Rasa forgets it when no form needs it."""

from __future__ import annotations

import asyncio

import pytest

from assistant.conversation.danger import DangerSigns
from assistant.conversation.guard import guard
from assistant.conversation.private_words import PrivateWords
from assistant.core.reply import Reply

NOBODY = DangerSigns(())


def kept(words: PrivateWords, text: str, talk: str = "t") -> str:
    return words.hide(talk, guard(text, frozenset(), NOBODY)).for_the_log


def test_an_answer_to_the_question_for_a_name_is_one_and_stays_masked() -> None:
    words = PrivateWords()
    assert kept(words, "bjarty wobbelaar") == "bjarty wobbelaar"
    words.tidy("t", [Reply("Hoe heet u?", answer="vraag/naam")])
    assert kept(words, "bjarty wobbelaar") == "[naam]"
    words.tidy("t", [Reply("Wat is uw telefoonnummer?", answer="vraag/contact")])
    assert kept(words, "o en wobbelaar is met twee b's") == "o en [naam] is met twee b's"
    assert kept(words, "wobbelaar", talk="another") == "wobbelaar"


def test_what_our_own_reply_names_is_known_from_then_on() -> None:
    words = PrivateWords()
    words.learn("t", [Reply("Aanmelding van Bjarty.", extra={"private": ["Bjarty"]})])
    assert kept(words, "ja ik ben het, bjarty") == "ja ik ben het, [naam]"


@pytest.mark.parametrize(("answer", "cleaned"), [("aanmelden_werkzoekende/gelukt", ["t"]), ("vraag/uren", [])])
def test_rasa_forgets_when_the_form_is_over_and_not_before(answer: str, cleaned: list[str]) -> None:
    done: list[str] = []

    async def talk() -> None:
        words = PrivateWords(lambda talk, told: done.append(talk) or 0)  # type: ignore[func-returns-value]
        kept(words, "ik heet Fatima")
        words.tidy("t", [Reply("...", answer=answer)])
        words.tidy("quiet", [Reply("...", answer=answer)])  # nothing personal was said here
        await asyncio.sleep(0.05)

    asyncio.run(talk())
    assert done == cleaned


def test_memory_is_bounded() -> None:
    words = PrivateWords(talks=3)
    for number in range(9):
        kept(words, f"ik heet Fatima{number}", talk=str(number))
    assert words.of("0") == frozenset()
    assert words.of("8")
