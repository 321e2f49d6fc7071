"""Every planned error has a code of its own, an answer for people, and a line in the drawing."""

import assistant.errors
from assistant.database import DatabaseUnavailable
from assistant.errors import MeedoenError
from assistant.placement import PlacementError


def _family(error: type[MeedoenError]) -> set[type[MeedoenError]]:
    return {error}.union(*(_family(child) for child in error.__subclasses__()))


def test_the_tree_is_drawn_and_its_codes_are_unique() -> None:
    ours: set[type[MeedoenError]] = _family(PlacementError) | {DatabaseUnavailable}
    assert len({error.code for error in ours}) == len(ours)
    for error in ours:
        assert error.__name__ in (assistant.errors.__doc__ or "")
        assert "/" in error.answer_key
