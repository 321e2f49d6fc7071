"""How a person fills in a form: reads the question, answers, now and then asks why, goes back or corrects."""

from __future__ import annotations

import re

from assistant.simulation.client import Shown
from assistant.simulation.person import WORK, Person
from assistant.simulation.rows import Rows

NUMBER = re.compile(r"AW-\d{4}-\d{5}")
MOST_TURNS = 22


def number_in(shown: Shown) -> str | None:
    """Return the number that was given, or None."""
    found = NUMBER.search(shown.text)
    return found.group() if found else None


async def fill_interest(person: Person, start: str | None = None) -> str | None:
    """Go through the form for jobseekers; returns the number, or None after too many turns."""
    opening = start or person.chance.choice(
        ("ik wil me aanmelden", "schrijf mij maar in", "ik wil op de lijst", "wil me graag aanmelden")
    )
    if start is None and person.chance.random() < 0.2:
        opening = (
            f"ik wil me aanmelden, ik heet {person.name}, {person.phone}, ik woon in {person.place}, "
            f"{person.work}, {person.hours} uur"
        )
    answers = (
        ("hoe heet u", person.name),
        ("bereiken", person.phone),
        ("waar woont u", person.place),
        ("soort werk", person.work),
        ("uur per week wilt", f"{person.hours} uur"),
    )
    read_back = (person.name, person.place, str(person.hours))
    return await _fill(person, await person.press(opening), answers, read_back)


async def fill_offer(person: Person) -> str | None:
    """Go through the form for employers."""
    answers = (
        ("hoe heet uw bedrijf", f"Bakkerij {person.name.split()[0]}"),
        ("met wie kan", person.name),
        ("bereiken", person.phone),
        ("plaats is het werk", person.place),
        ("welke taken", person.work),
        ("soort werk", person.work),
        ("uur per week is", f"{person.hours} uur"),
        ("hoe lang wilt u", "een jaar"),
        ("hoeveel mensen", "2"),
    )
    opening = person.chance.choice(
        ("ik wil een werkplek aanbieden", "ons bedrijf heeft een plek voor iemand", "ik heb een werkplek beschikbaar")
    )
    return await _fill(person, await person.press(opening), answers, (person.place, str(person.hours)))


async def _fill(
    person: Person, shown: Shown, answers: tuple[tuple[str, str], ...], read_back: tuple[str, ...]
) -> str | None:
    strayed = False
    for _ in range(MOST_TURNS):
        if number := number_in(shown):
            return number
        asked = _question(shown, answers)
        if shown.has("ik lees het terug"):
            wrong = next((value for value in read_back if not shown.has(value)), None)
            shown = await person.press("ja" if wrong is None else f"nee, het moet {wrong} zijn")
        elif asked is None:
            return None
        elif not strayed and person.chance.random() < 0.15:
            strayed = True
            shown = await person.press(
                person.chance.choice(("waarom wilt u dat weten?", "wat verdien ik eigenlijk?", "terug", "huh?"))
            )
        else:
            shown = await person.press(asked)
    return None


def _question(shown: Shown, answers: tuple[tuple[str, str], ...]) -> str | None:
    """Return what answers the question that was asked last: people read the end of a text."""
    places = [(shown.text.lower().rfind(words), said) for words, said in (*answers, *_otherwise(answers))]
    at, said = max(places)
    return said if at >= 0 else None


def _otherwise(answers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """The same questions as they are asked after a miss."""
    said = dict(answers)
    other = {
        "hoe heet u": "typ alleen uw voornaam", "bereiken": "telefoonnummer heeft tien cijfers",
        "waar woont u": "ik zoek uw dorp of stad", "soort werk": "noem een soort werk",
        "uur per week wilt": "typ een getal",
    }  # fmt: skip
    other |= {
        "met wie kan": "typ alleen uw voornaam", "hoe heet uw bedrijf": "typ alleen de naam van uw bedrijf",
        "plaats is het werk": "typ het dorp of de stad", "hoe lang wilt u": "typ een aantal maanden",
        "welke taken": "noem een paar taken",
        "hoeveel mensen": "bijvoorbeeld 1 of 2", "uur per week is": "twee getallen",
    }  # fmt: skip
    return [(words, said[asked]) for asked, words in other.items() if asked in said]


def interest_rows(person: Person, rows: Rows, number: str) -> bool:
    """Whether exactly one row was written, with consent and with what the person said."""
    found = rows.of("registration", person.chat.id)
    if len(found) != 1 or found[0]["number"] != number or not found[0]["consented_at"]:
        return False
    row = found[0]
    said = (person.name, f"+31{person.phone[1:]}", person.hours, WORK[person.work], person.municipality)
    return (row["name"], row["phone"], row["hours_min"], row["work_kind"], row["municipality_id"]) == said


def offer_rows(person: Person, rows: Rows) -> bool:
    """Whether exactly one offer was written, with what the employer said."""
    found = rows.of("offer", person.chat.id)
    return len(found) == 1 and found[0]["phone"] == f"+31{person.phone[1:]}" and found[0]["places"] == 2
