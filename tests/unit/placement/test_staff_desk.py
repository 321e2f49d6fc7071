"""What staff do at the desk: within their municipalities, by the table of states, with a reason where one is due."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from assistant.core.scope import scope_of
from assistant.database import Database
from assistant.placement import (
    Contract,
    MoveNotAllowed,
    OpeningFull,
    OpeningNotFound,
    PlaceDataInvalid,
    RegistrationNotFound,
    Signature,
    SignatureMissing,
    count_step,
    offer_place,
    register_interest,
)
from assistant.placement.models import Offer, Opening, Registration, UnmetWish
from assistant.placement.openings import HIDDEN_AFTER, UNCONFIRMED_AFTER
from assistant.placement.pending_import import WAITS, forget_file, keep_file, kept_file
from assistant.placement.staff_offers import offer_file, offer_page, refuse_offer, take_offer
from assistant.placement.staff_opening_form import form_of, save_opening
from assistant.placement.staff_openings import (
    OpeningsWanted,
    close_opening,
    confirm_opening,
    opening_file,
    opening_page_of,
)
from assistant.placement.staff_registration import (
    add_note,
    assign_registration,
    end_work,
    move_registration,
    place,
    propose_opening,
    registration_file,
)
from assistant.placement.staff_registrations import Wanted, registration_columns, registration_page
from assistant.placement.staff_targets import board_of, coverage_of, funnel_of, unmet_of

from .conftest import NOW, TODAY, MakeOffer, MakeOpening, MakeWish

HERE, THERE = scope_of("steenwijkerland"), scope_of("almere")


def test_the_table_shows_first_what_should_be_done_first(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        numbers = [
            register_interest(session, wish(name=name, phone=f"06 1234 567{n}"), now=NOW - timedelta(days=days)).number
            for n, (name, days) in enumerate([("Piet", 0), ("Ahmed", 30), ("Anna", 3)])
        ]
        elsewhere = register_interest(session, wish(municipality="almere"), now=NOW).number
        found = registration_page(session, HERE, Wanted(), today=TODAY)
        assert [row.number for row in found.rows] == [numbers[1], numbers[2], numbers[0]]
        assert ([row.late for row in found.rows], found.total, found.late) == ([True, False, False], 3, 1)
        assert [row.number for row in registration_page(session, THERE, Wanted(), today=TODAY).rows] == [elsewhere]
        assert registration_page(session, scope_of(), Wanted(), today=TODAY).total == 0
        assign_registration(session, HERE, numbers[0], 7)

        def numbers_of(**wanted: object) -> list[str]:
            page = registration_page(session, HERE, Wanted(**wanted), today=TODAY)  # type: ignore[arg-type]
            return [row.number for row in page.rows]

        assert numbers_of(late=True) == [numbers[1]]
        assert numbers_of(assigned_to=7) == [numbers[0]]
        assert numbers_of(nobody=True) == [numbers[1], numbers[2]]
        assert numbers_of(text="aHm") == [numbers[1]]
        assert numbers_of(text="%") == []
        assert numbers_of(text=numbers[2].lower()) == [numbers[2]]
        assert numbers_of(municipality="almere") == []
        assert numbers_of(page=2) == []
        move_registration(session, HERE, numbers[0], "contact", by="R", reason=None, now=NOW)
        columns = {column.state: column for column in registration_columns(session, HERE, Wanted(), today=TODAY)}
        assert {state: column.total for state, column in columns.items() if column.total} == {"nieuw": 2, "contact": 1}
        assert (columns["nieuw"].late, columns["contact"].late) == (1, 0)
        move_registration(session, HERE, numbers[0], "gestopt", by="R", reason="verhuisd", now=NOW)
        assert numbers[0] not in numbers_of()
        assert numbers_of(state="gestopt") == [numbers[0]] and len(numbers_of(state="alle")) == 3


def test_an_end_and_a_step_back_need_a_reason_and_a_contract_is_no_step(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number

        def go(to: str, reason: str | None = None) -> None:
            move_registration(session, HERE, number, to, by="Ruth", reason=reason, now=NOW)

        go("contact")
        with pytest.raises(PlaceDataInvalid):
            go("gestopt", "  ")
        with pytest.raises(MoveNotAllowed):
            go("proefplaatsing")
        go("gesprek")
        go("proefplaatsing")
        with pytest.raises(PlaceDataInvalid):
            go("gesprek")
        go("gesprek", "wil eerst een andere plek zien")
        go("proefplaatsing")
        with pytest.raises(PlaceDataInvalid):
            go("geplaatst", "zomaar")
        with pytest.raises(MoveNotAllowed):
            go("verzonnen", "x")
        place(session, HERE, number, Contract(kind="beschut", hours=20, started_on=TODAY), by="Ruth", now=NOW)
        with pytest.raises(MoveNotAllowed):
            go("gestopt", "het werk loopt nog")
        file = registration_file(session, HERE, number)
        assert file.running and file.running.hours == 20 and not file.can_be_placed
        end_work(session, HERE, number, ended_on=TODAY, by="Ruth", reason="klaar", now=NOW)
        file = registration_file(session, HERE, number)
        assert (file.running, file.wish.state, file.moves) == (None, "gestopt", ())
        assert "wil eerst een andere plek zien" in {line.text for line in file.history}


def test_nothing_of_another_municipality_is_found_or_changed(
    database: Database, wish: MakeWish, offer: MakeOffer
) -> None:
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        contract = Contract(kind="beschut", hours=20, started_on=TODAY)
        for attempt in (
            lambda: registration_file(session, THERE, number),
            lambda: move_registration(session, THERE, number, "contact", by="R", reason=None, now=NOW),
            lambda: assign_registration(session, THERE, number, 1),
            lambda: add_note(session, THERE, number, "x", by="R", now=NOW),
            lambda: propose_opening(session, THERE, number, None),
            lambda: place(session, THERE, number, contract, by="R", now=NOW),
            lambda: end_work(session, THERE, number, ended_on=TODAY, by="R", reason=None, now=NOW),
        ):
            with pytest.raises(RegistrationNotFound):
                attempt()
        offered = offer_place(session, offer(), now=NOW).number
        for decide in (
            lambda: offer_file(session, HERE, offered),
            lambda: take_offer(session, HERE, offered, "eleq", Signature("R", "x"), now=NOW),
            lambda: refuse_offer(session, HERE, offered, by="R", reason="x", now=NOW),
        ):
            with pytest.raises(RegistrationNotFound):
                decide()
        for change in (
            lambda: opening_file(session, THERE, "W-0001", today=TODAY),
            lambda: confirm_opening(session, THERE, "W-0001", today=TODAY),
            lambda: close_opening(session, THERE, "W-0001", today=TODAY),
            lambda: form_of(session, THERE, "W-0001"),
            lambda: save_opening(session, THERE, {}, today=TODAY, number="W-0001"),
        ):
            with pytest.raises(OpeningNotFound):
                change()
        assert session.scalars(select(Registration)).one().state == "nieuw"
        assert session.scalars(select(Offer)).one().state == "voldoet_niet"


def test_notes_stand_in_the_history_and_go_with_the_person(database: Database, wish: MakeWish) -> None:
    from assistant.placement import erase
    from assistant.placement.models import RegistrationNote

    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        add_note(session, HERE, number, " belt liever in de middag ", by="Ruth", now=NOW + timedelta(hours=1))
        assert registration_file(session, HERE, number).history[0].text == "belt liever in de middag"
        for wrong in ("  ", "x" * 1001):
            with pytest.raises(PlaceDataInvalid):
                add_note(session, HERE, number, wrong, by="Ruth", now=NOW)
        erase(session, number, "06 12 34 56 78", now=NOW)
        assert session.scalars(select(RegistrationNote)).all() == []


def test_a_proposed_opening_keeps_one_place_and_gives_the_former_back(
    database: Database, wish: MakeWish, opening: MakeOpening
) -> None:
    def free(number: str) -> int:
        session.expire_all()
        return session.scalars(select(Opening.places_free).where(Opening.number == number)).one()

    with database.session() as session:
        session.add_all([opening("W-9001", places_total=1), opening("W-9002", places_total=1, places_free=0)])
        number = register_interest(session, wish(), now=NOW).number
        propose_opening(session, HERE, number, "w-9001")
        propose_opening(session, HERE, number, "W-9001")
        assert free("W-9001") == 0
        with pytest.raises(OpeningFull), session.begin_nested():
            propose_opening(session, HERE, number, "W-9002")
        for wrong in ("W-0014", "W-7777"):  # one of Almere, and none
            with pytest.raises(PlaceDataInvalid):
                propose_opening(session, HERE, number, wrong)
        propose_opening(session, HERE, number, None)
        assert free("W-9001") == 1
        assert registration_file(session, HERE, number).wish.opening is None


def test_freshness_in_the_list_is_that_of_the_opening_itself(database: Database, opening: MakeOpening) -> None:
    day = timedelta(days=1)
    with database.session() as session:
        for row in session.scalars(select(Opening)):
            row.confirmed_on = TODAY
        session.add_all(
            [
                opening("W-9001", confirmed_on=TODAY - UNCONFIRMED_AFTER),
                opening("W-9002", confirmed_on=TODAY - UNCONFIRMED_AFTER - day),
                opening("W-9003", confirmed_on=TODAY - HIDDEN_AFTER - day),
                opening("W-9004", confirmed_on=None, entered_on=TODAY),
                opening("W-9005", valid_until=TODAY - day),
            ]
        )
        session.flush()
        whole = opening_page_of(session, HERE, OpeningsWanted(), today=TODAY)
        assert [row.opening.number for row in whole.rows[:3]] == ["W-9003", "W-9002", "W-9001"]
        assert whole.total == len(whole.rows) == sum(whole.per_freshness.values()) - 1
        for name, numbers in {
            "vervaagd": ["W-9002", "W-9004"],
            "verborgen": ["W-9003"],
            "afgesloten": ["W-9005"],
        }.items():
            page = opening_page_of(session, HERE, OpeningsWanted(freshness=name), today=TODAY)
            assert [row.opening.number for row in page.rows] == numbers
            assert {row.freshness for row in page.rows} == {name} and page.total == len(numbers)
        confirm_opening(session, HERE, "W-9005", today=TODAY)
        assert opening_file(session, HERE, "W-9005", today=TODAY).freshness == "vers"
        assert close_opening(session, HERE, "W-9005", today=TODAY) == 0
        assert opening_file(session, HERE, "W-9005", today=TODAY).freshness == "afgesloten"
        assert opening_page_of(session, HERE, OpeningsWanted(text="VEGEN", kind="beschut"), today=TODAY).total == 4


FORM = {
    "titel": "Perken schoffelen", "soort_plek": "praktijkleerplek", "soort_werk": "groen", "taken": "U schoffelt.",
    "organisatie": "noordwestgroep", "plaats": "Steenwijk", "uren_min": "12", "uren_max": "20", "plekken": "2",
}  # fmt: skip


def test_a_form_obeys_the_rules_of_an_import(database: Database) -> None:
    with database.session() as session:
        wrong = FORM | {"uren_max": "8", "soort_werk": "gruun", "toezegging_door": "M. de Wit"}
        saved = save_opening(session, HERE, wrong, today=TODAY)
        assert saved.number is None
        assert {problem.column for problem in saved.problems} == {"uren_min", "soort_werk", "toezegging_op"}
        elsewhere = save_opening(session, THERE, FORM, today=TODAY)
        assert [problem.code for problem in elsewhere.problems] == ["not_your_municipality"]
        number = save_opening(session, HERE, FORM, today=TODAY).number
        assert number
        row = session.scalars(select(Opening).where(Opening.number == number)).one()
        assert (row.places_free, row.municipality_id, row.confirmed_on) == (2, "steenwijkerland", None)
        row.places_free = 1  # somebody asked for one
        form = form_of(session, HERE, number) | {"plekken": "5", "vrij": "", "dagen": "ma,do", "bron": ""}
        assert save_opening(session, HERE, form, today=TODAY, number=number).number == number
        assert (row.places_total, row.places_free, row.days) == (5, 4, ("ma", "do"))
        assert save_opening(session, HERE, form | {"dagen": ""}, today=TODAY, number=number).number
        assert row.days == ()


def test_an_offer_is_taken_with_a_signature_or_refused_with_a_reason_once(database: Database, offer: MakeOffer) -> None:
    whole = {"kind": "banenafspraak", "work_kind": "catering", "place": "Almere", "tasks": "U bakt."}
    with database.session() as session:
        below = offer_place(session, offer(**whole), now=NOW).number
        fits = offer_place(session, offer(**whole, hours=32, permanent=True), now=NOW).number
        found, total = offer_page(session, THERE)
        assert ([row.number for row in found], total) == ([below, fits], 2)
        assert [breach.limit for breach in found[0].breaches] == [28, 12]
        with pytest.raises(SignatureMissing):
            take_offer(session, THERE, below, "eleq", Signature("Ruth"), now=NOW)
        number = take_offer(session, THERE, below, "eleq", Signature("Ruth", "groeit naar 28 uur"), now=NOW)
        decided = offer_file(session, THERE, below).decided
        assert decided and (decided.by, decided.opening, decided.reason) == ("Ruth", number, "groeit naar 28 uur")
        with pytest.raises(PlaceDataInvalid):
            refuse_offer(session, THERE, fits, by="Ruth", reason=" ", now=NOW)
        refuse_offer(session, THERE, fits, by="Ruth", reason="te ver weg", now=NOW)
        for again in (below, fits):
            with pytest.raises(MoveNotAllowed):
                refuse_offer(session, THERE, again, by="Ruth", reason="nog eens", now=NOW)
        with pytest.raises(MoveNotAllowed):
            take_offer(session, THERE, fits, "eleq", Signature("Ruth", "x"), now=NOW)
        assert offer_page(session, THERE) == ((), 0)
        assert offer_page(session, THERE, state="geweigerd")[0][0].decided.reason == "te ver weg"  # type: ignore[union-attr]
        bare = offer_file(session, THERE, offer_place(session, offer(), now=NOW).number)
        assert bare.lacking == ("soort plek", "soort werk", "plaats")


def test_the_board_funnel_and_coverage_are_those_of_the_scope(database: Database, wish: MakeWish) -> None:
    year = (TODAY.replace(month=1, day=1), TODAY.replace(month=12, day=31))
    with database.session() as session:
        assert {row.municipality for row in board_of(session, HERE, today=TODAY)} == {"steenwijkerland", None}
        register_interest(session, wish(), now=NOW)
        count_step(session, "vraag", now=NOW, municipality="steenwijkerland", times=4)
        count_step(session, "vraag", now=NOW, times=9)  # no municipality was named
        session.add_all(
            UnmetWish(day=TODAY, municipality=id, work_kind="groen", days=(), missing="alles")
            for id in ("almere", None)
        )
        session.flush()

        def steps(*ids: str) -> list[int]:
            return [step.count for step in funnel_of(session, scope_of(*ids), since=year[0], until=year[1])]

        assert steps("steenwijkerland") == [4, 0, 1, 0, 0]
        assert steps("landelijk") == [9, 0, 0, 0, 0]
        assert steps("landelijk", "steenwijkerland") == [13, 0, 1, 0, 0]
        assert steps("almere") == steps() == [0, 0, 0, 0, 0]
        asked = unmet_of(session, scope_of("almere", "landelijk"), since=TODAY, until=TODAY)
        assert {row.municipality for row in asked} == {"almere", "landelijk"}
        assert unmet_of(session, HERE, since=TODAY, until=TODAY) == ()
        assert {row.municipality for row in coverage_of(session, THERE, today=TODAY)} == {"almere"}


def test_a_file_waits_a_day_for_its_owner_alone(database: Database) -> None:
    with database.session() as session:
        id = keep_file(session, 1, "a.csv", b"x", now=NOW)
        assert kept_file(session, 1, id, now=NOW) == ("a.csv", b"x")
        assert kept_file(session, 2, id, now=NOW) is None
        assert kept_file(session, 1, id, now=NOW + WAITS + timedelta(seconds=1)) is None
        forget_file(session, 2, id)
        assert kept_file(session, 1, id, now=NOW)
        keep_file(session, 2, "b.csv", b"y", now=NOW + WAITS * 2)
        assert kept_file(session, 1, id, now=NOW) is None
