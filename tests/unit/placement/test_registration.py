"""A jobseeker registers, looks, changes, withdraws, is forgotten."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.database import Database
from assistant.placement import (
    ConsentMissing,
    ContactInvalid,
    ContactMissing,
    MunicipalityUnknown,
    OpeningFull,
    OpeningNotFound,
    PlaceDataInvalid,
    PlacementError,
    RegistrationClosed,
    RegistrationNotFound,
    WishChange,
    change,
    erase,
    find,
    move,
    opening_by_number,
    register_interest,
    withdraw,
)
from assistant.placement.models import ErasedCount, Opening, Registration, RegistrationEvent

from .conftest import NOW, TODAY, MakeWish

PHONE = "0612345678"


def test_registering_gives_a_number_and_a_promise(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        registered = register_interest(session, wish(), now=NOW)
    assert registered.number == "AW-2026-00001"
    assert (registered.next_action, registered.next_actor) == ("contact_opnemen", "medewerker")
    assert registered.next_action_by == date(2026, 11, 30)  # five working days after a Monday
    with database.session(write=False) as session:
        row = session.scalars(select(Registration)).one()
        assert (row.name, row.phone, row.state) == ("Fatima El Amrani", "+31612345678", "nieuw")
        assert (row.consent_text_version, row.consented_at) == ("2026-11", NOW)
        assert [event.to_state for event in row.events] == ["nieuw"]


@pytest.mark.parametrize(
    ("different", "error"),
    [
        ({"consent_text_version": None}, ConsentMissing),
        ({"consented_at": None}, ConsentMissing),
        ({"phone": None}, ContactMissing),
        ({"phone": ""}, ContactMissing),
        ({"phone": "geen"}, ContactInvalid),
        ({"phone": None, "email": "jan@voorbeeld"}, ContactInvalid),
        ({"municipality": "atlantis"}, MunicipalityUnknown),
        ({"work_kind": "ruimtevaart"}, PlaceDataInvalid),
        ({"days": frozenset({"maandag"})}, PlaceDataInvalid),
        ({"hours": (24, 16)}, PlaceDataInvalid),
        ({"opening": "W-9999"}, OpeningNotFound),
    ],
)
def test_what_is_refused_leaves_nothing(
    database: Database, wish: MakeWish, different: dict[str, object], error: type[PlacementError]
) -> None:
    with pytest.raises(error), database.session() as session:
        register_interest(session, wish(**different), now=NOW)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Registration)) == 0
        assert register_interest(session, wish(), now=NOW).number == "AW-2026-00001"  # no hole in the numbers


def test_the_same_wish_in_the_same_conversation_is_one_registration(database: Database, wish: MakeWish) -> None:
    first = wish(conversation_id="c-1", days=frozenset({"ma", "di", "wo"}))
    with database.session() as session:
        number = register_interest(session, first, now=NOW).number
    again = wish(conversation_id="c-1", days=frozenset({"wo", "di", "ma"}), consented_at=datetime.now(UTC))
    with database.session() as session:
        assert register_interest(session, again, now=NOW).number == number
        assert register_interest(session, wish(conversation_id="c-2"), now=NOW).number != number
        assert register_interest(session, wish(conversation_id="c-1", hours=(8, 12)), now=NOW).number != number


def test_who_withdrew_may_register_again(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        number = register_interest(session, wish(conversation_id="c-1"), now=NOW).number
        withdraw(session, number, PHONE, now=NOW)
        assert register_interest(session, wish(conversation_id="c-1"), now=NOW).number != number


def test_the_year_of_the_number_is_that_of_the_netherlands(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
        assert register_interest(session, wish(), now=new_year).number == "AW-2027-00001"
        assert register_interest(session, wish(), now=NOW).number == "AW-2026-00001"


def test_fifty_at_once_get_fifty_numbers(database: Database, wish: MakeWish) -> None:
    def register(index: int) -> str:
        with database.session() as session:
            return register_interest(session, wish(conversation_id=f"c-{index}"), now=NOW).number

    with ThreadPoolExecutor(max_workers=16) as pool:
        numbers = list(pool.map(register, range(50)))
    assert sorted(numbers) == [f"AW-2026-{index:05d}" for index in range(1, 51)]


def test_the_same_button_pressed_at_once_is_one_registration(database: Database, wish: MakeWish) -> None:
    def register(_index: int) -> str:
        with database.session() as session:
            return register_interest(session, wish(conversation_id="c-1", opening="W-0012"), now=NOW).number

    with ThreadPoolExecutor(max_workers=8) as pool:
        assert set(pool.map(register, range(16))) == {"AW-2026-00001"}


def test_the_last_place_goes_to_one_person(database: Database, wish: MakeWish) -> None:
    def register(index: int) -> bool:
        try:
            with database.session() as session:
                register_interest(session, wish(conversation_id=f"c-{index}", opening="W-0001"), now=NOW)
        except OpeningFull:
            return False
        return True

    with ThreadPoolExecutor(max_workers=16) as pool:
        assert sum(pool.map(register, range(30))) == 3  # W-0001 has three places
    with database.session(write=False) as session:
        assert session.scalar(select(Opening.places_free).where(Opening.number == "W-0001")) == 0
        assert session.scalar(select(func.count()).select_from(Registration)) == 3


def test_a_place_comes_back_when_the_registration_ends(database: Database, wish: MakeWish) -> None:
    def free() -> int:
        view = opening_by_number(session, "W-0012", today=TODAY)
        return view.places_free if view else -1

    with database.session() as session:
        number = register_interest(session, wish(opening="W-0012"), now=NOW).number
        assert free() == 0
        withdraw(session, number, PHONE, now=NOW)
        assert free() == 1
        number = register_interest(session, wish(opening="W-0012"), now=NOW).number
        erase(session, number, PHONE, now=NOW)
        assert free() == 1


@pytest.mark.parametrize("number", ["AW-2026-00001", "aw-2026-1", "AW 2026 00001", " AW202600001 "])
@pytest.mark.parametrize("contact", ["06-12345678", "+31 6 12345678", "Fatima@Voorbeeld.NL "])
def test_a_registration_is_found_by_number_and_contact(
    database: Database, wish: MakeWish, number: str, contact: str
) -> None:
    with database.session() as session:
        register_interest(session, wish(email="fatima@voorbeeld.nl", opening="W-0001"), now=NOW)
        view = find(session, number, contact)
    assert (view.number, view.state, view.hours) == ("AW-2026-00001", "nieuw", (16, 24))
    assert view.opening_title == "Groen onderhouden in Steenwijk"


@pytest.mark.parametrize(
    ("number", "contact"),
    [
        ("AW-2026-00001", "0687654321"),
        ("AW-2026-00001", ""),
        ("AW-2026-00001", "-"),
        ("AW-2026-00001", "Fatima"),
        ("AW-2026-00002", PHONE),
        ("", PHONE),
    ],
)
def test_number_alone_or_contact_alone_is_not_enough(
    database: Database, wish: MakeWish, number: str, contact: str
) -> None:
    with database.session() as session:
        register_interest(session, wish(), now=NOW)
        for act in (find, lambda *known: withdraw(*known, now=NOW), lambda *known: erase(*known, now=NOW)):
            with pytest.raises(RegistrationNotFound) as error:
                act(session, number, contact)
            assert str(error.value) == "number or contact"  # the same words, whichever is wrong


def test_wishes_and_contact_can_change(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        wanted = WishChange(hours=(8, 12), days=frozenset({"vr", "ma"}), place="Tuk", email="F@Voorbeeld.nl")
        view = change(session, number, PHONE, wanted, now=NOW)
        assert (view.hours, view.days, view.place, view.work_kind) == ((8, 12), ("ma", "vr"), "Tuk", "groen")
        assert find(session, number, "f@voorbeeld.nl") == view
        with pytest.raises(PlaceDataInvalid):
            change(session, number, PHONE, WishChange(work_kind="onzin"), now=NOW)


def test_withdrawing_twice_is_fine_and_closes_the_registration(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        assert withdraw(session, number, PHONE, now=NOW).withdrawn_at == NOW
        assert withdraw(session, number, PHONE, now=NOW).state == "ingetrokken"
        with pytest.raises(RegistrationClosed):
            change(session, number, PHONE, WishChange(place="Tuk"), now=NOW)


def test_who_was_placed_is_not_withdrawn(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        number = register_interest(session, wish(), now=NOW).number
        row = session.scalars(select(Registration)).one()
        for state in ("contact", "gesprek", "proefplaatsing", "geplaatst"):
            move(session, row, state, "j.bakker", None, NOW)
        with pytest.raises(RegistrationClosed):
            withdraw(session, number, PHONE, now=NOW)


def test_erasing_leaves_a_count_and_nothing_else(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        for _ in range(2):
            number = register_interest(session, wish(email="fatima@voorbeeld.nl"), now=NOW).number
            erase(session, number, PHONE, now=NOW)
        with pytest.raises(RegistrationNotFound):
            find(session, number, PHONE)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(Registration)) == 0
        assert session.scalar(select(func.count()).select_from(RegistrationEvent)) == 0
        counted = session.scalars(select(ErasedCount)).one()
        assert (counted.municipality_id, counted.year, counted.state, counted.count) == (
            *("steenwijkerland", 2026, "nieuw", 2),
        )
        assert register_interest(session, wish(), now=NOW).number == "AW-2026-00003"  # a number is never used again


def test_the_erased_name_is_gone_from_the_sqlite_file(sqlite_template: Path, tmp_path: Path, wish: MakeWish) -> None:
    """PostgreSQL overwrites with VACUUM: a matter of its operation."""
    path = Path(shutil.copy(sqlite_template, tmp_path))
    database = Database(f"sqlite:///{path}")
    with database.session() as session:
        number = register_interest(session, wish(name="Zeldzame Naam"), now=NOW).number
    with database.session() as session:
        erase(session, number, PHONE, now=NOW)
        assert b"Zeldzame Naam" in _everything(path)
    database.dispose()  # the last connection writes the journal back into the file
    assert b"Zeldzame Naam" not in _everything(path)


def _everything(path: Path) -> bytes:
    """The bytes of the file and of its journal."""
    return b"".join(part.read_bytes() for part in path.parent.glob(path.name + "*"))


def test_the_table_has_no_room_for_what_we_must_not_know() -> None:
    columns = set(Registration.__table__.columns.keys())
    assert not columns & {
        "bsn",
        "diagnosis",
        "diagnose",
        "birth_date",
        "geboortedatum",
        "benefit",
        "uitkering",
    }
