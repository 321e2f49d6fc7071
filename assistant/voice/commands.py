"""`meedoen speak` and `meedoen voice ...`, to be mounted in assistant/cli.py with `app.add_typer(voice.app)`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from assistant.answers import AnswerBook
from assistant.core.context import TalkContext
from assistant.errors import MeedoenError
from assistant.settings import Settings
from assistant.voice.abilities import abilities
from assistant.voice.errors import ListenUnavailable
from assistant.voice.listen import phrases
from assistant.voice.listen.choose import open_recogniser
from assistant.voice.models import Installed, Model, install, menu
from assistant.voice.models.fairness import LEAST_CLIPS, GroupResult, as_markdown, by_group, count, read_manifest
from assistant.voice.read_aloud import COMPUTER_SPEAKS
from assistant.voice.speak import FASTEST, SLOWEST, speak

app = typer.Typer(help="Speak and listen on our own server.", no_args_is_help=True)
voice = typer.Typer(help="Models to speak and listen with: which there are, install one, try it.", no_args_is_help=True)
app.add_typer(voice, name="voice")
_console = Console(highlight=False, soft_wrap=True)


@app.command("speak")
def speak_text(
    text: Annotated[str, typer.Argument(help="What to say, in Dutch.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The WAV file to write.")],
    rate: Annotated[float, typer.Option(help="1 is calm; less is slower.", min=SLOWEST, max=FASTEST)] = 1.0,
) -> None:
    """Write a text as sound. The file says that it is synthetic, and its first sentence says that a computer speaks."""
    settings = Settings()
    first = AnswerBook.read(settings.data).word(COMPUTER_SPEAKS, TalkContext(channel="voice")).text
    with _explained():
        said = speak(text, rate, say_first=first, models=models_of(settings))
    out.write_bytes(said.wav)
    _console.print(f"{said.seconds:.1f} s, {said.voice} → {out}")


@voice.command("list")
def list_models() -> None:
    """Show the models that can be installed, with size and licence, and which are there."""
    installed = Installed(models_of(Settings()))
    table = Table("model", "for", "engine", "size", "licence", "installed")
    for model in menu():
        state = "in use" if installed.in_use(model) else "yes" if installed.has(model) else ""
        table.add_row(model.id, model.task, model.engine, model.size, model.licence, state)
    _console.print(table)
    for model in menu():
        _console.print(f"{model.id}: {model.note}")


@voice.command("install")
def install_model(
    name: Annotated[str, typer.Argument(help="Name of a model of `meedoen voice list`.")],
    file: Annotated[Path | None, typer.Option("--from", help="Take it from this file or folder: no internet.")] = None,
    sha256: Annotated[str, typer.Option(help="Expected sha256, when you have it from a trusted place.")] = "",
    clips: Annotated[Path | None, typer.Option(help="Folder with manifest.tsv and clips for the self-test.")] = None,
) -> None:
    """Fetch a model, check it, try it. What was fetched half goes on where it stopped."""
    with _explained():
        model = _model(name)
        _console.print(f"{model.id}: {model.size}, licence {model.licence}\n{model.note}")
        folder = models_of(Settings())
        for line in install(model, folder, source=file, sha256=sha256):
            _console.print(line)
        _try(folder, model, clips)


@voice.command("use")
def use_model(
    name: Annotated[str, typer.Argument(help="An installed model, or wyoming://host:port on your own network.")],
) -> None:
    """Choose what listens."""
    with _explained():
        Installed(models_of(Settings())).use(name)
    _console.print(str(abilities(models_of(Settings())).as_json()))


@voice.command("test")
def test_model(
    clips: Annotated[Path | None, typer.Option(help="Folder with manifest.tsv; none = spoken by espeak-ng.")] = None,
    name: Annotated[str, typer.Option("--model", help="An installed model; none = the one in use.")] = "",
) -> None:
    """Measure what listens: word error rate, work per second of sound, memory, and advice."""
    with _explained():
        folder = models_of(Settings())
        _try(folder, _model(name) if name else None, clips)


@voice.command("measure")
def measure_groups(
    folder: Annotated[Path, typer.Argument(help="Folder with manifest.csv, .tsv or .yml: clip, transcript, group.")],
    names: Annotated[list[str] | None, typer.Option("--model", help="Models to compare; none = all installed.")] = None,
    least: Annotated[int, typer.Option(min=5, help="Clips that a group needs to be shown.")] = LEAST_CLIPS,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write the table here, as Markdown.")] = None,
) -> None:
    """Measure per group of speakers how many words each model gets wrong, with 95 % intervals. Recordings stay here."""
    with _explained():
        table = as_markdown(_measured(folder, names or [], least))
    _console.print(table)
    if out is not None:
        out.write_text(table, encoding="utf-8")


@voice.command("demo")
def demo(
    out: Annotated[Path, typer.Argument(help="The WAV file to write.")],
    municipality: Annotated[str, typer.Option(help="Id of a municipality.")] = "steenwijkerland",
) -> None:
    """Write a whole telephone talk by ear, from ringing to a registered interest; needs a running house."""
    from assistant.voice.telephone.demo import talk_by_ear

    with _explained():
        for line in talk_by_ear(Settings(), out, municipality):
            _console.print(line)


@voice.command("status")
def status() -> None:
    """Say what this server can do now."""
    for key, value in abilities(models_of(Settings())).as_json().items():
        _console.print(f"{key}: {value}")


def models_of(settings: Settings) -> Path:
    """Return the folder with installed models."""
    return settings.var / "voice"


def _model(name: str) -> Model:
    from assistant.voice.models import find

    return find(name)


def _try(folder: Path, model: Model | None, clips: Path | None) -> None:
    from assistant.voice.models.self_test import self_test

    for line in self_test(folder, model, clips):
        _console.print(line)


def _measured(folder: Path, names: list[str], least: int) -> Iterator[GroupResult]:
    """Yield the results of every engine in turn; only one is in memory at a time."""
    settings, clips = Settings(), read_manifest(folder)
    installed = Installed(models_of(settings))
    words = phrases(settings.data)
    chosen: list[Model | None] = [_model(name) for name in names] or [*installed.all_listening]
    if not names and installed.address:
        chosen.append(None)
    if not chosen:
        raise ListenUnavailable("no speech model is installed: meedoen voice list")
    for model in chosen:
        engine = open_recogniser(models_of(settings), model)
        try:
            yield from by_group(engine.name, count(engine, clips, words, words), least)
        finally:
            engine.close()


@contextmanager
def _explained() -> Iterator[None]:
    """What we planned for ends with one line and exit code 2, without a trace."""
    try:
        yield
    except MeedoenError as error:
        typer.echo(f"{error.code}: {error}", err=True)
        raise typer.Exit(2) from error
