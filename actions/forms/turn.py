"""What happens in one turn of a form, in the order of what goes first. Pure: no Rasa, no database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from actions.forms import phrases
from actions.forms.asking import ask, ask_next, recap, volunteered
from actions.forms.step import CONSENT, SKIPPED, Field, Form, State, Step
from actions.message import CONTROL, EASIER, FLOWS, ORDINARY, Message
from actions.reply import part, with_buttons

SURE = 0.5
"""From this probability an intent about the talk itself is obeyed in the middle of a form."""
ASIDE_WORDS = 4
"""A question about something else altogether has at least so many words; less is an answer we did not understand."""
OWN_WORDS = ("bedrijf",)
"""Fields in which a few words are the value, whatever question they look like: 'Zagerij Smit'."""
POINTED = ("werkplek_nummer",)
"""What somebody points at now goes before what they looked at earlier."""
ANSWERS = {"bevestigen", "ontkennen", "weet_niet", "corrigeren"}
"""Intents about the talk that can be an answer to a question of a form."""


def take_turn(form: Form, message: Message, state: State) -> Step:
    """Return what this message does to the form."""
    if state.requested is None:
        return _begin(form, message, state)
    for handle in _ORDER:
        step = handle(form, message, state)
        if step is not None:
            return step
    return _missed(form, state)


def _begin(form: Form, message: Message, state: State) -> Step:
    """Take what the first sentence and an earlier search give away, and ask the first question."""
    said = volunteered(form, message, asked=None)
    new = {slot: value for slot, value in state.prefill.items() if value != state.values.get(slot) and slot not in said}
    kept = {slot: value for slot, value in new.items() if slot in POINTED or not state.values.get(slot)}
    changes = kept | said
    step = ask_next(form, state, changes)
    known = [each.in_a_row(kept[each.slot]) for each in form.fields if each.slot in kept]
    taken = (part("formulier/overgenomen", bekend=known),) if known else ()
    if state.values.get(form.fields[0].slot):
        return step.saying(part("formulier/verder"), *taken)
    return step.saying(part(f"formulier/begin/{form.name}", "formulier/begin"), *taken)


def _danger(form: Form, message: Message, state: State) -> Step | None:
    """Danger goes before everything: the fixed text, and the form waits without asking on."""
    if not message.is_danger:
        return None
    return Step(parts=(part(message.intent), part("formulier/wacht")), requested=None)


def _stop(form: Form, message: Message, state: State) -> Step | None:
    if not (phrases.STOP.search(message.text) or (message.intent == "stoppen" and message.confidence >= SURE)):
        return None
    return Step(parts=(part(f"formulier/gestopt/{form.name}", "formulier/gestopt"),), changes=dict.fromkeys(form.slots))


def _pause(form: Form, message: Message, state: State) -> Step | None:
    """Ask whether the values may be kept for later; after a yes they wait under a code."""
    if state.pausing and phrases.YES.search(message.text):
        return Step(pause=True)
    if state.pausing and phrases.NO.search(message.text):
        return ask(form, state, state.requested, {}).saying(part("formulier/niet_bewaard"))
    if not phrases.PAUSE.search(message.text):
        return None
    if not any(state.values.get(each.slot) for each in form.fields):
        return Step(parts=(part("formulier/pauze_leeg"),))
    return Step((part("formulier/pauze_vraag"),), {}, state.requested, pausing=True, remarked=state.remarked)


def _start_again(form: Form, message: Message, state: State) -> Step | None:
    if message.intent != "opnieuw_beginnen" or message.confidence < SURE:
        return None
    cleared = State({}, state.requested, municipality=state.municipality)
    return ask_next(form, cleared, dict.fromkeys(form.slots)).saying(part("formulier/opnieuw"))


def _go_on(form: Form, message: Message, state: State) -> Step | None:
    """Ask the same question again for who says 'verder' or 'nog een keer'."""
    again = message.intent == "herhalen" and message.confidence >= SURE and not phrases.YES.search(message.text)
    return ask(form, state, state.requested, {}) if again or phrases.GO_ON.search(message.text) else None


def _huh(form: Form, message: Message, state: State) -> Step | None:
    """Ask in other words for who does not understand the question; after that in the way of a miss."""
    if not phrases.HUH.search(message.text):
        return None
    return _missed(form, state) if state.misses else ask(form, state, state.requested, {}, misses=1)


def _back(form: Form, message: Message, state: State) -> Step | None:
    """Ask the question before this one again."""
    if not phrases.BACK.search(message.text):
        return None
    order = form.questions
    position = order.index(state.requested) if state.requested in order else 0
    answered = [slot for slot in order[:position] if state.values.get(slot)]
    if not answered:
        return ask(form, state, state.requested, {}).saying(part("formulier/eerste_vraag"))
    return ask(form, state, answered[-1], {answered[-1]: None})


def _why(form: Form, message: Message, state: State) -> Step | None:
    if not phrases.WHY.search(message.text) or len(message.text) > 70:
        return None
    return ask(form, state, state.requested, {}).saying(part(f"waarom/{state.requested}", "waarom/algemeen"))


def _remove(form: Form, message: Message, state: State) -> Step | None:
    """Take a field out: what we can do without stays empty, what we need is asked for anew."""
    found = phrases.REMOVE.search(message.text)
    slot = phrases.slot_named(found["a"] or found["b"] or "", form.slots) if found else None
    wanted = form.field(slot)
    if wanted is None or slot is None:
        return None
    name = state.values.get("naam")
    if slot == "naam" and isinstance(name, str) and phrases.SURNAME.search(message.text):
        return ask_next(form, state, {"naam": name.split()[0]}).saying(part("formulier/weggehaald"))
    if wanted.optional or not wanted.asked:
        return ask_next(form, state, {slot: SKIPPED}).saying(part("formulier/weggehaald"))
    return ask(form, state, slot, {slot: None}).saying(
        part("formulier/weggehaald"), part(f"nodig/{slot}", "nodig/algemeen")
    )


def _change(form: Form, message: Message, state: State) -> Step | None:
    """Ask again for a field that somebody wants to change without saying into what."""
    found = phrases.CHANGE.search(message.text)
    slot = phrases.slot_named(found["a"] or found["b"] or "", form.questions) if found else None
    if slot is None or slot == CONSENT or volunteered(form, message, asked=None):
        return None
    return ask(form, state, slot, {slot: None})


def _consent(form: Form, message: Message, state: State) -> Step | None:
    """Yes sends the form; no asks what should change; a value changes it at once."""
    if state.requested != CONSENT or _is_talk(message):
        return None
    said = volunteered(form, message, asked=None) | _left_open(form, message, state)
    changes = {slot: value for slot, value in said.items() if value != state.values.get(slot)}
    if changes:
        return ask_next(form, state, changes).saying(part("formulier/aangepast"))
    if phrases.NO.search(message.text) or message.intent in ("ontkennen", "corrigeren"):
        return _what_to_change(form, state)
    if phrases.HALF_YES.search(message.text):
        return None
    if phrases.YES.search(message.text) or (message.intent == "bevestigen" and message.confidence >= SURE):
        return ask(form, state, CONSENT, {}) if state.changing else Step(changes={CONSENT: "ja"}, requested=None)
    return None


def _left_open(form: Form, message: Message, state: State) -> dict[str, Any]:
    """Read '24' at the read-back as the hours that were skipped a moment ago: 'niet ingevuld' asks for it."""
    hours = form.field("uren")
    if hours is None or state.values.get("uren") != SKIPPED or not phrases.BARE_NUMBER.search(message.text):
        return {}
    value = hours.read(message, True)
    return {"uren": value} if value else {}


def _what_to_change(form: Form, state: State) -> Step:
    known = [each for each in form.fields if state.values.get(each.slot) not in (None, SKIPPED)]
    buttons = [(f"veld/{each.slot}", f"verander {each.slot}" if each.asked else "haal plek weg") for each in known]
    asked = with_buttons(
        part(f"formulier/wat_anders/{form.name}", "formulier/wat_anders"), *buttons, ("veld/stoppen", "stop")
    )
    return Step(parts=(asked,), requested=CONSENT, remarked=state.remarked, changing=True)


def _value(form: Form, message: Message, state: State) -> Step | None:
    """Take the value that was asked for, and everything else that was said along with it."""
    asked = form.field(state.requested)
    if asked is None or _is_aside(form, message, asked):
        return None
    changes = volunteered(form, message, asked=asked.slot)
    if not changes:
        return None
    corrected = any(state.values.get(slot) not in (None, value) for slot, value in changes.items())
    step = ask_next(form, state, changes)
    return step.saying(part("formulier/aangepast")) if corrected else step


def _skip(form: Form, message: Message, state: State) -> Step | None:
    asked = form.field(state.requested)
    unsure = message.intent == "weet_niet" and message.confidence >= SURE
    if asked is None or not (unsure or phrases.SKIP.search(message.text)):
        return None
    if asked.optional:
        return ask_next(form, state, {asked.slot: SKIPPED})
    return ask(form, state, asked.slot, {}).saying(part(f"nodig/{asked.slot}", "nodig/algemeen"))


def _ordinary(form: Form, message: Message, state: State) -> Step | None:
    """Use ordinary words again, and ask the same question in them."""
    if message.intent != ORDINARY:
        return None
    again = ask(form, state, state.requested, {}).saying(part(ORDINARY), recap(form, state.values))
    return replace(again, level="b1")


def _aside(form: Form, message: Message, state: State) -> Step | None:
    """Answer a question in between and come back with one line of where we were."""
    if message.confidence < 0.3:
        return None
    again = replace(ask(form, state, state.requested, {}), level="a2" if message.intent in EASIER else None)
    remark = message.intent in CONTROL - ANSWERS - {"herhalen"}  # 'nog een keer' was obeyed in _go_on, or is a miss
    elsewhere = message.intent.startswith("buiten_bereik") and len(message.text.split()) >= ASIDE_WORDS
    if message.is_question or remark or elsewhere:
        answered = part(f"formulier/tussendoor/{message.intent}", message.intent)
        return again.saying(answered, recap(form, state.values))
    if message.intent in FLOWS and message.confidence >= SURE and message.intent != form.name:
        offer = with_buttons(part("formulier/eerst_afmaken"), ("veld/verder", "verder"), ("veld/stoppen", "stop"))
        return Step(parts=(offer,), requested=state.requested, remarked=state.remarked)
    return None


def _missed(form: Form, state: State) -> Step:
    """Say it in other words, then say what it is for, and offer a person the third time; nothing is lost."""
    misses = state.misses + 1
    if misses >= 3:
        return Step((part("formulier/mens"),), requested=state.requested, misses=0, remarked=state.remarked)
    step = ask(form, state, state.requested, {}, misses=misses if misses == 1 else 0)
    if misses == 1:
        return step.saying(part(f"fout/{state.requested}", "fout/veld"))
    why = part(f"waarom/{state.requested}", "waarom/algemeen")
    again = Step(step.parts, {}, state.requested, misses, state.remarked)
    return again.saying(part("fout/nog_een_keer"), why)


_ORDER: tuple[Callable[[Form, Message, State], Step | None], ...] = (
    _danger, _ordinary, _pause, _huh, _go_on, _back, _why, _stop, _start_again, _remove, _change, _consent, _value,
    _skip, _aside,
)  # fmt: skip


def _is_talk(message: Message) -> bool:
    """Whether a message at the read-back is a question or a remark on the talk rather than an answer to it."""
    talk = message.is_question or message.intent in CONTROL - ANSWERS
    return talk and message.confidence >= 0.6 and not phrases.YES.search(message.text)


def _is_aside(form: Form, message: Message, asked: Field) -> bool:
    """Whether a message is clearly a question or a remark on the talk, so that its words are not taken as a value."""
    if message.text.rstrip().endswith("?") and message.is_question:
        return True
    other_flow = message.intent in FLOWS and message.intent != form.name and message.confidence >= 0.6
    if other_flow and phrases.SHOP_QUESTION.search(message.text):
        return True
    return _unlike_an_answer(message, asked)


def _unlike_an_answer(message: Message, asked: Field) -> bool:
    button = message.text.startswith("/")
    bare = len(message.text.split()) < ASIDE_WORDS and not button and not phrases.SHOP_QUESTION.search(message.text)
    if asked.slot in OWN_WORDS and bare and message.intent not in CONTROL:
        return False
    talk = message.is_question or message.intent in CONTROL - ANSWERS
    value: Any = asked.read(message, False)
    return talk and message.confidence >= 0.6 and value is None
