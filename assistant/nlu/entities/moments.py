"""Moments to call or to meet: `datum_tijd` as `JJJJ-MM-DD`, with `UU:MM` or a part of the day, or `zsm` (rule E10)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.nlu.entities.calendar_days import MONTH, date_of
from assistant.nlu.entities.context import SHORT_MESSAGE
from assistant.nlu.entities.days import WEEKDAY, clock_of
from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

_PART = r"(?:ochtends?|middags?|avonds?|morgens?|ogtends?|middach)"
_RELATIVE = (
    rf"(?:vandaag(?: nog)?|overmorgen|morgen|morge|morgn|mörgen|vanmidda(?:g|ch)|vanmorgen|"
    rf"vanochtend|vanavond|straks|gisteren)(?:\s*{_PART})?"
)
_WEEK_WORD = r"(?:volgende|komende|aanstaande|aankomende|aanst\.|deze|aans?|volgend|kommende|anstaande|dizze)"
_DAY_NAME = (
    rf"(?:{_WEEK_WORD}\s+(?:week\s+)?(?:op\s+)?)?(?:{WEEKDAY})(?:{_PART})?(?:\s+(?:volgende week|"
    rf"over een week|aanstaande))?"
)
_DATE = (
    rf"(?:(?:{WEEKDAY})\s+)?(?:de\s+)?\d{{1,2}}(?:e|ste|de)?\s+{MONTH}(?:\s+20\d\d)?|"
    rf"\b\d{{1,2}}[-/]\d{{1,2}}(?:[-/](?:20)?\d\d)?\b"
)
_WEEK = (
    rf"{_WEEK_WORD}\s+week|over\s+(?:een|\d)\s+(?:week|weken|dagen|dag)|{_WEEK_WORD}\s+maand|"
    rf"(?:aan het )?(?:begin|eind) (?:van )?volgende week|van de week|(?:van|na|in) (?:'t|"
    rf"het) weekend|na de \w+vakantie"
)
_CLOCK = (
    r"(?:(?P<rel>om|na|voor|vanaf|rond|tegen|tot|noa|umme|ongeveer)\s+)?(?:een uur of\s+)?(?P<quarter>kwart "
    r"(?:over|voor)\s+)?"
    r"(?P<half>half\s+)?(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?(?:\s*(?:uur|ure|u))?(?:\s*(?P<part>'?s ?(?:ochtends|"
    r"middags|avonds|"
    r"morgens)|in de (?:ochtend|middag|avond)))?\b"
)
_IN_PART = rf"(?:in de |'s |s |'t |aan het eind van de |einde? van de |eind |begin van de |)(?:{_PART})"
_DAY = rf"(?:{_DATE}|{_RELATIVE}|{_DAY_NAME}|{_WEEK})"
_MOMENT = re.compile(
    rf"\b(?P<day>{_DAY})(?!\w)(?:,?\s*(?P<time>{_CLOCK}(?!\s*(?:dagen|weken|maanden|jaar|"
    rf"uur (?:per|in de)))|{_IN_PART}))?(?!\w)"
)
_TIME_ONLY = re.compile(
    rf"(?:\b(?:om|rond|umme|ongeveer)\s+)?(?<!\d)\b(?P<time>(?=(?:na|voor|vanaf|tegen|"
    rf"half|kwart)\s|\d\d?(?:[.:]\d\d|\s*(?:uur|ure)\b)){_CLOCK})"
)
_PART_ONLY = re.compile(
    r"(?:(?<=in de )|(?<=na de )|(?<=\b))(?:na de (?:middag|middach|lunch)|(?:voor|na)?(?:middag|"
    r"middach)|ochtend|ogtend|avond|'?s ?(?:ochtends|middags|avonds|morgens))\b"
)
_ASAP = re.compile(
    r"\b(?:zo (?:snel|spoedig|gauw|vlug) (?:mogelijk|als kan|als het kan|meugelijk|mogelik)|"
    r"zsm|z\.s\.m\.?|asap|direct|meteen|"
    r"nu meteen|zo snel als mogelijk|per direct|zo gauw as 't kan)(?!\w)"
)
_ABOUT = re.compile(
    r"\b(?:\w*bel(?:len|t|le|afspraak|d)?|gebeld|telefo\w*|tillefo\w*|komen|onderhoud|"
    r"verhinderd|afze\w*|annule\w*|cancel\w*|ongelegen|schikt|opbellen|belle|bell'n|(?<!banen )\b(?!banen)\w*afspraak|"
    r"afspreken|langskomen|lang[s ]?kom\w*|gesprek|"
    r"verzet\w*|verplaats\w*|verschuiv\w*|kennismak\w*|contact|intake|rondleiding|bereik\w*|"
    r"langs|agenda|komen praten|bezoek\w*)\b"
)
_WORKING = re.compile(r"\b(?:werk|werken|werke|warken|wark|beschikbaar|inzetbaar|aan de slag)\b")
_CANNOT = re.compile(
    rf"\bkan (?:ik )?(?:op )?(?:{WEEKDAY}|morgen|vandaag) (?:niet|nie|neet)\b|^\W*(?:{WEEKDAY}) (?:niet|nie), "
)
_SURE = re.compile(r"morgen|vandaag|vanmiddag|vanavond|volgende|komende|aanstaande|\d|deze week")
_NO_MOMENT = re.compile(
    r"(?:vorige|afgelopen|sinds|sint|verleden)\s+(?:de\s+|op\s+)?$|goeie?n?$|goede\s*$|hele\s*$|\bs$|'s $"
)
_PARTS = (
    ("ochtend", "ochtend"),
    ("ogtend", "ochtend"),
    ("middach", "middag"),
    ("middag", "middag"),
    ("avond", "avond"),
)


def find(text: str, reading: Reading | None = None, now: datetime | None = None) -> list[Entity]:
    """Return moments; `now` is local time. A weekday alone is a moment only beside words like "bel" or "afspraak"."""
    reading = reading or read(text)
    now = now or datetime.now(ZoneInfo("Europe/Amsterdam"))
    about = bool(_ABOUT.search(reading.text) or _CANNOT.search(reading.text))
    found = [entity for match in _MOMENT.finditer(reading.text) for entity in _moment(match, reading, now, about)]
    if about:
        found += _times(reading, now, found)
    return found + _as_soon_as_possible(reading, about)


def _as_soon_as_possible(reading: Reading, about: bool) -> list[Entity]:
    short = len(reading.text.split()) <= SHORT_MESSAGE
    return [
        Entity("datum_tijd", *reading.span(*match.span()), "zsm")
        for match in _ASAP.finditer(reading.text)
        if short or (about and match.group() not in ("direct", "meteen"))
    ]


def _times(reading: Reading, now: datetime, found: list[Entity]) -> list[Entity]:
    """Return times of day, or else parts of the day, that stand apart from a day."""
    clocks = [_timed(match, reading, now) for match in _TIME_ONLY.finditer(reading.text) if clock_of(match)]
    clocks = [clock for clock in clocks if not any(clock.overlaps(other) for other in found)]
    if found or clocks or _WORKING.search(reading.text):
        return clocks
    return [_timed(match, reading, now) for match in _PART_ONLY.finditer(reading.text)]


def _moment(match: re.Match[str], reading: Reading, now: datetime, about: bool) -> list[Entity]:
    day = date_of(match["day"], now.date())
    short = len(reading.text.split()) <= SHORT_MESSAGE and _SURE.search(match.group())
    whole = short or match.span() == _trimmed(reading.text)
    wanted = about or ((whole or (match["rel"] and match["h"])) and not _WORKING.search(reading.text))
    if day is None or not wanted or _NO_MOMENT.search(reading.text[: match.start()]):
        return []
    sure = about or bool(_SURE.search(match.group()))
    value = f"{day.isoformat()} {_time_of(match)}".strip()
    return [Entity("datum_tijd", *reading.span(*match.span()), value, 1.0 if sure else 0.5)]


def _trimmed(text: str) -> tuple[int, int]:
    """Return where the message starts and ends without "liefst", "graag" and the like."""
    inner = re.sub(r"^\W*(?:op |liefst |graag |doe maar )?", "", text)
    start = len(text) - len(inner)
    return start, start + len(re.sub(r"\W*(?:graag|aub|alsjeblieft|alstublieft|dan|is goed|prima)?\W*$", "", inner))


def _timed(match: re.Match[str], reading: Reading, now: datetime) -> Entity:
    """Return a time without a day: the first time from now that it can be."""
    clock = _time_of(match)
    day = now.date() if clock > f"{now:%H:%M}" else now.date() + timedelta(days=1)
    span = match.span("time") if "time" in match.re.groupindex else match.span()
    return Entity("datum_tijd", *reading.span(*span), f"{day.isoformat()} {clock}", 0.9)


def _time_of(match: re.Match[str]) -> str:
    """Return `UU:MM`, a part of the day or nothing."""
    if "h" in match.re.groupindex and match["h"]:
        clock = clock_of(match)
        if "avond" in match.group() and clock < "12:00":
            clock = f"{int(clock[:2]) + 12}{clock[2:]}"
        return _quarter(clock, match["quarter"]) if match["quarter"] else clock
    for word, part in _PARTS:
        if word in match.group():
            return part
    return "ochtend" if re.search(r"morgen ?(?:morgen|vroeg)|dagmorgen|s morgens|vanmorgen", match.group()) else ""


def _quarter(clock: str, words: str) -> str:
    hour, _, minute = clock.partition(":")
    minutes = int(hour) * 60 + int(minute) + (15 if "over" in words else -15)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
