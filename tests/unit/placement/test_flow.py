"""Targets, counting, forecast, funnel, unmet demand and coverage."""

from datetime import date, timedelta

import pytest
from sqlalchemy import delete, update

from assistant.database import Database
from assistant.placement import (
    Contract,
    MoveNotAllowed,
    OpeningSearch,
    PlaceDataInvalid,
    RegistrationNotFound,
    count_step,
    count_today,
    coverage,
    end_placement,
    erase,
    funnel,
    record_placement,
    record_unmet,
    register_interest,
    search_openings,
    target_board,
    unmet,
)
from assistant.placement.counting import Forecast, counted, forecast, from_daycare_share, readings
from assistant.placement.models import Opening, Placement, Registration, Target, UnmetWish
from assistant.placement.workflow import move

from .conftest import NOW, TODAY, MakeWish

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def placement(**different: object) -> Placement:
    usual: dict[str, object] = {"municipality_id": "almere", "kind": "beschut", "hours": 31, "started_on": TODAY}
    return Placement(**(usual | different))


def test_beschut_werk_is_in_no_reading_of_the_banenafspraak() -> None:
    assert all("beschut" not in rule.kinds for rule in readings() if rule.definition == "banenafspraak")


def test_a_job_counts_by_its_hours_and_readings_stand_side_by_side(database: Database) -> None:
    with database.session() as session:
        session.add_all(
            [
                placement(hours=31),
                placement(hours=12, from_daycare=True),
                placement(kind="banenafspraak", hours=51),
                placement(kind="detachering", hours=25),
                placement(ended_on=TODAY),
                placement(started_on=TODAY + timedelta(days=1)),
                placement(municipality_id="steenwijkerland"),
            ]
        )
        session.flush()
        beschut = {c.reading: (c.value, c.sure) for c in counted(session, "beschut_werk", TODAY, "almere")}
        jobs = {c.reading: (c.value, c.sure) for c in counted(session, "banenafspraak", TODAY, "almere")}
        assert beschut == {"personen": (2.0, True), "banen_van_31_uur": (1.4, False)}
        assert jobs == {"zonder_detachering": (2.0, True), "met_detachering": (3.0, False)}
        assert counted(session, "banenafspraak", date(2012, 1, 1)) == ()
        assert from_daycare_share(session, TODAY, "almere") == 100.0
        assert from_daycare_share(session, TODAY, "steenwijkerland") is None


def test_the_board_shows_sources_that_differ_and_says_so(database: Database) -> None:
    with database.session() as session:
        session.add(
            Target(
                key="x",
                municipality_id="almere",
                year=2019,
                definition="beschut_werk",
                realised=70,
                source="Y",
                quote="Y",
            )
        )
        session.add_all(placement(started_on=date(2019, 5, 1)) for _ in range(3))
        session.add(
            Target(
                key="z", municipality_id="almere", year=2026, definition="beschut_werk", norm=9, source="Y", quote="Y"
            )
        )
        session.add_all(placement(started_on=TODAY - timedelta(days=9)) for _ in range(5))
        session.flush()
        rows = {(row.year, row.definition, row.municipality): row for row in target_board(session, today=TODAY)}
    almere = rows[2019, "beschut_werk", "almere"]
    assert (almere.norms, almere.realised, almere.disputed, len(almere.stated)) == ((65,), (70, 73), True, 2)
    assert [count.value for count in almere.counted] == [3.0, 3.0]
    assert almere.forecast is None
    assert rows[2026, "beschut_werk", "almere"].forecast is not None
    assert rows[2019, "beschut_werk", "steenwijkerland"].norms == (18,)
    assert rows[2020, "beschut_werk", "steenwijkerland"].norms == (17,)
    country = rows[2019, "beschut_werk", None]
    assert (country.norms, country.realised, country.counted) == ((6000,), (4004,), ())


def test_our_own_count_is_told_from_five_people_on_and_never_below(database: Database) -> None:
    with database.session() as session:
        session.add_all(placement(kind="beschut", hours=20) for _ in range(4))
        session.flush()
        assert count_today(session, "beschut_werk", "almere", today=TODAY) is None
        session.add(placement(kind="beschut", hours=20))
        session.flush()
        told = count_today(session, "beschut_werk", "almere", today=TODAY)
    assert told is not None
    assert (told.value, told.otherwise) == (5, (3,))  # five people; 100 hours are 3.2 jobs of 31


def test_a_forecast_is_a_band_round_the_pace_and_silent_about_too_little(database: Database) -> None:
    july = date(2026, 7, 2)  # half a year is left
    with database.session() as session:
        session.add_all(placement(started_on=july - timedelta(days=20 * n)) for n in range(4))
        session.flush()
        assert forecast(session, ("beschut",), today=july) is None
        session.add_all(placement(started_on=july - timedelta(days=20 * n)) for n in range(16))
        session.flush()
        band = forecast(session, ("beschut",), today=july)
        assert band == Forecast(low=25, expected=30, high=35)
        assert forecast(session, ("beschut",), today=date(2026, 12, 31)).high >= 20  # type: ignore[union-attr]


