"""What was said before a form began: the search, and the opening that was chosen from its list."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.forms.step import Form
from actions.message import Message
from actions.zoekvraag import SLOT, Wanted, number_meant

INTEREST = "aanmelden_werkzoekende"


def known_before(form: Form, tracker: Tracker, message: Message) -> dict[str, Any]:
    """Return values for the fields of this form from the last search; only a jobseeker's interest has any."""
    if form.name != INTEREST:
        return {}
    wanted = Wanted.of(tracker.get_slot(SLOT))
    chosen = number_meant(message, wanted, tracker.get_slot("werkplek_nummer"))
    known = {
        "soort_werk": wanted.work_kind,
        "uren": list(wanted.hours) if wanted.hours else None,
        "nodig_op_werk": list(wanted.needs) or None,
        "werkplek_nummer": chosen if _is_chosen(tracker, message, wanted) else None,
    }
    return {slot: value for slot, value in known.items() if value}


def _is_chosen(tracker: Tracker, message: Message, wanted: Wanted) -> bool:
    """Whether one opening was asked about or pointed at; that one was shown in a list is not enough."""
    return bool(tracker.get_slot("werkplek_nummer") or number_meant(message, wanted, None, sole=False))
