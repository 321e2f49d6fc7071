"""Change an own registration: other work, other hours, another place, another phone number."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from actions.desk import desk
from actions.forms.readers import (
    read_contact,
    read_hours,
    read_place,
    read_registration_number,
    read_work_kind,
    shown_hours,
)
from actions.forms.step import Field, Form
from actions.forms.validate import FormTurn
from actions.message import Message
from actions.mijn_aanmelding import WithRegistration
from actions.reply import Part, part, word_for
from assistant.placement import WishChange, change


def read_change(message: Message, asked: bool) -> dict[str, Any] | None:
    """Return what should become different, by the name of the field; bare words count when they are one value."""
    if not asked:
        return None
    found = {
        "contact": read_contact(message, False),
        "woonplaats": read_place(message, True),
        "soort_werk": read_work_kind(message, True),
        "uren": read_hours(message, False),
    }
    return {name: value for name, value in found.items() if value is not None} or None


def _shown(wanted: dict[str, Any]) -> list[Any]:
    shown = {"soort_werk": lambda code: word_for("soort_werk", code), "uren": shown_hours}
    return [shown.get(name, str)(value) for name, value in wanted.items()]


FORM = Form(
    "aanmelding_wijzigen",
    (
        Field("registratienummer", read_registration_number),
        Field("contact", read_contact),
        Field("wijziging", read_change, shown=_shown, alone=True),
    ),
)


class ValidateAanmeldingWijzigen(FormTurn):
    """One turn of the form."""

    form = FORM


class AanmeldingWijzigen(WithRegistration):
    """Changes the registration once the person said yes."""

    form = FORM

    def deal(self, session: Session, values: dict[str, Any], talk: str) -> list[Part]:
        """Change what was said and nothing else."""
        wanted = values["wijziging"]
        contact, hours = wanted.get("contact") or "", wanted.get("uren")
        done = change(
            session,
            values["registratienummer"],
            values["contact"],
            WishChange(
                phone=contact if contact and "@" not in contact else None,
                email=contact if "@" in contact else None,
                work_kind=wanted.get("soort_werk"),
                place=wanted.get("woonplaats"),
                hours=(hours[0], hours[1]) if hours else None,
            ),
            now=desk().now(),
        )
        return [part("aanmelding_wijzigen/gelukt", nummer=done.number)]
