"""The public pages: the widget's file, what the widget looks up, demo pages, and the chat without JavaScript.

`/chat` keeps the conversation id and its token in one HttpOnly cookie that exists on `/chat` only. Hidden fields would
put the token in the page, where it is saved, printed and passed on, and a reload after a post would ask "send again?".
With the cookie every post answers with a redirect, so a reload only reads. Posts of other sites are refused twice:
the cookie is SameSite=Lax, and `Sec-Fetch-Site` must not be another site.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

import holidays
import yaml
from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup, escape
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.conversation.converse import Conversations
from assistant.conversation.errors import ConversationNotFound, TokenMissing
from assistant.core.context import Role, TalkContext
from assistant.core.reply import Reply
from assistant.errors import MeedoenError

HERE = Path(__file__).parent
STATIC = HERE / "static"
LOOKS = ("steenwijkerland", "almere", "voorbeeld", "kaal", "donker")
COOKIE = "meedoen_chat"
MAX_FORM_BYTES = 32 * 1024
REMEMBERED_TALKS, REMEMBERED_TURNS = 500, 40
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_FOR_ALL = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}
_POLICY_PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_POLICY_DATA = "default-src 'none'; frame-ancestors 'none'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=(), payment=(), usb=()",
}
_LINK = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|\b(?P<site>(?:www\.)?(?:[a-z0-9-]+\.)+(?:nl|eu)(?:/[^\s<>\".,;:!?)]*)?)\b"
    r"|(?<!\d)(?P<phone>14 ?0\d{2,3}|0[89]00[ -]?\d{4}|0\d(?:[ -]?\d){8})(?!\d)|\*\*(?P<bold>[^*\n]+)\*\*",
    re.IGNORECASE,
)

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class WidgetFile:
    """The built widget as it is served: bytes, short version and hash for `integrity`."""

    body: bytes
    packed: bytes
    version: str
    integrity: str


@dataclass
class PlainTalk:
    """What the page without JavaScript shows of one conversation. Forgotten at a restart; the talk itself is not."""

    municipality: str | None
    role: Role | None
    turns: list[tuple[str, list[Reply]]] = field(default_factory=list)
    easy: bool = False
    error: str = ""
    typed: str = ""


@dataclass
class Pages:
    """What the pages hold while the app runs."""

    data: Path
    talks: OrderedDict[str, PlainTalk] = field(default_factory=OrderedDict)

    def keep(self, conversation_id: str, talk: PlainTalk) -> None:
        """Remember a talk; the one that was silent longest goes when there are too many."""
        self.talks[conversation_id] = talk
        self.talks.move_to_end(conversation_id)
        talk.turns = talk.turns[-REMEMBERED_TURNS:]
        while len(self.talks) > REMEMBERED_TALKS:
            self.talks.popitem(last=False)


def install(app: FastAPI, data: Path = Path("data")) -> None:
    """Add the pages, their static files and the security headers of every response to an app."""
    app.state.pages = Pages(data)
    app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(SecurityHeaders)


class SecurityHeaders:
    """Puts the security headers on every response. Plain ASGI, so that a stream of events passes through unbuffered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what the app set itself stays."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                is_page = headers.get("content-type", "").startswith("text/html")
                headers.setdefault("Content-Security-Policy", _POLICY_PAGE if is_page else _POLICY_DATA)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                if scope.get("scheme") == "https":
                    headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


# --- the widget's file and what the widget looks up ---


