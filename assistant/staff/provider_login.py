"""Logging in through the OpenID provider: what its claims mean here, and the account that belongs to them.

Two lists of the settings say which group gives which role and which municipality. Every role of a person holds in every
municipality of that person; who needs different roles in different places has different accounts (docs/adr/0011).
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.staff import sessions
from assistant.staff.accounts import Grant, grant_of, home_of, set_grant
from assistant.staff.audit import note
from assistant.staff.errors import ProviderRefused
from assistant.staff.models import StaffAccount
from assistant.staff.provider import Outward
from assistant.staff.rights import Role
from assistant.staff.seal import Seal

AWAY = timedelta(minutes=10)
_PURPOSE = "provider:"
"""What is sealed for this is never taken for something else that the same key sealed."""


@dataclass(frozen=True, slots=True)
class GroupMapping:
    """How claims become rights."""

    claim: str
    """The claim that lists the groups of a person."""
    roles: Mapping[str, str] = field(default_factory=dict)
    """Group → role."""
    municipalities: Mapping[str, str] = field(default_factory=dict)
    """Group → id of a municipality, or `landelijk`."""
    second_step: frozenset[str] = frozenset({"mfa"})
    """Values of `amr`, or the one of `acr`, that prove a second step."""


@dataclass(frozen=True, slots=True)
class Back:
    """What was remembered of somebody who comes back from the provider."""

    nonce: str
    verifier: str
    onward: str


def grant_from(claims: Mapping[str, Any], mapping: GroupMapping) -> Grant:
    """Return what the claims give. Raises ProviderRefused without a second step, role or municipality."""
    methods = claims.get("amr") or []
    proofs = {str(one) for one in (methods if isinstance(methods, list) else [methods])} | {str(claims.get("acr"))}
    if not proofs & mapping.second_step:
        raise ProviderRefused("U heeft bij uw organisatie ingelogd zonder tweede stap. Dat is hier nodig.")
    listed = claims.get(mapping.claim) or []
    groups = {str(one) for one in (listed if isinstance(listed, list) else [listed])}
    roles = {mapping.roles[one] for one in groups & set(mapping.roles)} & set(Role)
    places = {mapping.municipalities[one] for one in groups & set(mapping.municipalities)}
    if not roles or not places:
        raise ProviderRefused("Uw account heeft hier nog geen rol of geen gemeente. Vraag de beheerder.")
    return Grant(frozenset(str(role) for role in roles), frozenset(places))


def remember(seal: Seal, out: Outward, onward: str, now: datetime) -> str:
    """Return what to remember of somebody who goes to the provider, sealed for a cookie.

    Who starts and never comes back leaves nothing behind here, however often.
    """
    until = (now + AWAY).timestamp()
    kept = {"state": out.state, "nonce": out.nonce, "verifier": out.verifier, "until": until}
    return seal.close(_PURPOSE + json.dumps(kept | {"onward": onward[:500]}))


def come_back(seal: Seal, kept: str, state: str, now: datetime) -> Back:
    """Return what was remembered for this state. Raises ProviderRefused."""
    text = seal.open(kept) or ""
    nothing = '{"state": "", "until": 0}'
    found: dict[str, Any] = json.loads(text.removeprefix(_PURPOSE) if text.startswith(_PURPOSE) else nothing)
    is_same = hmac.compare_digest(found["state"].encode(), state.encode())
    if not is_same or found["until"] < now.timestamp():
        raise ProviderRefused("Het inloggen duurde te lang, of was al gebruikt. Begin opnieuw.")
    return Back(found["nonce"], found["verifier"], found["onward"])


def log_in(
    session: Session,
    issuer: str,
    claims: Mapping[str, Any],
    grant: Grant,
    id_token: str,
    now: datetime,
    browser: str = "",
) -> str:
    """Begin a session for the person of the claims and return its token; the account is made at the first time.

    Name and rights are those of the provider, each time anew; when the rights differ, older sessions end. Raises
    ProviderRefused for an account that was switched off here.
    """
    subject = str(claims["sub"])
    where = (StaffAccount.issuer == issuer, StaffAccount.subject == subject)
    account = session.scalar(select(StaffAccount).where(*where).with_for_update())
    if account is None:
        account = StaffAccount(issuer=issuer, subject=subject, email="", name="", active=True, created_at=now)
        session.add(account)
    if not account.active:
        raise ProviderRefused("Uw account is hier uitgezet. Vraag de beheerder.")
    account.email = str(claims.get("email") or subject)[:255].casefold()
    account.name = str(claims.get("name") or account.email)[:120]
    before = grant_of(account)
    set_grant(account, grant)
    session.flush()
    if before != grant:
        sessions.end_all(session, account.id, now)
        words = f"{', '.join(sorted(grant.roles))} in {', '.join(sorted(grant.municipalities))}"
        note(session, None, "rechten van de inlogdienst", f"account {account.id}", home_of(account), now, words)
    token = sessions.begin(session, account, now, "oidc", id_token if len(id_token) <= 8000 else None, browser)
    note(session, account.id, "ingelogd", f"account {account.id}", home_of(account), now, "met de inlogdienst")
    return token
