"""The house itself: layers, keys, data for Rasa, documentation, and nothing in git that does not belong there."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import actions
import assistant
from actions.registry import ACTIONS
from assistant.answers import AnswerBook
from assistant.errors import MeedoenError
from assistant.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
UTTER = {"utter_antwoord", "utter_twijfel", "utter_herhaal", "utter_reply"}
PAGES = [page for page in ("README.md", "README.nl.md", "CONTRIBUTING.md", "tests/README.md") if (ROOT / page).exists()]


@cache
def tracked() -> tuple[str, ...]:
    """Return every file that git knows or would take in."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return tuple(name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def text_of(name: str) -> str:
    """Return the text of a tracked file, empty for one that is no text."""
    try:
        return (ROOT / name).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    return AnswerBook.read(ROOT / "data")


def merged(folder: str) -> list[dict[str, Any]]:
    """Return every YAML file of a folder."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) or {} for path in sorted((ROOT / folder).glob("*.yml"))]


def intents() -> set[str]:
    """Return the ids of all intents of the domain."""
    return {next(iter(i)) if isinstance(i, dict) else i for part in merged("domain") for i in part.get("intents", [])}


def steps() -> list[dict[str, Any]]:
    """Return every step of every rule, the alternatives of an `or` one by one."""
    found = [step for part in merged("data/rules") for rule in part.get("rules", []) for step in rule["steps"]]
    return [each for step in found for each in step.get("or", [step])]


# layers


def test_nobody_imports_across_the_walls() -> None:
    tool = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


# git


def test_no_database_model_sound_or_archive_in_git() -> None:
    odd = re.compile(
        r"\.(db|sqlite3?|db-wal|db-shm|tar|gz|tgz|zip|7z|whl|wav|mp3|ogg|flac|onnx|pt|bin|pkl|npz|h5|pb)$", re.I
    )
    allowed = re.compile(r"^(tests|assistant/voice)/.*silence\.wav$")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert [name for name in listed if odd.search(name) and not allowed.search(name)] == []


def test_no_address_of_a_package_index_in_git() -> None:
    words = [
        "registry" + ".npm",
        "//reg" + "istry.",
        "pypi" + ".org",
        "npmjs" + ".",
        "files.python" + "hosted",
        '"resol' + 'ved":',
    ]
    found = [f"{name}: {word}" for name in tracked() for word in words if word in text_of(name)]
    assert found == []


def test_nothing_is_left_to_be_done_in_the_code() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    places = ("assistant/", "actions/", "tools/", "tests/", "docs/", "domain/", "data/rules/", "widget/src/")
    assert [name for name in tracked() if name.startswith(places) and marks.search(text_of(name))] == []


def test_no_secret_in_git() -> None:
    secret = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|AKIA[0-9A-Z]{16}|ghp_[0-9A-Za-z]{30}")
    assert [name for name in tracked() if secret.search(text_of(name))] == []


# what Rasa learns


def test_every_intent_has_sentences_or_is_reached_by_a_button(book: AnswerBook) -> None:
    taught = {entry["intent"] for part in merged("data/nlu") for entry in part.get("nlu", []) if "intent" in entry}
    assert taught <= intents(), "sentences for an intent that the domain does not have"
    untaught = intents() - taught
    assert {i for i in untaught if not book.find(i, None)} == set()


def test_every_intent_has_a_rule_or_starts_a_form() -> None:
    ruled = {step["intent"] for step in steps() if "intent" in step}
    assert ruled <= intents(), "a rule for an intent that the domain does not have"
    assert intents() - ruled == set()


def test_every_action_of_a_rule_exists() -> None:
    forms = {name for part in merged("domain") for name in part.get("forms", {})}
    known = {action().name() for action in ACTIONS} | UTTER | forms
    assert {step["action"] for step in steps() if step.get("action")} <= known


def test_the_domain_names_exactly_the_actions_that_exist() -> None:
    named = {action for part in merged("domain") for action in part.get("actions", [])}
    assert {action().name() for action in ACTIONS} <= named
    assert named - {action().name() for action in ACTIONS} - UTTER == set()


def test_every_question_has_an_answer(book: AnswerBook) -> None:
    asked = {
        step["intent"]
        for part in merged("data/rules")
        for rule in part["rules"]
        if {"action": "utter_antwoord"} in rule["steps"]
        for step in (each for s in rule["steps"] for each in s.get("or", [s]))
        if "intent" in step
    }
    assert {intent for intent in asked if not book.find(intent, None)} <= intents()
    groups = {intent.split("/")[0] for intent in asked if "/" in intent}
    wanted = {
        "beschut_werk",
        "indicatie",
        "loon",
        "vergelijk",
        "praktijkleren",
        "aanmelden",
        "banenafspraak",
        "subsidie",
    }
    assert wanted <= groups
    assert {i for i in asked if i.split("/")[0] in wanted | {"werkgever", "lokaal"} and not book.find(i, None)} == set()


# keys that code mentions


def _keys_of_call(name: str, arguments: list[ast.expr]) -> set[str]:
    """Return the keys in one call: of a `part` with only literal keys the last one must exist, the others may."""
    literal = [str(a.value) for a in arguments if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name == "part":
        return set(literal[-1:] if len(arguments) == len(literal) else literal)
    if name == "with_buttons":
        firsts = [a.elts[0] for a in arguments[1:] if isinstance(a, ast.Tuple)]
        return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}
    return set(literal[:1]) if name == "word" and isinstance(arguments[0], ast.Constant) else set()


def _keys_in(path: Path) -> set[str]:
    """Return the literal keys that a module hands to `part`, `with_buttons`, `word` or `title`, or has as constants."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found |= _keys_of_call(name, node.args)
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == "key" and isinstance(value, ast.Constant):
                    found.add(str(value.value))
    return found


