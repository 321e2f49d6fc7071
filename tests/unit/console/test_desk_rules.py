"""An offer that is not whole is completed, and who stays below a rule signs for it: both are kept and noted."""

from __future__ import annotations

import re
from typing import Any

from assistant.placement.models import Offer, OpeningException
from assistant.staff.audit import all_lines
from tests.unit.console import desk_rows
from tests.unit.console.conftest import Console, StaffClient

WHOLE = {"soort_plek": "banenafspraak", "soort_werk": "catering", "plaats": "Almere", "uren_min": "28"}
OPENING = {
    "titel": "Brood bakken", "taken": "U bakt brood.", "soort_plek": "banenafspraak", "soort_werk": "catering",
    "organisatie": "Voorbeeld-magazijn Almere", "plaats": "Almere", "uren_min": "24", "uren_max": "24",
    "contract_maanden": "6", "plekken": "1",
}  # fmt: skip
WHY = "proef met de gemeente afgesproken"


def bare_offer(console: Console, **said: Any) -> str:
    nothing = {"kind": None, "work_kind": None, "place": None, "hours": None, "contract_months": None, "tasks": None}
    return desk_rows.offer(console.database, console.now(), **{**nothing, **said})


def offer_row(console: Console, number: str) -> Offer:
    with console.database.session(write=False) as session:
        row = session.query(Offer).filter_by(number=number).one()
        session.expunge_all()
        return row


def actions(console: Console) -> list[tuple[str, str | None]]:
    with console.database.session(write=False) as session:
        return [(line.action, line.reason) for line in all_lines(session)]


def manager(console: Console, *roles: str) -> StaffClient:
    return console.login(*(roles or ("accountmanager",)), scope={"almere"}, name="Ruth Bakker")


def organisation_on(client: StaffClient, number: str) -> str:
    """Return the first organisation that the page of an offer has in its list."""
    return re.findall(r'<option value="([\w-]+)">', client.get(f"/aanbod/{number}").text)[0]


def test_the_page_says_what_is_missing_and_asks_only_that(console: Console) -> None:
    number = bare_offer(console, kind="banenafspraak", place="Almere")
    client = manager(console)
    assert f"/aanbod/{number}/aanvullen" in client.get(f"/aanbod/{number}").text
    text = client.get(f"/aanbod/{number}/aanvullen").text
    assert "De werkgever zei nog niet: soort werk, uren" in text
    assert set(re.findall(r'name="(\w+)"', text)) >= {"soort_werk", "uren_min", "contract_maanden", "zonder_einde"}
    assert not {"soort_plek", "plaats"} & set(re.findall(r'name="(\w+)"', text))


def test_a_whole_offer_can_become_an_opening_and_its_rules_are_checked_anew(console: Console) -> None:
    number = bare_offer(console)
    assert offer_row(console, number).state == "voldoet_niet"
    client = manager(console)
    done = client.submit(f"/aanbod/{number}/aanvullen", WHOLE, contract_maanden="12")
    assert done.status_code == 303
    row = offer_row(console, number)
    assert (row.state, row.kind, row.work_kind, row.place, row.hours, row.contract_months) == (
        "nieuw", "banenafspraak", "catering", "Almere", 28, 12,
    )  # fmt: skip
    assert ("aanbod aangevuld", "soort_plek, soort_werk, plaats, uren_min, contract_maanden") in actions(console)
    taken = client.submit(f"/aanbod/{number}/aannemen", organisatie=organisation_on(client, number))
    assert taken.headers["location"].startswith("/werkplekken/W-")


def test_what_the_employer_said_is_not_changed_afterwards(console: Console) -> None:
    number = bare_offer(console, kind="banenafspraak", hours=32)
    manager(console).submit(f"/aanbod/{number}/aanvullen", WHOLE, soort_plek="beschut", uren_min="12")
    row = offer_row(console, number)
    assert (row.kind, row.hours) == ("banenafspraak", 32)


def test_a_wrong_value_is_named_with_the_nearest_and_nothing_is_kept(console: Console) -> None:
    number = bare_offer(console)
    done = manager(console).submit(
        f"/aanbod/{number}/aanvullen", WHOLE, plaats="Almeere", uren_min="60", soort_werk="keterin"
    )
    assert done.status_code == 422
    for words in ("Almere", "De dichtstbijzijnde goede waarde is 40", "catering"):
        assert words in done.text
    assert offer_row(console, number).kind is None
    assert not any(action == "aanbod aangevuld" for action, _ in actions(console))


