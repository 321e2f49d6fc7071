"""Does the recogniser understand everybody equally well? Errors per group of speakers, on a municipality's own clips.

The folder has manifest.csv, .tsv or .yml: `clip`, `transcript`, `group`, and if known `speaker`. The recordings belong
to people who agreed to it; they stay where they are, and nothing about a small group is published.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import yaml

from assistant.voice.errors import ModelInvalid
from assistant.voice.listen.engine import RATE_HERTZ, Recogniser, listen
from assistant.voice.models.clips import sound_of
from assistant.voice.models.error_rate import errors, recall, words_of

LEAST_CLIPS, LEAST_SPEAKERS = 20, 5
"""A group with fewer is not published: it says little, and it may be about somebody we know."""
RESAMPLES = 1000
Z95 = 1.96
Interval = tuple[float, float]


@dataclass(frozen=True)
class Said:
    """One clip of the manifest."""

    clip: Path
    transcript: str
    group: str
    speaker: str


@dataclass(frozen=True)
class Counted:
    """What an engine made of one clip: wrong words, words, and terms of the trade caught of those said."""

    said: Said
    wrong: int
    words: int
    caught: int
    terms: int


@dataclass(frozen=True)
class GroupResult:
    """The errors of one engine for one group; without numbers when the group is too small."""

    engine: str
    group: str
    clips: int
    speakers: int
    error: float | None = None
    error_between: Interval | None = None
    caught: int = 0
    terms: int = 0

    @property
    def recall_between(self) -> Interval | None:
        """Return the 95 % interval (Wilson) of the share of terms that were caught."""
        return wilson(self.caught, self.terms) if self.terms else None


def read_manifest(folder: Path) -> list[Said]:
    """Return the clips of a folder. Raises ModelInvalid when the manifest is missing or incomplete."""
    for name in ("manifest.csv", "manifest.tsv", "manifest.yml"):
        if (path := folder / name).exists():
            return [_said(folder, raw) for raw in _rows(path)]
    raise ModelInvalid(f"{folder} has no manifest.csv, manifest.tsv or manifest.yml")


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".yml":
        return list(yaml.safe_load(text) or ())
    if path.suffix == ".tsv":
        return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    return list(csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.split("\n", 1)[0] else ","))


def _said(folder: Path, raw: dict[str, Any]) -> Said:
    clip, transcript, group = (str(raw.get(name) or "").strip() for name in ("clip", "transcript", "group"))
    clip = clip or str(raw.get("file") or "")
    if not (clip and transcript and group):
        raise ModelInvalid(f"{clip or 'a row'}: clip, transcript and group are all needed")
    if not (folder / clip).resolve().is_relative_to(folder.resolve()):
        raise ModelInvalid(f"{clip} is outside the folder")
    return Said(folder / clip, transcript, group, str(raw.get("speaker") or ""))


def count(engine: Recogniser, clips: Sequence[Said], terms: Sequence[str], words: tuple[str, ...]) -> list[Counted]:
    """Let an engine hear every clip; sound is read when it is needed and not kept."""
    return [_count(engine, said, terms, words) for said in clips]


def _count(engine: Recogniser, said: Said, terms: Sequence[str], words: tuple[str, ...]) -> Counted:
    pcm, step = sound_of(said.clip), RATE_HERTZ // 50 * 2
    *_, heard = listen((pcm[at : at + step] for at in range(0, len(pcm), step)), engine, words)
    right = words_of(said.transcript)
    caught, of = recall([(said.transcript, heard.text)], terms)
    return Counted(said, errors(right, words_of(heard.text)), len(right), caught, of)


def by_group(engine: str, counted: Sequence[Counted], least: int = LEAST_CLIPS) -> Iterator[GroupResult]:
    """Yield a result per group, and one for the published groups together."""
    groups: dict[str, list[Counted]] = {}
    for one in counted:
        groups.setdefault(one.said.group, []).append(one)
    published = []
    for name, members in sorted(groups.items()):
        result = _result(engine, name, members, is_small=_is_small(members, least))
        published += members if result.error is not None else []
        yield result
    if published:
        yield _result(engine, "alle gepubliceerde groepen", published, is_small=False)


def _is_small(members: Sequence[Counted], least: int) -> bool:
    speakers = {one.said.speaker for one in members} - {""}
    return len(members) < least or (bool(speakers) and len(speakers) < LEAST_SPEAKERS)


def _result(engine: str, name: str, members: Sequence[Counted], *, is_small: bool) -> GroupResult:
    speakers = len({one.said.speaker for one in members} - {""})
    if is_small:
        return GroupResult(engine, name, len(members), speakers)
    caught, terms = sum(one.caught for one in members), sum(one.terms for one in members)
    return GroupResult(engine, name, len(members), speakers, _rate(members), _bootstrap(members), caught, terms)


def _rate(members: Iterable[Counted]) -> float:
    members = list(members)
    return sum(one.wrong for one in members) / max(1, sum(one.words for one in members))


def _bootstrap(members: Sequence[Counted]) -> Interval:
    """Return the 95 % interval of the error; whole speakers are drawn when they are known."""
    units: dict[str, list[Counted]] = {}
    for at, one in enumerate(members):
        units.setdefault(one.said.speaker or str(at), []).append(one)
    drawn, chance = list(units.values()), random.Random(1)
    rates = sorted(_rate(one for unit in chance.choices(drawn, k=len(drawn)) for one in unit) for _ in range(RESAMPLES))
    return rates[int(RESAMPLES * 0.025)], rates[int(RESAMPLES * 0.975)]


def wilson(hits: int, of: int) -> Interval:
    """Return the 95 % interval of a share (Wilson 1927), which is honest for small numbers."""
    share, z2 = hits / of, Z95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def as_markdown(results: Iterable[GroupResult]) -> str:
    """Return the table that a municipality can publish."""
    lines = [
        "| herkenner | groep | opnames | sprekers | woorden fout | 95 % | vakwoorden herkend | 95 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *map(_line, results)]) + "\n"


def _line(one: GroupResult) -> str:
    if one.error is None or one.error_between is None:
        return f"| {one.engine} | {one.group} | te klein om te tonen | | | | | |"
    low, high = one.error_between
    terms, between = "geen genoemd", ""
    if one.recall_between is not None:
        terms = f"{one.caught} van {one.terms}"
        between = f"{one.recall_between[0]:.0%} - {one.recall_between[1]:.0%}"
    speakers = str(one.speakers or "onbekend")
    return (
        f"| {one.engine} | {one.group} | {one.clips} | {speakers} | {one.error:.1%} | {low:.1%} - {high:.1%} "
        f"| {terms} | {between} |"
    )
