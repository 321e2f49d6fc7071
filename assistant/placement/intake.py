"""An employer says what work there is, in free words: cut into tasks, and wishes that the law forbids are refused.

"Ik heb rotklusjes liggen: dozen vouwen, vegen en de post rondbrengen" → three cards, each with its kind of work by the
lexicon that also reads the conversation (data/nlu/lexicon/soort_werk.yml).
"""

import re
from dataclasses import dataclass
from functools import cache

import yaml

from assistant.placement.gazetteer import DATA

LEXICON = DATA / "nlu" / "lexicon" / "soort_werk.yml"
UNLAWFUL = DATA / "placement" / "unlawful_filters.yml"
CODES = "soort_werk/"

OPENING_WORDS = re.compile(
    r"^\s*(?:(?:ik|wij|we)\s+(?:heb|hebben|zoek|zoeken|wil|willen|kan|kunnen)\b|er\s+(?:ligt|liggen|is|zijn)\b|het\s+gaat\s+om\b"
    r"|iemand\s+(?:die|voor|om)\b|hulp\s+(?:bij|met)\b|denk\s+aan\b|bijvoorbeeld\b|zoals\b|ook\b|verder\b|en\b|of\b|nog\b"
    r"|wat\b|klusjes\b|rotklusjes\b|rotklussen\b|taken\b|werk\b|liggen\b|te\s+doen\b|namelijk\b|om\s+te\b|voor\b)[\s:,]*",
    re.IGNORECASE,
)
SPLIT = re.compile(r"[\n;•·]+|,|\.(?:\s|$)|\s-\s|\s+(?:en ook|en|plus|of|daarnaast|verder)\s+", re.IGNORECASE)
PREAMBLE = re.compile(r"^[^:\n]{0,80}:\s*")
LONGEST = 200  # characters of one task


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task in the employer's words; work_kind None when the lexicon does not know it: ask."""

    task: str
    work_kind: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A wish about the person that may not be a filter. code: the ground, `weigering/<code>` explains it kindly."""

    code: str
    law: str


def task_cards(text: str) -> tuple[TaskCard, ...]:
    """The tasks in a text, each once, without what asks for a kind of person. Empty when it names no work."""
    cards: dict[str, TaskCard] = {}
    for part in SPLIT.split(PREAMBLE.sub("", text.strip(), count=1)):
        task = _without_opening_words(part)
        if len(task) >= 3 and re.search(r"[a-zA-Z]", task) and not refused_filters(task):
            cards.setdefault(task.casefold(), TaskCard(task, work_kind_in(task)))
    return tuple(cards.values())


def refused_filters(text: str) -> tuple[Refusal, ...]:
    """The unlawful wishes in a text, one per ground, in the order of the file. Empty: nothing to refuse."""
    plain = " ".join(text.casefold().split())
    return tuple(
        Refusal(code, law) for code, law, patterns in _unlawful() if any(pattern.search(plain) for pattern in patterns)
    )


def work_kind_in(text: str) -> str | None:
    """The code of the kind of work that a text names: the longest word of the lexicon decides, then the first."""
    found = [
        (len(hit[0]), -hit.start(), code) for code, pattern in _lexicon() for hit in pattern.finditer(text.casefold())
    ]
    return max(found)[2] if found else None


def _without_opening_words(part: str) -> str:
    """ "ik heb dozen vouwen liggen" → "dozen vouwen"."""
    before, task = None, part.strip(" \t:.!?-")
    while before != task:
        before, task = task, OPENING_WORDS.sub("", task).strip(" \t:.!?-")
    return re.sub(r"\s+(?:liggen|te doen)$", "", task, flags=re.IGNORECASE)[:LONGEST]


@cache
def _lexicon() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = yaml.load(LEXICON.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    lists = {entry["lookup"]: entry["examples"] for entry in raw["nlu"] if entry.get("lookup", "").startswith(CODES)}
    return tuple((name.removeprefix(CODES), _words(examples)) for name, examples in lists.items())


def _words(examples: str) -> re.Pattern[str]:
    """Whole words of one list, the longest first."""
    words = sorted(
        (line.removeprefix("- ").strip().casefold() for line in examples.splitlines()), key=len, reverse=True
    )
    return re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words if word) + r")\b")


@cache
def _unlawful() -> tuple[tuple[str, str, tuple[re.Pattern[str], ...]], ...]:
    raw = yaml.safe_load(UNLAWFUL.read_text(encoding="utf-8"))
    return tuple((code, entry["law"], tuple(map(re.compile, entry["patterns"]))) for code, entry in raw.items())
