"""A form as a talk: any order, back, skip, why, correct, a question in between, danger, stop, misses, consent."""

from __future__ import annotations

import pytest

from tests.unit.actions.conftest import FORMS, Talk, message, talk

INTEREST = "aanmelden_werkzoekende"
OFFER = "aanmelden_werkgever"
ANNA = ("Anna", "06 12 34 56 78", "Steenwijk", "overslaan", "20 uur")


def read_back() -> Talk:
    """Anna's form, up to the question for her consent."""
    anna = talk(INTEREST, *ANNA)
    assert anna.requested == "toestemming"
    return anna


# beginning and order


@pytest.mark.parametrize("name", FORMS)
def test_a_form_begins_with_what_it_is_for_and_its_first_question(name: str) -> None:
    started = Talk(FORMS[name])
    keys = started.say("", intent=name)
    assert keys[0] == f"formulier/begin/{name}"
    assert started.requested == FORMS[name].fields[0].slot


def test_the_questions_come_one_by_one_and_are_read_back() -> None:
    anna = Talk(FORMS[INTEREST])
    anna.say("ik wil me aanmelden", intent=INTEREST)
    asked = [anna.requested]
    for said in ANNA:
        anna.say(said)
        asked.append(anna.requested)
    assert asked == ["naam", "contact", "woonplaats", "soort_werk", "uren", "toestemming"]
    values = anna.last.parts[-1]["values"]
    assert (values["naam"], values["contact"], values["woonplaats"], values["uren"]) == (
        "Anna", "+31612345678", "Steenwijk", "20",
    )  # fmt: skip
    assert values["soort_werk"] == {"key": "veld/overgeslagen", "else": ""}


def test_what_the_first_sentence_gives_away_is_not_asked_again() -> None:
    anna = Talk(FORMS[INTEREST])
    anna.say("ik ben Anna en zoek 20 uur groen werk", INTEREST, naam="Anna", uren_per_week="20", soort_werk="groen")
    assert anna.requested == "contact"
    assert anna.known() == {"naam": "Anna", "uren": [20, 20], "soort_werk": "groen"}


def test_everything_in_one_sentence_goes_to_the_read_back_at_once() -> None:
    anna = Talk(FORMS[INTEREST])
    anna.say(
        "Anna uit Steenwijk, 0612345678, groen, 20 uur", INTEREST,
        naam="Anna", plaats="Steenwijk", telefoon="0612345678", soort_werk="groen", uren_per_week="20",
    )  # fmt: skip
    assert anna.requested == "toestemming"


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_answers_may_come_in_any_order(order: tuple[int, ...]) -> None:
    said = ({"telefoon": "0612345678"}, {"plaats": "Steenwijk"}, {"soort_werk": "groen"})
    anna = talk(INTEREST, "Anna")
    for position in order:
        anna.say("dit bijvoorbeeld nog even tussendoor, dat u het weet", "gegevens_geven", **said[position])
    assert anna.requested == "uren"
    assert anna.known().keys() >= {"naam", "contact", "woonplaats", "soort_werk"}


def test_more_than_was_asked_is_taken_along() -> None:
    anna = talk(INTEREST)
    anna.say("Anna, 0612345678", naam="Anna", telefoon="0612345678")
    assert anna.requested == "woonplaats"


def test_who_comes_back_goes_on_where_it_stopped() -> None:
    anna = talk(INTEREST, "Anna", "0612345678")
    back = Talk(FORMS[INTEREST], values=anna.values)
    assert back.say("ik wil verder met aanmelden", INTEREST)[0].startswith("formulier/verder")
    assert back.requested == "woonplaats"


# back, skip, why, correct


@pytest.mark.parametrize(
    "said", ["terug", "ga terug", "vorige", "vorige vraag", "een stap terug", "Terug!", "terug graag"]
)
def test_back_asks_the_question_before_again(said: str) -> None:
    anna = talk(INTEREST, "Anna", "0612345678")
    anna.say(said)
    assert anna.requested == "contact"
    assert anna.known() == {"naam": "Anna"}


def test_back_and_back_again() -> None:
    anna = talk(INTEREST, "Anna", "0612345678", "terug", "terug")
    assert (anna.requested, anna.known()) == ("naam", {})


def test_before_the_first_question_there_is_nothing() -> None:
    anna = talk(INTEREST)
    assert anna.say("terug")[0] == "formulier/eerste_vraag"
    assert anna.requested == "naam"


def test_back_from_the_read_back_asks_the_last_question() -> None:
    anna = read_back()
    anna.say("terug")
    assert anna.requested == "uren"


@pytest.mark.parametrize("said", ["overslaan", "sla over", "sla maar over", "liever niet", "Overslaan!"])
def test_a_question_that_may_stay_open_is_skipped(said: str) -> None:
    anna = talk(INTEREST, *ANNA[:3], said)
    assert anna.requested == "uren"


