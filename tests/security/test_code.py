"""What the code may never do, read from the code itself: so that a new module cannot bring it in unseen."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOT_SERVED = ("training", "simulation", "load", "nlu", "migrations")
"""Rooms that answer nobody: they train, measure, or run inside Rasa. Nothing of these is left out where it says ALL."""
ALL = sorted([*(ROOT / "assistant").rglob("*.py"), *(ROOT / "actions").rglob("*.py")])
SERVED = [path for path in ALL if not {*path.relative_to(ROOT).parts} & {*NOT_SERVED}]


ESCAPED_BEFORE = {
    "assistant/core/masking/word_lists.py",
    "assistant/gateway/around_cards.py",
    "assistant/voice/listen/repair.py",
}
"""Modules whose patterns are filled with words that were escaped a line before."""


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def calls(paths: list[Path]) -> Iterator[tuple[str, ast.Call]]:
    """(file:line, call) of every call."""
    for path in paths:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def name_of(call: ast.Call) -> str:
    return ast.unparse(call.func)


def is_made(node: ast.expr | None) -> bool:
    """Whether a text is put together: an f-string with holes, `+`, `%` or `.format()`."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "format"
    return isinstance(node, ast.BinOp) and (is_made(node.left) or is_made(node.right) or isinstance(node.op, ast.Mod))


def test_no_shell_and_no_evaluation() -> None:
    wrong = []
    for where, call in calls(ALL):
        if name_of(call) in ("eval", "exec", "compile", "os.system", "os.popen", "subprocess.getoutput", "__import__"):
            wrong.append(where)
        if any(
            one.arg == "shell" and not (isinstance(one.value, ast.Constant) and one.value.value is False)
            for one in call.keywords
        ):
            wrong.append(where)
    assert wrong == []


def test_nothing_is_unpickled() -> None:
    imports = [
        f"{path.name}: {name}"
        for path in ALL
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names])
        if name.split(".")[0] in ("pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "jsonpickle")
    ]
    loaded = [
        where for where, call in calls(ALL) if name_of(call) in ("yaml.load", "yaml.unsafe_load", "yaml.full_load")
    ]
    assert imports == []
    for where in loaded:  # each with a loader of the safe kind
        path, line = where.split(":")
        source = (ROOT / path).read_text(encoding="utf-8")
        assert re.search(r"CSafeLoader|SafeLoader", source) and "UnsafeLoader" not in source, where
        assert line


def test_no_query_is_made_of_words() -> None:
    wrong = [
        where
        for where, call in calls(SERVED)
        if name_of(call).rsplit(".", 1)[-1] in ("text", "execute", "exec_driver_sql", "scalars", "scalar")
        and call.args
        and is_made(call.args[0])
        and "PRAGMA" not in ast.unparse(call.args[0])  # SQLite takes no parameters there; filled with constants
        and "placement/measure.py" not in where  # a measurement by hand, in a schema that it names itself
    ]
    assert wrong == []


def test_no_template_is_made_of_input() -> None:
    wrong = [where for where, call in calls(ALL) if name_of(call).endswith("from_string")]
    raw = [
        f"{path.name}: {found}"
        for path in (ROOT / "assistant").rglob("*.html")
        for found in re.findall(r"\|\s*safe\b|autoescape false", path.read_text(encoding="utf-8"))
    ]
    assert wrong == [] and raw == []
    open_templates = [
        where
        for where, call in calls(ALL)
        if name_of(call) in ("Environment", "jinja2.Environment")
        and not any(one.arg == "autoescape" and ast.unparse(one.value) != "False" for one in call.keywords)
    ]
    assert open_templates == []


