"""Accounts of colleagues: who there is, what they may do, inviting and switching off."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from assistant.console.access import Staff, allowed
from assistant.console.errors import NotHere
from assistant.console.login import base_of
from assistant.console.navigation import Card, NavItem
from assistant.console.page_templates import onward, page
from assistant.console.rooms import Rooms, rooms
from assistant.placement.errors import MailFailed
from assistant.placement.mail import mailer_from
from assistant.staff import accounts
from assistant.staff.accounts import AccountView, Giver, Grant
from assistant.staff.errors import AccountExists, AccountInvalid, AccountNotFound
from assistant.staff.rights import RIGHTS, Right, Role

router = APIRouter()
NAV = NavItem("Accounts", "/accounts", Right.ACCOUNTS, "Beheer")
Keeper = Annotated[Staff, allowed(Right.ACCOUNTS)]
Ticked = Annotated[list[str], Form()]


def _waiting(place: Rooms, staff: Staff) -> Card | None:
    """Colleagues who were invited and have not come in yet."""
    if not staff.may(Right.ACCOUNTS):
        return None
    with place.database.session(write=False) as session:
        waiting = sum(one.active and not one.is_ready for one in accounts.all_within(session, staff.scope))
    text = "Collega's die hun account nog niet in gebruik namen. Een uitnodiging werkt drie dagen."
    return Card("Open uitnodigingen", text, "/accounts", waiting) if waiting else None


TODAY = (_waiting,)
CRUMBS = [("Accounts", "/accounts")]
_INVALID = "Kies minstens een rol en een gemeente, en vul een naam en een goed mailadres in."


@router.get("/accounts")
def overview(request: Request, staff: Keeper) -> Response:
    """Everybody within the scope."""
    with rooms(request).database.session(write=False) as session:
        rows = accounts.all_within(session, staff.scope)
        seen = accounts.last_seen(session, (row.id for row in rows))
    return page(request, staff, "accounts.html", rows=rows, seen=seen, names=rooms(request).municipalities)


@router.get("/accounts/nieuw")
def new(request: Request, staff: Keeper) -> Response:
    """The form for a new colleague."""
    return _new_page(request, staff, {})


@router.post("/accounts/nieuw")
def invite(
    request: Request,
    staff: Keeper,
    naam: Annotated[str, Form(max_length=200)],
    email: Annotated[str, Form(max_length=300)],
    rollen: Ticked = [],  # noqa: B006  FastAPI copies it
    gemeenten: Ticked = [],  # noqa: B006
) -> Response:
    """Make the account, and mail the invitation."""
    place, grant = rooms(request), Grant(frozenset(rollen), frozenset(gemeenten))
    typed = {"naam": naam, "email": email, "rollen": rollen, "gemeenten": gemeenten}
    try:
        with place.database.session() as session:
            account_id, token = accounts.invite(session, _giver(staff), email, naam, grant, place.now())
            found = accounts.view(session, staff.scope, account_id)
    except AccountInvalid:
        return _new_page(request, staff, typed, _INVALID)
    except AccountExists:
        return _new_page(request, staff, typed, "Er is al een account met dit mailadres.")
    return _invited(request, staff, found, token)


@router.get("/accounts/{account_id}")
def one(request: Request, staff: Keeper, account_id: int) -> Response:
    """One colleague."""
    return _one_page(request, staff, account_id)


@router.post("/accounts/{account_id}")
def change(
    request: Request,
    staff: Keeper,
    account_id: int,
    rollen: Ticked = [],  # noqa: B006
    gemeenten: Ticked = [],  # noqa: B006
    aan: Annotated[str, Form()] = "",
) -> Response:
    """Give other rights, or switch the account off or on."""
    place, grant = rooms(request), Grant(frozenset(rollen), frozenset(gemeenten))
    try:
        with place.database.session() as session:
            changed = accounts.change(session, _giver(staff), account_id, grant, active=bool(aan), now=place.now())
    except AccountNotFound as error:
        raise NotHere from error
    except AccountInvalid:
        return _one_page(
            request, staff, account_id, "Kies minstens een rol en een gemeente. Uw eigen rechten wijzigt een ander."
        )
    words = "De rechten zijn gewijzigd; deze collega is overal uitgelogd." if changed else "Er is niets gewijzigd."
    return onward(request, f"/accounts/{account_id}", words)


@router.post("/accounts/{account_id}/opnieuw")
def start_again(request: Request, staff: Keeper, account_id: int) -> Response:
    """Take away password and second step, and invite again."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            token = accounts.start_again(session, _giver(staff), account_id, place.now())
            found = accounts.view(session, staff.scope, account_id)
    except AccountNotFound as error:
        raise NotHere from error
    return _invited(request, staff, found, token)


