"""What the database can do to us."""

from typing import ClassVar

from assistant.errors import MeedoenError


class DatabaseUnavailable(MeedoenError):
    """The database cannot be reached, is locked for too long, is full, or is not migrated."""

    code: ClassVar[str] = "database_unavailable"
    answer_key: ClassVar[str] = "storing/database"
