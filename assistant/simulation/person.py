"""Who talks: name, place, way of typing and patience, all from one seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from assistant.simulation.client import Chat, Shown
from assistant.simulation.typing_style import STYLES

NAMES = (
    "Fatima",
    "Jan de Boer",
    "Kevin",
    "Mohammed Amrani",
    "Samira",
    "Piet",
    "Oksana",
    "Thijs van Dijk",
    "Yonas",
    "Ria",
)
PLACES = {
    "steenwijkerland": ("Steenwijk", "Tuk", "Vollenhove", "Giethoorn", "Oldemarkt", "Blokzijl"),
    "almere": ("Almere Haven", "Almere Stad", "Almere Buiten", "Almere Poort"),
}
WORK = {
    "groen": "groen",
    "inpakken": "inpak_assemblage",
    "schoonmaak": "schoonmaak",
    "keuken": "catering",
    "magazijn": "logistiek",
}
NO_ANSWER = (
    "begrijp ik niet",
    "begrijp het nog niet",
    "begrijp u niet",
    "begrijp u nog niet",
    "lukt mij niet",
    "ook dit begrijp ik",
)
ASKED_BACK = ("weet niet zeker", "bedoelt u een van", "past een van deze", "wat wilt u weten")


@dataclass
class Person:
    """One simulated person in one talk."""

    seed: int
    profile: str
    """The way of typing, a key of STYLES."""
    patience: int
    """How many times in a row something may fail before the person asks for a human."""
    chat: Chat
    chance: random.Random = field(default_factory=random.Random)
    misses: int = 0
    asked_back: int = 0

    def __post_init__(self) -> None:
        self.chance.seed(self.seed)
        self.municipality = self.chat.municipality or self.chance.choice(tuple(PLACES))
        self.name = self.chance.choice(NAMES)
        self.place = self.chance.choice(PLACES[self.municipality])
        self.phone = f"06{self.chance.randrange(10_000_000, 99_999_999)}"
        self.work = self.chance.choice(tuple(WORK))
        self.hours = self.chance.choice((12, 16, 20, 24, 28))

    async def type(self, text: str) -> Shown:
        """Say something in the own way of typing."""
        return await self.press(STYLES[self.profile](text, self.chance))

    async def press(self, text: str) -> Shown:
        """Send a text as it is: a button, a number, a name."""
        shown = await self.chat.say(text)
        if shown.has(*NO_ANSWER):
            self.misses += 1
        elif shown.has(*ASKED_BACK):
            self.asked_back += 1
        return shown

    async def ask(self, ways: list[str], wanted: tuple[str, ...], button: tuple[str, ...] = ()) -> bool:
        """Ask something in one way after another until an answer has one of the wanted words; press what fits."""
        start = self.chance.randrange(len(ways))
        for turn in range(self.patience):
            shown = await self.type(ways[(start + turn) % len(ways)])
            if shown.has(*wanted):
                return True
            pressed = shown.button(*button) if button else None
            if pressed and shown.has(*ASKED_BACK, *NO_ANSWER, "nog niet"):
                shown = await self.press(pressed)
                if shown.has(*wanted):
                    return True
        return False

    async def human(self) -> bool:
        """Give up and ask for a person; True when there is a way to one."""
        shown = await self.press("ik wil een mens spreken")
        return bool(shown.button("bel mij terug")) or any(letter.isdigit() for letter in shown.text)
