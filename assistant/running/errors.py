"""What can stand in the way of running everything."""

from __future__ import annotations

from assistant.training.errors import StartError


class PortTaken(StartError):
    """Another program listens on a port that we need."""

    code = "start.port_taken"


class NotReady(StartError):
    """A process ended, or did not become ready in time."""

    code = "start.not_ready"
