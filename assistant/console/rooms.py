"""What the pages of the console reach: the rooms of the house, opened once and put in by `assistant.running`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from fastapi import Request

from assistant.answers import Library
from assistant.conversation.staff_side import StaffSide
from assistant.core.scope import NATIONAL
from assistant.database import Database
from assistant.placement.municipalities import municipality_files
from assistant.settings import Settings
from assistant.staff.leaked import Leaked
from assistant.staff.passwords import Passwords
from assistant.staff.provider import Provider
from assistant.staff.provider_login import GroupMapping
from assistant.staff.seal import Seal


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(kw_only=True)
class Rooms:
    """Everything that is shared by the pages. A page that needs more adds a field with a default here."""

    settings: Settings
    database: Database
    library: Library
    take_over: StaffSide | None = None
    """The take-over of the gateway in this process, when there is one: people then hear staff at once."""
    now: Callable[[], datetime] = _now
    """The moment, in UTC; tests put their own clock here."""

    @cached_property
    def passwords(self) -> Passwords:
        """The one place where passwords are hashed, a few at a time."""
        listed = self.settings.leaked_passwords
        return Passwords(places=tuple(self.municipalities.values()), leaked=Leaked(Path(listed)) if listed else None)

    @cached_property
    def seal(self) -> Seal:
        """What closes the secrets of the second step."""
        asked = self.settings
        return Seal.of(asked.console_secret, asked.var / "console-secret", asked.console_secret_former)

    @cached_property
    def provider(self) -> Provider | None:
        """The OpenID provider of the organisation, when there is one."""
        asked = self.settings
        if not asked.oidc_issuer:
            return None
        return Provider(asked.oidc_issuer, asked.oidc_client_id, asked.oidc_client_secret)

    @cached_property
    def groups(self) -> GroupMapping:
        """What the groups of that provider mean here."""
        asked = self.settings
        proofs = frozenset(asked.oidc_second_step)
        return GroupMapping(asked.oidc_groups_claim, asked.oidc_roles, asked.oidc_municipalities, proofs)

    @property
    def url(self) -> str:
        """Address of the console for links, without a slash at the end."""
        asked = self.settings
        return (asked.console_url or f"http://{asked.console_host}:{asked.console_port}").rstrip("/")

    @cached_property
    def municipalities(self) -> dict[str, str]:
        """Name of each municipality by id, `landelijk` last."""
        named = {one.id: one.short_name for one in municipality_files() if one.id != NATIONAL}
        return {**named, NATIONAL: "Landelijk"}


def rooms(request: Request) -> Rooms:
    """Return the rooms of the app that a request came to."""
    found: Rooms = request.app.state.rooms
    return found
