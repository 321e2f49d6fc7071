"""Read the files of data/answers: YAML in, answers out, with the line of every mistake."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, get_args

import yaml

from assistant.answers.errors import AnswerFileError
from assistant.answers.model import FIELDS, Answer, Audience, Words
from assistant.core.reply import Card

GLOSSARY, MIX_UPS, EXCEPTIONS, VALUES = "begrippen.yml", "verwarring.yml", "uitzonderingen.yml", "waarden.yml"
SOURCE_QUESTIONS = "bronvraag.yml"
NO_ANSWERS = (GLOSSARY, MIX_UPS, EXCEPTIONS, VALUES, SOURCE_QUESTIONS)
"""Files in data/answers that hold something else than answers."""


class _LineLoader(yaml.CSafeLoader):
    """Safe loader that remembers on which line each mapping starts and refuses a key that stands there twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key_node, _ in node.value:
            if key_node.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f'"{key_node.value}" staat er twee keer', problem_mark=key_node.start_mark
                )
            seen.add(key_node.value)
        return dict(super().construct_mapping(node, deep=deep)) | {"__line__": node.start_mark.line + 1}


def read_yaml(path: Path) -> dict[str, Any]:
    """Return the mapping of one file; a mistake in the YAML becomes `AnswerFileError` with its line."""
    try:
        with path.open(encoding="utf-8") as file:
            content = yaml.load(file, Loader=_LineLoader)  # noqa: S506  the loader is a safe one
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise AnswerFileError(path.as_posix(), line, f"geen geldige YAML ({error.problem})") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:  # a zero byte is an error without a line
        raise AnswerFileError(path.as_posix(), 1, "dit bestand kan niet gelezen worden") from error
    if not isinstance(content, dict):
        raise AnswerFileError(path.as_posix(), 1, "hier horen antwoorden te staan, elk onder een sleutel")
    content.pop("__line__")
    return content


def entries_in(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (key, raw entry) of one file in which every key has fields."""
    for key, raw in read_yaml(path).items():
        if not isinstance(raw, dict):
            raise AnswerFileError(path.as_posix(), 1, f'"{key}" heeft geen velden')
        yield str(key), raw


def answers_in(directory: Path) -> Iterator[tuple[str, dict[str, Any], Path]]:
    """Yield (key, raw entry, file) for every answer file directly in the directory; a key stands in one file only."""
    seen: dict[str, Path] = {}
    for path in sorted(directory.glob("*.yml")):
        if path.name in NO_ANSWERS:
            continue
        for key, raw in entries_in(path):
            if key in seen:
                raise AnswerFileError(path.as_posix(), raw["__line__"], f'"{key}" staat ook al in {seen[key].name}')
            seen[key] = path
            yield key, raw, path


def answer(key: str, raw: dict[str, Any], path: Path) -> Answer:
    """Return the answer of an entry; unknown fields and wrong values are refused."""
    line = raw["__line__"]
    for name in raw:
        if name != "__line__" and name not in FIELDS:
            raise AnswerFileError(path.as_posix(), line, f'{key}: "{name}" is geen veld{nearest(name, FIELDS)}')
    audience = raw.get("audience", "algemeen")
    if audience not in get_args(Audience):
        hint = nearest(str(audience), get_args(Audience))
        raise AnswerFileError(path.as_posix(), line, f'{key}: audience "{audience}" bestaat niet{hint}')
    if not raw.get("text"):
        raise AnswerFileError(path.as_posix(), line, f"{key}: het veld text ontbreekt")
    try:
        return Answer(
            key=key,
            title=str(raw.get("title", "")),
            audience=audience,
            words=_words(raw),
            employer=_words(raw["werkgever"]) if raw.get("werkgever") else None,
            next=tuple(raw.get("next") or ()),
            buttons=tuple((button["title"], button["payload"]) for button in raw.get("buttons") or ()),
            cards=tuple(_card(card) for card in raw.get("cards") or ()),
            facts=tuple(raw.get("facts") or ()),
            newest=str(raw.get("newest") or "").strip(),
            checked=_date(raw, "checked"),
            review_before=_date(raw, "review_before"),
            private=bool(raw.get("private")),
            standard_checked=_date(raw, "standard_checked"),
            standard_hash=str(raw.get("standard_hash") or ""),
            file=path.as_posix(),
            line=line,
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise AnswerFileError(path.as_posix(), line, f"{key}: een veld klopt niet ({error})") from error


def laid_over(base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """Return the entry with the fields of another laid over it.

    Words that depend on the text fall away when the text is another one: a new `text` without its own `simple`,
    `spoken` or `newest` never keeps those of the old one. Words for an employer stay until they are replaced.
    """
    if "text" in raw:
        base = {name: value for name, value in base.items() if name not in ("simple", "spoken", "newest")}
    return base | raw


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ' (bedoelt u "x"?)' with the closest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' (bedoelt u "{close[0]}"?)' if close else ""


def _words(raw: dict[str, Any]) -> Words:
    return Words(*(str(raw.get(name) or "").strip() for name in ("text", "simple", "spoken")))


def _card(raw: dict[str, Any]) -> Card:
    lines = tuple((str(label), str(text).strip()) for label, text in raw["lines"].items() if label != "__line__")
    return Card(title=str(raw["title"]), subtitle=str(raw.get("subtitle") or ""), lines=lines)


def _date(raw: dict[str, Any], name: str) -> dt.date | None:
    value = raw.get(name)
    if value is not None and not isinstance(value, dt.date):
        raise ValueError(f"{name} is geen datum (jjjj-mm-dd): {value}")
    return value
