"""What can go wrong with a version of an answer."""

from __future__ import annotations

from assistant.answers.findings import Finding
from assistant.errors import MeedoenError


class EditingError(MeedoenError):
    """Parent of the errors of this room.

    ::

        EditingError
        ├── VersionNotFound   no such version or answer in this scope
        ├── SameEditor        who made a version cannot approve it
        ├── NotWaiting        the version was decided on already
        ├── Overtaken         another version was published in the meantime
        └── NotPublishable    the gate does not let the text through
    """

    code = "editing_error"


class VersionNotFound(EditingError):
    """No such version or answer in this scope."""

    code = "version_not_found"


class SameEditor(EditingError):
    """Four eyes: who made a version cannot approve or reject it."""

    code = "same_editor"


class NotWaiting(EditingError):
    """The version was decided on already."""

    code = "not_waiting"


class Overtaken(EditingError):
    """The text that this version changes is no longer the one that is said."""

    code = "overtaken"


class NotPublishable(EditingError):
    """The gate does not let the text through; `findings` say why."""

    code = "not_publishable"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = findings
