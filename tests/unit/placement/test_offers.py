"""Employers: rules, offers, call-backs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from assistant.database import Database
from assistant.placement import (
    CallBackRequest,
    ContactMissing,
    EmployerRules,
    MunicipalityUnknown,
    PlaceDataInvalid,
    RegistrationNotFound,
    RuleBreach,
    ask_call_back,
    call_off,
    check,
    find_offer,
    move_call_back,
    offer_place,
    rules_of,
)
from assistant.placement.models import Offer

from .conftest import NOW, MakeOffer

ALMERE = EmployerRules(min_hours=28, min_months=12, source="SEED-AL-03")
TOO_FEW_HOURS = RuleBreach("min_hours_per_week", 28, 24, "SEED-AL-03")
TOO_SHORT = RuleBreach("min_contract_months", 12, 6, "SEED-AL-03")


def test_the_rules_are_those_of_the_municipality() -> None:
    assert rules_of("almere") == ALMERE
    for municipality in ("steenwijkerland", "landelijk", "atlantis"):
        assert check(rules_of(municipality), 1, 1) == ()


def test_another_municipality_needs_only_a_file(tmp_path: Path) -> None:
    text = "id: meppel\nname: de gemeente Meppel\nemployer_rules: {min_hours_per_week: 20, kinds: [beschut]}\n"
    (tmp_path / "meppel.yml").write_text(text)
    rules = rules_of("meppel", tmp_path)
    assert check(rules, 19, None, kind="beschut") == (RuleBreach("min_hours_per_week", 20, 19, ""),)
    assert check(rules, 19, None, kind="banenafspraak") == ()


@pytest.mark.parametrize(
    ("hours", "months", "breaches"),
    [
        (28, 12, ()),
        (36, 24, ()),
        (24, 12, (TOO_FEW_HOURS,)),
        (28, 6, (TOO_SHORT,)),
        (24, 6, (TOO_FEW_HOURS, TOO_SHORT)),
    ],
)
def test_almere_asks_28_hours_and_12_months(hours: int, months: int, breaches: tuple[RuleBreach, ...]) -> None:
    assert check(ALMERE, hours, months) == breaches


def test_what_was_not_said_does_not_fit_and_a_permanent_contract_does() -> None:
    assert [(breach.code, breach.given) for breach in check(ALMERE, None, None)] == [
        ("min_hours_per_week", None),
        ("min_contract_months", None),
    ]
    assert check(ALMERE, 28, None, permanent=True) == ()


def test_a_learning_place_has_no_contract_to_rule_on() -> None:
    assert check(ALMERE, 12, None, kind="praktijkleerplek") == ()


@given(st.integers(1, 40), st.integers(1, 60))
def test_more_never_fits_less(hours: int, months: int) -> None:
    assert len(check(ALMERE, hours + 1, months + 1)) <= len(check(ALMERE, hours, months))


def test_an_offer_below_the_rules_is_kept_but_never_as_new(database: Database, offer: MakeOffer) -> None:
    with database.session() as session:
        offered = offer_place(session, offer(), now=NOW)
    assert (offered.number, offered.state) == ("AW-2026-00001", "voldoet_niet")
    assert offered.breaches == (TOO_FEW_HOURS, TOO_SHORT)
    with database.session(write=False) as session:
        row = session.scalars(select(Offer)).one()
        assert (row.state, row.email, [breach.code for breach in row.breaches]) == (
            *("voldoet_niet", "piet@bakkerij.nl", ["min_hours_per_week", "min_contract_months"]),
        )


def test_an_offer_within_the_rules_is_new(database: Database, offer: MakeOffer) -> None:
    with database.session() as session:
        assert offer_place(session, offer(hours=28, contract_months=12), now=NOW).state == "nieuw"
        assert offer_place(session, offer(municipality="steenwijkerland"), now=NOW).state == "nieuw"
        assert offer_place(session, offer(hours=24, hours_max=32, contract_months=12), now=NOW).state == "voldoet_niet"


def test_the_same_offer_in_the_same_conversation_is_one_offer(database: Database, offer: MakeOffer) -> None:
    with database.session() as session:
        first = offer_place(session, offer(conversation_id="c-1"), now=NOW)
        assert offer_place(session, offer(conversation_id="c-1"), now=NOW) == first
        assert offer_place(session, offer(conversation_id="c-2"), now=NOW).number == "AW-2026-00002"
        assert find_offer(session, first.number, "piet@bakkerij.nl") == first
        with pytest.raises(RegistrationNotFound):
            find_offer(session, first.number, "jan@bakkerij.nl")


@pytest.mark.parametrize(
    ("different", "error"),
    [
        ({"email": None}, ContactMissing),
        ({"municipality": "atlantis"}, MunicipalityUnknown),
        ({"kind": "stage"}, PlaceDataInvalid),
        ({"hours": 60}, PlaceDataInvalid),
        ({"places": 0}, PlaceDataInvalid),
    ],
)
def test_an_offer_that_cannot_be(
    database: Database, offer: MakeOffer, different: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error), database.session() as session:
        offer_place(session, offer(**different), now=NOW)


def test_a_call_back_is_asked_moved_and_called_off(database: Database) -> None:
    request = CallBackRequest(name="Jan", phone="0521 123456", when="zsm", topic="loon", conversation_id="c-1")
    with database.session() as session:
        asked = ask_call_back(session, request, now=NOW)
        assert ask_call_back(session, request, now=NOW) == asked
        assert move_call_back(session, asked.number, "+31521123456", "2026-11-24 14:00").when == "2026-11-24 14:00"
        assert call_off(session, asked.number, "0521123456").state == "afgezegd"
        with pytest.raises(RegistrationNotFound):
            call_off(session, asked.number, "0521123457")
        with pytest.raises(ContactMissing):
            ask_call_back(session, CallBackRequest(name="Jan", phone=None), now=NOW)
