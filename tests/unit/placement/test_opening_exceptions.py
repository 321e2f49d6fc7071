"""Who allows an opening below a rule stands with it, also when that was signed before the table was there."""

from __future__ import annotations

import pytest

from assistant.database import Database, downgrade, upgrade
from assistant.placement import Signature, SignatureMissing, accept_offer, offer_place
from assistant.placement.models import OpeningException, Organisation
from assistant.placement.offer_completion import complete_offer, unsaid
from assistant.placement.opening_exceptions import Signing, exceptions_of, unsigned
from assistant.placement.rules import RuleBreach
from assistant.placement.staff_openings import find_opening
from tests.unit.placement.conftest import NOW, TODAY, MakeOffer

HERE, THERE = frozenset({"almere"}), frozenset({"steenwijkerland"})
BREACH = RuleBreach("min_hours_per_week", 28, 24, "SEED-AL-03")


def taken(database: Database, offer: MakeOffer) -> str:
    """Take an offer of 24 hours for half a year as an opening; its number."""
    with database.session() as session:
        number = offer_place(session, offer(kind="banenafspraak", work_kind="catering", place="Almere"), now=NOW).number
        organisation = session.query(Organisation.id).order_by(Organisation.id).limit(1).scalar()
        return accept_offer(session, number, organisation, Signature("Ruth", "proef met de gemeente"), now=NOW)


def test_what_was_signed_for_an_offer_stands_with_the_opening(database: Database, offer: MakeOffer) -> None:
    number = taken(database, offer)
    with database.session() as session:
        found = [(row.code, row.limit, row.given, row.signed_by) for row in exceptions_of(session, HERE, number)]
        assert sorted(found) == [("min_contract_months", 12, 6, "Ruth"), ("min_hours_per_week", 28, 24, "Ruth")]
        assert exceptions_of(session, THERE, number) == []


@pytest.mark.parametrize(
    ("limit", "given", "asked_again"), [(28, 24, False), (28, 26, False), (28, 20, True), (30, 26, True)]
)
def test_a_signature_holds_for_that_rule_and_not_for_less(
    database: Database, offer: MakeOffer, limit: int, given: int, asked_again: bool
) -> None:
    number = taken(database, offer)
    with database.session() as session:
        row = find_opening(session, HERE, number)
        breach = RuleBreach(BREACH.code, limit, given, BREACH.source)
        assert bool(unsigned(session, row, [breach])) is asked_again
        assert unsigned(session, None, [breach]) == (breach,)


@pytest.mark.parametrize(("by", "reason"), [("", "een reden"), ("Ruth", "  ")])
def test_nobody_signs_without_a_name_and_a_reason(by: str, reason: str) -> None:
    with pytest.raises(SignatureMissing):
        Signing(by, reason, NOW)


def test_signatures_of_before_come_along(url: str, offer: MakeOffer) -> None:
    database = Database(url)
    number = taken(database, offer)
    downgrade(url, "0016")
    upgrade(url)
    with database.session() as session:
        rows = session.query(OpeningException).order_by(OpeningException.code).all()
        assert [(row.code, row.given, row.signed_by, row.reason) for row in rows] == [
            ("min_contract_months", 6, "Ruth", "proef met de gemeente"),
            ("min_hours_per_week", 24, "Ruth", "proef met de gemeente"),
        ]
        assert len(exceptions_of(session, HERE, number)) == 2
    database.dispose()


def test_a_completed_offer_is_checked_anew(database: Database, offer: MakeOffer) -> None:
    with database.session() as session:
        number = offer_place(session, offer(hours=None, contract_months=None), now=NOW).number
        assert unsaid(session, HERE, number)[:4] == ("soort_plek", "soort_werk", "plaats", "uren_min")
        said = {"soort_plek": "praktijkleerplek", "soort_werk": "catering", "plaats": "Almere", "uren_min": "12"}
        assert complete_offer(session, HERE, number, said, today=TODAY).problems == ()
        organisation = session.query(Organisation.id).order_by(Organisation.id).limit(1).scalar()
        opening = accept_offer(session, number, organisation, Signature("Ruth"), now=NOW)
        assert exceptions_of(session, HERE, opening) == [], "the rules are not for this kind of place"
