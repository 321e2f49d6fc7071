"""Working days and hours of the day: `dagen` and `dagdeel` (rule E4)."""

from __future__ import annotations

import re

from assistant.nlu.entities.digits import Reading, read
from assistant.nlu.entities.entity import Entity

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
_FULL = {
    "ma": r"maan?da(?:g|ch|gh)|moandag|maondag",
    "di": r"din(?:g)?sda(?:g|ch)|diensdag",
    "wo": r"woens?da(?:g|ch)|woesdag|woonsdag|woensdg",
    "do": r"donder?da(?:g|ch)|dunderdag|dondedag",
    "vr": r"vrij?da(?:g|ch)|vriedag|vreedag",
    "za": r"zater?da(?:g|ch)|zaoterdag|zoaterdag|saterdag",
    "zo": r"zonda(?:g|ch)|zundag|sondag",
}
WEEKDAY = r"(?:" + "|".join(_FULL.values()) + r")(?:en|s|e|n)?"
"""A whole name of a day, also spelt by ear or in the plural."""
_PART = r"(?:ochtend|middag|avond|morgen|nacht)(?:en|s)?"
_SHORT = r"(?:ma|di|wo|do|vr|za|zo)\b\.?"
_DAY = rf"(?:{WEEKDAY}|{_SHORT})"
_JOIN = r"(?:\s*(?:,|en|/|&|\+|of|,\s*en)\s*|\s+)"
_TILL = r"\s*(?:t/m|tot en met|tm|t\.e\.m\.|tot|-|t m)\s*"
_NOT = r"(?:niet op|nie op|niet|geen|behalve op|behalve|gien|nooit op|zonder(?: de)?|liever niet op|neet op)\s+"
_AFTER_NOT = r"(?:\s+(?:en\s+)?(?:kan ik|ka'k|kan)?\s*(?:niet|nie|neet)\b)"

_SPAN = re.compile(rf"\b(?P<no>{_NOT})?(?P<first>{_DAY}){_TILL}(?P<last>{_DAY})(?!\w)")
_LIST = re.compile(
    rf"\b(?P<no>{_NOT})?(?P<days>{WEEKDAY}(?:{_JOIN}{_DAY}(?!\w))*)(?P<part>{_PART})?(?P<late>{_AFTER_NOT})?(?!\w)"
)
_SHORT_LIST = re.compile(rf"\b(?P<no>{_NOT})?(?P<days>{_SHORT}(?:{_JOIN}{_DAY}(?!\w))+)")
_ONE_SHORT = re.compile(r"\b(?P<no>(?:niet |geen )?op\s+)(?P<days>(?:ma|di|wo|do|vr|za|zo))\b(?=\W*$|,| en )")
_WORKWEEK = re.compile(r"\b(?:door de week|doordeweeks?e?|werkdagen|doordeweekse dagen)\b(?!\s+(?:later|wacht))")
_WEEKEND = re.compile(
    r"\b(?P<no>niet in het |geen |niet in 't |niet in |niet )?(?<!fijn )(?<!goed )(?<!prettig )(?<!fijne )"
    r"(?:weekend|weekenden|weekeind|weekends)\b"
)
_COUNT = re.compile(
    r"(?<![\d,.:€-])(?<!\bbinnen )(?<!\bna )(?<!\bal )\b(?P<n>[1-7]|één)\s*(?:hele |halve |werk|volle |dagen of )?"
    r"(?:dagen|daagen|daage|daag'n|dage|dagn|dagjes|dagje|dag)\b"
    r"(?!\s*(?:geleden|later|wachten|vakantie|ziek|de tijd|van te voren|van tevoren|vrij|"
    r"na|bedenktijd|te laat|loon|terug|lang))"
)
_PAST = re.compile(r"\b(?:sinds|sint|vorige|afgelopen|verleden)\s+(?:week )?$")
_NAME = re.compile(rf"{WEEKDAY}|{_SHORT}")

