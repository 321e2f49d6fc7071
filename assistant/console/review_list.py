"""What the pages of review share: the chosen filters in an address, and the subjects to pick from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from assistant.console.access import Staff
from assistant.console.rooms import rooms
from assistant.database import Session
from assistant.review.filters import Filters
from assistant.review.judging import Reviewer
from assistant.review.topics import Topic, first_parts, topics
from assistant.staff.accounts import AccountView, all_within
from assistant.staff.rights import Right, rights_of


def known_topics(request: Request) -> dict[str, Topic]:
    """Return every intent with its example."""
    return topics(rooms(request).settings.data)


def chosen_topic(request: Request, typed: str) -> str | None:
    """Return the intent that was picked from the list ('loon/hoeveel' or 'loon/hoeveel: wat verdien ik'), or None."""
    intent = typed.partition(":")[0].strip()
    return intent if intent in known_topics(request) else None


def parts_of(request: Request, filters: Filters) -> frozenset[str]:
    """Return the first parts of the intents of the chosen group."""
    return first_parts(known_topics(request), filters.groep) if filters.groep else frozenset()


def reviewer(staff: Staff) -> Reviewer:
    """Return who judges."""
    return Reviewer(staff.account_id, staff.name)


def colleagues(session: Session, staff: Staff) -> list[AccountView]:
    """Return who may judge talks, of the accounts in scope."""
    judges = (person for person in all_within(session, staff.scope) if person.active)
    return [person for person in judges if Right.REVIEW_JUDGE in rights_of(person.roles)]


def address(path: str, filters: Filters, **more: Any) -> str:
    """Return a path with the filters behind it."""
    query = urlencode(filters.chosen() | {name: value for name, value in more.items() if value is not None})
    return f"{path}?{query}" if query else path


def filters_of(given: Mapping[str, Any]) -> Filters:
    """Read the filters of an address."""
    return Filters.read(given)
