"""What reviewers and the learning loop can be refused, each with a stable code."""

from __future__ import annotations

from assistant.errors import MeedoenError


class ReviewError(MeedoenError):
    """Parent of what review refuses."""

    code = "review"


class NotAVerdict(ReviewError):
    """A judgement that does not exist, or lacks the intent that it should have been."""

    code = "review.not_a_verdict"


class NothingToLearn(ReviewError):
    """A turn without words of a person, or an intent that does not exist."""

    code = "review.nothing_to_learn"


class AlreadyDrawn(ReviewError):
    """The sample of this week is there already; drawing again until one likes it would not be fair."""

    code = "review.already_drawn"


class TrainingRuns(ReviewError):
    """A training is waiting or running already."""

    code = "review.training_runs"


class NotPromotable(ReviewError):
    """A model that the gate has not let through."""

    code = "review.not_promotable"