_CLOCK = (
    r"(?P<half>half )?(?P<h>\d{1,2})(?:[:.](?P<m>[0-5]\d))?(?:\s*(?:uur|ure|u))?(?:\s*(?P<part>'?s ?(?:ochtends|"
    r"middags|avonds|morgens)|in de (?:ochtend|middag|avond)))?\b"
)
_UNTIL = re.compile(
    rf"\b(?P<word>tot|vanaf|van af|na|noa|niet later dan|uiterlijk)\s+(?:ongeveer |een uur of |max )?{_CLOCK}"
)
_NO_HOUR = re.compile(
    r"\s*(?:tot|t/m|à|-|dagen|dag|week|weken|maand|maanden|jaar|euro|%|km|kilometer|plek|"
    r"mensen|keer|per|jan|feb|mrt|maart|april|mei|juni|juli|aug|sep|okt|nov|dec|\d|in de week|"
    r"uurtjes|procent|personen|man|uur per|uur in de week|uren|:|\.\d)"
)


def find(text: str, reading: Reading | None = None) -> list[Entity]:
    """Return `dagen`, and `dagdeel` for hours of the day; the words for parts of the day are in the lexicon."""
    reading = reading or read(text)
    found: list[Entity] = []
    for candidate in [*_names(reading), *_counts(reading)]:
        if not any(candidate.overlaps(other) for other in found):
            found.append(candidate)
    return found + _hours(reading)


def day_code(written: str) -> str:
    """Return `ma` ... `zo` for a name or abbreviation."""
    short = written.strip(" .")[:2]
    for code, pattern in _FULL.items():
        if re.match(pattern, written):
            return code
    return short if short in DAYS else ""


def _names(reading: Reading) -> list[Entity]:
    text = reading.text
    found = []
    for match in _SPAN.finditer(text):
        first, last = DAYS.index(day_code(match["first"])), DAYS.index(day_code(match["last"]))
        span = DAYS[first : last + 1] if first <= last else (*DAYS[first:], *DAYS[: last + 1])
        found.append(_named(reading, match.span(), span, bool(match["no"])))
    for pattern in (_LIST, _SHORT_LIST, _ONE_SHORT):
        for match in pattern.finditer(text):
            codes = [day_code(name) for name in _NAME.findall(match["days"])]
            refused = bool(match["no"] and match["no"].strip() != "op") or bool(match.groupdict().get("late"))
            start = match.start() if refused else match.start("days")
            end = match.end() if refused else match.end("days")
            past = _PAST.search(text[: match.start("days")])
            if not past and (pattern is _LIST or any(code != "zo" for code in codes)):
                found.append(_named(reading, (start, end), codes, refused))
    found += [_named(reading, match.span(), DAYS[:5], False) for match in _WORKWEEK.finditer(text)]
    found += [_named(reading, match.span(), DAYS[5:], bool(match["no"])) for match in _WEEKEND.finditer(text)]
    return found


def _named(reading: Reading, span: tuple[int, int], codes: list[str] | tuple[str, ...], refused: bool) -> Entity:
    value = ",".join(day for day in DAYS if day in codes)
    return Entity("dagen", *reading.span(*span), f"niet:{value}" if refused else value)


def _counts(reading: Reading) -> list[Entity]:
    return [
        Entity("dagen", *reading.span(*match.span()), f"aantal:{1 if match['n'] == 'één' else match['n']}")
        for match in _COUNT.finditer(reading.text)
    ]


def _hours(reading: Reading) -> list[Entity]:
    """Return `vanaf:14:00` for "na 2 uur" and `tot:13:00` for "tot 1 uur"."""
    found = []
    for match in _UNTIL.finditer(reading.text):
        said_hour = "uur" in match.group() or "ure" in match.group() or match["m"] or match["half"] or match["part"]
        short = len(reading.text.split()) <= 4 and match["word"] in ("tot", "vanaf")
        if _NO_HOUR.match(reading.text, match.end()) or not (said_hour or short):
            continue
        clock = clock_of(match)
        bare_end = not said_hour and int(match["h"]) > 12
        if clock and not bare_end:
            kind = "vanaf" if match["word"] in ("vanaf", "van af", "na", "noa") else "tot"
            found.append(Entity("dagdeel", *reading.span(*match.span()), f"{kind}:{clock}", 0.9))
    return found


def clock_of(match: re.Match[str]) -> str:
    """Return `UU:MM` of a match with groups half, h, m and part; an hour up to six is in the afternoon."""
    hour, minute = int(match["h"]), int(match["m"] or 0)
    if match["half"]:
        hour, minute = hour - 1, 30
    part = match["part"] or ""
    if hour < 12 and (
        "avond" in part or "middag" in part or (hour < 7 and not re.search("ochtend|morgen|nacht", part))
    ):
        hour += 12
    return f"{hour:02d}:{minute:02d}" if 0 <= hour <= 23 else ""
