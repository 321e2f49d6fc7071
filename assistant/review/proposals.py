"""Questions that we do not know yet: unanswered messages in clusters, kept as proposals for a person to name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from assistant.core.masking import mask
from assistant.core.scope import Scope
from assistant.database.scope import within
from assistant.review.clusters import Cluster, clusters
from assistant.review.corrections import learnable
from assistant.review.learning_models import TopicProposal
from assistant.review.models import Turn
from assistant.review.work_models import TalkSummary

PERIOD = timedelta(days=90)
MOST = 1500
"""Newest unanswered messages of one municipality that are compared."""
OPEN, TAKEN, ASIDE = "open", "overgenomen", "weggelegd"
SHOWN = 12
"""Sentences kept of a proposal."""


def regroup(session: Session, now: datetime, *, scope: Scope) -> int:
    """Make the open proposals of these municipalities anew and return how many there are.

    What a person took over or put aside stays, and its sentences are not proposed again. Per municipality, because a
    proposal shows sentences, and those may be seen by its own staff only.
    """
    made = 0
    for municipality in sorted(scope):
        known = set(_decided(session, municipality))
        said = [text for text in unanswered(session, now, municipality) if text.lower() not in known]
        session.execute(
            delete(TopicProposal).where(TopicProposal.municipality == municipality, TopicProposal.state == OPEN)
        )
        rows = [_row(cluster, municipality, now) for cluster in clusters(said)]
        session.add_all(rows)
        made += len(rows)
    return made


def unanswered(session: Session, now: datetime, municipality: str) -> list[str]:
    """Return the newest messages that were not understood or asked back, without personal data."""
    query = (
        select(Turn.said)
        .join(TalkSummary, TalkSummary.conversation_id == Turn.conversation_id)
        .where(
            TalkSummary.municipality == municipality,
            TalkSummary.started_at >= now - PERIOD,
            (TalkSummary.lost > 0) | (TalkSummary.asked_back > 0),
            Turn.outcome.in_(("niet_begrepen", "teruggevraagd")),
            ~Turn.said.startswith("/"),
        )
        .order_by(Turn.id.desc())
        .limit(MOST)
    )
    return [sentence for said in session.scalars(query) if (sentence := learnable(said))]


def proposals(session: Session, *, scope: Scope, state: str = OPEN, most: int = 100) -> list[TopicProposal]:
    """Return proposals in scope, those that were asked most first."""
    mine = (within(TopicProposal.municipality, scope), TopicProposal.state == state)
    return list(
        session.scalars(
            select(TopicProposal).where(*mine).order_by(TopicProposal.times.desc(), TopicProposal.id).limit(most)
        )
    )


def undecided(session: Session, proposal_id: int, scope: Scope) -> TopicProposal | None:
    """Return one that can still be settled: open, or taken over without sentences. None out of scope."""
    open_ = (TopicProposal.state == OPEN) | ((TopicProposal.state == TAKEN) & TopicProposal.chosen.is_(None))
    mine = (TopicProposal.id == proposal_id, open_, within(TopicProposal.municipality, scope))
    return session.scalar(select(TopicProposal).where(*mine))


def settle(
    session: Session,
    proposal_id: int,
    by: str,
    *,
    name: str | None,
    scope: Scope,
    description: str | None = None,
    chosen: Sequence[str] = (),
) -> TopicProposal | None:
    """Take a proposal over under a name, with what is asked and the first sentences, or put it aside (name None).

    None when it is out of scope or settled; one that was taken over without sentences can still get them. Of `chosen`
    only sentences of the proposal count: those are without personal data.
    """
    row = undecided(session, proposal_id, scope)
    if row is not None:
        row.state, row.name, row.by = (TAKEN if name else ASIDE), name, by
        row.description = mask(description)[:300] if description else None
        row.chosen = [text for text in row.sentences if text in chosen] or None
    return row


def _decided(session: Session, municipality: str) -> list[str]:
    mine = (TopicProposal.municipality == municipality, TopicProposal.state != OPEN)
    return [text for sentences in session.scalars(select(TopicProposal.sentences).where(*mine)) for text in sentences]


def _row(cluster: Cluster, municipality: str, now: datetime) -> TopicProposal:
    return TopicProposal(
        municipality=municipality, times=cluster.times, sentences=list(cluster.sentences[:SHOWN]),
        draft=cluster.draft[:80], state=OPEN, made_at=now,
    )  # fmt: skip
