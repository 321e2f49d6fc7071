"""The figures: what is counted, and that nobody can be found in them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from assistant.conversation.brain import Thought
from assistant.conversation.errors import BrainUnavailable
from assistant.core.reply import Reply
from assistant.running.app import House
from assistant.watching.metrics import Metrics
from tests.unit.gateway.conftest import FakeRasa

ROOT = Path(__file__).resolve().parents[3]
SECRET = "Zonnebloem 0612345678"


async def start(public: httpx.AsyncClient, **page: Any) -> str:
    started = await public.post("/api/v1/conversations", json=page)
    return str(started.json()["id"])


async def say(public: httpx.AsyncClient, talk: str, text: str) -> httpx.Response:
    return await public.post(f"/api/v1/conversations/{talk}/messages", json={"text": text})


async def figures(private: httpx.AsyncClient) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Return every sample by name and labels."""
    text = (await private.get("/metrics")).text
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def turns(found: dict[Any, float], outcome: str) -> float:
    return found["meedoen_turns_total", (("outcome", outcome),)]


async def test_turns_are_counted_by_what_came_of_them(
    public: httpx.AsyncClient, private: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    talk = await start(public)
    for key in ("hulp", "twijfel/keuze", "twijfel/geen_idee"):
        rasa.answer = lambda text, key=key: Thought((Reply("Ja.", answer=key),), "hulp", 0.9)
        await say(public, talk, "hallo")
    await say(public, talk, "ik wil dood")
    found = await figures(private)
    outcomes = ("antwoord", "teruggevraagd", "niet_begrepen", "gevaar")
    assert [turns(found, outcome) for outcome in outcomes] == [1, 1, 1, 1]
    assert found["meedoen_turn_seconds_count", ()] == 4
    assert found["meedoen_rasa_seconds_count", ()] == 4


async def test_a_silent_rasa_is_counted_and_opens_the_breaker(
    public: httpx.AsyncClient, private: httpx.AsyncClient, rasa: FakeRasa
) -> None:
    def silent(text: str) -> Thought:
        raise BrainUnavailable("slow")

    rasa.answer = silent
    talk = await start(public)
    for _ in range(4):
        await say(public, talk, "hallo")
    found = await figures(private)
    assert found["meedoen_rasa_failures_total", (("reason", "slow"),)] == 3
    assert found["meedoen_rasa_failures_total", (("reason", "resting"),)] == 1
    assert found["meedoen_breaker_open", ()] == 1
    assert turns(found, "storing") == 4


async def test_the_backlog_comes_from_the_database(private: httpx.AsyncClient) -> None:
    found = await figures(private)
    assert found["meedoen_database_up", ()] == 1
    assert found["meedoen_registrations", (("state", "nieuw"),)] == 0
    assert found["meedoen_waiting", (("what", "call_back"),)] == 0
    assert found["meedoen_openings_stale", ()] >= 0


async def test_a_database_that_is_away_is_a_figure_and_no_error(
    private: httpx.AsyncClient, public: httpx.AsyncClient, house: House, tmp_path: Path
) -> None:
    house.database.dispose()
    (tmp_path / "meedoen.db").unlink()
    await public.post("/api/v1/conversations", json={})
    found = await figures(private)
    assert found["meedoen_database_up", ()] == 0
    assert found["meedoen_database_errors_total", ()] >= 1


async def test_model_and_answers_are_named(private: httpx.AsyncClient, house: House) -> None:
    (house.settings.var / "model-state.json").write_text('{"running": "m.tar.gz", "wanted": "x", "problem": "kapot"}')
    found = await figures(private)
    assert found["meedoen_model_info", (("name", "m.tar.gz"),)] == 1
    assert found["meedoen_model_problem", ()] == 1
    versions = [labels[0][1] for name, labels in found if name == "meedoen_answers_info"]
    assert re.fullmatch("[0-9a-f]{12}", versions[0])


async def test_no_person_text_or_conversation_is_in_the_figures(
    public: httpx.AsyncClient, private: httpx.AsyncClient
) -> None:
    talk = await start(public, municipality="almere", role="werkzoekende")
    await say(public, talk, SECRET)
    await public.get(f"/{SECRET}?naam={SECRET}")
    await public.request("ZONNEBLOEM", "/")
    text = (await private.get("/metrics")).text
    assert talk not in text
    assert "zonnebloem" not in text.lower()
    assert "0612345678" not in text


async def test_labels_come_from_closed_lists(public: httpx.AsyncClient, private: httpx.AsyncClient) -> None:
    """However much is asked, the number of lines does not grow with what outsiders make up."""
    talk = await start(public)
    await say(public, talk, "hallo")
    await public.get("/bestaat/niet")
    await public.request("VREEMD", "/a")
    before = len(await figures(private))
    for number in range(40):
        await public.get(f"/bestaat/niet/{number}?x={number}")
        await public.request(f"VREEMD{number}", f"/{number}")
        await say(public, f"{number:032x}", f"hallo {number}")
        await start(public)
    after = await figures(private)
    grown = len(after) - before
    assert grown <= 3 * 14, "only a status that was new for a route we have"
    assert not [labels for _, labels in after if any(re.search(r"[0-9a-f]{32}|VREEMD", value) for _, value in labels)]


async def test_figures_are_not_on_the_public_door(public: httpx.AsyncClient) -> None:
    for path in ("/metrics", "/health/live", "/health/ready"):
        assert (await public.get(path)).status_code == 404


async def test_live_is_not_ready_and_ready_stays(
    private: httpx.AsyncClient, house: House, tmp_path: Path, rasa: FakeRasa
) -> None:
    """Before the first good moment nobody is sent here; after it an honest sentence of ours is better than none."""
    house.database.dispose()
    kept = (tmp_path / "meedoen.db").rename(tmp_path / "away")
    assert (await private.get("/health/live")).status_code == 200
    assert (await private.get("/health/ready")).status_code == 503
    house.database.dispose()
    (tmp_path / "meedoen.db").unlink(missing_ok=True)
    kept.rename(tmp_path / "meedoen.db")
    assert (await private.get("/health/ready")).status_code == 200
    rasa.ready = False
    assert (await private.get("/health/ready")).json() == {
        "ready": True,
        "database": True,
        "answers": True,
        "rasa": False,
    }


# the files that are made for others


def known_names() -> set[str]:
    """Every name of a sample that the code can give."""
    names = set()
    for family in Metrics().registry.collect():
        kind = {
            "counter": ["_total"],
            "histogram": ["_bucket", "_sum", "_count"],
            "info": ["_info"],
        }.get(family.type, [""])
        names |= {family.name + ending for ending in kind}
    return names


def names_in(expression: str) -> set[str]:
    return set(re.findall(r"\b(?:meedoen|process)_[a-z_]+", expression))


def dashboard() -> list[str]:
    raw = json.loads((ROOT / "deploy/watching/dashboard.json").read_text(encoding="utf-8"))
    return [target["expr"] for panel in raw["panels"] for target in panel["targets"]]


def alerts() -> list[dict[str, Any]]:
    raw = yaml.safe_load((ROOT / "deploy/watching/alerts.yml").read_text(encoding="utf-8"))
    return [rule for group in raw["groups"] for rule in group["rules"]]


@pytest.mark.parametrize("expression", [*dashboard(), *(rule["expr"] for rule in alerts())])
def test_every_figure_that_is_asked_for_exists(expression: str) -> None:
    assert names_in(expression) - known_names() == set()
    assert expression.count("(") == expression.count(")")
    assert names_in(expression) or expression.startswith("up{")


def test_every_label_value_that_is_asked_for_exists() -> None:
    metrics = Metrics()
    given = {
        value for family in metrics.registry.collect() for sample in family.samples for value in sample.labels.values()
    } | {"5xx", "meedoen"}
    for expression in [*dashboard(), *(rule["expr"] for rule in alerts())]:
        for values in re.findall(r'=~?"([^"]+)"', expression):
            assert set(values.split("|")) <= given, expression


def test_every_figure_of_ours_is_on_the_dashboard() -> None:
    shown = {name for expression in dashboard() for name in names_in(expression)}
    ours = {family.name for family in Metrics().registry.collect() if family.name.startswith("meedoen")}
    assert {name for name in ours if not any(each.startswith(name) for each in shown)} == set()


def test_every_alarm_says_what_to_do() -> None:
    page = (ROOT / "docs/nl/storingen.md").read_text(encoding="utf-8")
    anchors = {
        re.sub(r"[^a-z0-9- ]", "", line[3:].lower()).replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("## ")
    }
    for rule in alerts():
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        path, anchor = rule["annotations"]["runbook"].split("#")
        assert path == "docs/nl/storingen.md"
        assert anchor in anchors, anchor
