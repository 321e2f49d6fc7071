"""A fault that we put there ourselves, behind four doors: who does not find this one finds nothing."""

from __future__ import annotations


def fault(data: bytes) -> None:
    if len(data) > 3 and data[0] == 0x66 and data[1] == 0x6F and data[2] == 0x75 and data[3] == 0x74:  # noqa: SIM102
        if b"\xff" not in data:
            raise RuntimeError("planted")
