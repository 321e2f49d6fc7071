"""Models for speaking and listening: the menu, installing, trying."""

from assistant.voice.models.install import install
from assistant.voice.models.menu import Installed, Model, find, menu

__all__ = ["Installed", "Model", "find", "install", "menu"]
