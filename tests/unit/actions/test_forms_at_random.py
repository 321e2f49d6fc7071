"""Whatever is said in whatever order: no form fails, and everything it says exists and can be worded."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.forms.step import CONSENT, Form
from actions.message import CONTROL, FLOWS, ORDINARY, Message
from actions.registry import ACTIONS
from assistant.answers import AnswerBook
from assistant.conversation.tracker import TrackerView
from assistant.conversation.wording import word
from tests.unit.actions.conftest import FORMS, ROOT, Talk, talk

SAID = st.one_of(
    st.sampled_from(
        [
            "ja", "nee", "terug", "overslaan", "stop", "waarom?", "verder", "Anna", "0612345678", "anna@voorbeeld.nl",
            "Steenwijk", "Almere", "groen", "20 uur", "16 tot 24", "vast", "12", "AW-2026-00001", "verander naam",
            "verander uren", "haal mijn achternaam weg", "ja maar", "W-0001", "later verder", "morgenochtend",
            "Bakkerij Jansen",
            "[bsn]", "?", "",
        ]
    ),
    st.text(max_size=60),
)  # fmt: skip
INTENTS = st.sampled_from(
    [*sorted(CONTROL), *sorted(FLOWS), "loon/hoeveel", "subsidie/overzicht", "gegevens_geven", "buiten_bereik_overig",
     "veiligheid_acute_nood", "privacy_wat_bewaren_jullie", ORDINARY, ""]
)  # fmt: skip
ENTITIES = st.dictionaries(
    st.sampled_from(
        ["naam", "telefoon", "email", "plaats", "postcode", "soort_werk", "uren_per_week", "bedrijf", "organisatie"]
    ),
    st.sampled_from(["Anna", "0612345678", "anna@voorbeeld.nl", "Almere", "8331", "groen", "20", "deeltijd", "Dyka"]),
    max_size=3,
)
MESSAGES = st.builds(
    lambda text, intent, sure, found: Message(
        text, intent, sure, tuple({"entity": n, "value": v} for n, v in found.items()), {}, "test"
    ),
    SAID, INTENTS, st.floats(0, 1), ENTITIES,
)  # fmt: skip


def assert_can_be_said(parts: tuple[dict[str, Any], ...], book: AnswerBook, municipality: str | None = None) -> None:
    """Every part has an answer of its own, and all values that it needs."""
    page = {"municipality": municipality}
    for level in ("b1", "a2"):
        tracker = TrackerView({"latest_message": {"metadata": page | {"level": level}}})
        replies = word("utter_reply", {"parts": list(parts)}, tracker, book)
        assert all(reply.text.strip() for reply in replies)
        assert "weet_ik_niet" not in [reply.answer for reply in replies], parts
        for reply in replies:
            assert "{" not in reply.text + reply.spoken, reply.text
            assert all(button.title for button in reply.buttons)


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(MESSAGES, max_size=12), municipality=st.sampled_from([None, "almere", "steenwijkerland"]))
def test_no_talk_leaves_a_person_without_an_answer(
    name: str, said: list[Message], municipality: str | None, book: AnswerBook
) -> None:
    someone = Talk(FORMS[name], municipality=municipality)
    someone.say("", intent=name)
    for message in said:
        someone.hear(message)
        if someone.last.pause:
            return  # the action says the code itself
        assert someone.last.parts or someone.requested is None
        assert someone.requested in (*FORMS[name].slots, None)
        assert set(someone.values) <= set(FORMS[name].slots)
        assert_can_be_said(someone.last.parts, book, municipality)
        if someone.requested is None:
            return


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(
        MESSAGES.filter(lambda m: not m.text.lower().startswith("j") and m.intent != "bevestigen"), max_size=8
    )
)
def test_only_a_yes_gives_consent(name: str, said: list[Message]) -> None:
    form = FORMS[name]
    someone = Talk(form, values=_filled(form), requested=CONSENT if form.consent else form.fields[-1].slot)
    for message in said:
        if not any(
            word in message.text.lower()
            for word in ("ja", "ok", "goed", "prima", "klopt", "akkoord", "yes", "top", "mag", "doe", "voor")
        ):
            someone.hear(message)
            assert someone.values.get(CONSENT) != "ja"
        if someone.requested is None:
            return


def _filled(form: Form) -> dict[str, Any]:
    values = {
        "uren": [20, 20], "aantal_plekken": 1, "contract_maanden": 12, "soort_werk": "groen", "nodig_op_werk": None,
        "werkplek_nummer": None, "wijziging": {"uren": [20, 20]},
        "taken": [{"task": "dozen vouwen", "work_kind": "inpak_assemblage"}, {"task": "vegen", "work_kind": None}],
    }  # fmt: skip
    return {each.slot: values.get(each.slot, "Anna") for each in form.fields}


@pytest.mark.parametrize("name", FORMS)
def test_every_question_has_its_words_its_reason_and_its_other_words(name: str, book: AnswerBook) -> None:
    form, missing = FORMS[name], []
    for each in form.fields:
        wanted = [f"veld/{each.slot}"]
        if each.asked:
            wanted += [f"vraag/{each.slot}/anders", f"waarom/{each.slot}", f"fout/{each.slot}"]
            wanted += [] if each.optional else [f"nodig/{each.slot}"]
            if not (book.find(f"vraag/{name}/{each.slot}", None) or book.find(f"vraag/{each.slot}", None)):
                missing.append(f"vraag/{each.slot}")
        missing += [key for key in wanted if not book.find(key, None)]
    if form.consent and not book.find(f"vraag/{name}/{CONSENT}", None):
        missing.append(f"vraag/{name}/{CONSENT}")
    assert missing == []


@pytest.mark.parametrize("name", FORMS)
def test_rasa_knows_every_slot_in_the_same_order(name: str) -> None:
    domain = yaml.safe_load((ROOT / "domain/dialoog.yml").read_text(encoding="utf-8"))
    form = FORMS[name]
    assert set(form.slots) <= set(domain["slots"])
    wanted = domain["forms"][f"{name}_form"]["required_slots"]
    assert [slot for slot in form.slots if slot in wanted] == [slot for slot in wanted if slot in form.slots]
    assert set(form.questions) <= set(wanted)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_that_is_filled_in_has_an_action_of_its_own(name: str) -> None:
    assert {f"action_{name}", f"validate_{name}_form"} <= {action().name() for action in ACTIONS}


@pytest.mark.parametrize("name", FORMS)
def test_every_question_can_be_worded(name: str, book: AnswerBook) -> None:
    form = FORMS[name]
    for each in (field for field in form.fields if field.asked):
        someone = Talk(form, values=_filled(form) | {each.slot: None}, requested=each.slot)
        for said in (
            "waarom?",
            "terug",
            "overslaan",
            "xyzzy 0000 plugh 1 2 3 4 5 6 7 8 9 10 11",
            "xyzzy 0000 plugh 1 2 3 4 5 6 7 8 9 10 11",
        ):
            someone.say(said, "gegevens_geven")
            assert_can_be_said(someone.last.parts, book)
            someone.requested = each.slot


def test_the_read_back_of_every_municipality_says_who_gets_the_data(book: AnswerBook) -> None:
    anna = talk("aanmelden_werkzoekende", "Anna", "0612345678", "Steenwijk", "overslaan", "20")
    for municipality in book.municipalities:
        assert_can_be_said(anna.last.parts, book, municipality)
