"""A file that was tried waits here until its owner says that it may be written, for a day at most."""

from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.placement.errors import FileUnreadable
from assistant.placement.models import PendingImport
from assistant.placement.tables import MOST_BYTES

WAITS = timedelta(days=1)


def keep_file(session: Session, staff: int, name: str, content: bytes, *, now: datetime) -> str:
    """Keep a file under a new id; files that waited too long go. Raises FileUnreadable for more than 10 MB."""
    if len(content) > MOST_BYTES:
        raise FileUnreadable("missing or more than 10 MB")
    session.execute(delete(PendingImport).where(PendingImport.at < now - WAITS))
    id = token_hex(16)
    session.add(PendingImport(id=id, staff_id=staff, name=name[-200:], content=content, at=now))
    session.flush()
    return id


def kept_file(session: Session, staff: int, id: str, *, now: datetime) -> tuple[str, bytes] | None:
    """Name and content, for who brought it; None when it is not there (any more)."""
    row = session.get(PendingImport, id)
    if row is None or row.staff_id != staff or row.at < now - WAITS:
        return None
    return row.name, row.content


def forget_file(session: Session, staff: int, id: str) -> None:
    """It was written, or will not be."""
    session.execute(delete(PendingImport).where(PendingImport.id == id, PendingImport.staff_id == staff))
