"""Hostile input for everything that reads what others send: each case gives an answer or the error of that reader.

Hypothesis makes the cases and shrinks what it finds; HYPOTHESIS_MAX_EXAMPLES asks for more than the few of every day.
Found so far: a media stream whose parts were no objects, or nested too deep, broke the task of a call; half a sample of
sound from Asterisk went on to the recogniser; a damaged spreadsheet was an unexpected error instead of a refusal.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from assistant.conversation.danger import DangerSigns
from assistant.conversation.guard import guard
from assistant.core.masking import mask
from assistant.errors import MeedoenError
from assistant.gateway.plain_post import TalkKey
from assistant.placement.errors import FileUnreadable
from assistant.placement.tables import MOST_UNPACKED, read_table
from assistant.voice.browser.messages import read, read_start
from assistant.voice.errors import MessageNotUnderstood
from assistant.voice.telephone.audiosocket import AudioSocket
from assistant.voice.telephone.web_wires import AsteriskSocket, MediaStream
from assistant.voice.telephone.wire import Key, Ringing, Sound, WireBroken

ROOT = Path(__file__).resolve().parents[2]
CASES = int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "150"))
few = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
DEEP = '{"event":' + "[" * 15_000


class _Line:
    """A WebSocket on which these messages come in, and then nobody is there."""

    def __init__(self, messages: list[str | bytes]) -> None:
        self._events: list[dict[str, Any]] = [
            {"type": "websocket.receive", "bytes": one}
            if isinstance(one, bytes)
            else {"type": "websocket.receive", "text": one}
            for one in messages
        ]

    async def receive(self) -> dict[str, Any]:
        return self._events.pop(0) if self._events else {"type": "websocket.disconnect"}


async def heard(wire: AudioSocket | AsteriskSocket | MediaStream) -> list[Sound | Key | Ringing]:
    """Every event until the line ends or is broken; nothing else may end it."""
    found: list[Sound | Key | Ringing] = []
    with contextlib.suppress(WireBroken):
        async for event in wire.events():
            assert isinstance(event, Sound | Key | Ringing)
            found.append(event)
    for event in found:
        assert not isinstance(event, Key) or event.key in "0123456789*#"
        assert not isinstance(event, Sound) or len(event.pcm) % 2 == 0, "half a sample"
    return found


# exchanges of telephones


@few
@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=700)), max_size=8), st.binary(max_size=40))
def test_no_frame_of_an_exchange_breaks_a_call(frames: list[tuple[int, bytes]], rest: bytes) -> None:
    async def play() -> None:
        reader = asyncio.StreamReader()
        for kind, body in frames:
            reader.feed_data(struct.pack(">BH", kind, len(body)) + body)
        reader.feed_data(rest)
        reader.feed_eof()
        await heard(AudioSocket(reader, None))  # type: ignore[arg-type]

    asyncio.run(play())


def parts(*names: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=dict.fromkeys(names, JSON))


STREAM = st.builds(
    lambda kind, more, inner: {"event": kind, **more, **inner},
    st.sampled_from(["connected", "start", "media", "dtmf", "mark", "stop", "x"]),
    parts("start", "media", "dtmf", "streamSid"),
    st.fixed_dictionaries({}, optional={
        "start": parts("mediaFormat", "customParameters", "callSid") | st.builds(
            lambda form: {"mediaFormat": form}, parts("encoding", "sampleRate")),
        "media": st.builds(lambda a, b: {"track": a, "payload": b}, JSON, st.text(max_size=30) | st.just("fw==")),
        "dtmf": st.builds(lambda digit: {"digit": digit}, st.text(max_size=3) | JSON),
    }),
)  # fmt: skip


@few
@given(
    st.lists(STREAM.map(json.dumps) | JSON.map(json.dumps) | st.text(max_size=40) | st.binary(max_size=40), max_size=8)
)
def test_no_media_stream_breaks_a_call(messages: list[str | bytes]) -> None:
    asyncio.run(heard(MediaStream(_Line(messages))))  # type: ignore[arg-type]


COMMANDS = st.builds(
    lambda name, fields: " ".join([name, *fields]),
    st.sampled_from(["MEDIA_START", "DTMF_END", "MEDIA_XOFF", "x", ""]),
    st.lists(
        st.sampled_from(
            ["format:ulaw", "format:slin", "format:opus", "digit:5", "digit:55", "digit:", ":", "channel_id:1"]
        )
    ),
)


@few
@given(st.lists(COMMANDS | JSON.map(json.dumps) | st.text(max_size=40) | st.binary(max_size=40), max_size=8))
def test_no_socket_of_asterisk_breaks_a_call(messages: list[str | bytes]) -> None:
    asyncio.run(heard(AsteriskSocket(_Line(messages))))  # type: ignore[arg-type]


@pytest.mark.parametrize("wire", [MediaStream, AsteriskSocket])
def test_json_without_end_breaks_no_call(wire: type[MediaStream] | type[AsteriskSocket]) -> None:
    assert asyncio.run(heard(wire(_Line([DEEP])))) == []  # type: ignore[arg-type]


# the page


@few
@given(JSON.map(json.dumps) | st.text(max_size=200) | st.just(DEEP[:8000]))
def test_no_message_of_a_page_breaks_a_spoken_talk(text: str) -> None:
    for reader in (read, read_start):
        with contextlib.suppress(MessageNotUnderstood):
            reader(text)


@few
@given(st.text(max_size=400))
def test_no_text_breaks_guard_or_masking(text: str) -> None:
    with contextlib.suppress(MeedoenError):
        guard(text, frozenset(), DANGER)
    assert mask(mask(text)) == mask(text)


DANGER = DangerSigns.read(ROOT / "data/safety/signalen.yml")


@few
@given(st.text(alphabet=st.characters(blacklist_characters=';="\\,', min_codepoint=33, max_codepoint=126), max_size=90))
def test_no_cookie_opens_a_talk_by_itself(value: str) -> None:
    from starlette.requests import Request

    scope = {"type": "http", "headers": [(b"cookie", f"meedoen_chat={value}".encode())], "scheme": "http", "path": "/",
             "server": ("127.0.0.1", 80), "query_string": b"", "method": "GET"}  # fmt: skip
    key = TalkKey.of(Request(scope))
    assert key == TalkKey() or (len(key.id) == 32 and key.token)


# sheets


@few
@given(
    st.binary(max_size=600) | st.text(alphabet="titel;soort,\t\"'\n=+@x", max_size=300).map(str.encode),
    st.sampled_from(["csv", "xlsx"]),
)
def test_no_file_breaks_the_import(tmp_path_factory: pytest.TempPathFactory, content: bytes, kind: str) -> None:
    path = tmp_path_factory.getbasetemp() / f"in.{kind}"
    path.write_bytes(content)
    with contextlib.suppress(FileUnreadable):
        for number, row in read_table(path):
            assert number >= 2 and all(isinstance(cell, str) for cell in row.values())


@few
@given(st.integers(0, 5000), st.integers(0, 255), st.integers(1, 40))
def test_no_damaged_sheet_breaks_the_import(
    tmp_path_factory: pytest.TempPathFactory, at: int, value: int, length: int
) -> None:
    raw = bytearray(sheet())
    at %= len(raw)
    raw[at : at + length] = bytes([value]) * min(length, len(raw) - at)
    path = tmp_path_factory.getbasetemp() / "damaged.xlsx"
    path.write_bytes(raw)
    with contextlib.suppress(FileUnreadable):
        read_table(path)


def sheet() -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.active.append(["titel", "soort_plek"])  # type: ignore[union-attr]
    book.active.append(["Groen", "beschut"])  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def with_part(name: str, body: bytes) -> bytes:
    """A sheet in which one file was put in the place of another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, body if one == name else old.read(one))
    return out.getvalue()


XXE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>titel &e;</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>"""
LAUGHS = (
    b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a0 'ha'>"
    + b"".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>".encode() for n in range(1, 10))
    + b"""]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row></sheetData></worksheet>"""
)


@pytest.mark.parametrize("body", [XXE, LAUGHS, b" " * (MOST_UNPACKED + 1)], ids=["other files", "laughs", "bomb"])
def test_a_sheet_that_reads_other_files_or_swells_is_refused(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(with_part("xl/worksheets/sheet1.xml", body))
    try:
        rows = read_table(path)
    except FileUnreadable:
        return
    assert "root:" not in str(rows) and len(str(rows)) < 10_000
