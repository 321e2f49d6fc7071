"""The first data: complete, marked as examples, true to its sources, and loaded as often as you like."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from assistant.database import Database
from assistant.placement import OpeningSearch, SeedInvalid, check, rules_of, search_openings, seed, targets
from assistant.placement.codes import KINDS
from assistant.placement.models import NumberSequence, Opening, Organisation
from assistant.placement.seed import entries
from assistant.placement.seed_files import OpeningEntry
from assistant.placement.sequence import next_opening_number, today_here


def test_loading_twice_changes_nothing(database: Database) -> None:
    with database.session() as session:
        session.execute(update(Opening).where(Opening.number == "W-0001").values(places_free=1))
        loaded = seed(session)
        assert loaded.openings == loaded.organisations == loaded.targets == loaded.certificates == 0
        assert session.scalar(select(Opening.places_free).where(Opening.number == "W-0001")) == 1


def test_examples_are_marked_and_real_names_have_a_source(database: Database) -> None:
    with database.session(write=False) as session:
        openings = session.scalars(select(Opening)).all()
        assert len(openings) >= 24
        assert all(opening.is_example for opening in openings)
        for organisation in session.scalars(select(Organisation)):
            assert organisation.is_example == organisation.name.startswith("Voorbeeld")
            assert organisation.is_example or (organisation.source and organisation.quote)
            assert (organisation.contact_phone, organisation.contact_email) == (
                None,
                None,
            )  # not in the articles


def test_the_openings_are_spread(database: Database) -> None:
    with database.session(write=False) as session:
        openings = session.scalars(select(Opening)).all()
        assert {opening.kind for opening in openings} == set(KINDS)
        assert min(Counter(opening.municipality_id for opening in openings).values()) >= 10
        assert (min(o.hours_min for o in openings), max(o.hours_max for o in openings)) == (12, 36)
        near = OpeningSearch(work_kind="groen", place="Steenwijk")
        assert search_openings(session, near, today=today_here()).total >= 3


def test_no_example_breaks_the_rule_of_its_municipality(database: Database) -> None:
    with database.session(write=False) as session:
        for row in session.scalars(select(Opening)):
            rules = rules_of(row.municipality_id)
            assert check(rules, row.hours_min, row.contract_months, kind=row.kind) == (), row.number


def test_every_contracted_daycare_has_a_sheltered_place(database: Database) -> None:
    """SEED-AL-02: at least one for each contracted provider of dagbesteding."""
    with database.session(write=False) as session:
        contracted = session.scalars(select(Organisation.id).where(Organisation.contracted_daycare)).all()
        sheltered = session.scalars(select(Opening.organisation_id).where(Opening.kind == "beschut")).all()
        assert contracted
        assert set(contracted) <= set(sheltered)


def test_new_openings_count_on_from_the_file(database: Database) -> None:
    with database.session() as session:
        last = session.scalar(select(func.max(Opening.number)))
        assert last is not None
        assert next_opening_number(session) == f"W-{int(last[2:]) + 1:04d}"
        assert session.get(NumberSequence, ("W", 0)) is not None


def test_targets_are_those_of_the_articles(database: Database) -> None:
    with database.session(write=False) as session:
        board = {(t.year, t.definition, t.municipality or t.organisation): t for t in targets(session)}
        steenwijkerland = targets(session, municipality="steenwijkerland", year=2019)
    assert [(t.norm, t.realised, t.difference, t.norm_derived) for t in steenwijkerland] == [(18, 21, 3, True)]
    next_year = board[2020, "beschut_werk", "steenwijkerland"]
    assert (next_year.norm, next_year.realised, next_year.difference) == (17, None, None)
    assert board[2019, "banen_bij_werkgever", "Staatsbosbeheer"].norm == 80
    assert board[2019, "beschut_werk", None].norm == 6000
    assert board[2025, "banenafspraak", None].norm == 125000
    assert all(target.source and target.quote for target in board.values())


@pytest.mark.parametrize(
    "wrong", ["kind: stage", "days: [maandag]", "hours_min: 50", "colour: red", "commitment_signed_by: Jan"]
)
def test_a_mistake_in_a_file_is_named(tmp_path: Path, wrong: str) -> None:
    good = {
        *(
            "number: W-0001",
            "title: Vegen",
            "kind: beschut",
            "work_kind: groen",
            "tasks: U veegt.",
            "hours_max: 20",
        ),
        *("organisation: noordwestgroep", "place: Tuk", "municipality: steenwijkerland", "hours_min: 12"),
        "is_example: true",
    }
    key = wrong.split(":")[0]
    lines = [wrong, *(line for line in sorted(good) if not line.startswith(key + ":"))]
    path = tmp_path / "openings.yml"
    path.write_text("- " + "\n  ".join(lines) + "\n")
    with pytest.raises(SeedInvalid, match=r"openings\.yml, entry 1"):
        list(entries(path, OpeningEntry))
