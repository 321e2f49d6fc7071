"""See, withdraw or erase an own registration: by its number and the phone number or e-mail address given with it."""

from __future__ import annotations

from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy.orm import Session

from actions.desk import desk
from actions.forms.readers import read_contact, read_registration_number
from actions.forms.step import Field, Form
from actions.forms.validate import FormTurn
from actions.reply import Part, part, say, word_for
from assistant.placement import RegistrationClosed, RegistrationNotFound, erase, find, withdraw

FIELDS = (Field("registratienummer", read_registration_number), Field("contact", read_contact))
MIJN = Form("mijn_aanmelding", FIELDS, consent=False)
INTREKKEN = Form("aanmelding_intrekken", FIELDS)
WISSEN = Form("gegevens_verwijderen", FIELDS)


class ValidateMijnAanmelding(FormTurn):
    """One turn of the form."""

    form = MIJN


class ValidateAanmeldingIntrekken(FormTurn):
    """One turn of the form."""

    form = INTREKKEN


class ValidateGegevensVerwijderen(FormTurn):
    """One turn of the form."""

    form = WISSEN


class _WithRegistration(Action):
    """Does one thing with a registration that the person can name and prove to be theirs."""

    form: ClassVar[Form]

    def name(self) -> str:
        return f"action_{self.form.name}"

    def deal(self, session: Session, number: str, contact: str) -> Part:
        """Do it and return what to say."""
        raise NotImplementedError

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Act when the form was filled in to the end; a wrong number and a wrong contact sound the same."""
        values = [tracker.get_slot(slot) for slot in self.form.slots]
        if not all(values):
            return []
        try:
            with desk().database.session() as session:
                said = self.deal(session, values[0], values[1])
        except RegistrationNotFound:
            said = part("mijn_aanmelding/niet_gevonden")
        except RegistrationClosed:
            said = part("mijn_aanmelding/afgesloten")
        say(dispatcher, [said])
        return [SlotSet(slot, None) for slot in self.form.slots]


class MijnAanmelding(_WithRegistration):
    """Tells how it stands, what comes next and who does it."""

    form = MIJN

    def deal(self, session: Session, number: str, contact: str) -> Part:
        """Return the state in plain words."""
        found = find(session, number, contact)
        day = found.next_action_by
        return part(
            f"mijn_aanmelding/{found.state}",
            "mijn_aanmelding/stand",
            nummer=found.number,
            naam=found.name,
            stand=word_for("stand", found.state),
            werk=word_for("soort_werk", found.work_kind),
            voor={"date": day.isoformat()} if day else "",
        )


class AanmeldingIntrekken(_WithRegistration):
    """Takes a registration off the list."""

    form = INTREKKEN

    def deal(self, session: Session, number: str, contact: str) -> Part:
        """Withdraw it."""
        return part("aanmelding_intrekken/gelukt", nummer=withdraw(session, number, contact, now=desk().now()).number)


class GegevensVerwijderen(_WithRegistration):
    """Erases a registration with everything in it."""

    form = WISSEN

    def deal(self, session: Session, number: str, contact: str) -> Part:
        """Erase it."""
        erase(session, number, contact, now=desk().now())
        return part("gegevens_verwijderen/gelukt", nummer=number)
