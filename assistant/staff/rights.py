"""The one table of who may do what: a role is a set of rights, and each right is asked for by name."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Right(StrEnum):
    """One thing that a member of staff may do, in every municipality of their scope."""

    REVIEW_READ = "gesprekken lezen"
    REVIEW_JUDGE = "gesprekken beoordelen"
    UNMASK = "gemaskeerde gegevens tonen"
    CORRECTION_APPROVE = "verbeteringen goedkeuren"
    MODEL_MANAGE = "taalmodel trainen en wisselen"
    ANSWERS_READ = "antwoorden bekijken"
    ANSWERS_EDIT = "antwoorden wijzigen"
    ANSWERS_APPROVE = "antwoorden goedkeuren"
    DESK_READ = "aanmeldingen en werkplekken bekijken"
    DESK_WRITE = "aanmeldingen en werkplekken bijwerken"
    DESK_SIGN = "uitzonderingen ondertekenen"
    FIGURES_READ = "cijfers bekijken"
    TAKE_OVER = "gesprekken overnemen"
    RETENTION_READ = "bewaartermijnen bekijken"
    RETENTION_MANAGE = "gegevens verwijderen of vasthouden"
    PERSON_RIGHTS = "verzoeken van personen uitvoeren"
    ACCOUNTS = "accounts beheren"
    AUDIT_READ = "logboek lezen"


class Role(StrEnum):
    """What somebody is here for. A person can have more than one."""

    BEHEERDER = "beheerder"
    REVIEWER = "reviewer"
    REDACTEUR = "redacteur"
    ACCOUNTMANAGER = "accountmanager"
    ANALIST = "analist"
    PRIVACYFUNCTIONARIS = "privacyfunctionaris"


RIGHTS: dict[Role, frozenset[Right]] = {
    # Keeps the system going; sees no talk and nobody's data.
    Role.BEHEERDER: frozenset(
        {Right.ACCOUNTS, Right.MODEL_MANAGE, Right.ANSWERS_READ, Right.FIGURES_READ, Right.RETENTION_READ}
    ),
    Role.REVIEWER: frozenset(
        {
            Right.REVIEW_READ, Right.REVIEW_JUDGE, Right.UNMASK, Right.CORRECTION_APPROVE, Right.MODEL_MANAGE,
            Right.ANSWERS_READ, Right.FIGURES_READ,
        }
    ),
    Role.REDACTEUR: frozenset(
        {Right.ANSWERS_READ, Right.ANSWERS_EDIT, Right.ANSWERS_APPROVE, Right.FIGURES_READ}
    ),
    Role.ACCOUNTMANAGER: frozenset(
        {
            Right.DESK_READ, Right.DESK_WRITE, Right.DESK_SIGN, Right.TAKE_OVER, Right.ANSWERS_READ,
            Right.FIGURES_READ,
        }
    ),
    # Reads talks as they are kept: masked.
    Role.ANALIST: frozenset({Right.REVIEW_READ, Right.ANSWERS_READ, Right.FIGURES_READ}),
    # Watches the others, and therefore does none of their work.
    Role.PRIVACYFUNCTIONARIS: frozenset(
        {Right.AUDIT_READ, Right.RETENTION_READ, Right.RETENTION_MANAGE, Right.PERSON_RIGHTS}
    ),
}  # fmt: skip


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Return everything that these roles together may do; a role that no longer exists gives nothing."""
    known = (RIGHTS[Role(role)] for role in roles if role in set(Role))
    return frozenset().union(*known)