def test_the_funnel_counts_each_step(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        for _ in range(3):
            count_step(session, "vraag", now=NOW, municipality="steenwijkerland")
        count_step(session, "bekeken", now=NOW, municipality="steenwijkerland", times=2)
        count_step(session, "vraag", now=NOW - timedelta(days=365))
        numbers = [register_interest(session, wish(phone=f"06 1234 567{n}"), now=NOW).number for n in range(2)]
        row = session.query(Registration).filter_by(number=numbers[0]).one()
        for state in ("contact", "gesprek", "meeloopdag", "gesprek", "proefplaatsing"):
            move(session, row, state, "medewerker-1", None, NOW)
        contract = Contract(kind="banenafspraak", hours=24, started_on=TODAY, contract_months=12)
        record_placement(session, numbers[0], contract, by="medewerker-1", now=NOW)
        steps = [(step.step, step.count, step.share) for step in funnel(session, since=YEAR[0], until=YEAR[1])]
        assert steps == [
            ("vraag", 3, None),
            ("bekeken", 2, 67),
            ("belangstelling", 2, 100),
            ("gesprek", 1, 50),
            ("contract", 1, 100),
        ]
        erase(session, numbers[1], "06 1234 5671", now=NOW)
        assert funnel(session, since=YEAR[0], until=YEAR[1])[2].count == 2  # the erased one still counts in its year
        assert funnel(session, since=YEAR[0], until=YEAR[1], municipality="almere")[2].count == 0
        with pytest.raises(PlaceDataInvalid):
            count_step(session, "contract", now=NOW)


def test_a_placement_begins_and_ends_by_the_table_of_states(database: Database, wish: MakeWish) -> None:
    contract = Contract(kind="beschut", hours=20, started_on=TODAY, from_daycare=True)
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        with pytest.raises(MoveNotAllowed):
            record_placement(session, number, contract, by="m", now=NOW)
        row = session.query(Registration).filter_by(number=number).one()
        for state in ("contact", "gesprek", "meeloopdag"):
            move(session, row, state, "m", None, NOW)
        record_placement(session, number, contract, by="m", now=NOW)
        with pytest.raises(PlaceDataInvalid):
            end_placement(session, number, ended_on=TODAY - timedelta(1), by="m", reason=None, now=NOW)
        end_placement(session, number, ended_on=TODAY, by="m", reason="klaar", now=NOW)
        assert row.state == "gestopt"
        with pytest.raises(RegistrationNotFound):
            end_placement(session, number, ended_on=TODAY, by="m", reason=None, now=NOW)


def test_asked_work_without_a_place_is_kept_once_and_without_a_person(database: Database) -> None:
    search = OpeningSearch(work_kind="houtzagerij", place="steenwyk", hours=(12, 20))
    with database.session() as session:
        session.execute(delete(Opening).where(Opening.work_kind == "houtzagerij"))
        result = search_openings(session, search, today=TODAY)
        assert result.relaxed == ("work_kind",)
        assert record_unmet(session, search, result, now=NOW, conversation_id="a")
        assert not record_unmet(session, search, result, now=NOW, conversation_id="a")
        assert record_unmet(session, search, result, now=NOW, conversation_id="b")
        fits = OpeningSearch(work_kind="groen")
        assert not record_unmet(session, fits, search_openings(session, fits, today=TODAY), now=NOW)
        nothing = OpeningSearch()
        assert not record_unmet(session, nothing, result, now=NOW)
        sentence = OpeningSearch(place="bij mijn zus Fatima op de hoek")
        record_unmet(session, sentence, search_openings(session, sentence, today=TODAY), now=NOW)
        (first, second) = unmet(session, since=TODAY, until=TODAY)
        assert (first.municipality, first.work_kind, first.place, first.missing, first.count) == (
            "steenwijkerland", "houtzagerij", "Steenwijk", "work_kind", 2,
        )  # fmt: skip
        assert second.place is None
        assert {c.name for c in UnmetWish.__table__.columns}.isdisjoint({"name", "phone", "email", "needs"})
        assert unmet(session, since=TODAY, until=TODAY, municipality="almere") == ()


def test_coverage_names_who_falls_short_first(database: Database) -> None:
    with database.session() as session:
        everybody = coverage(session, today=TODAY, municipality="almere")
        assert everybody and all(row.met and row.asked == 1 and row.source == "SEED-AL-02" for row in everybody)
        session.execute(
            update(Opening).where(Opening.organisation_id == "voorbeeld-atelier-haven").values(kind="detachering")
        )
        first = coverage(session, today=TODAY)[0]
        assert (first.organisation, first.places, first.met) == ("Voorbeeld-atelier Haven", 0, False)
