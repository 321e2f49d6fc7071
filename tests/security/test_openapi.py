"""The public API keeps its word: schemathesis makes calls from its own description, as nobody and with a token.

In the same process, with a brain that the test controls. A call may be refused; it may never be a 500, an answer with a
status or a shape that the description does not have, or an answer to what the description forbids.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import CHECKS

from tests.unit.gateway.conftest import FakeRasa

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "25"))
"""For each operation and each of the two callers."""
CHECKED = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
START = "/api/v1/conversations"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The gateway on a free port, in a thread: the app is asynchronous and schemathesis is not."""
    from assistant.answers import Library
    from assistant.database import upgrade
    from assistant.running import app as running
    from assistant.settings import Settings

    folder = tmp_path_factory.mktemp("api")
    upgrade(f"sqlite:///{folder / 'meedoen.db'}")
    library = Library(ROOT / "data", every_seconds=1e9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "brain_of", lambda *given: FakeRasa())
        patch.setattr(running, "Library", lambda data, **options: library)
        many = {"messages_per_minute": 100_000, "conversations_per_ten_minutes": 100_000}
        house = running.House.open(Settings(data=ROOT / "data", var=folder, **many))
        server = uvicorn.Server(
            uvicorn.Config(
                running.gateway_app(house), port=0, log_config=None, lifespan="off", ws="none", access_log=False
            )
        )
        thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
        house.people.live.close()
        server.should_exit = True
        thread.join(10)


@pytest.mark.parametrize("who", ["anonymous", "with_a_token"])
def test_the_api_keeps_its_word(address: str, who: str) -> None:
    logging.getLogger("schemathesis").setLevel(logging.WARNING)
    begun = httpx.post(f"{address}{START}", json={}).json()
    headers = {"authorization": f"Bearer {begun['token']}"} if who == "with_a_token" else {}
    described = schemathesis.openapi.from_url(f"{address}/openapi.json")
    checks = [CHECKS.get_one(name) for name in CHECKED]
    tried: dict[str, int] = {}
    seen: dict[str, set[int]] = {}

    def asker(name: str) -> Callable[[schemathesis.Case], None]:
        def ask(case: schemathesis.Case) -> None:
            if who == "with_a_token" and "conversation_id" in (case.path_parameters or {}):
                case.path_parameters["conversation_id"] = begun["id"]
            case.headers = {
                k: v for k, v in (case.headers or {}).items() if k.lower() not in ("authorization", "accept")
            }
            answer = case.call(headers=headers, timeout=10)
            tried[name] = tried.get(name, 0) + 1
            seen.setdefault(name, set()).add(answer.status_code)
            case.validate_response(answer, checks=checks)

        return ask

    for found in described.get_all_operations():
        operation = found.ok()
        name = f"{operation.method.upper()} {operation.path}"
        strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE)
        if name.startswith(("POST", "GET")) and operation.body:
            strategy |= operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE)
        quick = settings(max_examples=CASES, deadline=None, database=None, phases=[Phase.generate, Phase.shrink],
                         suppress_health_check=list(HealthCheck))  # fmt: skip
        seed(20261122)(quick(given(strategy)(asker(name))))()
    print(who, json.dumps(tried), {name: sorted(codes) for name, codes in seen.items()})
    assert len(tried) >= 5 and sum(tried.values()) >= 5 * CASES // 2


def test_every_answer_of_the_api_is_described(address: str) -> None:
    """Problem documents have a shape, and every operation of a talk names the refusals that it gives."""
    described = httpx.get(f"{address}/openapi.json").json()
    talks = {path: one for path, one in described["paths"].items() if path.startswith(START + "/{conversation_id}/")}
    assert len(talks) >= 3
    for path, methods in talks.items():
        for method, operation in methods.items():
            assert {"401", "404", "422", "429", "503"} <= set(operation["responses"]), f"{method} {path}"
