"""The life of a version: proposed by one editor, published or rejected by another, restored by proposing it again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from assistant.answers import AnswerBook
from assistant.answers.around import Around, around_of, own_part
from assistant.answers.judge_version import judge
from assistant.answers.overrides import fingerprint
from assistant.answers.versions import UNKNOWN, Version, owner_of, said_in
from assistant.core.scope import NATIONAL, Scope
from assistant.database.scope import within
from assistant.editing.errors import NotPublishable, NotWaiting, Overtaken, SameEditor, VersionNotFound
from assistant.editing.models import PUBLISHED, REJECTED, WAITING, WITHDRAWN, AnswerVersion
from assistant.placement.sequence import AMSTERDAM
from assistant.staff import audit


@dataclass(frozen=True, slots=True)
class Editor:
    """Who acts, and for which municipalities."""

    id: int
    scope: Scope


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an editor wants an answer to say."""

    key: str
    municipality: str
    text: str
    simple: str
    spoken: str
    checked: date
    review_before: date | None = None
    remark: str = ""
    around: Around | None = None
    """What stands around the words; None: as it is said now."""


def as_version(proposal: Proposal | AnswerVersion, day: date) -> Version:
    """Return it as it would lie over the files from a day on."""
    return Version(
        proposal.key, proposal.municipality, proposal.text, proposal.simple, proposal.spoken, proposal.checked,
        proposal.review_before, day, proposal.around,
    )  # fmt: skip


