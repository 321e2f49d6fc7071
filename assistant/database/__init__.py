"""The one room that knows engines: sessions, the declarative base, migrations."""

from sqlalchemy.orm import Session

from assistant.database.base import Base, UtcDateTime
from assistant.database.engine import Database
from assistant.database.errors import DatabaseUnavailable
from assistant.database.migrate import current, downgrade, upgrade

__all__ = ["Base", "Database", "DatabaseUnavailable", "Session", "UtcDateTime", "current", "downgrade", "upgrade"]
