"""What happens in one turn of a form, in the order of what goes first. Pure: no Rasa, no database."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from actions.forms.step import CONSENT, SKIPPED, Field, Form, State, Step
from actions.message import CONTROL, FLOWS, Message
from actions.reply import part, with_buttons

SURE = 0.5
"""From this probability an intent about the talk itself is obeyed in the middle of a form."""

_BACK = re.compile(r"^\W*(ga |een )?(stap(je)? )?(terug|vorige( vraag)?)( graag)?\W*$", re.IGNORECASE)
_WHY = re.compile(
    r"^\W*(maar )?(waarom|waarvoor|hoezo)\b.{0,40}$|"
    r"waarom (wil|moet|vraag|heb)\w*\b.{0,30}\b(weten|nodig|geven|vraagt|dat|je|u)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"^\W*(stop(pen)?( maar)?|laat maar|ik wil stoppen|annuleren?|ophouden|kappen)\W*$", re.IGNORECASE)
_SKIP = re.compile(r"^\W*(sla( maar)? over|overslaan|liever niet|zeg ik (liever )?niet|volgende)\W*$", re.IGNORECASE)
_GO_ON = re.compile(r"^\W*(ga |gaan we |we gaan )?(verder|doorgaan|ga door)\W*$", re.IGNORECASE)
_CHANGE = re.compile(r"^\W*(?:verander|wijzig|andere?)\s+(?P<field>[a-z_ ]+?)\W*$", re.IGNORECASE)
_YES = re.compile(
    r"^\W*(ja|jazeker|klopt|akkoord|oke|oké|ok|goed|prima|yes|is goed|dat klopt|jep|jup|joa|jawel)\b", re.IGNORECASE
)
_NO = re.compile(r"^\W*(nee|neen|nope|niet|neuh|klopt niet|dat klopt niet)\b", re.IGNORECASE)


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
    """Take what the first sentence gives away and ask the first question."""
    changes = _volunteered(form, message, asked=None)
    step = _ask_next(form, state, changes)
    key = "verder" if state.values.get(form.fields[0].slot) else "begin"
    return step.saying(part(f"formulier/{key}/{form.name}", f"formulier/{key}"))


def _danger(form: Form, message: Message, state: State) -> Step | None:
    """Danger goes before everything: the fixed text, and the form waits without asking on."""
    if not message.is_danger:
        return None
    return Step(parts=(part(message.intent), part("formulier/wacht")), requested=None)


def _stop(form: Form, message: Message, state: State) -> Step | None:
    if not (_STOP.search(message.text) or (message.intent == "stoppen" and message.confidence >= SURE)):
        return None
    return Step(parts=(part(f"formulier/gestopt/{form.name}", "formulier/gestopt"),), changes=dict.fromkeys(form.slots))


def _start_again(form: Form, message: Message, state: State) -> Step | None:
    if message.intent != "opnieuw_beginnen" or message.confidence < SURE:
        return None
    changes = dict.fromkeys(form.slots)
    return _ask_next(form, state, changes).saying(part("formulier/opnieuw"))


def _go_on(form: Form, message: Message, state: State) -> Step | None:
    """Ask the same question again for who says 'verder'."""
    return _ask(form, state, state.requested, {}) if _GO_ON.search(message.text) else None


def _back(form: Form, message: Message, state: State) -> Step | None:
    """Ask the question before this one again."""
    if not _BACK.search(message.text):
        return None
    order = form.slots
    position = order.index(state.requested) if state.requested in order else 0
    answered = [slot for slot in order[:position] if state.values.get(slot)]
    if not answered:
        return _ask(form, state, state.requested, {}).saying(part("formulier/eerste_vraag"))
    return _ask(form, state, answered[-1], {answered[-1]: None})


def _why(form: Form, message: Message, state: State) -> Step | None:
    if not _WHY.search(message.text) or len(message.text) > 70:
        return None
    return _ask(form, state, state.requested, {}).saying(part(f"waarom/{state.requested}", "waarom/algemeen"))


def _consent(form: Form, message: Message, state: State) -> Step | None:
    """Yes sends the form; no asks what should change."""
    if state.requested != CONSENT:
        return None
    if change := _CHANGE.search(message.text):
        slot = _slot_named(form, change["field"])
        if slot:
            return _ask(form, state, slot, {slot: None})
    changes = _volunteered(form, message, asked=None)
    if changes:
        return _ask_next(form, state, changes).saying(part("formulier/aangepast"))
    if _NO.search(message.text) or message.intent in ("ontkennen", "corrigeren"):
        return _what_to_change(form, state)
    if _YES.search(message.text) or (message.intent == "bevestigen" and message.confidence >= SURE):
        return Step(changes={CONSENT: "ja"}, requested=None)
    return None


def _what_to_change(form: Form, state: State) -> Step:
    buttons = [(f"veld/{each.slot}", f"verander {each.slot}") for each in form.fields if state.values.get(each.slot)]
    asked = with_buttons(
        part(f"formulier/wat_anders/{form.name}", "formulier/wat_anders"), *buttons, ("veld/stoppen", "stop")
    )
    return Step(parts=(asked,), requested=CONSENT, remarked=state.remarked)


def _value(form: Form, message: Message, state: State) -> Step | None:
    """Take the value that was asked for, and everything else that was said along with it."""
    asked = form.field(state.requested)
    if asked is None or _is_aside(message, asked):
        return None
    changes = _volunteered(form, message, asked=asked.slot)
    if not changes:
        return None
    return _ask_next(form, state, changes)


def _skip(form: Form, message: Message, state: State) -> Step | None:
    asked = form.field(state.requested)
    unsure = message.intent == "weet_niet" and message.confidence >= SURE
    if asked is None or not (unsure or _SKIP.search(message.text)):
        return None
    if asked.optional:
        return _ask_next(form, state, {asked.slot: SKIPPED})
    return _ask(form, state, asked.slot, {}).saying(part(f"nodig/{asked.slot}", "nodig/algemeen"))


def _aside(form: Form, message: Message, state: State) -> Step | None:
    """Answer a question in between and come back with one line of where we were."""
    if message.confidence < 0.3:
        return None
    again = _ask(form, state, state.requested, {})
    if message.is_question or message.intent in CONTROL - {"bevestigen", "ontkennen", "weet_niet", "corrigeren"}:
        return again.saying(part(f"formulier/tussendoor/{message.intent}", message.intent), part("formulier/terug"))
    if message.intent in FLOWS and message.confidence >= SURE and message.intent != form.name:
        offer = with_buttons(part("formulier/eerst_afmaken"), ("veld/verder", "verder"), ("veld/stoppen", "stop"))
        return Step(parts=(offer,), requested=state.requested, remarked=state.remarked)
    return None


def _missed(form: Form, state: State) -> Step:
    """Explain the question differently the second time, and offer a person the third time; nothing is lost."""
    misses = state.misses + 1
    if misses >= 3:
        return Step((part("formulier/mens"),), requested=state.requested, misses=0, remarked=state.remarked)
    asked = _ask(form, state, state.requested, {}, misses=misses)
    return asked.saying(part(f"fout/{state.requested}", "fout/veld"))


_ORDER: tuple[Callable[[Form, Message, State], Step | None], ...] = (
    _danger, _stop, _start_again, _go_on, _back, _why, _consent, _value, _skip, _aside,
)  # fmt: skip


def _volunteered(form: Form, message: Message, asked: str | None) -> dict[str, Any]:
    """Return every field that this message fills in: the one asked for from bare words, the others from entities."""
    if message.is_danger:
        return {}
    read = {each.slot: each.read(message, each.slot == asked) for each in form.fields}
    return {slot: value for slot, value in read.items() if value is not None}


def _is_aside(message: Message, asked: Field) -> bool:
    """Whether a message is clearly a question or a remark on the talk, so that its words are not taken as a value."""
    if message.text.rstrip().endswith("?") and message.is_question:
        return True
    talk = message.is_question or message.intent in CONTROL - {"bevestigen", "ontkennen", "weet_niet", "corrigeren"}
    return talk and message.confidence >= 0.6 and asked.read(message, False) is None


def _ask_next(form: Form, state: State, changes: dict[str, Any]) -> Step:
    """Ask the first question that has no value yet; after the last one, read everything back."""
    values = state.values | changes
    open_slots = [slot for slot in form.slots if not values.get(slot)]
    if not open_slots:
        return Step(changes=changes)
    remarks = [remark for remark in form.remarks(values, state.municipality) if remark["keys"][0] not in state.remarked]
    step = _ask(form, state, open_slots[0], changes, said=tuple(remark["keys"][0] for remark in remarks))
    return step.saying(*remarks)


def _ask(
    form: Form, state: State, slot: str | None, changes: dict[str, Any], *, misses: int = 0, said: tuple[str, ...] = ()
) -> Step:
    """Ask for one slot, in other words after a miss; asking for consent reads everything back first."""
    if slot is None:
        return Step(changes=changes, remarked=state.remarked)
    keys = [f"vraag/{slot}/anders"] if misses else []
    keys += [f"vraag/{form.name}/{slot}", f"vraag/{slot}"]
    values = _read_back(form, state.values | changes) if slot == CONSENT else {}
    return Step((part(*keys, **values),), changes, slot, misses, (*state.remarked, *said))


def _read_back(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """Return every value of the form in the words of a read-back."""
    shown = {}
    for each in form.fields:
        value = values.get(each.slot)
        shown[each.slot] = {"key": "veld/overgeslagen", "else": ""} if value in (None, SKIPPED) else each.shown(value)
    return shown


def _slot_named(form: Form, name: str) -> str | None:
    name = name.strip().lower().replace(" ", "_")
    return next((each.slot for each in form.fields if name in (each.slot, each.slot.split("_")[0])), None)
