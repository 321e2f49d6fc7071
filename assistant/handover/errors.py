"""What can go wrong with a hand-over."""

from assistant.errors import MeedoenError


class HandoverNotFound(MeedoenError):
    """No such hand-over, or one of a municipality out of scope: deliberately the same."""

    code = "handover.not_found"
    answer_key = "mens/kan_niet"


class HandoverNotPossible(MeedoenError):
    """The hand-over is not in a state for this, or somebody else has it: a colleague was first, the person left."""

    code = "handover.not_possible"
    answer_key = "mens/kan_niet"
