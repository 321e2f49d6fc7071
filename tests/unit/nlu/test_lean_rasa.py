"""What tools/lean_rasa leaves out changes no answer: the same talks give the same events as Rasa as it comes."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
Played = dict[str, Any]


def play(mode: str) -> Played:
    """Play the talks of lean_play.py in a process of its own, with the newest trained model."""
    model = max((ROOT / "models").glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)
    environment = {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(Path(__file__).with_name("lean_play.py")), mode, str(model)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert "PLAYED" in done.stdout, done.stderr[-2000:]
    found: Played = json.loads(done.stdout.partition("PLAYED")[2])
    return found


@pytest.fixture(scope="module")
def lean() -> Played:
    return play("lean")


def test_every_event_of_every_talk_is_the_same(lean: Played) -> None:
    stock = play("stock")
    assert len(stock["played"]) == len(lean["played"]) > 40
    for theirs, ours in zip(stock["played"], lean["played"], strict=True):
        assert ours == theirs
    assert stock["tensorflow"], "stock Rasa without TensorFlow: then this test compares nothing"
    assert lean["megabytes"] < 0.6 * stock["megabytes"]


def test_tensorflow_is_not_loaded(lean: Played) -> None:
    assert not lean["tensorflow"]


def test_a_model_that_needs_tensorflow_is_refused() -> None:
    code = (
        "from tools.lean_rasa import stand_ins; stand_ins.install()\n"
        "from rasa.nlu.classifiers.diet_classifier import DIETClassifier\n"
        "from rasa.utils.tensorflow.models import RasaModel\n"
        "try: RasaModel()\n"
        "except stand_ins.NotLoaded: print('REFUSED')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert "REFUSED" in done.stdout, done.stderr[-2000:]


def _tracker(turns: int) -> Any:
    from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    tracker = DialogueStateTracker("x", [])
    tracker.update(SessionStarted(timestamp=100.0))
    for number in range(turns):
        reply = {"answer": f"loon/{number}", "source": "UWV", "text": "woorden", "buttons": [{"payload": "/x"}]}
        tracker.update(UserUttered(f"vraag {number}", {"name": "loon/hoeveel", "confidence": 1.0}))
        tracker.update(SlotSet("gemeente", "almere"))
        tracker.update(BotUttered("woorden", {"custom": {"replies": [reply]}}))
        tracker.update(ActionExecuted("action_listen"))
    return tracker


@pytest.mark.parametrize("turns", [0, 1, 2, 5, 40])
def test_the_app_hears_of_every_turn_and_of_the_last_two_word_for_word(turns: int) -> None:
    from tools.lean_rasa.seams import short_events

    events = short_events(list(_tracker(turns).events))
    bots = [event for event in events if event["event"] == "bot"]
    keys = [event["data"]["custom"]["replies"][0]["answer"] for event in bots]
    assert keys == [f"loon/{number}" for number in range(turns)]
    in_full = [event for event in bots if "buttons" in event["data"]["custom"]["replies"][0]]
    assert len(in_full) == min(2, turns)
    assert sum(event["event"] == "user" for event in events) == turns
    assert events[0]["timestamp"] == 100.0
    json.dumps(events)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    from rasa.core.tracker_store import SQLTrackerStore
    from rasa.shared.core.domain import Domain

    from tools.lean_rasa import tracker_rows

    kept = (SQLTrackerStore.__init__, SQLTrackerStore.retrieve, SQLTrackerStore.save)
    tracker_rows.install()
    yield lambda: SQLTrackerStore(domain=Domain.empty(), host=f"sqlite:///{tmp_path}/tracker.db")
    SQLTrackerStore.__init__, SQLTrackerStore.retrieve, SQLTrackerStore.save = kept


def test_a_talk_that_another_process_went_on_with_is_read_again(store: Any) -> None:
    from rasa.shared.core.events import UserUttered

    here, there = store(), store()
    asyncio.run(here.save(_tracker(1)))
    elsewhere = asyncio.run(there.retrieve("x"))
    elsewhere.update(UserUttered("daar gezegd"))
    asyncio.run(there.save(elsewhere))
    assert [event.text for event in asyncio.run(here.retrieve("x")).events if isinstance(event, UserUttered)] == [
        "vraag 0",
        "daar gezegd",
    ]


def test_who_is_erased_is_not_remembered(store: Any) -> None:
    here = store()
    asyncio.run(here.save(_tracker(2)))
    with here.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    assert asyncio.run(here.retrieve("x")) is None


def test_a_message_that_fails_half_way_leaves_nothing_behind(store: Any) -> None:
    from rasa.shared.core.events import UserUttered

    here = store()
    asyncio.run(here.save(_tracker(1)))
    asyncio.run(here.retrieve("x")).update(UserUttered("nooit bewaard"))
    assert len(asyncio.run(here.retrieve("x")).events) == len(_tracker(1).events)


def test_an_action_that_is_lost_ends_the_turn() -> None:
    from rasa.core.actions.action import Action
    from rasa.core.policies.policy import PolicyPrediction
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.domain import Domain

    from tools.lean_rasa import whole_turns

    class Lost(Action):
        """An action whose server is gone."""

        def name(self) -> str:
            return "action_aanmelden_werkzoekende"

        async def run(self, *given: Any) -> Any:
            raise ConnectionResetError("the app was killed")

    processor = object.__new__(MessageProcessor)
    processor.domain = Domain.empty()
    nothing = PolicyPrediction([1.0], "RulePolicy")
    with pytest.raises(whole_turns.TurnNotFinished, match="aanmelden_werkzoekende: ConnectionResetError"):
        asyncio.run(whole_turns.run_action(processor, Lost(), _tracker(1), None, None, nothing))


def test_the_image_of_rasa_holds_all_that_its_process_reads(tmp_path: Path) -> None:
    recipe = (ROOT / "deploy/docker/rasa.Dockerfile").read_text(encoding="utf-8")
    for source, target in re.findall(r"^COPY ((?:assistant|tools)/\S+) (\S+)$", recipe, re.M):
        (tmp_path / target).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, tmp_path / target)
    code = "from tools.lean_rasa import stand_ins; stand_ins.install(); import tools.lean_rasa.door; print('COMPLETE')"
    command = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "COMPLETE" in done.stdout, done.stderr[-2000:]


def test_what_goes_wrong_after_the_head_of_the_answer_is_told_in_its_body() -> None:
    from tools.lean_rasa.door import _said

    async def lost(message: Any) -> None:
        raise ConnectionResetError("the app was killed")

    call = {"sender": "x", "text": "/hulp", "page": {}}
    assert asyncio.run(_said(lost, call, [])) == {"error": "ConnectionResetError"}
