"""The pages of the privacy officer: terms, holds, reports; one person shown, corrected, erased."""

from __future__ import annotations

import json

from assistant.placement.models import Registration
from tests.unit.console.conftest import Console
from tests.unit.console.objects_answers import make_person

ROLE = "privacyfunctionaris"


def test_the_terms_and_what_would_go_are_shown(console: Console) -> None:
    text = console.login(ROLE).get("/bewaren").text
    assert "90 dagen vanaf het begin van het gesprek" in text
    assert "Er is nog niets verwijderd" in text


def test_deleting_makes_a_signed_report(console: Console) -> None:
    client = console.login(ROLE)
    assert client.submit("/bewaren/verwijderen").status_code == 303
    text = client.get("/bewaren").text
    assert "Verslag 1" in text
    assert "klopt" in text


def test_a_hold_needs_a_reason_and_can_be_released(console: Console) -> None:
    number, client = make_person(console, "almere"), console.login(ROLE)
    until = console.now().date().replace(year=console.now().year + 1).isoformat()
    wanted = {"soort": "aanmelding", "nummer": number, "tot": until}
    assert client.submit("/bewaren/vasthouden", wanted, reden="").status_code == 422
    assert client.submit("/bewaren/vasthouden", wanted, reden="bezwaar").status_code == 303
    assert "bezwaar" in client.get("/bewaren").text
    assert client.submit(f"/personen/{number}/wissen", zeker=number).status_code == 409
    assert client.submit("/bewaren/vrijgeven/1").status_code == 303
    assert client.submit(f"/personen/{number}/wissen", zeker=number).status_code == 303


def test_everything_of_a_person_is_shown_and_can_be_taken_along(console: Console) -> None:
    number, client = make_person(console, "almere"), console.login(ROLE)
    assert client.get(f"/personen?nummer={number.lower()}").headers["location"] == f"/personen/{number}"
    assert "Zebrina" in client.get(f"/personen/{number}").text
    taken = client.get(f"/personen/{number}/gegevens.json")
    assert "attachment" in taken.headers["content-disposition"]
    assert json.loads(taken.text)["aanmeldingen"][0]["name"] == "Zebrina"
    log = client.get("/logboek").text
    assert "persoon.ingezien" in log
    assert "persoon.meegegeven" in log


def test_correcting_and_erasing(console: Console) -> None:
    number, client = make_person(console, "almere"), console.login(ROLE)
    fields = {"name": "Zebrina Vos", "phone": "0612345678", "email": "", "place": ""}
    assert client.submit(f"/personen/{number}/verbeteren", fields | {"phone": "x"}).status_code == 422
    assert client.submit(f"/personen/{number}/verbeteren", fields).status_code == 303
    assert "Zebrina Vos" in client.get(f"/personen/{number}").text
    assert client.submit(f"/personen/{number}/wissen", zeker="AW-2026-99999").status_code == 422
    assert client.submit(f"/personen/{number}/wissen", zeker=number).status_code == 303
    assert client.get(f"/personen/{number}").status_code == 404
    with console.database.session(write=False) as session:
        assert session.query(Registration).count() == 0


def test_others_do_not_come_here(console: Console) -> None:
    number = make_person(console, "almere")
    for role in ("beheerder", "reviewer", "redacteur", "accountmanager", "analist"):
        assert console.login(role).get(f"/personen/{number}").status_code == 403
        assert console.login(role).submit("/bewaren/verwijderen").status_code == 403
