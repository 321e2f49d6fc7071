"""Figures of the talks: what is understood, who was lost, how long people waited, with every definition beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, Any, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from assistant.console.access import Staff, allowed
from assistant.console.desk_openings import file_response
from assistant.console.desk_words import municipality_name
from assistant.console.figures_charts import plot
from assistant.console.navigation import NavItem
from assistant.console.page_templates import page
from assistant.console.rooms import Rooms, rooms
from assistant.figures import METRICS, Asked, Figures, Period, Tally, definitions
from assistant.figures.errors import PeriodUnknown
from assistant.figures.periods import day_of
from assistant.figures.sheets import figures_sheet
from assistant.figures.tally import IN_DAYS
from assistant.staff.rights import Right

router = APIRouter()
NAV = NavItem("Cijfers", "/cijfers", Right.FIGURES_READ, "Cijfers")
Reader = Annotated[Staff, allowed(Right.FIGURES_READ)]
CHANNELS = {"web": "website", "voice": "spraak", "phone": "telefoon"}
TILES = (
    "gesprekken", "begrepen", "teruggevraagd", "niet_begrepen", "verloren_aandeel", "mens_gevraagd",
    "tijd_tot_mens_mediaan", "tijd_tot_mens_p90", "gezicht_goed",
)  # fmt: skip
COLUMNS = ("gesprekken", "berichten", "begrepen", "verloren_aandeel", "mens_gevraagd", "gezicht_goed")
LONGEST = timedelta(days=730)


@router.get("/cijfers")
def overview(
    request: Request, staff: Reader, van: str = "", tot: str = "", gemeente: str = "", kanaal: str = ""
) -> HTMLResponse:
    """Everything over a period, the last four weeks unless asked otherwise."""
    house = rooms(request)
    asked, wrong = _asked(house, staff, van, tot, gemeente, kanaal)
    weekly = asked.period.until - asked.period.since <= IN_DAYS
    spans = list(asked.period.weeks() if weekly else asked.period.months())
    with house.database.session(write=False) as session:
        tally = Tally(session, asked, now=house.now())
        everything, per_span, groups = tally.all(), tally.per_span(spans), tally.groups()
        channels, places = tally.per("channel"), tally.per("municipality")
    query = urlencode({"van": asked.period.since, "tot": asked.period.until, "gemeente": gemeente, "kanaal": kanaal})
    return _page(
        request, staff, "figures/overview.html", asked=asked, wrong=wrong, query=query, everything=everything,
        per_span=per_span, groups=groups, channels=channels, places=places, weekly=weekly,
        talks=plot([(name, found.count("gesprek")) for name, found in per_span]),
        understood=plot([(name, _number("begrepen", found)) for name, found in per_span], " %", 100),
        tiles=TILES, columns=COLUMNS, unfinished=asked.period.until >= day_of(house.now()),
    )  # fmt: skip


@router.get("/cijfers/definities")
def meaning(request: Request, staff: Reader) -> HTMLResponse:
    """What every figure means."""
    return _page(request, staff, "figures/definitions.html", crumbs=[("Cijfers", "/cijfers")])


@router.get("/cijfers/export")
def export(
    request: Request, staff: Reader, soort: Literal["csv", "xlsx"] = "xlsx", van: str = "", tot: str = "",
    gemeente: str = "", kanaal: str = "",
) -> Response:  # fmt: skip
    """The same figures as a file."""
    house = rooms(request)
    asked, _ = _asked(house, staff, van, tot, gemeente, kanaal)
    with house.database.session(write=False) as session:
        content = figures_sheet(_entries(Tally(session, asked, now=house.now()), asked), soort)
    return file_response(content, f"cijfers-{asked.period.since}-{asked.period.until}", soort)


def shown(name: str, figures: Figures) -> str:
    """A figure as it is read: "61,3 %", "2 min 5 s", "1.204", or a dash."""
    value = METRICS[name](figures)
    if value is None:
        return "–"
    unit = definitions()[name].unit
    if unit == "seconden":
        minutes, seconds = divmod(int(value), 60)
        return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
    text = f"{value:,}".replace(",", " ").replace(".", ",")
    return f"{text} %" if unit == "procent" else text.replace(" ", ".")


def _number(name: str, figures: Figures) -> float | None:
    value = METRICS[name](figures)
    return None if value is None else float(value)


def _asked(house: Rooms, staff: Staff, since: str, until: str, place: str, channel: str) -> tuple[Asked, str]:
    """What was asked for; for a period that is none the last four weeks, with a sentence that says so."""
    today = day_of(house.now())
    period, wrong = Period(today - timedelta(days=27), today), ""
    if since or until:
        try:
            period = Period(date.fromisoformat(since or until), date.fromisoformat(until or str(today)))
            if period.until - period.since > LONGEST:
                raise PeriodUnknown("too long")
        except (ValueError, PeriodUnknown):
            period = Period(today - timedelta(days=27), today)
            wrong = "Kies een begin en een eind, hoogstens twee jaar uit elkaar. Hieronder staan de laatste vier weken."
    channel = channel if channel in CHANNELS else ""
    return Asked(period, staff.scope, place or None, channel or None), wrong


def _entries(tally: Tally, asked: Asked) -> Iterable[tuple[str, Figures]]:
    yield "alles", tally.all()
    yield from ((f"kanaal {CHANNELS.get(name, name)}", found) for name, found in tally.per("channel").items())
    yield from ((municipality_name(id), found) for id, found in tally.per("municipality").items())
    yield from tally.per_span(list(asked.period.months()))


def _page(request: Request, staff: Staff, template: str, **values: Any) -> HTMLResponse:
    usual: dict[str, Any] = {
        "shown": shown, "definitions": definitions(), "gemeente": municipality_name, "channel_names": CHANNELS,
    }  # fmt: skip
    return page(request, staff, template, **(usual | values))
