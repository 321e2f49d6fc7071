"""Run both listeners in one event loop until a signal ends them."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys

import structlog
import uvicorn
from fastapi import FastAPI

from assistant.running.app import House, gateway_app, internal
from assistant.settings import Settings


class _Quiet(uvicorn.Server):
    """A server that leaves signals to `serve`, so that two of them can share one loop."""

    def install_signal_handlers(self) -> None:
        """Leave the signals alone."""


def configure_logging() -> None:
    """Structured lines on stderr; nothing that a person said is ever logged."""
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


async def serve(settings: Settings) -> None:
    """Serve the public and the internal listener; returns when both have stopped."""
    house = House.open(settings)
    servers = [
        _server(gateway_app(house), settings.public_host, settings.public_port),
        _server(internal(house), settings.internal_host, settings.internal_port),
    ]
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, _stop, servers)
    await asyncio.gather(*(server.serve() for server in servers))


def _stop(servers: list[_Quiet]) -> None:
    for server in servers:
        server.should_exit = True


def _server(app: FastAPI, host: str, port: int) -> _Quiet:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="none",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,  # seconds
    )
    return _Quiet(config)


def main() -> None:
    """Start with the settings of the environment."""
    configure_logging()
    asyncio.run(serve(Settings()))