@router.post("/accounts/{account_id}/uitloggen")
def end_sessions(request: Request, staff: Keeper, account_id: int, plek: Ticked = []) -> Response:  # noqa: B006
    """End the chosen sessions of a colleague, or every one."""
    place = rooms(request)
    try:
        with place.database.session() as session:
            ended = accounts.end_sessions(session, _giver(staff), account_id, place.now(), plek)
    except AccountNotFound as error:
        raise NotHere from error
    words = f"Deze collega is op {ended} {'plek' if ended == 1 else 'plekken'} uitgelogd."
    return onward(request, f"/accounts/{account_id}", words)


def _giver(staff: Staff) -> Giver:
    return Giver(staff.account_id, staff.scope)


def _invited(request: Request, staff: Staff, found: AccountView, token: str) -> Response:
    """Mail the link, and show it: the mail server may not be there, and the link works once."""
    place = rooms(request)
    link = f"{base_of(request)}/uitnodiging/{token}"
    body = (
        f"Hallo {found.name},\n\nU heeft een account gekregen voor de console van Meedoen. Neem het binnen drie dagen "
        f"in gebruik met deze link:\n\n{link}\n\nU kiest daar een wachtwoord en koppelt een app op uw telefoon.\n"
    )
    try:
        mailer = mailer_from(place.settings.mail_server, place.settings.var / "outbox")
        mailer.send(found.email, "Uw account voor Meedoen", body)
        mailed = bool(place.settings.mail_server)
    except MailFailed:
        mailed = False
    return page(request, staff, "accounts_invited.html", found=found, link=link, mailed=mailed, crumbs=CRUMBS)


def _one_page(request: Request, staff: Staff, account_id: int, problem: str | None = None) -> Response:
    place = rooms(request)
    try:
        with place.database.session(write=False) as session:
            found = accounts.view(session, staff.scope, account_id)
            seen = accounts.last_seen(session, [account_id]).get(account_id)
            logged_in = accounts.places_of(session, staff.scope, account_id, place.now())
    except AccountNotFound as error:
        raise NotHere from error
    return page(
        request, staff, "accounts_one.html", 400 if problem else 200, found=found, seen=seen, problem=problem,
        roles=_roles(), places=_places(request, staff), is_own=account_id == staff.account_id, crumbs=CRUMBS,
        logged_in=logged_in, now=place.now(),
    )  # fmt: skip


def _new_page(request: Request, staff: Staff, typed: Mapping[str, object], problem: str | None = None) -> Response:
    return page(
        request, staff, "accounts_new.html", 400 if problem else 200, typed=typed, problem=problem, roles=_roles(),
        places=_places(request, staff), crumbs=CRUMBS,
    )  # fmt: skip


def _roles() -> list[tuple[str, str, str]]:
    """Return each role with what it may do, for the boxes."""
    return [(role.value, role.value.capitalize(), ", ".join(sorted(RIGHTS[role]))) for role in Role]


def _places(request: Request, staff: Staff) -> list[tuple[str, str]]:
    names = rooms(request).municipalities
    return [(one, names.get(one, one)) for one in sorted(staff.scope)]