def test_a_place_of_another_municipality_is_refused(console: Console) -> None:
    number = bare_offer(console)
    done = manager(console).submit(f"/aanbod/{number}/aanvullen", WHOLE, plaats="Steenwijk")
    assert done.status_code == 422
    assert "U mag alleen werkplekken invoeren in: almere" in done.text


def test_a_place_that_is_not_on_the_map_can_be_said_again(console: Console) -> None:
    number = bare_offer(console, **{"place": "achter de kerk van oma"})
    client = manager(console)
    assert "achter de kerk van oma" in client.get(f"/aanbod/{number}/aanvullen").text
    assert client.submit(f"/aanbod/{number}/aanvullen", WHOLE).status_code == 303
    assert offer_row(console, number).place == "Almere"


def test_after_a_decision_nothing_is_filled_in(console: Console) -> None:
    number = bare_offer(console)
    client = manager(console)
    client.submit(f"/aanbod/{number}/weigeren", reden="past niet bij ons")
    assert client.submit(f"/aanbod/{number}/aanvullen", WHOLE).status_code == 409
    assert "Er valt niets aan te vullen" in client.get(f"/aanbod/{number}/aanvullen").text


def exceptions(console: Console) -> list[tuple[str, int | None, str, str]]:
    with console.database.session(write=False) as session:
        return [(row.code, row.given, row.signed_by, row.reason) for row in session.query(OpeningException)]


def test_below_a_rule_an_opening_is_kept_only_with_a_name_and_a_reason(console: Console) -> None:
    desk_rows.fill(console.database)
    client = manager(console)
    refused = client.submit("/werkplekken/nieuw", OPENING)
    assert refused.status_code == 422
    assert "Waarom mag deze uitzondering?" in refused.text
    assert client.submit("/werkplekken/nieuw", OPENING, uitzondering="   ").status_code == 422
    assert exceptions(console) == []
    kept = client.submit("/werkplekken/nieuw", OPENING, uitzondering=WHY)
    assert kept.status_code == 303
    assert exceptions(console) == [
        ("min_hours_per_week", 24, "Ruth Bakker", WHY),
        ("min_contract_months", 6, "Ruth Bakker", WHY),
    ]
    shown = client.get(kept.headers["location"]).text
    assert "Uitzondering op een regel" in shown
    assert "Getekend door Ruth Bakker op" in shown and WHY in shown
    assert ("werkplek gemaakt met uitzondering", WHY) in actions(console)


def test_a_signature_holds_for_as_much_and_not_for_less(console: Console) -> None:
    desk_rows.fill(console.database)
    client = manager(console)
    page = client.submit("/werkplekken/nieuw", OPENING, uitzondering=WHY).headers["location"]
    again = client.submit(f"{page}/wijzigen", OPENING, titel="Brood en koek bakken")
    assert again.status_code == 303
    assert client.submit(f"{page}/wijzigen", OPENING, uren_min="26", uren_max="26").status_code == 303
    assert len(exceptions(console)) == 2
    less = client.submit(f"{page}/wijzigen", OPENING, uren_min="20", uren_max="20")
    assert less.status_code == 422
    assert client.submit(f"{page}/wijzigen", OPENING, uren_min="20", uitzondering=WHY).status_code == 303
    assert len(exceptions(console)) == 3


def test_a_reason_does_not_save_what_is_wrong_besides(console: Console) -> None:
    desk_rows.fill(console.database)
    client = manager(console)
    done = client.submit("/werkplekken/nieuw", OPENING, soort_werk="onzin", uitzondering=WHY)
    assert done.status_code == 422
    elsewhere = client.submit("/werkplekken/nieuw", OPENING, plaats="Steenwijk", uitzondering=WHY)
    assert elsewhere.status_code == 422
    assert exceptions(console) == []


def test_an_exception_of_an_offer_stands_with_its_opening(console: Console) -> None:
    number = desk_rows.offer(console.database, console.now())
    client = manager(console)
    taken = client.submit(f"/aanbod/{number}/aannemen", organisatie=organisation_on(client, number), reden=WHY)
    assert taken.status_code == 303
    assert WHY in client.get(taken.headers["location"]).text
    assert {code for code, *_ in exceptions(console)} == {"min_hours_per_week", "min_contract_months"}
