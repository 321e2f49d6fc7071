"""Every action that Rasa may call, by name. An action that is not in this list does not exist for Rasa."""

from __future__ import annotations

from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from actions.aanmelden_werkgever import AanmeldenWerkgever, ValidateAanmeldenWerkgever
from actions.aanmelden_werkzoekende import AanmeldenWerkzoekende, ValidateAanmeldenWerkzoekende
from actions.aanmelding_wijzigen import AanmeldingWijzigen, ValidateAanmeldingWijzigen
from actions.cijfers import Cijfers
from actions.forms.again import asks_again
from actions.forms.validate import FormTurn
from actions.gesprek import Eenvoudiger, Opnieuw, Vervolg
from actions.hervatten import Hervatten
from actions.mijn_aanmelding import (
    AanmeldingIntrekken,
    GegevensVerwijderen,
    MijnAanmelding,
    ValidateAanmeldingIntrekken,
    ValidateGegevensVerwijderen,
    ValidateMijnAanmelding,
)
from actions.terugbellen import Terugbellen, ValidateTerugbellen
from actions.werkplekken import WerkplekContact, WerkplekDetails, WerkplekZoeken

ACTIONS: tuple[type[Action], ...] = (
    AanmeldenWerkgever,
    AanmeldenWerkzoekende,
    AanmeldingIntrekken,
    AanmeldingWijzigen,
    Cijfers,
    Eenvoudiger,
    GegevensVerwijderen,
    Hervatten,
    MijnAanmelding,
    Opnieuw,
    Terugbellen,
    ValidateAanmeldenWerkgever,
    ValidateAanmeldenWerkzoekende,
    ValidateAanmeldingIntrekken,
    ValidateAanmeldingWijzigen,
    ValidateGegevensVerwijderen,
    ValidateMijnAanmelding,
    ValidateTerugbellen,
    Vervolg,
    WerkplekContact,
    WerkplekDetails,
    WerkplekZoeken,
)


def executor() -> ActionExecutor:
    """Return an executor that knows exactly these actions."""
    made = ActionExecutor()
    for action in ACTIONS:
        made.register_action(action)
    for form in (action.form for action in ACTIONS if issubclass(action, FormTurn) and action.form.consent):
        name = f"action_{form.name}"
        made.actions[name] = asks_again(form, made.actions[name])
    return made
