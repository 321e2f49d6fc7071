"""What can stand in the way of running everything."""

from __future__ import annotations

from assistant.training.errors import StartError


class PortTaken(StartError):
    """Another program listens on a port that we need."""

    code = "start.port_taken"


class NotReady(StartError):
    """A process ended, or did not become ready in time."""

    code = "start.not_ready"


class GaveUp(StartError):
    """A process ended again and again before it was ready; starting it once more would not help."""

    code = "start.gave_up"


class ModelBroken(StartError):
    """A model whose archive cannot be unpacked."""

    code = "start.model_broken"


class BackupRefused(StartError):
    """A backup cannot be made or put back here; nothing was changed."""

    code = "backup.refused"


class BackupBroken(BackupRefused):
    """The archive is cut off, was changed, or holds what does not belong in it."""

    code = "backup.broken"


class BackupTooNew(BackupRefused):
    """The backup was made by a newer version than this one."""

    code = "backup.too_new"
