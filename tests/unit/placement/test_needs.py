"""What a place of work must have: read from words, matched to traits, never about health."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.placement import OpeningSearch, PlaceDataInvalid, codes, needs_in, search_openings
from assistant.placement.models import Opening
from assistant.placement.needs import known_needs

from .conftest import TODAY, MakeOpening


@pytest.fixture
def empty(database: Database) -> Iterator[Session]:
    with database.session() as session:
        session.execute(delete(Opening))
        yield session


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ("ik zit in een rolstoel en wil het liefst binnen werken", {"rolstoel", "binnen"}),
        ("door mijn autisme heb ik weinig prikkels nodig", {"stil"}),
        ("niet binnen, ik wil in de buitenlucht", {"buiten"}),
        ("ik kan niet lang staan", {"zitten"}),
        ("niet alleen, graag met collega’s", {"team"}),
        ("ik heb een bipolaire stoornis", set()),
        ("", set()),
    ],
)
def test_needs_are_read_and_the_illness_is_left_behind(said: str, needs: set[str]) -> None:
    assert needs_in(said) == needs


def test_every_need_fits_values_that_openings_can_have() -> None:
    lists = {
        "guidance": codes.GUIDANCE, "pace": codes.PACE, "noise": codes.NOISE, "alone_team": codes.ALONE_TEAM,
        "sitting_standing": codes.SITTING_STANDING, "indoors_outdoors": codes.INDOORS_OUTDOORS,
        "transport": codes.TRANSPORT, "wheelchair": (True,),
    }  # fmt: skip
    for need in known_needs().values():
        assert set(need.fits) <= set(lists[need.trait])


def test_a_known_trait_fits_an_unknown_one_is_last_resort_and_a_contrary_one_never(
    empty: Session, opening: MakeOpening
) -> None:
    def found(*needs: str) -> tuple[list[str], tuple[str, ...]]:
        result = search_openings(empty, OpeningSearch(needs=frozenset(needs)), today=TODAY)
        return [view.number for view in result.openings], result.relaxed

    empty.add_all(
        [
            opening("W-0101", wheelchair=True, transport=("ov", "fiets")),
            opening("W-0102", wheelchair=False, noise="lawaai"),
            opening("W-0103", wheelchair=None, noise=None),
        ]
    )
    empty.flush()
    assert found("rolstoel") == (["W-0101"], ())
    assert found("ov", "rolstoel") == (["W-0101"], ())
    assert found("stil") == (["W-0101", "W-0103"], ("needs",))
    empty.execute(delete(Opening).where(Opening.number != "W-0102"))
    assert found("stil") == ([], ())
    with pytest.raises(PlaceDataInvalid):
        found("adhd")
