"""Sessions, the usable test, and migrations on both databases."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.database import Base, Database, DatabaseUnavailable, current, downgrade, upgrade
from assistant.database.engine import make_engine
from assistant.editing import models as editing_models
from assistant.figures import models as figures_models
from assistant.handover import models as handover_models
from assistant.placement import register_interest, seed
from assistant.placement.models import Municipality, Opening, Registration
from assistant.placement.models.opening import band_of
from assistant.review import learning_models, work_models
from assistant.review import models as review_models
from assistant.rights import models as rights_models
from assistant.staff import models as staff_models

from .conftest import NOW, MakeWish


def test_a_session_commits_when_all_is_well_and_forgets_when_not(database: Database) -> None:
    with database.session() as session:
        session.add(Municipality(id="meppel", name="Meppel"))
    with pytest.raises(ZeroDivisionError), database.session() as session:
        session.add(Municipality(id="zwolle", name="Zwolle"))
        session.flush()
        raise ZeroDivisionError
    with database.session(write=False) as session:
        assert session.get(Municipality, "meppel") is not None
        assert session.get(Municipality, "zwolle") is None


def test_a_reading_session_refuses_to_write(database: Database) -> None:
    with pytest.raises((SQLAlchemyError, DatabaseUnavailable)), database.session(write=False) as session:
        session.add(Municipality(id="meppel", name="Meppel"))
        session.flush()
    with database.session() as session:  # and the connection is a writing one again afterwards
        session.add(Municipality(id="meppel", name="Meppel"))


def test_reading_does_not_wait_for_a_writer(database: Database) -> None:
    with database.session() as writer:
        writer.add(Municipality(id="meppel", name="Meppel"))
        writer.flush()
        with database.session(write=False) as reader:
            assert reader.get(Municipality, "meppel") is None


def test_check_tells_usable_from_empty_and_from_gone(database: Database, tmp_path: Path) -> None:
    assert database.check()
    assert not Database(f"sqlite:///{tmp_path / 'empty.db'}").check()
    assert not Database("postgresql://nobody@127.0.0.1:1/none").check()


def test_a_database_that_is_gone_has_one_kind_of_error() -> None:
    with (
        pytest.raises(DatabaseUnavailable) as error,
        Database("postgresql://x@127.0.0.1:1/none").session() as session,
    ):
        session.execute(text("SELECT 1"))
    assert error.value.code == "database_unavailable"
    with pytest.raises(DatabaseUnavailable):
        upgrade("postgresql://x@127.0.0.1:1/none")


def test_the_migrated_tables_are_those_of_the_models(url: str) -> None:
    engine = make_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        inspector = inspect(connection)
        for table in Base.metadata.sorted_tables:
            names = {check["name"] for check in inspector.get_check_constraints(table.name)}
            assert names == {c.name for c in table.constraints if type(c).__name__ == "CheckConstraint"}
    engine.dispose()


def test_down_and_up_with_data_in_it(url: str, wish: MakeWish) -> None:
    database = Database(url)
    with database.session() as session:
        register_interest(session, wish(opening="W-0001"), now=NOW)
    upgrade(url)  # nothing to do, nothing lost
    with database.session() as session:
        assert session.scalar(select(Registration.number)) == "AW-2026-00001"
    downgrade(url, "0001")  # below the newest tables, with what the oldest ones held
    assert current(url) == "0001"
    with database.session() as session:
        assert session.scalar(text("SELECT number FROM registration")) == "AW-2026-00001"
        count = session.scalar(text("SELECT count(*) FROM opening"))
    upgrade(url)
    with database.session() as session:
        openings = session.scalars(select(Opening)).all()
        assert len(openings) == count and count > 20
        assert all(opening.lat_band == band_of(opening.lat) for opening in openings)
        assert all(opening.entered_on == opening.confirmed_on for opening in openings)
        assert seed(session).openings == 0
    downgrade(url, "base")
    assert current(url) is None
    assert not database.check()
    upgrade(url)
    with database.session() as session:
        assert seed(session).openings == count
    assert database.check()
    database.dispose()


ROOMS = (
    editing_models,
    figures_models,
    handover_models,
    learning_models,
    review_models,
    rights_models,
    staff_models,
    work_models,
)
assert len(Base.metadata.tables) > 3 * len(ROOMS)  # imported, so that the comparison is with all tables of the house
