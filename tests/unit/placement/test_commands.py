"""The commands print what the functions return, and fail in one line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.placement.commands import app

RUN = CliRunner()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["targets"], ["beschut_werk", "18*", "21", "17", "80", "65", "73", "125000"]),
        (["targets", "--municipality", "almere", "--year", "2019"], ["65", "73", "30"]),
        (["funnel"], ["vraag", "bekeken", "belangstelling", "gesprek", "contract"]),
        (["coverage"], ["Voorbeeld", "SEED-AL-02", "ja"]),
        (["stale"], ["number", "complete"]),
        (["unmet"], ["missing", "times"]),
    ],
)
def test_a_table_is_printed(url: str, command: list[str], words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "220")
    result = RUN.invoke(app, [*command, "--database", url])
    assert result.exit_code == 0, result.output
    assert [word for word in words if word not in result.output] == []


def test_out_and_in_again(url: str, tmp_path: Path) -> None:
    path = str(tmp_path / "plekken.csv")
    assert "openings" in RUN.invoke(app, ["export", path, "--database", url]).output
    result = RUN.invoke(app, ["import", path, "--dry-run", "--database", url])
    assert result.exit_code == 0 and "0 geweigerd; niets geschreven" in result.output
    Path(path).write_text(Path(path).read_text(encoding="utf-8-sig").replace("beschut", "beshut", 1))
    result = RUN.invoke(app, ["import", path, "--database", url])
    assert result.exit_code == 1
    assert "kolom soort_plek: beshut is geen bekende waarde voor soort_plek. Bedoelde u: beschut?" in result.output


def test_what_cannot_be_is_one_line(tmp_path: Path) -> None:
    result = RUN.invoke(app, ["import", str(tmp_path / "weg.csv"), "--database", f"sqlite:///{tmp_path / 'leeg.db'}"])
    assert result.exit_code == 2
    result = RUN.invoke(app, ["funnel", "--database", "postgresql://x@127.0.0.1:1/none"])
    assert result.exit_code == 2
