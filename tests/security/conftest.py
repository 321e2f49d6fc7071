"""The gateway and the console as they are served, on databases of this test alone."""

from tests.unit.console.conftest import console, library, migrated_file
from tests.unit.gateway.conftest import answers, client, house, make, migrated, rasa

__all__ = ["answers", "client", "console", "house", "library", "make", "migrated", "migrated_file", "rasa"]
