"""What can stand in the way of a start, each with the line that the person at the keyboard reads."""

from __future__ import annotations

from assistant.errors import MeedoenError


class StartError(MeedoenError):
    """The house cannot start; the text says why and what to do."""

    code = "start"


class RasaMissing(StartError):
    """The environment that Rasa runs in is not there."""

    code = "start.rasa_missing"


class TrainingFailed(StartError):
    """Rasa could not train the model."""

    code = "start.training_failed"


class ModelRefused(StartError):
    """The gate found a new model worse than the promoted one."""

    code = "start.model_refused"


class ModelUnknown(StartError):
    """A model that no manifest vouches for: it is never loaded."""

    code = "start.model_unknown"
