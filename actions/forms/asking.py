"""Asking: which question comes next, in which words, and everything read back before it is kept."""

from __future__ import annotations

from typing import Any

from actions.forms.step import CONSENT, SKIPPED, Form, State, Step
from actions.message import Message
from actions.reply import Part, part, with_buttons


def volunteered(form: Form, message: Message, asked: str | None) -> dict[str, Any]:
    """Return every field that this message fills in: the one asked for from bare words, the others from entities."""
    if message.is_danger:
        return {}
    wanted = form.field(asked)
    fields = (wanted,) if wanted and wanted.alone else tuple(each for each in form.fields if not each.alone)
    read = {each.slot: each.read(message, each.slot == asked) for each in fields}
    given = read.get(asked or "")
    said = {
        slot: value for slot, value in read.items() if value is not None and (slot == asked or not _same(value, given))
    }
    return form.follows(said) | said


def _same(value: Any, given: Any) -> bool:
    """Whether a value is the very words that answer the question: then they are not a second field as well."""
    return isinstance(value, str) and isinstance(given, str) and value.lower() == given.lower()


def ask_next(form: Form, state: State, changes: dict[str, Any]) -> Step:
    """Ask the first question that has no value yet; after the last one, read everything back."""
    values = state.values | changes
    open_slots = [slot for slot in form.questions if not values.get(slot)]
    if not open_slots:
        return Step(changes=changes)
    remarks = [remark for remark in form.remarks(values, state.municipality) if remark["keys"][0] not in state.remarked]
    step = ask(form, state, open_slots[0], changes, said=tuple(remark["keys"][0] for remark in remarks))
    return step.saying(*remarks)


def ask(
    form: Form, state: State, slot: str | None, changes: dict[str, Any], *, misses: int = 0, said: tuple[str, ...] = ()
) -> Step:
    """Ask for one slot, in other words after a miss; asking for consent reads everything back first."""
    if slot is None:
        return Step(changes=changes, remarked=state.remarked)
    keys = [f"vraag/{slot}/anders"] if misses else []
    keys += [f"vraag/{form.name}/{slot}", f"vraag/{slot}"]
    values = read_back(form, state.values | changes) if slot == CONSENT else {}
    asked = part(*keys, **values)
    if misses and slot != CONSENT:
        asked = with_buttons(asked, ("mens_spreken", "/mens_spreken"), ("veld/stoppen", "stop"))
    return Step((asked,), changes, slot, misses, (*state.remarked, *said))


def read_back(form: Form, values: dict[str, Any]) -> dict[str, Any]:
    """Return every value of the form in the words of a read-back; what was never asked for becomes lines of `extra`."""
    shown: dict[str, Any] = {}
    lines = []
    for each in form.fields:
        value = values.get(each.slot)
        empty = value in (None, SKIPPED)
        shown[each.slot] = {"key": "veld/overgeslagen", "else": ""} if empty else each.shown(value)
        if not each.asked and not empty:
            lines.append([f"label/{each.slot}", shown[each.slot]])
    return shown | {"extra": {"lines": lines}}


def recap(form: Form, values: dict[str, Any]) -> Part:
    """Return the one line that says where we were: what is known so far."""
    known = [each.in_a_row(values[each.slot]) for each in form.fields if values.get(each.slot) not in (None, SKIPPED)]
    return part("formulier/terug", bekend=known) if known else part("formulier/terug_begin")
