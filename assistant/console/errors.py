"""What ends a request of the console before its page is made."""

from __future__ import annotations

from typing import ClassVar

from assistant.errors import MeedoenError


class ConsoleError(MeedoenError):
    """Root; `status` is the HTTP status of the page that explains it."""

    code: ClassVar[str] = "console"
    status: ClassVar[int] = 500


class NotHere(ConsoleError):
    """An id that does not exist, or lies outside the scope of who asks: deliberately the same."""

    code: ClassVar[str] = "console.not_here"
    status: ClassVar[int] = 404


class NotAllowed(ConsoleError):
    """Logged in, but without the right for this page."""

    code: ClassVar[str] = "console.not_allowed"
    status: ClassVar[int] = 403


class CrossSite(ConsoleError):
    """A form that was not sent from a page of ours in this session."""

    code: ClassVar[str] = "console.cross_site"
    status: ClassVar[int] = 403


class SessionNeeded(ConsoleError):
    """Nobody is logged in, or not any more. `account_id` is whose session ended, when we know."""

    code: ClassVar[str] = "console.session_needed"
    status: ClassVar[int] = 303

    def __init__(self, account_id: int | None = None) -> None:
        super().__init__("no session")
        self.account_id = account_id
