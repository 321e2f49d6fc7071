"""Stand-ins for packages that Rasa imports at its start and that our model never uses.

Rasa imports TensorFlow (5 of its 12 CPU seconds of start-up, 440 MB) to be able to define DIET and TED, and the clients
of twenty chat services and databases. A stand-in gives names to derive from and to annotate with; whoever would really
use one gets `NotLoaded`. A model with a component that needs TensorFlow is refused at once with that error.
"""

from __future__ import annotations

import importlib.machinery
import sys
from abc import ABCMeta
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from types import FunctionType, ModuleType
from typing import Any

NOT_NEEDED = frozenset(
    [
        "tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras", "jax", "tensorboard",
        "matplotlib", "boto3", "botocore", "pymongo", "bson", "gridfs", "aio_pika", "aiormq", "confluent_kafka",
        "twilio", "slack_sdk", "slack", "aiogram", "fbmessenger", "mattermostwrapper", "webexteamssdk",
        "rocketchat_API",
        "socketio", "engineio", "questionary", "prompt_toolkit", "dask", "transformers", "mitie",
    ]
)  # fmt: skip


class NotLoaded(RuntimeError):
    """Something of a package was used that this server does not load."""


class _Shape(ABCMeta):
    """The type of every stand-in: anything can be asked of it, derived from it or decorated with it."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__name__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if not cls.__dict__.get("_is_stand_in"):
            raise NotLoaded(f"{cls.__module__}.{cls.__name__} needs a package that this server does not load")
        decorated = len(args) == 1 and not kwargs and isinstance(args[0], (FunctionType, type))
        return args[0] if decorated else cls


def _stand_in(name: str) -> Any:
    """Return a class of this name; what is called an error can be named in an `except`."""
    bases = (Exception,) if name.endswith(("Error", "Failure", "Exception")) else ()
    return _Shape(name, bases, {"_is_stand_in": True})


class _Module(ModuleType):
    """A module in which every name exists."""

    __path__: Sequence[str] = ()
    __version__ = "0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        made = _stand_in(f"{self.__name__}.{name}")
        setattr(self, name, made)
        return made


class _Finder(MetaPathFinder, Loader):
    """Finds a stand-in for each package of the list and everything below it."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] not in NOT_NEEDED:
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


class _Absent(MetaPathFinder):
    """Says that a package is not installed, to those who can do without it."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> None:
        if fullname.partition(".")[0] in NOT_NEEDED:
            raise ModuleNotFoundError(f"{fullname} is left out", name=fullname)


def install() -> None:
    """Put the stand-ins in place, before anything of Rasa is imported."""
    absent = _Absent()
    sys.meta_path.insert(0, absent)
    import spacy  # noqa: F401  spaCy asks for TensorFlow and does without it when it is not there

    sys.meta_path.remove(absent)
    sys.meta_path.insert(0, _Finder())
