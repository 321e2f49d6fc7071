"""Counting one day from the log itself. Every other number of this room is a sum of these.

A talk belongs to the day on which it began, with everything that came of it later. The counts, by metric and part:

==========  =====================================================================================
gesprek     part "" : talks with at least one message of the person
bericht     part : what came of a message, see `Outcome`; a message has exactly one
groep       part "<group>/<outcome>" : the same messages, per group of questions
verloren    part "" : talks whose last message was not helped, see `lost`
mens        part "gevraagd": talks in which a person was asked for; "bereikt": a member of staff came
wacht       part "<seconds>" : hand-overs with this waiting time, from the question to a member of staff
gezicht     part : the face; one per message of the assistant, the last one that was given
==========  =====================================================================================
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from assistant.figures.groups import group_of
from assistant.figures.periods import moments
from assistant.handover.models import Handover
from assistant.review.models import Feedback, Turn
from assistant.review.work_models import TalkSummary

Key = tuple[str, str, str, str]
"""(metric, municipality, channel, part)."""
Counts = Counter[Key]


class Outcome(StrEnum):
    """What came of one message of the person."""

    BUTTON = "knop"
    ANSWERED = "antwoord"
    TO_PERSON = "mens"
    ASKED_BACK = "teruggevraagd"
    NOT_UNDERSTOOD = "niet_begrepen"
    FAILURE = "storing"
    DANGER = "gevaar"


NOT_HELPED = (Outcome.ASKED_BACK, Outcome.NOT_UNDERSTOOD, Outcome.FAILURE)
ASKS_PERSON = ("mens_spreken", "terugbellen")
"""Intents, and buttons of the same name."""
PRIVATE = "[orientatie]"
_PLACE = (TalkSummary.municipality, TalkSummary.channel)
# A button cannot be misunderstood. After two misses the assistant offers a person by itself: the log calls that "mens",
# but the message was not understood.
_OUTCOME = case(
    (Turn.outcome == "gevaar", Outcome.DANGER.value),
    (or_(Turn.said.like("/%"), Turn.said == PRIVATE), Outcome.BUTTON.value),
    (and_(Turn.outcome == "mens", cast(Turn.answers, String).like('%"twijfel/%')), Outcome.NOT_UNDERSTOOD.value),
    else_=Turn.outcome,
)


def count_day(session: Session, day: date) -> Counts:
    """Every count of one day, of all municipalities and channels. A count of nothing is left out."""
    begin, end = moments(day)
    of_day = and_(TalkSummary.started_at >= begin, TalkSummary.started_at < end)
    counts: Counts = Counter()
    counts.update(_talks(session, of_day))
    counts.update(_messages(session, of_day))
    counts.update(_lost(session, of_day))
    counts.update(_people(session, of_day))
    counts.update(_faces(session, of_day))
    return counts


def _talks(session: Session, of_day: ColumnElement[bool]) -> Counts:
    query = select(*_PLACE, func.count()).where(of_day).group_by(*_PLACE)
    return Counter({("gesprek", place, channel, ""): times for place, channel, times in session.execute(query)})


def _messages(session: Session, of_day: ColumnElement[bool]) -> Counts:
    query = (
        select(*_PLACE, Turn.intent, _OUTCOME, func.count())
        .join(Turn, Turn.conversation_id == TalkSummary.conversation_id)
        .where(of_day)
        .group_by(*_PLACE, Turn.intent, _OUTCOME)
    )
    counts: Counts = Counter()
    for place, channel, intent, outcome, times in session.execute(query):
        counts["bericht", place, channel, outcome] += times
        counts["groep", place, channel, f"{group_of(intent)}/{outcome}"] += times
    return counts


def _lost(session: Session, of_day: ColumnElement[bool]) -> Counts:
    """Talks that ended with a message that was not helped, and in which nobody asked for a person."""
    said = aliased(Turn)
    last = select(func.max(said.id)).where(said.conversation_id == TalkSummary.conversation_id).scalar_subquery()
    query = (
        select(*_PLACE, func.count())
        .join(Turn, Turn.id == last)
        .where(of_day, _OUTCOME.in_([outcome.value for outcome in NOT_HELPED]), ~_asked())
        .group_by(*_PLACE)
    )
    return Counter({("verloren", place, channel, ""): times for place, channel, times in session.execute(query)})


def _people(session: Session, of_day: ColumnElement[bool]) -> Counts:
    counts: Counts = Counter()
    query = select(*_PLACE, func.count()).where(of_day, _asked()).group_by(*_PLACE)
    for place, channel, times in session.execute(query):
        counts["mens", place, channel, "gevraagd"] = times
    claimed = (
        select(*_PLACE, Handover.conversation_id, Handover.asked_at, Handover.claimed_at)
        .join(Handover, Handover.conversation_id == TalkSummary.conversation_id)
        .where(of_day, Handover.claimed_at.is_not(None))
    )
    reached: set[Any] = set()
    for place, channel, talk, asked_at, claimed_at in session.execute(claimed):
        assert claimed_at is not None
        seconds = max(0, round((claimed_at - asked_at).total_seconds()))
        counts["wacht", place, channel, str(seconds)] += 1
        counts["mens", place, channel, "bereikt"] += talk not in reached
        reached.add(talk)
    return counts


def _faces(session: Session, of_day: ColumnElement[bool]) -> Counts:
    query = (
        select(*_PLACE, Feedback.face, func.count())
        .join(Feedback, Feedback.conversation_id == TalkSummary.conversation_id)
        .where(of_day)
        .group_by(*_PLACE, Feedback.face)
    )
    return Counter({("gezicht", place, channel, face): times for place, channel, face, times in session.execute(query)})


def _asked() -> ColumnElement[bool]:
    """SQL: the person asked for a person, in words, by a button, or so that a hand-over began."""
    said = aliased(Turn)
    in_words = exists().where(said.conversation_id == TalkSummary.conversation_id, said.intent.in_(ASKS_PERSON))
    return or_(in_words, exists().where(Handover.conversation_id == TalkSummary.conversation_id))
