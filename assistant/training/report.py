"""The understanding report in three forms: JSON for the gate, Markdown for a diff, HTML with pictures for a reader."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from assistant.training.pictures import bars, curve
from assistant.training.scores import Share

NAME = "understanding"
Table = tuple[str, list[str], list[list[str]]]
"""Title, head and rows."""


def write(facts: dict[str, Any], folder: Path) -> Path:
    """Write understanding.json, .md and .html into the folder and return the path of the last."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{NAME}.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (folder / f"{NAME}.md").write_text(markdown(facts), encoding="utf-8")
    page = folder / f"{NAME}.html"
    page.write_text(html(facts), encoding="utf-8")
    return page


def markdown(facts: dict[str, Any]) -> str:
    """Return the report as Markdown tables."""
    lines = ["# How well Meedoen understands", "", *(_intro(facts)), ""]
    for title, head, rows in tables(facts):
        lines += [f"## {title}", "", f"| {' | '.join(head)} |", "|" + " --- |" * len(head)]
        lines += [f"| {' | '.join(row)} |" for row in rows] + [""]
    return "\n".join(lines)


def html(facts: dict[str, Any]) -> str:
    """Return the report as one page, pictures inline, nothing fetched."""
    parts = [f"<p>{escape(line)}</p>" for line in _intro(facts) if line]
    parts += [f"<figure>{picture}</figure>" for picture in _pictures(facts)]
    for title, head, rows in tables(facts):
        parts.append(f"<h2>{escape(title)}</h2><table><thead><tr>{_cells(head, 'th')}</tr></thead><tbody>")
        parts += [f"<tr>{_cells(row, 'td')}</tr>" for row in rows] + ["</tbody></table>"]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>How well Meedoen understands</title>'
        "<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f2933}"
        "table{border-collapse:collapse}td,th{border:1px solid #b9c4cf;padding:.2rem .6rem;text-align:left}"
        "figure{margin:1rem 0}svg{max-width:100%}</style><h1>How well Meedoen understands</h1>"
        f"{''.join(parts)}</html>\n"
    )


def tables(facts: dict[str, Any]) -> list[Table]:
    """Return every table of the report."""
    head = ["", "top-1 in scope", "top-3", "macro-F1", "ECE"]
    found: list[Table] = [
        ("In one line", ["measure", "value"], [[name, _cell(v)] for name, v in facts["overall"].items()])
    ]
    found += [
        (title, head, _rows(facts[key])) for title, key in (("By kind of sentence", "slices"), ("By subject", "groups"))
    ]
    found.append(("By writer", head, _rows(facts["pens"])))
    found.append(
        ("Robustness", ["distortion", "top-1", "top-3"], [[n, _cell(a), _cell(b)] for n, a, b in facts["robustness"]])
    )
    if facts.get("curve"):
        rows = [[str(n), _cell(a), _cell(b), _cell(c)] for n, a, b, c in facts["curve"]]
        found.append(("Learning curve", ["training sentences", "top-1", "top-3", "out of scope found"], rows))
    spans = [
        [k or "all", f"{f1:.3f}", str(right), str(said), str(true)] for k, f1, right, said, true in facts["entities"]
    ]
    found.append(("Entities (same place, same kind)", ["entity", "F1", "right", "found", "there"], spans))
    found.append(
        ("Mixed up most", ["meant", "taken for", "times"], [[a, b, str(n)] for a, b, n in facts["confusions"]])
    )
    return found


def _intro(facts: dict[str, Any]) -> list[str]:
    about = facts["about"]
    return [
        f"Model {about['model']}, trained on {about['training']} sentences, measured on {about['tests']} sentences "
        "by other writers (tests/nlu). Made by `make evaluate`. Shares carry their 95 % Wilson interval and n.",
        "",
        "Out of scope found is measured at the threshold that keeps 95 % of the sentences in scope; robustness uses a "
        "generator of its own (assistant.training.noise).",
    ]


def _rows(found: dict[str, list[Any]]) -> list[list[str]]:
    return [[name, *(_cell(value) for value in values)] for name, values in found.items()]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return str(Share(*value))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _cells(values: list[str], tag: str) -> str:
    return "".join(f"<{tag}>{escape(value)}</{tag}>" for value in values)


def _pictures(facts: dict[str, Any]) -> list[str]:
    def of(found: dict[str, list[Any]]) -> list[tuple[str, float, tuple[float, float]]]:
        return [(name, Share(*row[0]).value, Share(*row[0]).interval) for name, row in found.items() if row[0][1]]

    robust = [(name, Share(*one).value, Share(*one).interval) for name, one, _ in facts["robustness"]]
    drawn = [
        bars("Top-1 by kind of sentence (dashed: the goal, 92 %)", of(facts["slices"]), 0.92),
        bars("Top-1 by subject", of(facts["groups"])),
        bars("Top-1 when the sentence is distorted", robust),
        curve(
            "Right (%) against the probability that the model gives",
            {"": [r[:2] for r in facts["reliability"]]},
            diagonal=True,
        ),
    ]
    if facts.get("curve"):
        points = [(row[0], Share(*row[1]).value) for row in facts["curve"]]
        drawn.append(curve("Learning curve: top-1 in scope (%) by training sentences", {"top-1": points}))
    return drawn
