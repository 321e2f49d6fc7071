"""Where calls come in: a TCP port for AudioSocket, and a small web app for exchanges that speak WebSocket.

Only exchanges with a listed address may ring, and only so many at a time.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

import structlog
from fastapi import APIRouter, FastAPI, Form, HTTPException, Query, Request, WebSocket
from fastapi.responses import PlainTextResponse

from assistant.errors import MeedoenError
from assistant.voice.house import VoiceHouse
from assistant.voice.telephone.audiosocket import AudioSocket
from assistant.voice.telephone.calls import Calls, Ended
from assistant.voice.telephone.clock import LIFE, Clock
from assistant.voice.telephone.line import Line, connected
from assistant.voice.telephone.web_wires import AsteriskSocket, MediaStream
from assistant.voice.telephone.wire import Ringing, Wire, WireEvent

logger = structlog.get_logger(__name__)
RING_SECONDS = 5.0
POLICY = 1008
CallId = Annotated[str, Form(min_length=1, max_length=80, pattern=r"^[\w.:-]+$")]
router = APIRouter(prefix="/telefoon", include_in_schema=False)


class Switchboard:
    """All calls of this process."""

    def __init__(self, house: VoiceHouse, calls: Calls, clock: Clock = LIFE) -> None:
        self.house, self.calls, self._clock = house, calls, clock

    async def tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one AudioSocket connection."""
        address = (writer.get_extra_info("peername") or ("",))[0]
        try:
            if self.calls.may_call(address):
                await self.take(AudioSocket(reader, writer))
            else:
                logger.warning("call refused", reason="address not listed")
        finally:
            writer.close()

    async def take(self, wire: Wire, caller: str = "", municipality: str = "", call_id: str = "") -> None:
        """Talk over a wire until the call ends, and remember how, for the exchange to ask."""
        events: asyncio.Queue[WireEvent | None] = asyncio.Queue(maxsize=500)
        reading = asyncio.create_task(connected(wire, events))
        try:
            ringing = await self._ringing(events)
            if ringing is not None:
                await self._talk(wire, events, ringing, (call_id, caller, municipality))
        finally:
            await wire.hang_up()
            reading.cancel()

    async def _ringing(self, events: asyncio.Queue[WireEvent | None]) -> Ringing | None:
        """Wait for the exchange to say which call it is; who does not is no exchange."""
        try:
            async with asyncio.timeout(RING_SECONDS):
                first = await events.get()
        except TimeoutError:
            return None
        return first if isinstance(first, Ringing) else None

    async def _talk(
        self, wire: Wire, events: asyncio.Queue[WireEvent | None], ringing: Ringing, said: tuple[str, str, str]
    ) -> None:
        call_id, caller, municipality = said
        known = self.calls.begin(
            call_id or ringing.call_id, caller or ringing.caller, municipality or ringing.municipality
        )
        if known is None:
            logger.warning("call refused", reason="all lines busy")
            return
        how = Ended.FAILED
        try:
            how = await Line(self.house, wire, known, clock=self._clock).run(events)
        except MeedoenError as error:
            logger.error("call failed", code=error.code)
        finally:
            self.calls.end(known, how)


def telephone_app(board: Switchboard) -> FastAPI:
    """Return the web app of the telephone's port."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.state.board = board
    app.include_router(router)
    return app


def _board(request: Request | WebSocket) -> Switchboard:
    board: Switchboard = request.app.state.board
    if not board.calls.may_call(request.client.host if request.client else ""):
        raise HTTPException(403)
    return board


@router.post("/gesprek", response_class=PlainTextResponse)
async def announce(
    request: Request,
    gesprek: CallId,
    nummer: Annotated[str, Form(max_length=40)] = "",
    gemeente: Annotated[str, Form(max_length=40)] = "",
) -> str:
    """An AudioSocket call brings only its number; the exchange says here beforehand who calls, and which town hall."""
    _board(request).calls.announce(gesprek, nummer, gemeente)
    return "ok"


@router.get("/gesprek/{call_id}", response_class=PlainTextResponse)
async def after(call_id: str, request: Request) -> str:
    """What the exchange should do next: `mens` connects with a person."""
    return _board(request).calls.after(call_id).value


@router.websocket("/asterisk")
async def asterisk(
    socket: WebSocket,
    gesprek: Annotated[str, Query(max_length=80)] = "",
    nummer: Annotated[str, Query(max_length=40)] = "",
    gemeente: Annotated[str, Query(max_length=40)] = "",
) -> None:
    """Asterisk's chan_websocket."""
    await _take(socket, AsteriskSocket(socket), nummer, gemeente, gesprek, "media")


@router.websocket("/stroom")
async def stream(socket: WebSocket) -> None:
    """Media-stream JSON."""
    await _take(socket, MediaStream(socket), "", "", "", None)


async def _take(socket: WebSocket, wire: Wire, caller: str, place: str, call_id: str, protocol: str | None) -> None:
    try:
        board = _board(socket)
    except HTTPException:
        await socket.close(POLICY)
        return
    await socket.accept(protocol if protocol in socket.scope.get("subprotocols", ()) else None)
    await board.take(wire, caller, place, call_id)
    try:
        await socket.close()
    except RuntimeError:
        return
