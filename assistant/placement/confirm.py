"""Asking providers by mail whether their openings still are as they stand, and taking in the answer.

A link carries a random token of 256 bits; the database keeps its digest. Mail scanners open every link they see, so
opening one must change nothing: the page behind it shows the opening with a button, and only that button calls
`answer_link`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from string import Template

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from assistant.placement.errors import ConfirmLinkInvalid, MailFailed
from assistant.placement.freshness import confirmed, stale
from assistant.placement.gazetteer import DATA
from assistant.placement.mail import Mailer
from assistant.placement.models import ConfirmLink, Opening
from assistant.placement.openings import OpeningView, view
from assistant.placement.sequence import AMSTERDAM

TEXTS = DATA / "placement" / "mail"
LINK_WORKS = timedelta(days=30)
ASK_AGAIN = timedelta(days=7)
RIGHT, GONE = "klopt", "vervallen"


@dataclass(frozen=True, slots=True)
class Asked:
    """How many mails went out for how many openings; numbers of openings without an address, and that failed."""

    mails: int
    openings: int
    without_address: tuple[str, ...]
    failed: tuple[str, ...]


def ask_confirmations(
    session: Session, mailer: Mailer, *, now: datetime, link: Callable[[str, str], str], sender: str = "Meedoen"
) -> Asked:
    """One mail to each address with every opening of it that is stale or will be within a week.

    link(token, answer) makes the address of a page; answer is "klopt" or "vervallen". Who was asked in the last 7
    days is left in peace. A mail that fails leaves no links behind and does not stop the others.
    """
    per_address, without = _to_ask(session, now)
    sent, failed = 0, []
    for address, rows in per_address.items():
        try:
            with session.begin_nested():
                _ask(session, mailer, address, rows, now, link, sender)
            sent += 1
        except (MailFailed, ValueError):
            failed += [row.number for row in rows]
    asked = sum(map(len, per_address.values())) - len(failed)
    return Asked(sent, asked, tuple(without), tuple(failed))


def opening_of_link(session: Session, token: str, *, now: datetime) -> OpeningView:
    """The opening a link is about; changes nothing. Raises ConfirmLinkInvalid."""
    row = session.scalar(select(ConfirmLink).where(ConfirmLink.token_digest == _digest(token)))
    today = now.astimezone(AMSTERDAM).date()
    if row is None or row.used_at is not None or row.expires_on < today:
        raise ConfirmLinkInvalid("token")
    return view(session.get_one(Opening, row.opening_id), today)


def answer_link(session: Session, token: str, answer: str, *, now: datetime) -> str:
    """Take in "klopt" (confirmed today) or "vervallen" (gone from today); the number of the opening.

    A link works once: a second click, even at the same moment, raises ConfirmLinkInvalid. So does another answer.
    """
    today = now.astimezone(AMSTERDAM).date()
    opening_id = session.scalar(
        update(ConfirmLink)
        .where(
            ConfirmLink.token_digest == _digest(token), ConfirmLink.used_at.is_(None), ConfirmLink.expires_on >= today
        )
        .values(used_at=now, answer=answer)
        .returning(ConfirmLink.opening_id)
    )
    if opening_id is None or answer not in (RIGHT, GONE):
        raise ConfirmLinkInvalid("token")
    row = session.get_one(Opening, opening_id)
    if answer == RIGHT:
        confirmed(row, today)
    else:
        row.valid_until = today - timedelta(days=1)
    return row.number


def _to_ask(session: Session, now: datetime) -> tuple[dict[str, list[Opening]], list[str]]:
    """Openings per address, and the numbers of those without one. Examples are nobody's: never asked."""
    numbers = {entry.number for entry in stale(session, today=now.astimezone(AMSTERDAM).date())}
    recent = select(ConfirmLink.opening_id).where(ConfirmLink.sent_at > now - ASK_AGAIN)
    rows = session.scalars(
        select(Opening)
        .where(Opening.number.in_(numbers), Opening.is_example.is_(False), Opening.id.not_in(recent))
        .order_by(Opening.number)
    )
    per_address: dict[str, list[Opening]] = defaultdict(list)
    without = []
    for row in rows:
        if address := row.contact_email or row.organisation.contact_email:
            per_address[address].append(row)
        else:
            without.append(row.number)
    return per_address, without


def _ask(
    session: Session,
    mailer: Mailer,
    address: str,
    rows: list[Opening],
    now: datetime,
    link: Callable[[str, str], str],
    sender: str,
) -> None:
    until = now.astimezone(AMSTERDAM).date() + LINK_WORKS
    tokens = [token_urlsafe(32) for _ in rows]
    session.add_all(
        ConfirmLink(token_digest=_digest(token), opening_id=row.id, sent_at=now, expires_on=until)
        for token, row in zip(tokens, rows, strict=True)
    )
    session.flush()
    lines = (_line(row, token, link) for row, token in zip(rows, tokens, strict=True))
    subject, body = _text(rows, lines, sender, f"{until:%d-%m-%Y}")
    mailer.send(address, subject, body)


def _line(row: Opening, token: str, link: Callable[[str, str], str]) -> str:
    return _template("bevestigen_plek.txt").substitute(
        nummer=row.number, titel=row.title, plaats=row.place, uren=f"{row.hours_min}-{row.hours_max}",
        vrij=row.places_free, totaal=row.places_total, klopt=link(token, RIGHT), vervallen=link(token, GONE),
    )  # fmt: skip


def _text(rows: list[Opening], lines: Iterable[str], sender: str, until: str) -> tuple[str, str]:
    """Subject (the first line of the file) and body."""
    filled = _template("bevestigen.txt").substitute(
        aantal=len(rows), naam=rows[0].contact_name or rows[0].organisation.name, tot=until, afzender=sender,
        organisatie=rows[0].organisation.name, plekken="".join(lines),
    )  # fmt: skip
    subject, _, body = filled.partition("\n")
    return subject, body


def _template(name: str, folder: Path = TEXTS) -> Template:
    return Template((folder / name).read_text(encoding="utf-8"))


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
