"""Moments to call or to meet: `datum_tijd` as `JJJJ-MM-DD`, with `UU:MM` or a part of the day, or `zsm` (rule E10)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from assistant.nlu.entities.days import DAYS, WEEKDAY, clock_of, day_code
from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH = (
    r"(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    r"(?:jan|feb|mrt|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?)"
)
_PART = r"(?:ochtends?|middags?|avonds?|morgens?|ogtends?|middach)"
_RELATIVE = rf"(?:vandaag(?: nog)?|overmorgen|morgen|morge|morgn|mörgen|vanmidda(?:g|ch)|vanmorgen|vanochtend|vanavond|straks|gisteren)(?:\s*{_PART})?"
_WEEK_WORD = r"(?:volgende|komende|aanstaande|aankomende|aanst\.|deze|aans?|volgend|kommende|anstaande|dizze)"
_DAY_NAME = rf"(?:{_WEEK_WORD}\s+(?:week\s+)?(?:op\s+)?)?(?:{WEEKDAY})(?:{_PART})?(?:\s+(?:volgende week|over een week|aanstaande))?"
_DATE = rf"(?:(?:{WEEKDAY})\s+)?(?:de\s+)?\d{{1,2}}(?:e|ste|de)?\s+{_MONTH}(?:\s+20\d\d)?|\b\d{{1,2}}[-/]\d{{1,2}}(?:[-/](?:20)?\d\d)?\b"
_WEEK = rf"{_WEEK_WORD}\s+week|over\s+(?:een|\d)\s+(?:week|weken|dagen|dag)|{_WEEK_WORD}\s+maand|(?:aan het )?(?:begin|eind) (?:van )?volgende week|van de week|(?:van|na|in) (?:'t|het) weekend|na de \w+vakantie"
_CLOCK = (
    r"(?:(?P<rel>om|na|voor|vanaf|rond|tegen|tot|noa|umme|ongeveer)\s+)?(?:een uur of\s+)?(?P<quarter>kwart (?:over|voor)\s+)?"
    r"(?P<half>half\s+)?(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?(?:\s*(?:uur|ure|u))?(?:\s*(?P<part>'?s ?(?:ochtends|middags|avonds|"
    r"morgens)|in de (?:ochtend|middag|avond)))?\b"
)
_IN_PART = rf"(?:in de |'s |s |'t |aan het eind van de |einde? van de |eind |begin van de |)(?:{_PART})"
_DAY = rf"(?:{_DATE}|{_RELATIVE}|{_DAY_NAME}|{_WEEK})"
_MOMENT = re.compile(
    rf"\b(?P<day>{_DAY})(?!\w)(?:,?\s*(?P<time>{_CLOCK}(?!\s*(?:dagen|weken|maanden|jaar|uur (?:per|in de)))|{_IN_PART}))?(?!\w)"
)
_TIME_ONLY = re.compile(
    rf"(?:\b(?:om|rond|umme|ongeveer)\s+)?(?<!\d)\b(?P<time>(?=(?:na|voor|vanaf|tegen|half|kwart)\s|\d\d?(?:[.:]\d\d|\s*(?:uur|ure)\b)){_CLOCK})"
)
_PART_ONLY = re.compile(
    r"(?:(?<=in de )|(?<=na de )|(?<=\b))(?:na de (?:middag|middach|lunch)|(?:voor|na)?(?:middag|middach)|ochtend|ogtend|avond|'?s ?(?:ochtends|middags|avonds|morgens))\b"
)
_ASAP = re.compile(
    r"\b(?:zo (?:snel|spoedig|gauw|vlug) (?:mogelijk|als kan|als het kan|meugelijk|mogelik)|zsm|z\.s\.m\.?|asap|direct|meteen|"
    r"nu meteen|zo snel als mogelijk|per direct|zo gauw as 't kan)(?!\w)"
)
_ABOUT = re.compile(
    r"\b(?:\w*bel(?:len|t|le|afspraak|d)?|gebeld|telefo\w*|tillefo\w*|komen|onderhoud|verhinderd|afze\w*|annule\w*|cancel\w*|ongelegen|schikt|opbellen|belle|bell'n|\w*afspraak|afspreken|langskomen|lang[s ]?kom\w*|gesprek|"
    r"verzet\w*|verplaats\w*|verschuiv\w*|kennismak\w*|contact|intake|rondleiding|bereik\w*|langs|agenda|komen praten|bezoek\w*)\b"
)
_WORKING = re.compile(r"\b(?:werk|werken|werke|warken|wark|beschikbaar|inzetbaar|aan de slag)\b")
_CANNOT = re.compile(
    rf"\bkan (?:ik )?(?:op )?(?:{WEEKDAY}|morgen|vandaag) (?:niet|nie|neet)\b|^\W*(?:{WEEKDAY}) (?:niet|nie), "
)
_SURE = re.compile(r"morgen|vandaag|vanmiddag|vanavond|volgende|komende|aanstaande|\d|deze week")
_FUTURE_DATE = re.compile(_DATE)
_PAST = re.compile(r"(?:gister\w*|vorige|afgelopen|sinds|sint|tot|vanaf|in|op|van|per|voor)\s+(?:de\s+)?$")


def find(text: str, reading: Reading | None = None, now: datetime | None = None) -> list[Entity]:
    """Return moments; `now` is local time. A weekday alone is a moment only beside words like "bel" or "afspraak"."""
    reading = reading or read(text)
    now = now or datetime.now()
    about = bool(_ABOUT.search(reading.text) or _CANNOT.search(reading.text))
    found = [entity for match in _MOMENT.finditer(reading.text) for entity in _moment(match, reading, now, about)]
    if about:
        found += _times(reading, now, found)
    if about or len(reading.text.split()) <= 5:
        found += [Entity("datum_tijd", *reading.span(*match.span()), "zsm") for match in _ASAP.finditer(reading.text)]
    return found


def _times(reading: Reading, now: datetime, found: list[Entity]) -> list[Entity]:
    """Return times of day, or else parts of the day, that stand apart from a day."""
    clocks = [_timed(match, reading, now) for match in _TIME_ONLY.finditer(reading.text) if clock_of(match)]
    clocks = [clock for clock in clocks if not any(clock.overlaps(other) for other in found)]
    if found or clocks:
        return clocks
    return [
        _timed(match, reading, now) for match in _PART_ONLY.finditer(reading.text) if not _WORKING.search(reading.text)
    ]


def _moment(match: re.Match[str], reading: Reading, now: datetime, about: bool) -> list[Entity]:
    day = _date_of(match["day"], now.date())
    whole = match.span() == _trimmed(reading.text)
    wanted = about or (_SURE.search(match.group()) and not _WORKING.search(reading.text)) or whole
    if day is None or not wanted or _PAST_ONLY.search(reading.text[: match.start()]):
        return []
    if match["day"] in ("morgen", "vandaag") and not (about or match["time"] or whole):
        return []
    sure = about or bool(_SURE.search(match.group()))
    value = f"{day.isoformat()} {_time_of(match)}".strip()
    return [Entity("datum_tijd", *reading.span(*match.span()), value, 1.0 if sure else 0.5)]


_PAST_ONLY = re.compile(r"(?:vorige|afgelopen|sinds|sint|verleden)\s+(?:de\s+|op\s+)?$|goeie?n?$|goede\s*$|\bs$|'s $")


def _trimmed(text: str) -> tuple[int, int]:
    inner = re.sub(r"^\W*(?:op |liefst |graag |doe maar )?", "", text)
    start = len(text) - len(inner)
    return start, start + len(re.sub(r"\W*(?:graag|aub|alsjeblieft|alstublieft|dan|is goed|prima)?\W*$", "", inner))


def _timed(match: re.Match[str], reading: Reading, now: datetime) -> Entity:
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
    for word, part in (
        ("ochtend", "ochtend"),
        ("ogtend", "ochtend"),
        ("middach", "middag"),
        ("middag", "middag"),
        ("avond", "avond"),
    ):
        if word in match.group():
            return part
    return "ochtend" if re.search(r"morgen ?(?:morgen|vroeg)|dagmorgen|s morgens|vanmorgen", match.group()) else ""


def _quarter(clock: str, words: str) -> str:
    hour, _, minute = clock.partition(":")
    minutes = int(hour) * 60 + int(minute) + (15 if "over" in words else -15)
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _date_of(words: str, today: date) -> date | None:
    """Return the first day from today that the words can mean."""
    if re.match(r"vandaag|vanmid|vanmorgen|vanochtend|vanavond|straks|van de week", words):
        return today
    if words.startswith("gisteren"):
        return today - timedelta(days=1)
    if "weekend" in words:
        return _next_week(today) if words.startswith("na") else _weekday(5, today, next_week=False)
    if "vakantie" in words:
        return None
    if words.startswith(("overmorgen", "morge", "morgn", "mörgen")):
        return today + timedelta(days=2 if words.startswith("over") else 1)
    if re.search(r"\d", words) and not words.startswith("over"):
        return _calendar(words, today)
    if words.startswith("over"):
        amount = int((re.findall(r"\d", words) or ["1"])[0])
        return today + timedelta(days=amount * (7 if "we" in words[5:] else 1))
    name = re.search(WEEKDAY, words)
    if name is None:
        return _next_week(today) if "week" in words and "deze" not in words else today
    return _weekday(DAYS.index(day_code(name.group())), today, next_week="volgende week" in words)


def _weekday(day: int, today: date, next_week: bool) -> date:
    if next_week:
        return _next_week(today) + timedelta(days=day)
    return today + timedelta(days=(day - today.weekday()) % 7 or 7)


def _next_week(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _calendar(words: str, today: date) -> date | None:
    numbers = [int(number) for number in re.findall(r"\d+", words)]
    named = re.search(_MONTH, words)
    month = _month_number(named.group()) if named else numbers[1]
    years = numbers[1:] if named else numbers[2:]
    year = years[0] + (2000 if years[0] < 100 else 0) if years else today.year
    try:
        day = date(year, month, numbers[0])
    except ValueError:
        return None
    return day if years or day >= today else day.replace(year=year + 1) if (month, numbers[0]) != (2, 29) else None


def _month_number(name: str) -> int:
    return 3 if name.startswith("maart") else MONTHS.index(name[:3]) + 1
