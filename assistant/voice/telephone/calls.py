"""Calls that were announced, that are going on, and how they ended: what the exchange asks before and after."""

from __future__ import annotations

import re
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

REMEMBERED_SECONDS = 600.0
MOST_REMEMBERED = 5_000
_FIGURES = re.compile(r"\D+")


class Ended(StrEnum):
    """What the exchange should do next; in Dutch, because it stands in the dialplan of a Dutch town hall."""

    GOING_ON = "bezig"
    READY = "klaar"
    PERSON = "mens"
    BUSY = "druk"
    FAILED = "storing"
    UNKNOWN = "onbekend"


@dataclass
class Known:
    """What is known of one call."""

    caller: str = ""
    municipality: str = ""
    ended: Ended = Ended.GOING_ON
    at: float = 0.0


class Calls:
    """The calls of this process."""

    def __init__(self, allowed: tuple[str, ...], most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._networks = tuple(ip_network(each, strict=False) for each in allowed)
        self._most, self._clock = most, clock
        self._known: OrderedDict[str, Known] = OrderedDict()
        self.going_on = 0

    def may_call(self, address: str) -> bool:
        """Whether an exchange with this address is one of ours."""
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(found in network for network in self._networks)

    def announce(self, call_id: str, caller: str, municipality: str) -> None:
        """Remember who will call, until the call comes in."""
        self._forget()
        self._known[call_id] = Known(number_of(caller), municipality, at=self._clock())

    def begin(self, call_id: str, caller: str = "", municipality: str = "") -> Known | None:
        """Return what is known of a call that comes in; None when there are too many already."""
        self._forget()
        known = self._known.setdefault(call_id, Known(at=self._clock()))
        known.caller = known.caller or number_of(caller)
        known.municipality = known.municipality or municipality
        if self.going_on >= self._most:
            known.ended = Ended.BUSY
            return None
        self.going_on += 1
        return known

    def end(self, known: Known, how: Ended) -> None:
        """Note how a call ended."""
        self.going_on -= 1
        known.ended, known.at = how, self._clock()

    def after(self, call_id: str) -> Ended:
        """Return what the exchange should do next with a call."""
        self._forget()
        known = self._known.get(call_id)
        return known.ended if known else Ended.UNKNOWN

    def _forget(self) -> None:
        """Let go of what is old: a number of a caller is kept no longer than the exchange needs."""
        old = self._clock() - REMEMBERED_SECONDS
        for call_id in [name for name, known in self._known.items() if known.at < old]:
            del self._known[call_id]
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)


def number_of(caller: str) -> str:
    """Return a Dutch number as people say it (0612345678), other numbers with 00; '' for a withheld one."""
    figures = _FIGURES.sub("", caller)
    if caller.strip().startswith("+") or (len(figures) == 11 and figures.startswith("31")):
        figures = f"0{figures[2:]}" if figures.startswith("31") else f"00{figures}"
    figures = f"0{figures[4:]}" if figures.startswith("0031") else figures
    return figures if 10 <= len(figures) <= 15 else ""