def test_no_regular_expression_is_made_of_input() -> None:
    """A pattern with holes is made once, when a module or a data file is read, and what is filled in is escaped."""
    made = [
        (where, ast.unparse(call.args[0]))
        for where, call in calls(SERVED)
        if re.fullmatch(r"re\.(compile|search|match|fullmatch|sub|findall|finditer|split)", name_of(call))
        and call.args
        and is_made(call.args[0])
    ]
    inside = {where.split(":")[0] for where, pattern in made if not re.search(r"re\.escape|[A-Z_]{3,}|{_\w+", pattern)}
    assert inside == ESCAPED_BEFORE, "filled with something that is neither escaped nor a constant of the module"
    for path in inside:
        assert "re.escape" in (ROOT / path).read_text(encoding="utf-8"), path


def test_no_redirect_is_followed() -> None:
    """aiohttp follows by itself; what talks to Rasa says no. httpx does not, unless it is told to."""
    source = (ROOT / "assistant/conversation/brain.py").read_text(encoding="utf-8")
    asked = [call for _, call in calls([ROOT / "assistant/conversation/brain.py"]) if "_session()" in name_of(call)]
    asked = [call for call in asked if name_of(call).endswith((".get", ".post"))]
    assert len(asked) >= 2 and source
    for call in asked:
        assert any(one.arg == "allow_redirects" and ast.unparse(one.value) == "False" for one in call.keywords)
    others = [path.name for path in SERVED if re.search(r"^import aiohttp", path.read_text(encoding="utf-8"), re.M)]
    assert others == ["brain.py"], "a new client of aiohttp: let it refuse redirects and add it here"
    assert [where for where, call in calls(SERVED) if any(one.arg == "follow_redirects" for one in call.keywords)] == []


def _is_a_form_of_others(where: str, call: ast.Call) -> bool:
    """Lists of leaked passwords are made with SHA-1; it protects nothing there, and says so to the library."""
    said = {one.arg: ast.unparse(one.value) for one in call.keywords}
    return where.startswith("assistant/staff/leaked.py") and said.get("usedforsecurity") == "False"


def test_no_weak_or_own_cryptography() -> None:
    weak = re.compile(r"(?i)\b(md5|sha1|des3?|rc4|arc4|blowfish|ecb)\b")
    wrong = [
        where for where, call in calls(SERVED) if weak.search(name_of(call)) and not _is_a_form_of_others(where, call)
    ]
    used = {
        f"{node.module}.{one.name}"
        for path in SERVED
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography")
        for one in node.names
    }
    assert wrong == []
    assert used == {"cryptography.fernet.Fernet", "cryptography.fernet.InvalidToken"}, "AES with HMAC, and nothing else"


def test_secrets_come_from_the_system() -> None:
    """The module `random` can be guessed: it draws samples and examples, never anything that somebody may not know."""
    using = sorted(
        str(path.relative_to(ROOT / "assistant"))
        for path in SERVED
        if re.search(r"^(import random|from random)", path.read_text(encoding="utf-8"), re.M)
    )
    assert using == ["placement/measure.py", "review/examples.py", "review/sampling.py", "voice/models/fairness.py"]
    for path in ("staff/secret.py", "staff/second_step.py", "staff/seal.py"):
        assert "import secrets" in (ROOT / "assistant" / path).read_text(encoding="utf-8")


def scripts() -> list[Path]:
    ours = [path for path in (ROOT / "assistant/console/static").glob("*.js") if ".min." not in path.name]
    return [*sorted((ROOT / "widget/src").rglob("*.ts")), *sorted(ours)]


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_no_script_of_ours_writes_html(path: Path) -> None:
    bad = re.compile(r"\.(inner|outer)HTML\b|insertAdjacentHTML|document\.write|unsafeHTML|\beval\(|new Function\(")
    assert bad.findall(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_no_script_of_ours_merges_objects_of_others(path: Path) -> None:
    """Prototype pollution needs a deep merge, or a name of somebody else between brackets on the left."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"__proto__|deepMerge|\bmerge\(", source)
    assert not re.search(r"Object\.assign\([^,]+,\s*JSON\.parse", source)
