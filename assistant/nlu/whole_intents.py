"""An id with a slash is one intent.

Rasa cuts `loon/hoeveel` at the slash into a "retrieval intent" `loon` and a response key, and then needs a second
classifier to put them together again. Our classifier decides between all ids at once (ADR 0003), so everything that
Rasa reads or reports (training data, rules, `/model/parse`, `rasa test nlu`) has to see the whole id.

Importing this module makes that so, in the one place where Rasa cuts. It is imported by the importer named in
`config.yml` (train, validate) and by the classifier (run, test).
"""

from __future__ import annotations

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message


def _keep_whole(original_intent: str) -> tuple[str, None]:
    """Return the id as it is, with no response key."""
    return original_intent, None


Message.separate_intent_response_key = staticmethod(_keep_whole)


class WholeIntentImporter(RasaFileImporter):
    """Rasa's file importer, with ids kept whole by the import of this module."""