def _widget() -> WidgetFile:
    return _read_widget((STATIC / "widget.js").stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _read_widget(_stamp: int) -> WidgetFile:
    body = (STATIC / "widget.js").read_bytes()
    digest = hashlib.sha384(body).digest()
    integrity = f"sha384-{base64.b64encode(digest).decode()}"
    return WidgetFile(body, gzip.compress(body, 9, mtime=0), digest.hex()[:12], integrity)


@router.get("/widget.js")
async def widget_script(request: Request) -> Response:
    """The newest widget; asked for again after five minutes."""
    return _script(request, _widget(), "public, max-age=300")


@router.get("/widget-{version}.js")
async def widget_version(version: str, request: Request) -> Response:
    """One version of the widget, for pages that pin its hash; 404 when this server has another one."""
    file = _widget()
    if version != file.version:
        raise HTTPException(404)
    return _script(request, file, "public, max-age=31536000, immutable")


@router.get("/widget.json")
async def widget_manifest() -> Response:
    """Where the versioned widget is and which `integrity` belongs to it."""
    file = _widget()
    manifest = {"version": file.version, "path": f"/widget-{file.version}.js", "integrity": file.integrity}
    sizes = {"bytes": len(file.body), "gzip_bytes": len(file.packed)}
    return JSONResponse(manifest | sizes, headers=_FOR_ALL | {"Cache-Control": "no-cache"})


def _script(request: Request, file: WidgetFile, caching: str) -> Response:
    headers = _FOR_ALL | {"Cache-Control": caching, "ETag": f'"{file.version}"', "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(file.body, media_type="text/javascript", headers=headers)
    return Response(file.packed, media_type="text/javascript", headers=headers | {"Content-Encoding": "gzip"})


@router.get("/widget/words.json")
async def difficult_words(request: Request) -> Response:
    """The difficult words with their explanation, for a tap on a word."""
    path = _pages(request).data / "answers" / "begrippen.yml"
    body = _words_json(path, path.stat().st_mtime_ns)
    headers = _FOR_ALL | {"Cache-Control": "public, max-age=3600", "Vary": "Accept-Encoding"}
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(gzip.decompress(body), media_type="application/json", headers=headers)
    return Response(body, media_type="application/json", headers=headers | {"Content-Encoding": "gzip"})


@lru_cache(maxsize=4)
def _words_json(path: Path, _stamp: int) -> bytes:
    entries = yaml.safe_load(path.read_text(encoding="utf-8")).values()
    words = [{key: entry.get(key, "") for key in ("term", "forms", "explanation", "example")} for entry in entries]
    return gzip.compress(JSONResponse(words).body, 9, mtime=0)


@router.get("/widget/help.json")
async def help_now(request: Request, municipality: str = "") -> Response:
    """Whom to call in a municipality, and when."""
    return JSONResponse(_help(_pages(request).data, municipality), headers=_FOR_ALL | {"Cache-Control": "no-cache"})


def _help(data: Path, municipality: str) -> dict[str, Any]:
    known = re.fullmatch(r"[a-z_-]{1,40}", municipality) and (data / "municipalities" / f"{municipality}.yml").exists()
    path = data / "municipalities" / f"{municipality if known else 'landelijk'}.yml"
    raw = _municipality(path, path.stat().st_mtime_ns)
    hours = {day: raw.get("opening_hours", {}).get(day) for day in DAYS}
    now = datetime.now(AMSTERDAM)
    today = None if _is_holiday(now.date()) else hours[DAYS[now.weekday()]]
    return {
        "name": raw["name"],
        "phone": str(raw["values"]["telefoon"]),
        "hours": {day: open_ for day, open_ in hours.items() if open_},
        "unverified": bool(raw.get("opening_hours", {}).get("unverified")),
        "today": today,
        "open": bool(today) and _is_between(now, str(today)),
    }


@lru_cache(maxsize=16)
def _municipality(path: Path, _stamp: int) -> dict[str, Any]:
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return raw


def _is_between(now: datetime, hours: str) -> bool:
    begin, _, end = hours.partition("-")
    return begin <= now.strftime("%H:%M") < end


def _is_holiday(day: date) -> bool:
    return day in holidays.country_holidays("NL", years=day.year)


# --- pages ---


@router.get("/")
async def home(request: Request) -> Response:
    """What this is, with the widget on it."""
    return _page("home.html", look="voorbeeld", looks=LOOKS, widget=_widget(), origin=str(request.base_url))


@router.get("/demo/{look}")
async def demo(look: str) -> Response:
    """A page with the widget in one of the looks."""
    if look not in LOOKS:
        raise HTTPException(404)
    return _page("demo.html", look=look, looks=LOOKS)


@router.get("/chat")
async def chat(request: Request, gemeente: str = "", rol: str = "") -> Response:
    """The conversation without JavaScript. Reading the page starts nothing; the first message does."""
    conversations, pages = _conversations(request), _pages(request)
    conversation_id, _ = _cookie(request)
    talk = pages.talks.get(conversation_id)
    if talk is None:
        talk = _new_talk(conversations, gemeente, rol)
    response = _page(
        "chat.html",
        talk=talk,
        error=talk.error,
        last=len(talk.turns) - 1,
        form=bool(talk.turns) and _asks(talk.turns[-1][1]),
        help=_help(pages.data, talk.municipality or ""),
        days=DAYS,
        message_id=secrets.token_hex(16),
        lost=bool(conversation_id) and conversation_id not in pages.talks,
    )
    talk.error = ""
    response.headers["Cache-Control"] = "no-store"
    return response


@router.post("/chat")
async def chat_say(request: Request) -> Response:
    """Take one message or button, answer with a redirect to the page that shows the reply."""
    _refuse_other_sites(request)
    form = await _form(request)
    conversations, pages = _conversations(request), _pages(request)
    text, shown = form.get("text", ""), form.get("text", "")
    if "choice" in form:
        text, _, shown = form["choice"].partition("\n")
    conversation_id, token = _cookie(request)
    talk = pages.talks.get(conversation_id) or _new_talk(conversations, form.get("gemeente", ""), form.get("rol", ""))
    context = TalkContext(talk.municipality, talk.role)
    try:
        if not conversation_id:
            conversation_id, token = await _start(request, conversations, context)
        await request.app.state.limits.message(conversation_id)
        try:
            replies = await conversations.say(conversation_id, token, text, form.get("id"))
        except (ConversationNotFound, TokenMissing):
            conversation_id, token = await _start(request, conversations, context)
            replies = await conversations.say(conversation_id, token, text, form.get("id"))
        talk.turns.append((shown or text, replies))
        talk.easy = talk.easy or text == "makkelijker"
        talk.typed = ""
    except MeedoenError as error:
        talk.error, talk.typed = conversations.book.word(error.answer_key, context).text, form.get("text", "")
        if not conversation_id:
            helps = _help(pages.data, talk.municipality or "")
            return _page("chat_error.html", status=503, error=talk.error, help=helps)
    pages.keep(conversation_id, talk)
    response = RedirectResponse("/chat#nieuw", status_code=303)
    _set_cookie(request, response, f"{conversation_id}.{token}")
    return response


@router.post("/chat/opnieuw")
async def chat_again(request: Request) -> Response:
    """Forget the conversation on this device and begin again."""
    _refuse_other_sites(request)
    talk = _pages(request).talks.pop(_cookie(request)[0], None)
    query = {"gemeente": talk.municipality or "", "rol": talk.role or ""} if talk else {}
    response = RedirectResponse(f"/chat?{urlencode(query)}", status_code=303)
    response.delete_cookie(COOKIE, path="/chat")
    return response


# --- small parts ---


def _conversations(request: Request) -> Conversations:
    return request.app.state.conversations  # type: ignore[no-any-return]


def _pages(request: Request) -> Pages:
    return request.app.state.pages  # type: ignore[no-any-return]


def _new_talk(conversations: Conversations, municipality: str, role: str) -> PlainTalk:
    known = municipality if municipality in conversations.book.municipalities else None
    who: Role | None = role if role in ("werkzoekende", "werkgever") else None  # type: ignore[assignment]
    welcome = conversations.book.word("welkom_werkgever" if who == "werkgever" else "welkom", TalkContext(known, who))
    return PlainTalk(known, who, [("", [welcome])])


async def _start(request: Request, conversations: Conversations, context: TalkContext) -> tuple[str, str]:
    await request.app.state.limits.start(request.client.host if request.client else "unknown")
    started = await conversations.start(context)
    return started.id, started.token


def _cookie(request: Request) -> tuple[str, str]:
    conversation_id, _, token = request.cookies.get(COOKIE, "").partition(".")
    return (conversation_id, token) if re.fullmatch(r"[0-9a-f]{32}", conversation_id) and token else ("", "")


def _set_cookie(request: Request, response: Response, value: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, value, path="/chat", httponly=True, samesite="lax", secure=secure)


def _refuse_other_sites(request: Request) -> None:
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    other = site is None and origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if site not in (None, "same-origin", "none") or other:
        raise HTTPException(403)


async def _form(request: Request) -> dict[str, str]:
    """Read a plain form. Only the kind that our pages send, and not more than fits a message."""
    if int(request.headers.get("content-length") or 0) > MAX_FORM_BYTES:
        raise HTTPException(413)
    body = await request.body()
    if len(body) > MAX_FORM_BYTES or not request.headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        raise HTTPException(413 if len(body) > MAX_FORM_BYTES else 415)
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    return {name: values[0].replace("\r\n", "\n") for name, values in fields.items()}


def _asks(replies: list[Reply]) -> bool:
    """Whether the last words are a question of a form, so that a step back makes sense."""
    return bool(replies) and bool(re.match(r"(vraag|waarom|fout|nodig)/", replies[-1].answer or ""))


def _rich(text: str) -> Markup:
    """Return text as paragraphs with links and bold; everything else is escaped."""
    paragraphs = (part.strip() for part in re.split(r"\n\s*\n", text))
    return Markup("").join(Markup("<p>%s</p>") % _linked(part) for part in paragraphs if part)


def _linked(text: str) -> Markup:
    parts: list[Markup] = []
    at = 0
    for match in _LINK.finditer(text):
        parts.append(escape(text[at : match.start()]))
        parts.append(_link(match))
        at = match.end()
    parts.append(escape(text[at:]))
    return Markup("").join(parts).replace("\n", Markup("<br>"))


def _link(match: re.Match[str]) -> Markup:
    found = match.groupdict()
    if found["bold"]:
        return Markup("<strong>%s</strong>") % found["bold"]
    target = found["url"] or _tel(found["phone"] or "")
    if found["mail"] or found["site"]:
        target = f"mailto:{found['mail']}" if found["mail"] else f"https://{found['site']}"
    return Markup('<a href="%s" rel="noopener noreferrer">%s</a>') % (target, match.group())


def _tel(phone: str) -> str:
    return "tel:" + re.sub(r"[^\d+]", "", phone)


_loader = FileSystemLoader(HERE / "templates")
_templates = Environment(loader=_loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
_templates.filters |= {"rich": _rich, "tel": _tel}


def _page(template: str, status: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(_templates.get_template(template).render(**values), status_code=status)
