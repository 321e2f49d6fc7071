"""What stands in the menu and on the start page, for those who have the right."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.console.access import Staff
from assistant.console.rooms import Rooms
from assistant.staff.rights import Right

HEADS = ("", "Gesprekken", "Bemiddeling", "Inhoud", "Cijfers", "Beheer")
"""The heads of the menu in their order; a new one comes after them."""


@dataclass(frozen=True, slots=True)
class NavItem:
    """One line of the menu. `group` is the head above it, one of HEADS."""

    name: str
    path: str
    right: Right
    group: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """Something that waits for this person today. `count` None: a card without a number; `urgent` puts it first."""

    title: str
    text: str
    path: str
    count: int | None = None
    urgent: bool = False


Today = Callable[[Rooms, Staff], "Card | None"]
"""Looks whether something waits; None when not, or without the right for it."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole menu, made once from the page modules."""

    items: tuple[NavItem, ...]
    today: tuple[Today, ...]

    def groups(self, staff: Staff) -> list[tuple[str, list[NavItem]]]:
        """Return the lines that somebody may see, under their heads; within one in the order of the page modules."""
        found: dict[str, list[NavItem]] = {head: [] for head in HEADS}
        for item in self.items:
            if item.right in staff.rights:
                found.setdefault(item.group, []).append(item)
        return [(head, items) for head, items in found.items() if items]

    def cards(self, rooms: Rooms, staff: Staff) -> list[Card]:
        """Return what waits for somebody, urgent things first."""
        found = [card for look in self.today if (card := look(rooms, staff)) is not None]
        return sorted(found, key=lambda card: not card.urgent)


def menu_of(modules: Iterable[object]) -> Menu:
    """Collect `NAV` (one line or several) and `TODAY` (a tuple) of the page modules; both may be missing."""
    items: list[NavItem] = []
    today: list[Today] = []
    for module in modules:
        nav = getattr(module, "NAV", ())
        items += [nav] if isinstance(nav, NavItem) else list(nav)
        today += list(getattr(module, "TODAY", ()))
    return Menu(tuple(items), tuple(today))
