"""See, withdraw or erase an own registration: by its number and the phone number or e-mail address given with it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.desk import desk
from actions.forms.readers import read_contact, read_registration_number, shown_hours
from actions.forms.step import Field, Form
from actions.forms.validate import FormTurn
from actions.reply import Part, part, say, with_buttons, word_for
from assistant.placement import RegistrationClosed, RegistrationNotFound, RegistrationView, find, withdraw

FIELDS = (Field("registratienummer", read_registration_number), Field("contact", read_contact))
MIJN = Form("mijn_aanmelding", FIELDS, consent=False)
INTREKKEN = Form("aanmelding_intrekken", FIELDS)
WISSEN = Form("gegevens_verwijderen", FIELDS)
GUESS = "aanmelding"
SLOWER_SECONDS, SLOWEST_SECONDS = 0.3, 2.0
"""Every wrong guess makes the next answer this much later."""


class ValidateMijnAanmelding(FormTurn):
    """One turn of the form."""

    form = MIJN


class ValidateAanmeldingIntrekken(FormTurn):
    """One turn of the form."""

    form = INTREKKEN


class ValidateGegevensVerwijderen(FormTurn):
    """One turn of the form."""

    form = WISSEN


class WithRegistration(Action, ABC):
    """Does one thing with a registration that the person can name and prove to be theirs."""

    form: ClassVar[Form]

    def name(self) -> str:
        return f"action_{self.form.name}"

    @abstractmethod
    def deal(self, session: Session, values: dict[str, Any], talk: str) -> list[Part]:
        """Do it in the conversation `talk` and return what to say."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Act when the form was filled in to the end; a wrong number and a wrong contact sound the same."""
        values = {slot: tracker.get_slot(slot) for slot in self.form.slots}
        if not all(values.values()):
            return []
        say(dispatcher, await self._guarded(tracker.sender_id, values))
        return [SlotSet(slot, None) for slot in self.form.slots]

    async def _guarded(self, conversation: str, values: dict[str, Any]) -> list[Part]:
        number, now, guesses = values["registratienummer"], desk().now(), desk().guesses
        if guesses.too_many(GUESS, conversation, number, now):
            return [part("mijn_aanmelding/te_vaak")]
        try:
            with desk().database.session() as session:
                return self.deal(session, values, conversation)
        except RegistrationClosed:
            return [part("mijn_aanmelding/afgesloten")]
        except RegistrationNotFound:
            wrong = guesses.wrong(GUESS, conversation, number, now)
        await asyncio.sleep(min(SLOWEST_SECONDS, SLOWER_SECONDS * wrong))
        return [part("mijn_aanmelding/niet_gevonden")]


class MijnAanmelding(WithRegistration):
    """Tells how it stands, what comes next and who does it, and everything that is kept."""

    form = MIJN

    def deal(self, session: Session, values: dict[str, Any], talk: str) -> list[Part]:
        """Return the state in plain words, and what is kept of the person."""
        found = find(session, values["registratienummer"], values["contact"])
        day = found.next_action_by
        stand = part(
            f"mijn_aanmelding/{found.state}",
            "mijn_aanmelding/stand",
            nummer=found.number,
            naam=found.name,
            stand=word_for("stand", found.state),
            werk=word_for("soort_werk", found.work_kind),
            voor={"date": day.isoformat()} if day else "",
        )
        return [stand, _kept(found, values["contact"])]


def _kept(found: RegistrationView, contact: str) -> Part:
    """Return what is kept of somebody; of the contact only the end, since others may read along."""
    none = {"key": "veld/overgeslagen", "else": ""}
    said = part(
        "mijn_aanmelding/gegevens",
        naam=found.name,
        einde=contact if "@" in contact else f"… {contact[-3:]}",
        woonplaats=found.place or none,
        werk=word_for("soort_werk", found.work_kind) if found.work_kind else none,
        uren=shown_hours(found.hours) if found.hours else none,
        plek=found.opening_title or none,
        sinds={"date": found.created_at.date().isoformat()},
    )
    choices = ("aanmelding_wijzigen", "aanmelding_intrekken", "gegevens_verwijderen")
    return with_buttons(said, *((choice, f"/{choice}") for choice in choices))


class AanmeldingIntrekken(WithRegistration):
    """Takes a registration off the list."""

    form = INTREKKEN

    def deal(self, session: Session, values: dict[str, Any], talk: str) -> list[Part]:
        """Withdraw it."""
        ended = withdraw(session, values["registratienummer"], values["contact"], now=desk().now())
        return [part("aanmelding_intrekken/gelukt", nummer=ended.number)]


class GegevensVerwijderen(WithRegistration):
    """Erases a registration with everything in it."""

    form = WISSEN

    def deal(self, session: Session, values: dict[str, Any], talk: str) -> list[Part]:
        """Erase it, and everything else that is kept of this person."""
        found = find(session, values["registratienummer"], values["contact"])
        desk().eraser.erase(session, found.number, found.municipality, desk().now(), talk)
        return [part("gegevens_verwijderen/gelukt", nummer=values["registratienummer"])]
