"""What may follow on what while somebody asks for, waits for and talks with a member of staff.

A talk without a row is in no state at all: the assistant has it. `Action.VRAGEN` makes the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How far a hand-over is."""

    SAMENVATTING = "samenvatting_tonen"
    """Asked; the person sees the summary and has not chosen yet."""
    WACHT = "wacht"
    BEZIG = "bezig"
    DOORSTUREN = "doorsturen_vragen"
    """A member of staff has the talk, and the person is asked whether it may go to another organisation."""
    AFGEROND = "afgerond"
    TERUGGEGEVEN = "teruggegeven"
    """Ended without help of a person: called off, or nobody came."""
    DOORGESTUURD = "doorgestuurd"
    TERUGBELLEN = "terugbellen"


class Actor(StrEnum):
    """Who does something. A colleague is any member of staff in whose scope the talk is."""

    PERSOON = "persoon"
    COLLEGA = "collega"
    BEHANDELAAR = "behandelaar"
    """The member of staff who has this talk."""
    SYSTEEM = "systeem"


class Action(StrEnum):
    """What can be done."""

    VRAGEN = "vragen"
    STUREN = "sturen"
    STOPPEN = "stoppen"
    OPGEVEN = "opgeven"
    CLAIMEN = "claimen"
    TERUGLEGGEN = "terugleggen"
    VERDWIJNEN = "verdwijnen"
    AFRONDEN = "afronden"
    DOORSTUREN = "doorsturen"
    TOESTAAN = "toestaan"
    WEIGEREN = "weigeren"
    TERUGBELLEN = "terugbellen"


@dataclass(frozen=True)
class Rule:
    """From which states an action leads where, and who may do it."""

    at: frozenset[State | None]
    to: State
    by: frozenset[Actor]


def _rule(at: str, to: State, *by: Actor) -> Rule:
    return Rule(frozenset(State(name) for name in at.split()), to, frozenset(by))


_WITH_STAFF = "bezig doorsturen_vragen"
RULES: dict[Action, Rule] = {
    Action.VRAGEN: Rule(frozenset({None, State.SAMENVATTING}), State.SAMENVATTING, frozenset({Actor.PERSOON})),
    Action.STUREN: _rule("samenvatting_tonen", State.WACHT, Actor.PERSOON),
    Action.STOPPEN: _rule(f"samenvatting_tonen wacht {_WITH_STAFF}", State.TERUGGEGEVEN, Actor.PERSOON),
    Action.OPGEVEN: _rule("samenvatting_tonen wacht", State.TERUGGEGEVEN, Actor.SYSTEEM),
    Action.CLAIMEN: _rule("wacht", State.BEZIG, Actor.COLLEGA),
    Action.TERUGLEGGEN: _rule(_WITH_STAFF, State.WACHT, Actor.BEHANDELAAR),
    Action.VERDWIJNEN: _rule(_WITH_STAFF, State.WACHT, Actor.SYSTEEM),
    Action.AFRONDEN: _rule(_WITH_STAFF, State.AFGEROND, Actor.BEHANDELAAR),
    Action.DOORSTUREN: _rule("bezig", State.DOORSTUREN, Actor.BEHANDELAAR),
    Action.TOESTAAN: _rule("doorsturen_vragen", State.DOORGESTUURD, Actor.PERSOON),
    Action.WEIGEREN: _rule("doorsturen_vragen", State.BEZIG, Actor.PERSOON, Actor.BEHANDELAAR),
    Action.TERUGBELLEN: _rule("wacht bezig", State.TERUGBELLEN, Actor.PERSOON, Actor.BEHANDELAAR),
}
ENDED = frozenset({State.AFGEROND, State.TERUGGEGEVEN, State.DOORGESTUURD, State.TERUGBELLEN})
WITH_STAFF = frozenset(State(name) for name in _WITH_STAFF.split())
"""A member of staff has the talk: the assistant is silent."""


def may(state: State | None, action: Action, actor: Actor) -> bool:
    """Whether this one may do this in this state; None is a talk that the assistant has."""
    rule = RULES[action]
    return state in rule.at and actor in rule.by
