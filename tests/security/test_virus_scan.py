"""Files that staff bring are looked at by a scanner that speaks clamd's protocol; no answer, no file."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.placement.models import PendingImport
from assistant.placement.virus_scan import PART, FileNotClean, scan
from tests.unit.console import desk_rows
from tests.unit.console.conftest import Console

BAD = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless text that every scanner finds (EICAR)."""
GOOD = b"titel;soort_plek\nGroen;beschut\n"


class Daemon(socketserver.BaseRequestHandler):
    """Reads as clamd does (tried beside ClamAV 1.4.6: the same bytes, the same answers)."""

    def handle(self) -> None:
        assert self._read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", self._read(4))[0]:
            assert length <= PART
            content += self._read(length)
        answer = b"stream: Eicar-Test FOUND\0" if BAD in content else b"stream: OK\0"
        if b"too large" in content:
            answer = b"INSTREAM size limit exceeded. ERROR\0"
        self.request.sendall(answer)

    def _read(self, count: int) -> bytes:
        read = b""
        while len(read) < count and (more := self.request.recv(count - len(read))):
            read += more
        return read


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def scanner() -> Iterator[str]:
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Daemon)
    with served(server):
        yield f"127.0.0.1:{server.server_address[1]}"


def bring(console: Console, content: bytes) -> tuple[int, str, int]:
    """Bring a file as an accountmanager: the status, the page, and how many files are kept."""
    desk_rows.fill(console.database)
    done = console.login("accountmanager").submit("/werkplekken/import", files={"bestand": ("a.csv", content)})
    with console.database.session(write=False) as session:
        return done.status_code, done.text, session.query(PendingImport).count()


@pytest.mark.parametrize("before", [b"", b"titel;soort_plek\n" * 20_000])
def test_a_file_in_which_something_is_found_is_not_kept(console: Console, scanner: str, before: bytes) -> None:
    console.rooms.settings = console.settings.model_copy(update={"virus_scanner": scanner})
    status, page, kept = bring(console, before + BAD)
    assert (status, kept) == (422, 0) and "virusscanner vond iets" in page


def test_a_clean_file_goes_on(console: Console, scanner: str) -> None:
    console.rooms.settings = console.settings.model_copy(update={"virus_scanner": scanner})
    status, _, kept = bring(console, GOOD)
    assert (status, kept) in ((303, 1), (422, 0)), "read further by the import itself"
    scan(scanner, GOOD)
    scan(scanner, b"")


@pytest.mark.parametrize("nobody", ["127.0.0.1:9", "/nergens/clamd.ctl", "127.0.0.1", "127.0.0.1:geen"])
def test_without_an_answer_of_the_scanner_no_file_is_taken(console: Console, nobody: str) -> None:
    console.rooms.settings = console.settings.model_copy(update={"virus_scanner": nobody})
    status, page, kept = bring(console, GOOD)
    assert (status, kept) == (422, 0) and "antwoordt niet" in page


def test_an_answer_that_is_no_verdict_is_none(scanner: str) -> None:
    with pytest.raises(FileNotClean, match="virus scanner") as refused:
        scan(scanner, b"too large")
    assert "kon dit bestand niet nakijken" in refused.value.why


def test_a_socket_on_the_own_machine(tmp_path: Path) -> None:
    path = str(tmp_path / "clamd.ctl")
    with served(socketserver.ThreadingUnixStreamServer(path, Daemon)):
        scan(path, GOOD)
        with pytest.raises(FileNotClean):
            scan(path, BAD)