def test_who_does_not_know_may_skip_as_well() -> None:
    anna = talk(INTEREST, *ANNA[:3])
    anna.say("geen flauw idee joh", "weet_niet")
    assert anna.requested == "uren"


def test_what_we_cannot_do_without_is_explained_and_asked_again() -> None:
    anna = talk(INTEREST, "Anna")
    assert anna.say("overslaan")[0] == "nodig/contact"
    assert anna.requested == "contact"


@pytest.mark.parametrize(
    "said",
    [
        "waarom?",
        "waarom",
        "waarom wilt u dat weten?",
        "waarvoor is dat",
        "hoezo",
        "maar waarom dan?",
        "waarom moet je dat weten",
    ],
)
def test_why_is_answered_and_the_question_stays(said: str) -> None:
    anna = talk(INTEREST, "Anna")
    assert anna.say(said)[0] == "waarom/contact"
    assert (anna.requested, anna.known()) == ("contact", {"naam": "Anna"})


def test_a_correction_along_the_way_is_taken_over() -> None:
    anna = talk(INTEREST, *ANNA[:3])
    anna.say("nee, ik heet Hanna", "corrigeren", naam="Hanna")
    assert anna.known()["naam"] == "Hanna"
    assert anna.requested == "soort_werk"


# in between


def test_a_question_in_between_is_answered_and_the_form_goes_on() -> None:
    anna = talk(INTEREST, "Anna")
    keys = anna.say("wat verdien ik dan?", "loon/hoeveel")
    assert anna.last.parts[0]["keys"][-1] == "loon/hoeveel"
    assert keys[-1].startswith("vraag/")
    assert (anna.requested, anna.known()) == ("contact", {"naam": "Anna"})


@pytest.mark.parametrize("intent", ["hulp", "bedanken", "begroeten", "mens_spreken", "privacy_wat_bewaren_jullie"])
def test_a_remark_in_between_is_answered_too(intent: str) -> None:
    anna = talk(INTEREST, "Anna")
    anna.say("even iets anders", intent)
    assert anna.last.parts[0]["keys"][-1] == intent
    assert anna.requested == "contact"


def test_a_question_in_between_is_not_taken_for_a_name() -> None:
    anna = talk(INTEREST)
    anna.say("wat is beschut werk", "beschut_werk/wat_is_het", 0.95)
    assert anna.known() == {}


def test_another_form_is_offered_for_later() -> None:
    anna = talk(INTEREST, "Anna")
    anna.say("ik wil gebeld worden", "terugbellen")
    assert anna.last.parts[0]["keys"][0] == "formulier/eerst_afmaken"
    assert [button["payload"] for button in anna.last.parts[0]["buttons"]] == ["verder", "stop"]
    assert anna.requested == "contact"
    anna.say("verder")
    assert anna.requested == "contact"


# danger and stop


@pytest.mark.parametrize(
    "intent", ["veiligheid_zelfmoordgedachten", "veiligheid_ander", "veiligheid_acute_nood", "veiligheid_zwaar_moment"]
)
@pytest.mark.parametrize("name", FORMS)
def test_danger_goes_before_every_form_and_nothing_is_asked_on(name: str, intent: str) -> None:
    started = talk(name)
    before = dict(started.known())
    keys = started.say("0612345678 Anna ja", intent, 0.4, naam="Anna", telefoon="0612345678")
    assert keys == [intent, "formulier/wacht"]
    assert started.requested is None
    assert started.known() == before


def test_danger_at_the_read_back_is_no_consent() -> None:
    anna = read_back()
    anna.hear(message("ja ik wil dood", "veiligheid_zelfmoordgedachten"))
    assert "toestemming" not in anna.known()


@pytest.mark.parametrize("said", ["stop", "stoppen", "Stop!", "laat maar", "ik wil stoppen", "annuleren", "stop maar"])
@pytest.mark.parametrize("name", FORMS)
def test_stop_forgets_everything(name: str, said: str) -> None:
    started = talk(name)
    started.values |= dict.fromkeys(FORMS[name].slots, "iets")
    assert started.say(said) == [f"formulier/gestopt/{name}"]
    assert (started.requested, started.known()) == (None, {})


def test_stop_in_other_words_counts_when_it_is_understood() -> None:
    anna = talk(INTEREST, "Anna")
    anna.say("hou er maar mee op joh", "stoppen", 0.8)
    assert (anna.requested, anna.known()) == (None, {})


def test_starting_again_forgets_and_asks_the_first_question() -> None:
    anna = talk(INTEREST, "Anna", "0612345678")
    anna.say("opnieuw", "opnieuw_beginnen")
    assert (anna.requested, anna.known()) == ("naam", {})


