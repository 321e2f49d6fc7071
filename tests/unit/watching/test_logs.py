"""Log lines: tied together by a number, and without anything that a person said or is."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from collections.abc import Iterator
from typing import Any, TextIO

import httpx
import pytest
import structlog

from assistant.running.app import House
from assistant.watching.logs import configure_logging
from assistant.watching.requests import hashed
from tests.unit.gateway.conftest import FakeRasa
from tests.unit.watching.test_metrics import say, start

SECRET = "Zonnebloemstraat 12"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is written while the real configuration is on; afterwards everything is as it was."""
    root = logging.getLogger()
    handlers, level, levels = root.handlers[:], root.level, {}
    for name in ("rasa_sdk", "httpx", "httpcore", "opentelemetry", "alembic"):
        levels[name] = logging.getLogger(name).level
    written = io.StringIO()
    configure_logging(written)
    yield written
    structlog.reset_defaults()
    root.handlers, root.level = handlers, level
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


async def test_a_request_is_one_line_with_its_route_and_a_number(log: io.StringIO, public: httpx.AsyncClient) -> None:
    talk = await start(public)
    log.truncate(0)
    log.seek(0)
    answer = await say(public, talk, SECRET)
    (line,) = [each for each in lines(log) if each["event"] == "request"]
    assert line["route"] == "/api/v1/conversations/{conversation_id}/messages"
    assert (line["method"], line["status"], line["door"]) == ("POST", 200, "public")
    assert line["request"] == answer.headers["x-request-id"]
    assert line["talk"] == hashed(talk)
    assert talk not in log.getvalue()


async def test_query_strings_paths_and_texts_are_in_no_line(log: io.StringIO, public: httpx.AsyncClient) -> None:
    talk = await start(public)
    await say(public, talk, SECRET)
    await public.get(f"/bestaat-niet/{SECRET}?naam={SECRET}", headers={"user-agent": SECRET, "referer": SECRET})
    await public.get("/health", params={"q": SECRET})
    assert lines(log)
    assert "onnebloem" not in log.getvalue()
    assert "127.0.0.1" not in log.getvalue(), "no address of a person either"


async def test_an_error_leaves_its_kind_and_place_and_never_its_words(
    log: io.StringIO, public: httpx.AsyncClient, rasa: FakeRasa, house: House
) -> None:
    """The words of an exception may quote what somebody typed."""

    def breaks(text: str) -> Any:
        raise ValueError(f"cannot read {text}")

    rasa.answer = breaks
    talk = await start(public)
    assert (await say(public, talk, SECRET)).status_code == 500
    try:
        breaks(SECRET)
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application %s", SECRET)
        structlog.get_logger("ours").error("it broke", exc_info=True)
    assert "onnebloem" not in log.getvalue()
    shown = [each for each in lines(log) if "error" in each]
    assert {each["error"]["kind"] for each in shown} == {"ValueError"}
    assert shown[0]["error"]["where"][-1].startswith("test_logs.py:")
    assert any(each.get("kind") == "ValueError" and each.get("request") for each in lines(log))


@pytest.fixture
def full_disk() -> Iterator[TextIO]:
    """`/dev/full` is a disk without room for a single byte."""
    with contextlib.suppress(OSError), open("/dev/full", "w") as full:
        yield full


async def test_a_full_disk_of_the_log_takes_no_answer_away(
    log: io.StringIO, full_disk: TextIO, public: httpx.AsyncClient
) -> None:
    configure_logging(full_disk)
    talk = await start(public)
    assert (await say(public, talk, "hallo")).status_code == 200
    logging.getLogger("x").error("nobody reads this")


def test_libraries_that_log_addresses_are_quiet(log: io.StringIO) -> None:
    for name in ("httpx", "httpcore", "rasa_sdk"):
        logging.getLogger(name).info("GET https://inloggen.voorbeeld.nl/?code=%s", SECRET)
    assert log.getvalue() == ""
