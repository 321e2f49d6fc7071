"""Staff begin and end a trial of a model in the console; the gateway follows without a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assistant.conversation.trials import TrialChoice
from assistant.conversation.workers import ByMunicipality, Workers
from assistant.database import Database, upgrade
from assistant.review.model_trials import choose_trial, trials_chosen
from tests.scale.test_workers import Make, make, who, workers  # noqa: F401  fixtures

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


async def test_a_trial_begins_and_ends_as_staff_choose(
    make: Make,  # noqa: F811
    workers: Callable[..., Workers],  # noqa: F811
    tmp_path: Path,
) -> None:
    upgrade(f"sqlite:///{tmp_path / 'm.db'}")
    database = Database(f"sqlite:///{tmp_path / 'm.db'}")

    def chosen() -> dict[str, str | None]:
        with database.session(write=False) as session:
            return trials_chosen(session)

    usual, trial = await make("usual"), await make("trial")
    choice = TrialChoice(chosen)
    brain = ByMunicipality(workers(usual.url), {"almere": workers(trial.url)}, choice)
    assert await who(brain, "a", "almere") == "trial", "as the setting says"
    with database.session() as session:
        choose_trial(session, "almere", None, "Ruth", NOW)
        choose_trial(session, "steenwijkerland", "almere", "Ruth", NOW)
    await choice.look()
    assert await who(brain, "a", "almere") == "usual"
    assert await who(brain, "b", "steenwijkerland") == "trial"
    with database.session() as session:
        choose_trial(session, "steenwijkerland", "is er niet meer", "Ruth", NOW)
    await choice.look()
    assert await who(brain, "b", "steenwijkerland") == "usual"
    database.dispose()


async def test_a_message_looks_by_itself_and_waits_for_nothing() -> None:
    clock, reads = [0.0], []

    def read() -> dict[str, str | None]:
        reads.append(clock[0])
        if clock[0] > 10:
            raise OSError("the database is away")
        return {"almere": None}

    choice = TrialChoice(read, 5.0, lambda: clock[0])
    assert choice.pool_of("almere") == "almere", "what was known, not what is being read"
    assert choice._looking
    await choice._looking
    assert choice.pool_of("almere") is None
    clock[0] = 4.9
    choice.pool_of("almere")
    assert reads == [0.0]
    clock[0] = 11.0
    choice.pool_of("almere")
    await choice._looking
    assert choice.pool_of("almere") is None, "while nobody can read it, it stays as it was"
    assert reads == [0.0, 11.0]
