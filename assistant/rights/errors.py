"""What can go wrong with retention and the rights of a person."""

from __future__ import annotations

from assistant.errors import MeedoenError


class RightsError(MeedoenError):
    """Parent of the errors of this room.

    ::

        RightsError
        ├── TermsWrong       the file with terms cannot be read
        ├── PersonNotFound   no such number in this scope
        ├── HoldWrong        a hold needs a reason and a day in the future
        ├── OnHold           erasing is not possible while something must be kept
        └── CorrectionWrong  a value that cannot be
    """

    code = "rights_error"


class TermsWrong(RightsError):
    """The file with terms cannot be read; nothing is deleted then."""

    code = "terms_wrong"


class PersonNotFound(RightsError):
    """No registration, call-back or offer with this number in this scope."""

    code = "person_not_found"


class HoldWrong(RightsError):
    """A hold without a reason or a day in the future."""

    code = "hold_wrong"


class OnHold(RightsError):
    """What was asked to be erased must be kept for now."""

    code = "on_hold"


class CorrectionWrong(RightsError):
    """A corrected value that cannot be: a phone number that is none, an empty name."""

    code = "correction_wrong"