# misses


def test_each_miss_is_answered_differently_and_the_third_leads_to_a_person() -> None:
    anna = talk(INTEREST, "Anna")
    said = [anna.say(words, "gegevens_geven") for words in ("blauw", "nog steeds blauw", "blauw dus")]
    assert said[0] == ["fout/contact", "vraag/contact/anders"]
    assert said[1] != said[0]
    assert said[2] == ["formulier/mens"]
    assert (anna.requested, anna.known(), anna.misses) == ("contact", {"naam": "Anna"}, 0)


def test_an_answer_that_fits_starts_the_count_again() -> None:
    anna = talk(INTEREST, "Anna", "blauw", "0612345678")
    assert anna.misses == 0
    assert anna.requested == "woonplaats"


def test_after_the_way_to_a_person_one_may_still_try() -> None:
    anna = talk(INTEREST, "Anna", "blauw", "blauw", "blauw", "0612345678")
    assert anna.requested == "woonplaats"


# consent


@pytest.mark.parametrize(
    "said",
    ["ja", "Ja, dat klopt en dat mag", "jazeker", "klopt", "akkoord", "is goed", "dat klopt", "oke", "prima", "jup"],
)
def test_yes_sends_the_form(said: str) -> None:
    anna = read_back()
    anna.say(said)
    assert (anna.requested, anna.known()["toestemming"]) == (None, "ja")


def test_yes_in_other_words_counts_when_it_is_understood() -> None:
    anna = read_back()
    anna.say("zo is het helemaal", "bevestigen", 0.9)
    assert anna.known()["toestemming"] == "ja"


@pytest.mark.parametrize("said", ["nee", "nee hoor", "klopt niet", "dat klopt niet", "niet doen", "nope"])
def test_no_stores_nothing_and_asks_what_should_change(said: str) -> None:
    anna = read_back()
    anna.say(said)
    assert "toestemming" not in anna.known()
    assert anna.requested == "toestemming"
    payloads = [button["payload"] for button in anna.last.parts[0]["buttons"]]
    assert payloads[0] == "verander naam"
    assert payloads[-1] == "stop"


@pytest.mark.parametrize(
    "said",
    [
        "ja maar niet doorgeven",
        "ja maar mijn naam is fout gespeld",
        "goed, maar wie leest dit",
        "ok wacht even",
        "ja, behalve de uren",
        "prima maar eerst wil ik weten wie dit ziet",
        "misschien",
        "weet ik niet",
        "mag ik er nog over nadenken",
        "",
        "👍👎",
    ],
)
def test_half_a_yes_is_no_consent(said: str) -> None:
    anna = read_back()
    anna.say(said)
    assert "toestemming" not in anna.known()


@pytest.mark.parametrize(
    ("slot", "said", "value"),
    [
        ("naam", "verander naam", None),
        ("contact", "verander contact", None),
        ("woonplaats", "verander woonplaats", None),
        ("uren", "verander uren", None),
    ],
)
def test_a_button_of_the_read_back_asks_that_one_again(slot: str, said: str, value: object) -> None:
    anna = read_back()
    anna.say("nee")
    anna.say(said)
    assert anna.requested == slot
    assert anna.known().get(slot) == value


def test_after_a_change_everything_is_read_back_again() -> None:
    anna = read_back()
    for said in ("nee", "verander uren", "28"):
        anna.say(said)
    assert anna.requested == "toestemming"
    assert anna.last.parts[-1]["values"]["uren"] == "28"
    assert "toestemming" not in anna.known()


def test_a_value_at_the_read_back_changes_it_at_once() -> None:
    anna = read_back()
    keys = anna.say("nee, 28 uur", "corrigeren", uren_per_week="28")
    assert keys[0] == "formulier/aangepast"
    assert (anna.requested, anna.known()["uren"]) == ("toestemming", [28, 28])


def test_a_yes_from_an_earlier_form_is_worth_nothing() -> None:
    anna = Talk(FORMS[INTEREST], values={"toestemming": "ja", "naam": "Anna"}, requested="contact")
    anna.say("0612345678")
    assert "toestemming" not in anna.known()


# rules of a municipality


def offer_in_almere() -> Talk:
    """A bakery in Almere, up to the question how many hours."""
    bakery = talk(
        OFFER, "Bakkerij Jansen", "Piet", "piet@bakkerij.nl", "Almere", "overslaan", "overslaan", municipality="almere"
    )
    assert bakery.requested == "uren"
    return bakery


