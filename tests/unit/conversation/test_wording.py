"""Each of the four response names of Rasa becomes the right words."""

from __future__ import annotations

import pytest

from assistant.answers import AnswerBook
from assistant.conversation.role_pairs import PAIRS, for_role
from assistant.conversation.wording import CHOICES, word
from tests.unit.conversation.trackers import bot, tracker, user

UNCLEAR = [
    ("loon/hoeveel", 0.3),
    ("uitkering/bijstand", 0.25),
    ("subsidie/overzicht", 0.2),
    ("hulp", 0.1),
    ("klacht", 0.01),
]
OPENING = {
    "number": "W-0001", "title": "Groen onderhouden", "organisation": "NoordWestGroep", "place": "Steenwijk",
    "distance_km": 12.4, "hours_min": 20, "hours_max": 28, "tasks": "U maait gras.", "kind": "beschut",
    "work_kind": "groen", "is_example": True, "unconfirmed": False,
}  # fmt: skip


def test_a_question_gets_the_answer_of_its_own_id(book: AnswerBook) -> None:
    (reply,) = word("utter_antwoord", {}, tracker("beschut_werk/wat_is_het"), book)
    assert reply.answer == "beschut_werk/wat_is_het"
    assert reply.text


def test_a_question_that_nobody_wrote_an_answer_to_leads_to_a_person(book: AnswerBook) -> None:
    replies = word("utter_antwoord", {}, tracker("loon/bestaat_niet"), book)
    assert "weet_ik_niet" in [reply.answer for reply in replies]
    assert "/mens_spreken" in [button.payload for reply in replies for button in reply.buttons]


def test_an_answer_is_in_the_words_of_the_municipality(book: AnswerBook) -> None:
    texts = {
        place: word("utter_antwoord", {}, tracker("mens_spreken", page={"municipality": place}), book)[0].text
        for place in ("almere", "steenwijkerland")
    }
    assert "Almere" in texts["almere"]
    assert "Steenwijkerland" in texts["steenwijkerland"]


def test_easy_words_stay_on_for_the_rest_of_the_talk(book: AnswerBook) -> None:
    (reply,) = word("utter_antwoord", {}, tracker("hulp", slots={"leesniveau": "eenvoudig"}), book)
    assert reply.text.startswith("U kunt mij vragen over werk.")


def test_doubt_offers_the_three_likeliest_questions_in_plain_words(book: AnswerBook) -> None:
    (reply,) = word("utter_twijfel", {}, tracker(ranking=UNCLEAR), book)
    payloads = [button.payload for button in reply.buttons]
    assert reply.answer == "twijfel/keuze"
    assert payloads[:CHOICES] == ["/loon/hoeveel", "/uitkering/bijstand", "/subsidie/overzicht"]
    assert "/hulp" not in payloads
    assert all("/" not in button.title for button in reply.buttons)
    assert "/mens_spreken" in payloads


def test_a_guess_that_is_next_to_nothing_is_no_choice(book: AnswerBook) -> None:
    (reply,) = word("utter_twijfel", {}, tracker(ranking=[("loon/hoeveel", 0.3), ("klacht", 0.01)]), book)
    assert [button.payload for button in reply.buttons if button.payload in ("/loon/hoeveel", "/klacht")] == [
        "/loon/hoeveel"
    ]


def test_what_has_no_title_is_no_choice(book: AnswerBook) -> None:
    (reply,) = word("utter_twijfel", {}, tracker(ranking=[("bedanken", 0.3), ("begroeten", 0.3)]), book)
    assert reply.answer == "twijfel/geen_idee"


def test_an_employer_is_offered_the_employers_question(book: AnswerBook) -> None:
    view = tracker(ranking=[("beschut_werk/begeleiding", 0.3), ("subsidie/jobcoach", 0.25)], slots={"rol": "werkgever"})
    (reply,) = word("utter_twijfel", {}, view, book)
    assert [b.payload for b in reply.buttons].count("/subsidie/jobcoach") == 1
    assert "/beschut_werk/begeleiding" not in [b.payload for b in reply.buttons]


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        ([], "twijfel/keuze"),
        (["twijfel/keuze"], "twijfel/nog_een_keer"),
        (["twijfel/keuze", "twijfel/nog_een_keer"], "twijfel/mens"),
        (["twijfel/keuze", "twijfel/nog_een_keer", "twijfel/mens"], "twijfel/mens"),
        (["twijfel/keuze", "loon/hoeveel"], "twijfel/keuze"),
    ],
)
def test_after_two_misses_in_a_row_a_person_comes_first(before: list[str], answer: str, book: AnswerBook) -> None:
    events = [event for key in before for event in (user(), bot(key))]
    (reply,) = word("utter_twijfel", {}, tracker(ranking=UNCLEAR, events=[*events, user()]), book)
    assert reply.answer is not None
    assert reply.answer.removesuffix("_nogmaals") == answer  # a third time it is said in other words


def test_the_way_to_a_person_can_be_pressed(book: AnswerBook) -> None:
    events = [user(), bot("twijfel/keuze"), user(), bot("twijfel/nog_een_keer"), user()]
    (reply,) = word("utter_twijfel", {}, tracker(ranking=UNCLEAR, events=events), book)
    assert "/terugbellen" in [button.payload for button in reply.buttons]


def test_again_says_the_whole_last_turn(book: AnswerBook) -> None:
    events = [user(), bot("formulier/begin", "vraag/naam"), user("nog een keer")]
    replies = word("utter_herhaal", {}, tracker("herhalen", events=events), book)
    assert [reply.answer for reply in replies] == ["formulier/begin", "vraag/naam"]


