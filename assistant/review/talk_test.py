"""A talk from the log as a conversation test, in the form of tests/README.md.

What was masked becomes a made-up value of its kind, so that the test can be played. Where a reviewer said what it
should have been, the test expects that; a turn that was judged wrong otherwise expects nothing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from assistant.review.transcript import TalkView, TurnView

_STAND_INS = {
    "naam": "Anna", "telefoon": "06 12 34 56 78", "e-mail": "anna@voorbeeld.nl", "adres": "Dorpsstraat 1",
    "datum": "1 januari 1990", "iban": "NL91 ABNA 0417 1643 00", "code": "MD-CCCC-CCCC",
}  # fmt: skip
_MASK = re.compile(r"\[([a-z-]+)\]")
_HIDDEN = re.compile(r"\[[a-z_]+\]")
WRONG = ("antwoord_fout", "antwoord_onduidelijk", "geen_werkplek", "spraak", "techniek")


def talk_test(talk: TalkView) -> str:
    """Return the YAML of one test."""
    row = talk.summary
    raw: dict[str, Any] = {"talk": f"Uit gesprek {row.conversation_id[:8]} van {row.started_at:%d-%m-%Y}"}
    if row.municipality != "landelijk":
        raw["gemeente"] = row.municipality
    if row.role:
        raw["rol"] = row.role
    if row.channel != "web":
        raw["kanaal"] = row.channel
    raw["stappen"] = [step for turn in talk.turns for step in _steps(turn)]
    return yaml.safe_dump([raw], allow_unicode=True, sort_keys=False, width=110)


def keep_talk_test(talk: TalkView, var: Path) -> Path:
    """Write the test to var/learned/talks and return its path; the name comes from the id alone."""
    folder = var / "learned" / "talks"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"gesprek_{re.sub('[^0-9a-f]', '', talk.summary.conversation_id)}.yml"
    path.write_text(talk_test(talk), encoding="utf-8")
    return path


def _steps(turn: TurnView) -> list[dict[str, Any]]:
    """What the person says and what should come back; nothing for a turn whose words were not kept."""
    if _HIDDEN.fullmatch(turn.row.said):
        return []
    said = _MASK.sub(lambda mark: _STAND_INS.get(mark[1], mark[0]), turn.row.said)
    steps: list[dict[str, Any]] = [{"persoon": said.replace("{", "{{").replace("}", "}}")}]
    if expected := _expected(turn):
        steps.append({"assistent": expected})
    return steps


def _expected(turn: TurnView) -> str | None:
    last = turn.judgements[-1] if turn.judgements else None
    if last and last.right_intent:
        return last.right_intent
    if (last and last.verdict in WRONG) or not turn.row.answers:
        return None
    return turn.row.answers[0]