def test_too_few_hours_are_remarked_once() -> None:
    bakery = offer_in_almere()
    assert bakery.say("24 uur")[0] == "regel/min_hours_per_week"
    assert bakery.last.parts[0]["values"] | {"minimum": "28", "gegeven": "24"} == bakery.last.parts[0]["values"]
    assert "regel/min_hours_per_week" not in bakery.say("12 maanden")
    assert "regel/min_hours_per_week" not in bakery.say("2")


def test_each_rule_has_its_own_remark() -> None:
    bakery = offer_in_almere()
    bakery.say("24 uur")
    assert bakery.say("6 maanden")[0] == "regel/min_contract_months"


@pytest.mark.parametrize("said", [("28 uur", "12 maanden"), ("32", "vast")])
def test_an_offer_that_meets_the_rules_gets_no_remark(said: tuple[str, ...]) -> None:
    bakery = offer_in_almere()
    entities = {"vast": {"contract_maanden": "vast"}}
    keys = [key for words in said for key in bakery.say(words, **entities.get(words, {}))]
    assert not [key for key in keys if key.startswith("regel/")]


def test_the_rule_is_told_with_the_first_sentence() -> None:
    bakery = Talk(FORMS[OFFER], municipality="almere")
    keys = bakery.say("een plek van 24 uur voor een half jaar", OFFER, uren_per_week="24", contract_maanden=6)
    assert {"regel/min_hours_per_week", "regel/min_contract_months"} <= set(keys)


def test_where_nothing_is_known_of_the_place_no_rule_is_told() -> None:
    assert not [key for key in talk(OFFER).say("x", OFFER, uren_per_week="12") if key.startswith("regel/")]


@pytest.mark.parametrize("name", FORMS)
def test_once_more_asks_the_same_question_again(name: str) -> None:
    started = talk(name)
    first, asked = started.last.parts[-1], started.requested
    started.say("kun je dat nog eens zeggen", "herhalen")
    assert (started.last.parts, started.requested) == ((first,), asked)


def test_the_tasks_of_an_employer_become_cards_and_give_the_kind_of_work() -> None:
    bakery = talk(OFFER, "Bakkerij Jansen", "Piet", "piet@bakkerij.nl", "Almere", municipality="almere")
    assert bakery.requested == "taken"
    assert bakery.say("dozen vouwen, vegen en de post rondbrengen")[0] == "taken/kaartjes"
    assert [card["task"] for card in bakery.values["taken"]] == ["dozen vouwen", "vegen", "de post rondbrengen"]
    assert bakery.values["soort_werk"] is not None
    assert bakery.requested == "uren"


def test_tasks_in_the_first_sentence_are_not_asked_again() -> None:
    bakery = Talk(FORMS[OFFER], municipality="almere")
    bakery.say("wij hebben rotklusjes liggen: dozen vouwen, vegen en de post rondbrengen", OFFER)
    assert len(bakery.values["taken"]) == 3
    assert bakery.requested == "bedrijf"


@pytest.mark.parametrize("said", ["wat kost dat eigenlijk?", "overslaan"])
def test_a_question_or_a_skip_is_no_task(said: str) -> None:
    bakery = talk(OFFER, "Bakkerij Jansen", "Piet", "piet@bakkerij.nl", "Almere", municipality="almere")
    bakery.say(said, "subsidie/overzicht")
    assert not isinstance(bakery.values.get("taken"), list)


def test_one_task_of_an_unknown_kind_still_asks_for_the_kind() -> None:
    bakery = talk(OFFER, "Bakkerij Jansen", "Piet", "piet@bakkerij.nl", "Almere", municipality="almere")
    bakery.say("iets met kabouters")
    assert bakery.requested == "soort_werk"


@pytest.mark.parametrize(
    ("said", "intent", "level"),
    [("makkelijker", "eenvoudiger", "a2"), ("langzamer", "langzamer", "a2"), ("/eenvoudiger", "eenvoudiger/uit", "b1")],
)
@pytest.mark.parametrize("name", FORMS)
def test_other_words_can_be_asked_for_at_any_question(name: str, said: str, intent: str, level: str) -> None:
    form = Talk(FORMS[name])
    form.say("", intent=name)
    asked = form.requested
    keys = form.say(said, intent=intent)
    assert (form.last.level, form.requested) == (level, asked)
    assert keys[0] in (intent, f"formulier/tussendoor/{intent}")
    assert keys[-1].startswith("vraag/")
    assert form.known() == {}


def test_a_button_of_ours_is_no_name_of_a_company() -> None:
    bakery = Talk(FORMS[OFFER], municipality="almere")
    bakery.say("", intent=OFFER)
    assert bakery.requested == "bedrijf"
    keys = bakery.say("/subsidie/overzicht", "subsidie/overzicht")
    assert not bakery.values.get("bedrijf")
    assert "subsidie/overzicht" in {key.removeprefix("formulier/tussendoor/") for key in keys}