def test_again_at_the_very_start_says_so(book: AnswerBook) -> None:
    (reply,) = word("utter_herhaal", {}, tracker("herhalen", events=[user()]), book)
    assert reply.answer == "herhalen/niets"


def test_parts_are_said_in_their_order_with_their_values(book: AnswerBook) -> None:
    parts = [
        {"keys": ["formulier/aangepast"], "values": {}},
        {
            "keys": ["aanmelden_werkzoekende/gelukt"],
            "values": {"nummer": "AW-2026-00007", "voor": {"date": "2026-11-30"}},
        },
    ]
    first, second = word("utter_reply", {"parts": parts}, tracker(), book)
    assert first.answer == "formulier/aangepast"
    assert "AW-2026-00007" in second.text
    assert "30 november" in second.text


def test_the_first_key_that_somebody_wrote_is_said(book: AnswerBook) -> None:
    (reply,) = word(
        "utter_reply", {"parts": [{"keys": ["vraag/niets/naam", "vraag/naam"], "values": {}}]}, tracker(), book
    )
    assert reply.answer == "vraag/naam"


def test_a_part_that_nobody_wrote_becomes_an_honest_answer(book: AnswerBook) -> None:
    (reply,) = word("utter_reply", {"parts": [{"keys": ["bestaat/niet"], "values": {}}]}, tracker(), book)
    assert reply.answer == "weet_ik_niet"


def test_a_code_is_said_in_words_and_an_unknown_one_as_it_is(book: AnswerBook) -> None:
    values = {
        "naam": "Anna", "contact": "0612345678", "woonplaats": "Steenwijk", "uren": "20",
        "soort_werk": [{"key": "soort_werk/groen", "else": "groen"}, {"key": "soort_werk/iets", "else": "iets anders"}],
    }  # fmt: skip
    (reply,) = word(
        "utter_reply",
        {"parts": [{"keys": ["vraag/aanmelden_werkzoekende/toestemming"], "values": values}]},
        tracker(),
        book,
    )
    assert f"{book.standard['soort_werk/groen'].words.text.strip()}, iets anders" in reply.text
    assert "{" not in reply.text


def test_buttons_of_a_part_have_titles_in_plain_words(book: AnswerBook) -> None:
    buttons = [{"title_key": "veld/naam", "payload": "verander naam"}, {"title_key": "knop/meer", "payload": "meer"}]
    (reply,) = word("utter_reply", {"parts": [{"keys": ["formulier/wat_anders"], "buttons": buttons}]}, tracker(), book)
    assert [button.title for button in reply.buttons][:2] == [
        "Naam veranderen",
        book.title("knop/meer") or "Meer plekken",
    ]


def test_openings_become_cards_and_lines(book: AnswerBook) -> None:
    part = {
        "keys": ["werkplek_zoeken/gevonden"],
        "values": {"aantal": "1", "volgorde": {"key": "volgorde/afstand"}},
        "openings": [OPENING, OPENING | {"number": "W-0002"}],
    }
    (reply,) = word("utter_reply", {"parts": [part]}, tracker(), book)
    assert [card.title for card in reply.cards] == ["Groen onderhouden"] * 2
    assert "1. Groen onderhouden bij NoordWestGroep in Steenwijk, 20 tot 28 uur per week" in reply.text
    assert "2. Groen onderhouden" in reply.text
    assert reply.cards[0].button is not None
    assert reply.cards[0].button.payload == "vertel meer over W-0001"


def test_a_made_up_opening_says_so_on_its_card_and_in_the_text(book: AnswerBook) -> None:
    part = {
        "keys": ["werkplek_zoeken/gevonden"],
        "values": {"aantal": "1", "volgorde": {"key": "volgorde/afstand"}},
        "openings": [OPENING],
    }
    (reply,) = word("utter_reply", {"parts": [part]}, tracker(), book)
    assert reply.cards[0].note
    assert "voorbeeld" in reply.text.lower()
    real = part | {"openings": [OPENING | {"is_example": False}]}
    assert word("utter_reply", {"parts": [real]}, tracker(), book)[0].cards[0].note == ""


def test_what_the_action_just_learnt_counts_at_once(book: AnswerBook) -> None:
    arguments = {"parts": [{"keys": ["hulp"]}], "context": {"level": "a2", "role": None}}
    (reply,) = word("utter_reply", arguments, tracker(page={"role": "werkgever"}), book)
    assert reply.text.startswith("U kunt mij vragen over werk.")


def test_no_parts_no_words(book: AnswerBook) -> None:
    assert word("utter_reply", {}, tracker(), book) == []


def test_a_name_that_rasa_cannot_know_is_a_mistake(book: AnswerBook) -> None:
    with pytest.raises(KeyError):
        word("utter_iets_anders", {}, tracker(), book)


@pytest.mark.parametrize(("jobseeker", "employer"), PAIRS)
def test_an_employer_gets_the_other_half_of_a_pair(jobseeker: str, employer: str, book: AnswerBook) -> None:
    assert for_role(jobseeker, "werkgever") == employer
    assert for_role(jobseeker, "werkzoekende") == for_role(jobseeker, None) == jobseeker
    assert for_role(employer, "werkzoekende") == employer
    assert book.find(jobseeker, None) and book.find(employer, None)
    assert word("utter_antwoord", {}, tracker(jobseeker, slots={"rol": "werkgever"}), book)[0].answer == employer


def test_a_question_without_a_pair_is_the_same_for_everyone() -> None:
    assert for_role("loon/hoeveel", "werkgever") == "loon/hoeveel"
