"""Whoever tries a lock is counted, named in a line and rings an alarm: by door and by lock, without who it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog.testing
import yaml
from prometheus_client.parser import text_string_to_metric_families

from assistant.running.app import House, gateway_app
from assistant.running.app import console as console_of
from assistant.running.app import internal as internal_of
from assistant.watching.metrics import DOORS, REFUSALS
from tests.unit.console.conftest import ADDRESS, Console, StaffClient
from tests.unit.gateway.conftest import MakeHouse

ROOT = Path(__file__).resolve().parents[2]
FROM_HERE = {"sec-fetch-site": "same-origin"}


async def counted(house: House) -> dict[tuple[str, str], float]:
    """Refusals by door and why, as Prometheus reads them; only what happened."""
    text = (await house.figures.text()).decode()
    return {
        (sample.labels["door"], sample.labels["why"]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name == "meedoen_refused_total" and sample.value
    }


def staff(house: House, console: Console, *roles: str) -> StaffClient:
    """Somebody in the console of this house, with its layers around it."""
    console.rooms.database = house.database
    console.database = house.database
    client = console.login(*roles) if roles else console.anonymous()
    watched = StaffClient(console_of(house), base_url=ADDRESS, follow_redirects=False)
    watched.token, watched.cookies = client.token, client.cookies
    return watched


async def test_the_public_door(make: MakeHouse) -> None:
    house = make(messages_per_minute=2)
    transport = httpx.ASGITransport(app=gateway_app(house))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        begun = (await client.post("/api/v1/conversations", json={})).json()
        address, token = f"/api/v1/conversations/{begun['id']}/messages", {"authorization": f"Bearer {begun['token']}"}
        with structlog.testing.capture_logs() as lines:
            await client.post(address, json={"text": "hallo"})
            await client.post(address, json={"vreemd": 1}, headers=token)
            await client.post(address, content=b"x" * 100_000, headers=token)
            for _ in range(3):
                await client.post(address, json={"text": "hallo"}, headers=token)
            await client.get("/", headers={"host": "evil.nl"})
            await client.get("/wp-login.php")
    found = await counted(house)
    wanted = {("public", why) for why in ("token", "input", "size", "too_many", "host")}
    assert set(found) == wanted, "an address that we do not have is no attempt"
    refused = [line for line in lines if line.get("refused")]
    assert {line["refused"] for line in refused} == {why for _, why in wanted}
    assert all(line["log_level"] == "warning" for line in refused)
    assert begun["id"] not in str(lines) and begun["token"] not in str(lines)


async def test_the_console(make: MakeHouse, console: Console) -> None:
    house = make()
    client = staff(house, console, "analist")
    tries: list[Callable[[], Any]] = [
        lambda: client.get("/accounts"),
        lambda: client.get("/gesprekken/" + "0" * 32),
        lambda: client.submit("/mijn-account/wachtwoord", nu="x"),
        lambda: client.post(
            "/mijn-account/uitloggen", data={"csrf": client.csrf}, headers={"origin": "http://evil.nl"}
        ),
    ]
    for one in tries:
        assert one().status_code in (400, 403, 404)
    nobody = staff(house, console)
    typed = {"email": "m1@example.nl", "wachtwoord": "x", "code": "1"}
    statuses = [nobody.post("/inloggen", data=typed, headers=FROM_HERE).status_code for _ in range(7)]
    assert statuses[0] == 400 and statuses[-1] == 429
    assert nobody.get("/uitnodiging/geraden").status_code == 404
    found = await counted(house)
    assert found["console", "right"] == 2 and found["console", "login"] == statuses.count(400)
    assert found["console", "too_many"] == statuses.count(429)
    assert found["console", "input"] == 1 and found["console", "not_here"] == 2


async def test_the_internal_door_is_silent_for_rasa_and_rings_for_others(make: MakeHouse) -> None:
    house = make()
    transport = httpx.ASGITransport(app=internal_of(house), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        await client.get("/health/live")
        await client.get("/metrics")
        assert await counted(house) == {}
        await client.post("/webhook", content=b"{")
    assert set(await counted(house)) == {("internal", "input")}


def alarms() -> dict[str, str]:
    raw = yaml.safe_load((ROOT / "deploy/watching/alerts.yml").read_text(encoding="utf-8"))
    return {rule["alert"]: rule["expr"] for group in raw["groups"] for rule in group["rules"]}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_has_an_alarm_on_what_it_refuses(door: str) -> None:
    about = [expression for expression in alarms().values() if f'meedoen_refused_total{{door="{door}"' in expression]
    assert about and all("increase(" in one and ">" in one for one in about)


def test_every_figure_of_a_refusal_is_there_from_the_start(make: MakeHouse) -> None:
    """`increase` of a line that appears with its first refusal would be nothing."""
    samples = {
        (one.labels["door"], one.labels["why"])
        for family in make().metrics.registry.collect()
        for one in family.samples
        if one.name == "meedoen_refused_total"
    }
    assert samples == {(door, why) for door in DOORS for why in REFUSALS}
