"""The guard lets a message through as words, as one of our buttons, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import AnswerBook
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import MessageEmpty, MessageTooLong
from assistant.conversation.guard import MAX_CHARACTERS, Utterance, guard

KEYS = frozenset({"hulp", "aanmelden_werkzoekende", "loon/hoeveel", "veiligheid_zelfmoordgedachten"})
NO_SIGNS = DangerSigns(())


def said(text: str) -> Utterance:
    return guard(text, KEYS, NO_SIGNS)


@pytest.mark.parametrize("button", ["/hulp", "/aanmelden_werkzoekende", "/loon/hoeveel", " /hulp ", "/hulp\n"])
def test_a_button_of_ours_goes_on_as_it_is(button: str) -> None:
    assert said(button).for_rasa == button.strip()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/restart", "restart"),
        ("/session_start", "session_start"),
        ("/aanmelden", "aanmelden"),
        ("/loon", "loon"),
        ("/loon/onbekend", "loon/onbekend"),
        ('/aanmelden{"x":1}', 'aanmelden{"x":1}'),
        ('/aanmelden_werkzoekende{"toestemming": "ja"}', 'aanmelden_werkzoekende{"toestemming": "ja"}'),
        ('/hulp{"rol":"werkgever"}', 'hulp{"rol":"werkgever"}'),
        ("/hulp@1.0", "hulp@1.0"),
        ("/hulp;/restart", "hulp;/restart"),
        ("//restart", "restart"),
        ("/ /restart", "restart"),
        ("\x00/restart", "restart"),
        ("\u200b/restart", "restart"),
        ("/\u200b/restart", "restart"),
        ("/HULP", "HULP"),
        ("/hulp /hulp", "hulp /hulp"),
        ("/?", "?"),
    ],
)
def test_a_typed_command_becomes_plain_words(typed: str, words: str) -> None:
    assert said(typed).for_rasa == words


@given(st.text(max_size=80).map(lambda text: f"/{text}"))
def test_nothing_that_starts_with_a_slash_reaches_rasa_but_our_own_buttons(typed: str) -> None:
    try:
        passed = said(typed).for_rasa
    except MessageEmpty:
        return
    assert not passed.startswith("/") or passed[1:] in KEYS


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("wat is\nbeschut werk", "wat is beschut werk"),
        ("wat\tis  dit", "wat is dit"),
        ("hoi\x00\x07 daar", "hoi daar"),
        ("hoi\u202edaar", "hoi daar"),
        ("hoi\u2028daar", "hoi daar"),
        ("  ja  ", "ja"),
    ],
)
def test_control_characters_become_spaces(typed: str, clean: str) -> None:
    assert said(typed).for_rasa == clean


@pytest.mark.parametrize("empty", ["", " ", "\n\t", "...", "!!!", "-", "/", "\x00", "\u200b", "_", "'"])
def test_a_message_without_anything_in_it_is_empty(empty: str) -> None:
    with pytest.raises(MessageEmpty):
        said(empty)


@pytest.mark.parametrize("short", ["?", "👍", "🙂🙂", "1", "a", "ja!", "да", "نعم", "❤️"])
def test_one_sign_can_be_a_message(short: str) -> None:
    assert said(short).for_rasa


def test_a_thousand_characters_are_read_and_one_more_is_not() -> None:
    assert len(said("a" * MAX_CHARACTERS).for_rasa) == MAX_CHARACTERS
    with pytest.raises(MessageTooLong):
        said("a" * (MAX_CHARACTERS + 1))


def test_spaces_do_not_count_for_the_length() -> None:
    assert said("a" + " " * 5000 + "b").for_rasa == "a b"


def test_an_error_never_repeats_what_was_said() -> None:
    with pytest.raises(MessageTooLong) as caught:
        said("geheim " * 400)
    assert "geheim" not in str(caught.value)


def test_a_bsn_does_not_go_on_and_is_remarked() -> None:
    utterance = said("mijn bsn is 123456782")
    assert utterance == Utterance("mijn bsn is [bsn]", "mijn bsn is [bsn]", had_bsn=True, for_staff="mijn bsn is [bsn]")


def test_rasa_gets_the_phone_number_and_the_log_does_not() -> None:
    utterance = said("bel me op 06 12 34 56 78")
    assert (utterance.for_rasa, utterance.for_the_log) == ("bel me op 06 12 34 56 78", "bel me op [telefoon]")
    assert not utterance.had_bsn


def test_danger_replaces_the_words_everywhere(signs: DangerSigns) -> None:
    utterance = guard("ik heet Anna en ik wil dood", KEYS, signs)
    assert utterance.for_rasa == "/veiligheid_zelfmoordgedachten"
    assert utterance.for_the_log == "[veiligheid_zelfmoordgedachten]"
    assert utterance.danger == "veiligheid_zelfmoordgedachten"


@pytest.mark.parametrize(
    "typed", ["/ik wil dood", "//ik wil dood", "ik\nwil\ndood", "ik wil dood 123456782", "IK  WIL DOOD!"]
)
def test_danger_is_seen_behind_a_slash_or_a_line_end(typed: str, signs: DangerSigns) -> None:
    assert guard(typed, KEYS, signs).danger == "veiligheid_zelfmoordgedachten"


def test_a_button_is_never_taken_for_danger(signs: DangerSigns) -> None:
    assert guard("/veiligheid_zelfmoordgedachten", KEYS, signs).danger is None


def test_every_button_in_the_answers_passes(book: AnswerBook) -> None:
    payloads = {
        payload for answer in book.standard.values() for _, payload in answer.buttons if payload.startswith("/")
    }
    payloads |= {f"/{key}" for answer in book.standard.values() for key in answer.next}
    assert payloads
    assert {p for p in payloads if guard(p, book.buttons, NO_SIGNS).for_rasa != p} == set()


@given(st.text(max_size=1200))
def test_the_guard_never_fails_in_another_way(text: str) -> None:
    try:
        utterance = said(text)
    except (MessageEmpty, MessageTooLong):
        return
    assert utterance.for_rasa.isprintable()
    assert len(utterance.for_rasa) <= MAX_CHARACTERS