def propose(session: Session, proposal: Proposal, editor: Editor, book: AnswerBook, now: datetime) -> AnswerVersion:
    """Keep a proposal for a second person. The gate is not asked here: a text may be worked on until it passes.

    An earlier proposal of the same editor for the same text makes place for it. Raises VersionNotFound.
    """
    if not may_edit(editor.scope, proposal.municipality) or proposal.key not in book.standard:
        raise VersionNotFound(proposal.key)
    mine = (AnswerVersion.key == proposal.key, AnswerVersion.municipality == proposal.municipality)
    for earlier in session.scalars(
        select(AnswerVersion).where(*mine, AnswerVersion.state == WAITING, AnswerVersion.made_by == editor.id)
    ):
        earlier.state = WITHDRAWN
    row = AnswerVersion(
        key=proposal.key, municipality=proposal.municipality, text=proposal.text, simple=proposal.simple,
        spoken=proposal.spoken, checked=proposal.checked, review_before=proposal.review_before,
        around=_kept(proposal, book), remark=proposal.remark[:300],
        based_on=said_now(book, proposal.key, proposal.municipality), state=WAITING, made_by=editor.id, made_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    _note(session, editor, "antwoord.aangeboden", row, now)
    return row


def publish(
    session: Session, version_id: int, editor: Editor, book: AnswerBook, data: Path, now: datetime, why: str = ""
) -> AnswerVersion:
    """Let a proposal be said from now on.

    Raises VersionNotFound, NotWaiting, SameEditor, Overtaken or NotPublishable; then nothing changes.
    """
    row = _to_decide(session, version_id, editor)
    if row.based_on != said_now(book, row.key, row.municipality, whole=row.around is not None):
        raise Overtaken(row.key)
    version = as_version(row, now.astimezone(AMSTERDAM).date())
    judged = judge(data, book, version)
    if not judged.may_be_published:
        raise NotPublishable(judged.findings)
    _decide(session, row, PUBLISHED, editor, now, why)
    return row


def reject(session: Session, version_id: int, editor: Editor, now: datetime, why: str) -> AnswerVersion:
    """Send a proposal back. Raises VersionNotFound, NotWaiting or SameEditor."""
    row = _to_decide(session, version_id, editor)
    _decide(session, row, REJECTED, editor, now, why)
    return row


def withdraw(session: Session, version_id: int, editor: Editor, now: datetime) -> AnswerVersion:
    """Take back an own proposal. Raises VersionNotFound or NotWaiting."""
    row = find(session, version_id, editor.scope)
    if row.state != WAITING or row.made_by != editor.id:
        raise NotWaiting(row.state)
    row.state = WITHDRAWN
    _note(session, editor, "antwoord.ingetrokken", row, now)
    return row


def restore(session: Session, version_id: int, editor: Editor, book: AnswerBook, now: datetime) -> AnswerVersion:
    """Propose what an earlier version said; a second person approves it as any other. Raises VersionNotFound."""
    row = find(session, version_id, editor.scope)
    again = Proposal(
        row.key, row.municipality, row.text, row.simple, row.spoken, row.checked, row.review_before,
        f"versie {row.id} teruggezet", row.around,
    )  # fmt: skip
    return propose(session, again, editor, book, now)


def find(session: Session, version_id: int, scope: Scope) -> AnswerVersion:
    """Return a version. Raises VersionNotFound, also outside the scope."""
    mine = (AnswerVersion.id == version_id, _mine(scope))
    row = session.scalar(select(AnswerVersion).where(*mine))
    if row is None:
        raise VersionNotFound("version")
    return row


def history(session: Session, key: str, municipality: str, scope: Scope) -> list[AnswerVersion]:
    """Return every version of one answer, newest first."""
    mine = (AnswerVersion.key == key, AnswerVersion.municipality == municipality)
    query = select(AnswerVersion).where(*mine, _mine(scope))
    return list(session.scalars(query.order_by(AnswerVersion.id.desc())))


def waiting(session: Session, scope: Scope) -> list[AnswerVersion]:
    """Return what waits for a second person, oldest first."""
    query = select(AnswerVersion).where(AnswerVersion.state == WAITING, _mine(scope))
    return list(session.scalars(query.order_by(AnswerVersion.id)))


def said_now(book: AnswerBook, key: str, municipality: str, *, whole: bool = True) -> str:
    """Return the fingerprint of what is said now; of the standard text where a municipality says nothing else.

    Not `whole`: of the words alone, as rows have it from before there was more to change.
    """
    answer = said_in(book.edition, key, municipality) or book.standard[key]
    if not whole:
        return fingerprint(answer)
    said = json.dumps([asdict(answer.words), around_of(answer)], ensure_ascii=False, sort_keys=True)
    return sha256(said.encode()).hexdigest()[:12]


def may_edit(scope: Scope, municipality: str) -> bool:
    """Whether the texts of a place are of somebody with this scope."""
    return owner_of(municipality) in scope


def _kept(proposal: Proposal, book: AnswerBook) -> Around:
    """Return all that stands around a standard text; of another place only where it has its own."""
    standard = book.standard[proposal.key]
    said = said_in(book.edition, proposal.key, proposal.municipality) or standard
    around = around_of(said) if proposal.around is None else {**around_of(standard), **proposal.around}
    return around if proposal.municipality == NATIONAL else own_part(around, standard)


def _mine(scope: Scope) -> ColumnElement[bool]:
    return within(AnswerVersion.municipality, scope | {UNKNOWN} if NATIONAL in scope else scope)


def _note(
    session: Session, editor: Editor, action: str, row: AnswerVersion, now: datetime, why: str | None = None
) -> None:
    audit.note(session, editor.id, action, f"{row.key} versie {row.id}", owner_of(row.municipality), now, why)


def _to_decide(session: Session, version_id: int, editor: Editor) -> AnswerVersion:
    row = find(session, version_id, editor.scope)
    if row.state != WAITING:
        raise NotWaiting(row.state)
    if row.made_by == editor.id:
        raise SameEditor("made by the same account")
    return row


def _decide(session: Session, row: AnswerVersion, state: str, editor: Editor, now: datetime, why: str) -> None:
    row.state, row.decided_by, row.decided_at, row.decision = state, editor.id, now, why.strip()[:300] or None
    session.flush()
    _note(session, editor, f"antwoord.{state}", row, now, row.decision)