def test_every_key_that_code_mentions_exists(book: AnswerBook) -> None:
    files = [
        path
        for folder in ("actions", "assistant/conversation", "assistant/gateway")
        for path in (ROOT / folder).rglob("*.py")
    ]
    keys = {key: path.name for path in files for key in _keys_in(path)}
    assert len(keys) > 30
    assert {key: where for key, where in keys.items() if not book.find(key, None)} == {}


# errors


def _errors() -> list[type[MeedoenError]]:
    for package in (assistant, actions):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".errors"):
                importlib.import_module(module.name)
    found, waiting = [], [MeedoenError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [kind for kind in found if kind.__module__.startswith(("assistant", "actions"))]


def test_every_error_has_a_code_of_its_own() -> None:
    leaves = [kind for kind in _errors() if not kind.__subclasses__()]
    codes = [kind.code for kind in leaves]
    assert len(leaves) > 15
    assert sorted({code for code in codes if codes.count(code) > 1}) == []
    assert [kind.__name__ for kind in leaves if "code" not in vars(kind)] == []


def test_every_error_can_be_explained_to_a_person(book: AnswerBook) -> None:
    mute = {f"{kind.__name__}: {kind.answer_key}" for kind in _errors() if not book.find(kind.answer_key, None)}
    assert mute == set()


# documentation


def test_every_setting_is_documented_with_its_default() -> None:
    page = (ROOT / "docs/instellingen.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(MEEDOEN_[A-Z_]+)` \| (.*?) \|", page, re.M))
    wanted = {f"MEEDOEN_{name.upper()}": field.get_default() for name, field in Settings.model_fields.items()}
    assert set(rows) == set(wanted)
    assert {name: rows[name] for name, default in wanted.items() if rows[name] != shown(default)} == {}


def shown(default: object) -> str:
    """Return a default as the page shows it."""
    if isinstance(default, bool):
        return "uit" if not default else "aan"
    if isinstance(default, tuple):
        return "`[" + ", ".join(f'"{item}"' for item in default) + "]`"
    return f"`{default}`" if str(default) else "leeg"


@pytest.mark.parametrize("page", PAGES)
def test_every_make_target_on_a_page_exists(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text_of("Makefile"), re.M))
    assert "run" in targets
    assert (
        set(re.findall(r"`(?:\$ )?make ([a-z-]+)", text_of(page)))
        | set(re.findall(r"^(?:\$ )?make ([a-z-]+)", text_of(page), re.M))
        <= targets
    )


@pytest.mark.parametrize("page", ["README.md", "tests/README.md"])
def test_every_folder_in_a_tree_exists(page: str) -> None:
    rows = re.findall(r"^\| ((?:`[\w./-]+/?`(?:, )?)+) \|", text_of(page), re.M)
    names = {name for row in rows for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", row) if "/" in name}
    assert len(names) >= 4
    base = (ROOT / page).parent
    assert {name for name in names if not (base / name).exists()} == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_a_file_leads_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text_of(page))
    assert [link for link in links if not ((ROOT / page).parent / link).exists()] == []


def test_a_domain_file_has_its_answers_and_its_sentences_beside_it() -> None:
    groups = {path.stem for path in (ROOT / "domain").glob("*.yml")} - {"dialoog"}
    assert groups - {path.stem for path in (ROOT / "data/nlu").glob("*.yml")} == set()
