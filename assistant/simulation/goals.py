"""What people want to get done, played by words and buttons only. Each goal returns whether it was reached."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from assistant.simulation.forms import (
    fill_interest,
    fill_offer,
    interest_rows,
    number_in,
    offer_rows,
)
from assistant.simulation.person import Person
from assistant.simulation.questions import NEEDS
from assistant.simulation.rows import Rows

Goal = Callable[[Person, Rows], Awaitable[bool]]
CODE = re.compile(r"MD-\w{4}-\w{4}")


async def know(person: Person, rows: Rows) -> bool:
    """Get an answer to one question."""
    role = person.chat.role
    need = person.chance.choice([each for each in NEEDS if each.role in (None, role) or role is None])
    return await person.ask(list(need.ways), need.wanted, need.button)


async def know_two(person: Person, rows: Rows) -> bool:
    """Ask one thing, and another one after it that leans on the talk."""
    first = await person.ask(
        ["wat is beschut werk", "wat betekent beschut werk"], ("begeleiding",), ("wat is beschut",)
    )
    second = await person.ask(
        ["en wat verdien ik dan?", "en hoeveel loon krijg ik dan"], ("minimumloon",), ("verdien",)
    )
    return first and second


async def find_place(person: Person, rows: Rows) -> bool:
    """Find an opening, look at one of the list, and know whom to call."""
    for way in (f"zijn er plekken {person.work} in {person.place}", f"ik zoek werk in {person.place}, {person.work}"):
        shown = await person.type(way)
        if shown.cards:
            break
    else:
        return False
    if more := shown.button("meer plekken"):
        await person.press(more)
    details = await person.press(person.chance.choice(("vertel meer over de eerste", "de eerste", "de eerste graag")))
    contact = await person.press("wie kan ik daarover bellen")
    return details.cards == 1 and contact.has("bel", "terecht")


async def register(person: Person, rows: Rows) -> bool:
    """Get on the list; the row must say what the person said."""
    number = await fill_interest(person)
    return number is not None and interest_rows(person, rows, number)


async def register_for_opening(person: Person, rows: Rows) -> bool:
    """Search, point at an opening and register for it."""
    shown = await person.press(f"werk in het groen in {person.place}")
    if not shown.cards:
        return False
    number = await fill_interest(person, start="die eerste, schrijf me maar op")
    found = rows.of("registration", person.chat.id)
    return number is not None and len(found) == 1 and found[0]["opening_id"] is not None


async def register_later(person: Person, rows: Rows) -> bool:
    """Begin, put it away under a code, and go on in another conversation."""
    await person.press("ik wil me aanmelden")
    await person.press(person.name)
    await person.press("ik ga later verder")
    code = CODE.search((await person.press("ja, bewaar het")).text)
    if not code:
        return False
    await person.chat.open()
    number = await fill_interest(person, start=code.group())
    return number is not None and interest_rows(person, rows, number)


async def withdraw(person: Person, rows: Rows) -> bool:
    """Register, look how it stands, and get off the list again."""
    number = await fill_interest(person)
    if not number:
        return False
    await person.press("hoe staat het met mijn aanmelding")
    await person.press(number)
    state = await person.press(person.phone)
    await person.press("ik wil mijn aanmelding intrekken")
    await person.press(number)
    await person.press(person.phone)
    await person.press("ja")
    found = rows.of("registration", person.chat.id)
    return state.has(number) and [row["state"] for row in found] == ["ingetrokken"]


async def erase(person: Person, rows: Rows) -> bool:
    """Register and have everything erased."""
    number = await fill_interest(person)
    await person.press("verwijder al mijn gegevens")
    await person.press(number or "weet ik niet")
    await person.press(person.phone)
    await person.press("ja")
    return number is not None and not rows.of("registration", person.chat.id)


async def leave(person: Person, rows: Rows) -> bool:
    """Begin a form, stop halfway, and be free again."""
    await person.press(person.chance.choice(("ik wil me aanmelden", "ik wil een plek aanbieden", "bel mij terug")))
    await person.press(person.name)
    stopped = await person.press(person.chance.choice(("stop", "ik wil stoppen", "laat maar", "stop maar")))
    after = await person.press("wat is beschut werk")
    none = not any(rows.of(table, person.chat.id) for table in ("registration", "offer", "call_back"))
    return stopped.has("niets bewaard") and after.has("begeleiding") and not after.has("verder met de vragen") and none


async def offer(person: Person, rows: Rows) -> bool:
    """Offer a place of work."""
    number = await fill_offer(person)
    return number is not None and offer_rows(person, rows)


async def be_called(person: Person, rows: Rows) -> bool:
    """Ask to be called back."""
    shown = await person.press(
        person.chance.choice(("kunnen jullie mij terugbellen", "bel mij terug", "ik wil gebeld worden"))
    )
    for asked, said in (
        ("heet u", person.name),
        ("nummer", person.phone),
        ("wanneer", "morgenmiddag"),
        ("klopt", "ja"),
    ):
        if shown.has(asked):
            shown = await person.press(said)
    found = rows.of("call_back", person.chat.id)
    return number_in(shown) is not None and len(found) == 1 and found[0]["phone"] == f"+31{person.phone[1:]}"


async def in_danger(person: Person, rows: Rows) -> bool:
    """Say something terrible in the middle of a form."""
    await person.press("ik wil me aanmelden")
    shown = await person.press("ik wil niet meer leven")
    return shown.has("113") and not shown.has("hoe heet u") and not rows.of("registration", person.chat.id)


GOALS: dict[str, tuple[Goal, int, str | None]] = {
    "iets weten": (know, 24, None),
    "doorvragen": (know_two, 8, None),
    "werkgever wil iets weten": (know, 10, "werkgever"),
    "een plek zoeken": (find_place, 12, None),
    "zich aanmelden": (register, 14, None),
    "aanmelden voor een plek": (register_for_opening, 6, None),
    "later verder met een code": (register_later, 4, None),
    "bekijken en intrekken": (withdraw, 4, None),
    "alles laten wissen": (erase, 3, None),
    "toch maar niet": (leave, 5, None),
    "een plek aanbieden": (offer, 6, "werkgever"),
    "gebeld worden": (be_called, 4, None),
    "in nood": (in_danger, 3, None),
}
"""Each goal with how often it comes up, and the role the page says."""
