"""Read data/answers and data/municipalities: YAML in, answers out, with the line of every mistake."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import yaml

from assistant.answers.errors import AnswerFileError
from assistant.answers.model import FIELDS, Answer, Audience, MunicipalityWords, Words

GLOSSARY = "begrippen.yml"


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
    if not isinstance(content, dict):
        raise AnswerFileError(path.as_posix(), 1, "hier horen antwoorden te staan, elk onder een sleutel")
    content.pop("__line__")
    return content


def answers_in(directory: Path) -> Iterator[tuple[str, dict[str, Any], Path]]:
    """Yield (key, raw entry, file) for every answer file directly in the directory."""
    for path in sorted(directory.glob("*.yml")):
        if path.name == GLOSSARY:
            continue
        for key, raw in read_yaml(path).items():
            if not isinstance(raw, dict):
                raise AnswerFileError(path.as_posix(), 1, f'"{key}" heeft geen velden')
            yield key, raw, path


def standard_answer(key: str, raw: dict[str, Any], path: Path) -> Answer:
    """Return the answer of a standard file; unknown fields and wrong values are refused."""
    line = raw["__line__"]
    for name in raw:
        if name != "__line__" and name not in FIELDS:
            raise AnswerFileError(path.as_posix(), line, f'{key}: "{name}" is geen veld{nearest(name, FIELDS)}')
    audience = raw.get("audience", "algemeen")
    if audience not in get_args(Audience):
        raise AnswerFileError(path.as_posix(), line, f'{key}: audience "{audience}" bestaat niet')
    if not raw.get("text"):
        raise AnswerFileError(path.as_posix(), line, f"{key}: het veld text ontbreekt")
    return Answer(
        key=key,
        title=str(raw.get("title", "")),
        audience=audience,
        words=_words(raw),
        employer=_words(raw["werkgever"]) if raw.get("werkgever") else None,
        next=tuple(raw.get("next") or ()),
        buttons=tuple((button["title"], button["payload"]) for button in raw.get("buttons") or ()),
        facts=tuple(raw.get("facts") or ()),
        newest=str(raw.get("newest") or "").strip(),
        checked=_date(raw, "checked", path),
        review_before=_date(raw, "review_before", path),
        standard_checked=_date(raw, "standard_checked", path),
        file=path.as_posix(),
        line=line,
    )


def local_answer(key: str, raw: dict[str, Any], path: Path, standard: Answer | None) -> Answer:
    """Return the answer of one municipality: the standard one with the fields of the override laid over it.

    Words that depend on the standard text fall away when the text is another one: a new `text` without its own
    `simple`, `spoken` or `werkgever` never keeps those of the standard.
    """
    if standard is None:
        raise AnswerFileError(path.as_posix(), raw["__line__"], f'"{key}" staat niet in de standaardantwoorden')
    base = _raw_of(standard)
    if "text" in raw:
        base = {name: value for name, value in base.items() if name not in ("simple", "spoken", "werkgever", "newest")}
        if standard.audience == "beide" and "werkgever" not in raw and standard.employer:
            base["werkgever"] = vars(standard.employer)
    return standard_answer(key, base | raw, path)


def municipality(path: Path) -> MunicipalityWords:
    """Return the fill-in values of one municipality file."""
    raw = read_yaml(path)
    values = {name: str(value) for name, value in (raw.get("values") or {}).items() if name != "__line__"}
    return MunicipalityWords(id=str(raw["id"]), name=str(raw["name"]), values=values)


def nearest(word: str, known: tuple[str, ...] | list[str]) -> str:
    """Return ' (bedoelt u "x"?)' with the closest known word, or nothing."""
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f' (bedoelt u "{close[0]}"?)' if close else ""


def _words(raw: dict[str, Any]) -> Words:
    return Words(*(str(raw.get(name) or "").strip() for name in ("text", "simple", "spoken")))


def _date(raw: dict[str, Any], name: str, path: Path) -> dt.date | None:
    value = raw.get(name)
    if value is not None and not isinstance(value, dt.date):
        raise AnswerFileError(path.as_posix(), raw["__line__"], f"{name} is geen datum (jjjj-mm-dd): {value}")
    return value


def _raw_of(answer: Answer) -> dict[str, Any]:
    raw = {name: getattr(answer, name) for name in FIELDS if hasattr(answer, name)}
    raw |= vars(answer.words) | {"buttons": [{"title": t, "payload": p} for t, p in answer.buttons]}
    if answer.employer:
        raw["werkgever"] = vars(answer.employer)
    return raw
