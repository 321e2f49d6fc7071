"""A process under guard, with a clock and a process of the test: when it is started, ended, and given up."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from assistant.running.errors import GaveUp, ModelBroken
from assistant.running.supervise import PAUSES, Answer, Patience, Seen, Ward


@dataclass
class Fake:
    """A process that runs until the test says otherwise."""

    code: int | None = None

    def poll(self) -> int | None:
        return self.code


@dataclass
class Stage:
    """Everything around a ward."""

    now: float = 0.0
    answer: Answer = Answer.SILENT
    started: list[float] = field(default_factory=list)
    ended: list[Fake] = field(default_factory=list)
    cannot_start: bool = False

    def ward(self, **patience: float) -> Ward:
        return Ward(
            "rasa", self.launch, lambda: self.answer, self.end, patience=Patience(**patience), clock=lambda: self.now
        )  # type: ignore[arg-type]

    def launch(self) -> Fake:
        self.started.append(self.now)
        if self.cannot_start:
            raise ModelBroken("broken")
        return Fake()

    def end(self, process: Fake) -> None:  # type: ignore[override]
        process.code = -9
        self.ended.append(process)


@pytest.fixture
def stage() -> Stage:
    return Stage()


def ready(stage: Stage, **patience: float) -> Ward:
    ward = stage.ward(**patience)
    ward.start()
    stage.answer = Answer.READY
    assert ward.look() is Seen.READY
    return ward


def die(ward: Ward) -> None:
    assert isinstance(ward.process, Fake)
    ward.process.code = 1


def test_a_process_that_dies_is_started_again_after_one_second(stage: Stage) -> None:
    ward = ready(stage)
    die(ward)
    assert ward.look() is Seen.ENDED
    stage.now = 0.9
    ward.look()
    assert stage.started == [0.0]
    stage.now = 1.0
    ward.look()
    assert stage.started == [0.0, 1.0]
    assert ward.look() is Seen.READY


def test_the_pause_grows_with_every_end_and_stops_at_thirty_seconds(stage: Stage) -> None:
    ward = ready(stage)
    pauses = []
    for _ in range(8):
        die(ward)
        ward.look()
        ended = stage.now
        while ward.process is None:
            stage.now += 0.5
            ward.look()
        pauses.append(stage.now - ended)
        ward.look()
    assert pauses == [*PAUSES, 30.0, 30.0]


def test_after_a_steady_minute_the_pause_is_short_again(stage: Stage) -> None:
    ward = ready(stage)
    for _ in range(4):
        die(ward)
        ward.look()
        stage.now += 30
        ward.look()
        ward.look()
    stage.now += 61
    ward.look()
    die(ward)
    ward.look()
    stage.now += 1.0
    ward.look()
    assert ward.process is not None


def test_a_frozen_process_is_ended_after_three_silent_pings_and_one_answer_forgives(stage: Stage) -> None:
    ward = ready(stage)
    for answers in (Answer.SILENT, Answer.SILENT, Answer.READY, Answer.SILENT, Answer.SILENT):
        stage.answer = answers
        assert ward.look() is Seen.NOTHING
    assert stage.ended == []
    assert ward.look() is Seen.ENDED
    assert len(stage.ended) == 1
    assert "did not answer 3 times" in ward.why


def test_silence_while_starting_is_patience_until_it_is_too_late(stage: Stage) -> None:
    ward = stage.ward(start=120.0)
    ward.start()
    stage.now = 119.0
    assert ward.look() is Seen.NOTHING
    stage.now = 121.0
    assert ward.look() is Seen.ENDED
    assert "not ready after 120 s" in ward.why


def test_one_that_says_it_cannot_work_is_not_waited_for(stage: Stage) -> None:
    ward = stage.ward()
    ward.start()
    stage.answer = Answer.USELESS
    assert ward.look() is Seen.ENDED


@pytest.mark.parametrize("way", ["dies", "cannot be started"])
def test_five_starts_that_lead_nowhere_are_given_up_loudly(stage: Stage, way: str) -> None:
    ward = stage.ward()
    stage.cannot_start = way != "dies"

    def rounds() -> None:
        ward.start()
        for _ in range(200):
            if ward.process is not None:
                die(ward)
            ward.look()
            stage.now += 1

    with pytest.raises(GaveUp, match="5 times in a row"):
        rounds()
    assert len(stage.started) == 5


def test_one_that_was_ready_in_between_is_never_given_up(stage: Stage) -> None:
    ward = ready(stage)
    for _ in range(20):
        die(ward)
        ward.look()
        stage.now += 31
        ward.look()
        assert ward.look() is Seen.READY


def test_a_wished_restart_has_no_pause(stage: Stage) -> None:
    ward = ready(stage)
    ward.restart()
    assert (len(stage.started), len(stage.ended)) == (2, 1)
    assert not ward.ready
