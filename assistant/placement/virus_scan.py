"""A file that somebody brings is looked at by the virus scanner of the organisation, when one is set (ClamAV's clamd).

Source of the protocol: man clamd, INSTREAM: parts of a length in four bytes and the bytes, an empty part ends; one line
comes back, `stream: OK` or `stream: NAME FOUND`.
"""

from __future__ import annotations

import socket
import struct
from typing import ClassVar

from assistant.placement.errors import FileUnreadable

PATIENCE = 30.0
"""Seconds for the whole look; ten megabytes take a scanner about one."""
PART = 65_536


class FileNotClean(FileUnreadable):
    """The scanner found something, or could not look: then the file is not taken. `why` is Dutch and may be shown."""

    code: ClassVar[str] = "placement.file_not_clean"

    def __init__(self, why: str) -> None:
        super().__init__("virus scanner")
        self.why = why


def scan(scanner: str, content: bytes) -> None:
    """Have a file looked at by `host:port` or the path of a socket; nothing to do without one. Raises FileNotClean."""
    if not scanner:
        return
    try:
        said = _ask(scanner, content)
    except (OSError, ValueError) as error:
        raise FileNotClean("De virusscanner antwoordt niet. Probeer het later nog eens of bel de beheerder.") from error
    if said.endswith("FOUND"):
        raise FileNotClean("De virusscanner vond iets in dit bestand. Er is niets bewaard. Bel uw ICT-afdeling.")
    if not said.endswith(": OK"):
        raise FileNotClean("De virusscanner kon dit bestand niet nakijken. Bel de beheerder.")


def _ask(scanner: str, content: bytes) -> str:
    with _line(scanner) as line:
        line.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PART):
            part = content[at : at + PART]
            line.sendall(struct.pack("!I", len(part)) + part)
        line.sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and (more := line.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode("utf-8", "replace").strip()


def _line(scanner: str) -> socket.socket:
    if scanner.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(PATIENCE)
        try:
            line.connect(scanner)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = scanner.rpartition(":")
    return socket.create_connection((host, int(port)), PATIENCE)
