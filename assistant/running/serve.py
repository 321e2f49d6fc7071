"""Run the three listeners in one event loop until a signal ends them."""

from __future__ import annotations

import asyncio
import signal

import uvicorn
import uvloop
from starlette.applications import Starlette

from assistant.core import garbage
from assistant.running.app import House, console, gateway_app, internal
from assistant.running.voices import audiosocket, switchboard
from assistant.settings import Settings
from assistant.voice.telephone.switchboard import telephone_app
from assistant.watching.logs import configure_logging


class _Quiet(uvicorn.Server):
    """A server that leaves signals to `serve`, so that two of them can share one loop."""

    def install_signal_handlers(self) -> None:
        """Leave the signals alone."""


async def serve(settings: Settings) -> None:
    """Serve the public, the staff's and the internal listener; returns when all have stopped."""
    house = House.open(settings)
    servers = [
        _server(gateway_app(house), settings.public_host, settings.public_port),
        _server(console(house), settings.console_host, settings.console_port),
        _server(internal(house), settings.internal_host, settings.internal_port),
    ]
    board = switchboard(settings, house)
    if settings.phone_port:
        servers.append(_server(telephone_app(board), settings.phone_host, settings.phone_port))
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(sign, _stop, servers, house)
    garbage.calm()
    async with audiosocket(settings, board):
        await asyncio.gather(*(server.serve() for server in servers))


def _stop(servers: list[_Quiet], house: House) -> None:
    house.people.live.close()
    for server in servers:
        server.should_exit = True


def _server(app: Starlette, host: str, port: int) -> _Quiet:
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        ws="websockets-sansio",
        ws_max_size=64 * 1024,  # bytes; a second of sound is half of it
        ws_max_queue=64,
        ws_per_message_deflate=False,
        access_log=False,
        log_level="warning",
        log_config=None,  # one form of line for everything (assistant.watching.logs)
        server_header=False,
        timeout_graceful_shutdown=5,  # seconds
    )
    return _Quiet(config)


def main() -> None:
    """Start with the settings of the environment."""
    configure_logging()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(Settings()))
