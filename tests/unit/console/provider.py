"""A real OpenID provider (package oidc-provider-mock) in a process of its own, on a free port."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from assistant.load.ports import free_port


@contextmanager
def running_provider() -> Iterator[str]:
    """Yield the address of a provider; it ends with the block."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(200):
        assert process.poll() is None, "the provider did not start"
        try:
            if httpx.get(f"{address}/.well-known/openid-configuration").status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.05)
    raise AssertionError("the provider does not answer")


def set_person(address: str, subject: str, **claims: Any) -> None:
    """Say what the provider knows of somebody."""
    assert httpx.put(f"{address}/users/{subject}", json=claims).status_code == 204


def say_yes(address: str, subject: str) -> dict[str, str]:
    """Do at the provider's page what a person does: log in; return what the browser carries back."""
    answer = httpx.post(address, data={"sub": subject}, follow_redirects=False)
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}
