"""The call as it decides: keys, words and replies in, acts out. No sound, no clock, no network."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import AnswerBook
from assistant.core.reply import Button, Reply
from assistant.voice.talk import Final
from assistant.voice.telephone.acts import HangUp, Hush, Speak, Tell, Transfer
from assistant.voice.telephone.by_ear import by_ear
from assistant.voice.telephone.call import Call
from assistant.voice.telephone.keyed import KeyedName
from assistant.voice.telephone.menu import Menu
from assistant.voice.telephone.questions import Question, question_of
from assistant.voice.telephone.spelled import figures_in, letters_in, postcode_in, read_figures, spelling
from assistant.voice.telephone.words import BookWords

BOOK = AnswerBook.read(Path(__file__).parents[2] / "data")
WORDS = BookWords(lambda: BOOK, "almere")
NAME = Reply("Hoe heet u? Uw voornaam is genoeg.", answer="vraag/naam")
CONTACT = Reply("Hoe kan een medewerker u bereiken? Typ uw telefoonnummer.", answer="vraag/contact")
PLACE = Reply("Waar woont u? Typ uw woonplaats of postcode.", answer="vraag/woonplaats")
KIND = Reply(
    "Welk soort werk zoekt u?",
    buttons=tuple(Button(name, name.lower()) for name in ("Groen", "Inpakken", "Schoonmaak", "Keuken", "Overslaan")),
    answer="vraag/soort_werk",
)
ANSWER = Reply("U krijgt loon.", buttons=(Button("Hoeveel uur?", "/loon/uren_per_week"),), answer="loon/hoeveel")


def call(listens: bool = False, caller: str = "", there: bool = False) -> Call:
    return Call(WORDS, listens, caller, lambda: there)


def told(acts) -> list[str]:
    return [act.text for act in acts if isinstance(act, Tell)]


def text(acts) -> str:
    return " ".join(act.text for act in acts if isinstance(act, Speak))


def keys(one: Call, pressed: str) -> list:
    acts = []
    for key in pressed:
        acts = one.key(key)
    return acts


def test_the_first_sentence_says_that_it_is_a_computer_and_is_heard_to_its_end():
    for listens in (False, True):
        first = call(listens).begin()[0]
        assert isinstance(first, Speak) and first.protected and "computer, niet met een mens" in first.text


def test_three_options_at_most_and_nine_for_more():
    one = call()
    begun = text(one.begin())
    assert [f"Toets {key}" in begun for key in (1, 2, 3, 9, 0)] == [True] * 5 and "Toets 4" not in begun
    assert "sterretje" in begun and "werkgever" not in begun
    more = text(keys(one, "9"))
    assert "werkgever" in more and "Toets 9" in more and "Toets 3" not in more
    assert told(keys(one, "2")) == ["ik ben werkgever"]
    assert "aanmelden voor werk" in text(keys(one, "9")), "after the last come the first"


def test_every_key_silences_first():
    one = call()
    one.begin()
    for key in "0123456789*#":
        assert isinstance(one.key(key)[0], Hush)


def test_star_says_it_again():
    one = call()
    begun = text(one.begin())
    assert text(keys(one, "*")) in begun
    one.answered([ANSWER])
    assert "U krijgt loon." in text(keys(one, "*"))


def test_a_person_by_hours():
    assert isinstance(keys(call(there=True), "0")[-1], Transfer)
    closed = keys(call(), "0")
    assert told(closed) == ["/terugbellen"] and "geen medewerker" in text(closed)


def test_hash_ends_the_call():
    acts = keys(call(), "#")
    assert isinstance(acts[-1], HangUp) and "Tot ziens" in text(acts)


def test_registering_by_keys_alone():
    one = call(caller="0612345678")
    one.begin()
    assert told(keys(one, "1")) == ["/aanmelden_werkzoekende"]
    asked = text(one.answered([Reply("Goed. Ik stel u vragen.", answer="formulier/begin/x"), NAME]))
    assert "vraagt dan straks naar uw naam" in asked and "Hoe heet u" not in asked
    assert "Goed. Ik stel u vragen." in asked
    assert "Overslaan? Toets 1" in asked and "spellen? Toets 2" in asked
    assert told(keys(one, "1")) == ["Beller"]
    asked = text(one.answered([CONTACT]))
    assert "nul zes, een twee" in asked.replace("één", "een") and "Typ" not in asked
    assert told(keys(one, "1")) == ["0612345678"]
    assert "vier cijfers van uw postcode" in text(one.answered([PLACE]))
    assert "Klopt dat" in text(keys(one, "1315"))
    assert told(keys(one, "1")) == ["1315"]
    assert "Groen? Toets 1" in text(one.answered([KIND]))
    assert told(keys(one, "2")) == ["inpakken"]


def test_another_number_than_the_one_that_rings():
    one = call(caller="0612345678")
    one.answered([CONTACT])
    assert "Toets uw telefoonnummer" in text(keys(one, "2"))
    checked = keys(one, "0365399911")
    assert "nul drie" in text(checked) and told(checked) == []
    assert told(keys(one, "2")) == [] and told(keys(one, "0365399912")) == []
    assert told(keys(one, "1")) == ["0365399912"]


def test_too_few_figures_and_foreign_numbers():
    one = call()
    one.answered([CONTACT])
    assert "aantal cijfers klopt niet" in text(keys(one, "0612#"))
    assert told([*keys(one, "0032470123456#"), *keys(one, "1")]) == ["0032470123456"]


def test_skipping_the_postcode_with_a_hash():
    one = call()
    one.answered([PLACE])
    assert told(keys(one, "#")) == ["overslaan"]


def test_zero_is_a_figure_while_figures_are_asked():
    one = call(there=True)
    one.answered([CONTACT])
    assert not any(isinstance(act, Transfer) for act in keys(one, "0"))


def test_a_registration_number_by_keys():
    one = call()
    one.answered([Reply("Wat is uw aanmeldnummer?", answer="vraag/registratienummer")])
    keys(one, "202600001")
    assert told(keys(one, "1")) == ["AW-2026-00001"]


def test_a_question_that_keys_cannot_answer_leads_to_a_person():
    one = call()
    asked = text(one.answered([Reply("Hoe heet uw bedrijf?", answer="vraag/bedrijf")]))
    assert "gaat niet met toetsen" in asked and told(keys(one, "1")) == ["/terugbellen"]


def test_an_answer_without_choices_leads_back_to_the_menu():
    one = call()
    assert "aanmelden voor werk? Toets 1" in text(one.answered([Reply("Dat weet ik niet.", answer="x")]))


def test_danger_is_heard_to_its_end():
    acts = call().answered([Reply("Bel 112.", answer="veiligheid_nood", buttons=(Button("x", "x"),))])
    assert isinstance(acts[0], Speak) and acts[0].protected and acts[0].text == "Bel 112."


# by voice


def test_a_name_is_spelled_and_read_back_and_spelled_by_the_caller_when_wrong():
    one = call(listens=True)
    one.answered([NAME])
    acts = one.heard(Final("ik heet fatima", 0.9))
    assert "F van Ferdinand, A van Anna, T van Teunis" in text(acts) and told(acts) == []
    assert "letter voor letter" in text(one.heard(Final("nee", 0.9)))
    assert "Fatma" in text(one.heard(Final("f a t m a", 0.9)))
    assert told(one.heard(Final("ja dat klopt", 0.9))) == ["Fatma"]


def spelling_a_name(listens: bool = False) -> Call:
    one = call(listens)
    one.answered([NAME])
    assert "U hebt alle tijd" in text(keys(one, "2"))
    return one


def test_a_name_by_keys_with_every_letter_read_back():
    one = spelling_a_name()
    assert [text(one.key(key)) for key in "555"] == ["J van Johan.", "K van Karel.", "L van Lodewijk."]
    assert text(one.key("5")) == "J van Johan.", "after the last letter of a key comes the first"
    assert text(one.key("2")) == "A van Anna.", "another key keeps the letter before"
    assert "nog een keer hekje" in text(one.key("#"))
    assert [text(one.key(key)) for key in "66"] == ["M van Maria.", "N van Nico."]
    one.key("#")
    read = keys(one, "#")
    assert "Jan. Ik spel het: J van Johan, A van Anna, N van Nico. Klopt dat" in text(read) and told(read) == []
    assert "Zeg ja" not in text(read), "who cannot be understood is not asked to speak"
    assert told(keys(one, "1")) == ["ik heet Jan"]


def test_the_same_key_twice_is_two_letters_with_a_hekje_between():
    one = spelling_a_name()
    assert told([*keys(one, "2#66#66#2##"), *keys(one, "1")]) == ["ik heet Anna"]


def test_a_wrong_letter_is_wiped_and_nothing_left_to_wipe_explains():
    one = spelling_a_name()
    keys(one, "54")
    assert text(one.key("*")) == "G van Gerard is weg. Ik heb nog: J van Johan."
    assert "J van Johan is weg" in text(one.key("*")) and "U hebt alle tijd" in text(one.key("*"))
    assert "U hebt alle tijd" in text(one.key("#")), "a hekje without a letter explains too"
    assert told([*keys(one, "56#666##"), *keys(one, "1")]) == ["ik heet Jmo"]


def test_a_name_that_was_read_back_wrong_goes_on_where_it_was():
    one = spelling_a_name()
    assert "Ik spel het: J van Johan, A van Anna, M van Maria" in text(keys(one, "526##"))
    assert "Toets sterretje" in text(one.key("2"))
    assert "M van Maria is weg" in text(one.key("*"))
    assert told([*keys(one, "66##"), *keys(one, "1")]) == ["ik heet Jan"]


@pytest.mark.parametrize("before", ["", "5", "52", "526##", "526##2", "111", "***"])
def test_no_name_after_all_with_one_key(before):
    one = spelling_a_name()
    keys(one, before)
    assert told(keys(one, "0")) == ["Beller"]


def test_spelling_has_no_hurry_and_no_dead_end():
    one = spelling_a_name()
    one.key("5")
    assert "Ik zeg de letter" in text(one.silence("stem/geduld"))
    assert text(one.key("5")) == "K van Karel.", "a pause of any length changes no letter"
    assert "geen letter" in text(one.key("1"))
    keys(one, "2#" * 19)
    assert "past geen letter meer bij" in text(one.key("3"))
    assert "Klopt dat" in text(one.key("#")) and "Ik spel het" in text(one.key("*")), "sterretje repeats what is asked"


def test_silence_at_a_read_back_repeats_the_read_back():
    one = call()
    one.answered([PLACE])
    keys(one, "1315")
    assert "Klopt dat" in text(one.silence("stem/hulp")) and "vier cijfers" not in text(one.silence("stem/hulp"))
    assert told(keys(one, "1")) == ["1315"]


def test_who_is_not_understood_may_spell_by_keys_too():
    one = call(listens=True)
    one.answered([NAME])
    one.heard(Final("ik heet fatima", 0.9))
    assert "Liever met de toetsen? Toets 2" in text(one.key("2"))
    assert told([*keys(one, "2526##"), *keys(one, "1")]) == ["ik heet Jam"]
    one.answered([NAME])
    one.heard(Final("ik heet fatima", 0.9))
    one.key("2")
    assert told(one.key("1")) == ["Beller"]
    one.answered([NAME])
    one.heard(Final("ik heet fatima", 0.9))
    one.key("2")
    assert told([*one.heard(Final("f a t m a", 0.9)), *one.heard(Final("ja", 0.9))]) == ["Fatma"]


@pytest.mark.parametrize(
    "keyed, name", [("5#2#66#", "Jan"), ("444#555#", "Il"), ("444#5#", "IJ"), ("444#5#7777#", "IJs"), ("94", "Wg")]
)
def test_how_a_keyed_name_is_written(keyed, name):
    keyed_name = KeyedName()
    for key in keyed:
        keyed_name.press(key)
    assert keyed_name.name == name


def test_a_question_in_place_of_a_name_goes_on_its_way():
    one = call(listens=True)
    one.answered([NAME])
    assert told(one.heard(Final("waarom wilt u dat weten", 0.9))) == ["waarom wilt u dat weten"]


def test_a_spoken_number_is_read_back():
    one = call(listens=True)
    one.answered([CONTACT])
    acts = one.heard(Final("nul zes twaalf vierendertig zesenvijftig achtenzeventig", 0.9))
    assert "nul zes" in text(acts) and told(acts) == []
    assert told(one.key("1")) == ["0612345678"]


def test_bad_hearing_is_asked_and_good_hearing_is_not():
    one = call(listens=True)
    assert told(one.heard(Final("wat is beschut werk", 0.9))) == ["wat is beschut werk"]
    assert told(one.heard(Final("wat is beschut werk", None))) == ["wat is beschut werk"]
    acts = one.heard(Final("wat is beschut werk", 0.3))
    assert "Ik hoorde: wat is beschut werk" in text(acts) and told(acts) == []
    assert told(one.heard(Final("ja", 0.9))) == ["wat is beschut werk"]
    one.heard(Final("iets anders", 0.3))
    assert told(one.heard(Final("hoeveel verdien ik dan per uur", 0.9))) == ["hoeveel verdien ik dan per uur"]


def test_orders_are_obeyed_here():
    one = call(listens=True)
    one.answered([ANSWER])
    assert "U krijgt loon." in text(one.heard(Final("herhaal", 0.9)))
    assert told(one.heard(Final("langzamer", 0.9))) == [] and one.rate == pytest.approx(0.85)
    for _ in range(9):
        one.heard(Final("langzamer", 0.9))
    assert one.rate == 0.7
    assert told(one.heard(Final("ik wil een mens spreken", 0.9))) == ["/terugbellen"]


def test_a_choice_by_its_number_or_its_words():
    one = call(listens=True)
    one.answered([ANSWER])
    assert told(one.heard(Final("een", 0.9))) == ["/loon/uren_per_week"]
    one.answered([ANSWER])
    assert told(one.heard(Final("hoeveel uur", 0.9))) == ["/loon/uren_per_week"]


def test_nothing_understood_twice_repeats_the_question():
    one = call(listens=True)
    one.answered([KIND])
    assert "niet goed verstaan" in text(one.heard(Final(""))) and "soort werk" in text(one.heard(Final("")))


@given(st.lists(st.one_of(
    st.sampled_from("0123456789*#"), st.sampled_from(["ja", "nee", "herhaal", "", "fatima", "nul zes", "mens"]),
    st.sampled_from([NAME, CONTACT, PLACE, KIND, ANSWER]),
), max_size=25), st.booleans())  # fmt: skip
def test_any_order_of_events_always_leads_on(events, listens):
    one = call(listens, caller="0612345678")
    one.begin()
    for event in events:
        if isinstance(event, Reply):
            acts = one.answered([event])
        else:
            acts = one.key(event) if event in "0123456789*#" and event else one.heard(Final(event, 0.9))
        said = [act.text for act in acts if isinstance(act, Speak)]
        assert all(said) and sum("? Toets" in part for part in said) <= 3
        assert len(told(acts)) <= 1 and all(told(acts))


# by ear


@pytest.mark.parametrize(
    "said, figures",
    [("nul zes twaalf vierendertig", "061234"), ("06 12 34", "061234"), ("dubbel nul vijf", "005"),
     ("dertien vijftien", "1315"), ("negenennegentig", "99"), ("geen cijfers", "")],
)  # fmt: skip
def test_figures(said, figures):
    assert figures_in(said) == figures


@pytest.mark.parametrize(
    "said, name",
    [("f a t i m a", "fatima"), ("Ferdinand Anna Teunis", "fat"), ("de f van ferdinand de a van anna", "fa"),
     ("jan", ""), ("Jan de Vries", ""), ("pee ie ee tee", "piet")],
)  # fmt: skip
def test_letters(said, name):
    assert letters_in(said) == name


@pytest.mark.parametrize(
    "said, postcode",
    [("acht drie drie een x k", "8331 XK"), ("drieëntachtig eenendertig xk", "8331 XK"), ("8331 xk", "8331 XK"),
     ("8331XK", "8331 XK"), ("8331 xantippe karel", "8331 XK"), ("8331", ""), ("ik woon in steenwijk", ""), ("", ""),
     ("8331 steenwijk", ""), ("06 12 34 56 78", "")],
)  # fmt: skip
def test_postcodes(said, postcode):
    assert postcode_in(said) == postcode


def test_a_spoken_postcode_is_read_back_with_its_letters_spelled():
    one = call(listens=True)
    one.answered([PLACE])
    acts = one.heard(Final("acht drie drie een x k", 0.9))
    assert "acht drie drie één, X van Xantippe, K van Karel" in text(acts) and told(acts) == []
    assert told(one.heard(Final("ja", 0.9))) == ["8331 XK"]


def test_reading_back():
    assert spelling("Jo-An") == "J van Johan, O van Otto, streepje, A van Anna, N van Nico"
    assert spelling("Zoë") == "Z van Zaandam, O van Otto, Ë"
    assert read_figures("1315") == "één drie één vijf" and read_figures("0612345678").startswith("nul zes, één twee")
    assert "".join(read_figures("0365399911").split()).count("één") == 2


def test_what_only_a_screen_can_show_is_left_out():
    assert by_ear("Waar woont u? Typ uw woonplaats.") == "Waar woont u?"
    assert by_ear("Kies hieronder een knop.") == "Kies hieronder een knop."
    lost = "Weet u het niet? Zeg dan: overslaan."
    assert by_ear(lost) == lost and by_ear(lost, listens=False) == "Weet u het niet?"
    assert by_ear("Pas als u ja zegt, bewaar ik het.", listens=False) == "Pas als u ja zegt, bewaar ik het."


@pytest.mark.parametrize(
    "written, said",
    [
        ("U bent bereikbaar via +31612345678.", "U bent bereikbaar via 0612345678."),
        ("Bel +32470123456.", "Bel +32470123456."),
        ("U woont in 8331.", "U woont in 8 3 3 1."),
        ("U woont in 8331 AB.", "U woont in 8331 AB."),
        ("Bellen: zsm", "Bellen: zo snel mogelijk"),
    ],
)
def test_what_only_the_eye_knows_is_said_as_people_say_it(written, said):
    assert by_ear(written) == said


def test_what_always_can_is_told_at_the_start_and_to_who_is_lost_only():
    one = call()
    always = WORDS("telefoon/altijd")
    assert always in text(one.begin())
    assert always not in text(one.answered([KIND]))
    assert always in text(keys(one, "8")) and always in text(one.silence("stem/geduld"))


@pytest.mark.parametrize(
    "keys, question",
    [(["vraag/naam"], Question.NAME), (["vraag/aanmelden_werkgever/naam"], Question.NAME), ([None], None),
     (["fout/contact", "vraag/contact/anders"], Question.CONTACT),
     (["vraag/mijn_aanmelding/contact"], Question.CONTACT),
     (["vraag/woonplaats/anders"], Question.POSTCODE), (["vraag/uren"], Question.OTHER), (["loon/hoeveel"], None)],
)  # fmt: skip
def test_which_question(keys, question):
    assert question_of(keys) is question


def test_a_menu_names_its_choices():
    menu = Menu(tuple(Button(str(n), str(n)) for n in range(7)))
    assert menu.turned().turned().page == [("1", "6")] and menu.turned().turned().turned().begin == 0
    assert menu.said("de tweede").payload == "1" and menu.said("vier") is None


def test_every_word_of_the_telephone_is_in_the_answers():
    import re

    source = "".join(path.read_text() for path in Path("assistant/voice/telephone").glob("*.py"))
    used = set(re.findall(r'"(telefoon/[a-z_]+)"', source)) | {
        f"telefoon/{q.value}_toetsen" for q in Question if q is not Question.OTHER
    }
    written = {key for key in BOOK.standard if key.startswith("telefoon/")}
    assert used == written
