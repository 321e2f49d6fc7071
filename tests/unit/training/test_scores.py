import pytest

from assistant.training import scores
from assistant.training.scores import Guess, Share
from assistant.training.sentences import Sentence


def guess(true: str, *ranking: tuple[str, float], marked: str = "zin", found: frozenset = frozenset()) -> Guess:
    return Guess(Sentence(true, marked, "x"), ranking, found)


RIGHT = guess("a", ("a", 0.9), ("b", 0.06), ("buiten_bereik_overig", 0.04))
SECOND = guess("b", ("a", 0.5), ("b", 0.4), ("buiten_bereik_overig", 0.1))
STRANGER = guess("buiten_bereik_overig", ("buiten_bereik_overig", 0.7), ("a", 0.3))


def test_top_k() -> None:
    assert scores.top([RIGHT, SECOND], 1) == Share(1, 2)
    assert scores.top([RIGHT, SECOND], 2) == Share(2, 2)


def test_wilson_interval_of_a_known_case() -> None:
    assert Share(81, 100).interval == pytest.approx((0.7222, 0.8749), abs=1e-3)


def test_calibration_error_is_the_distance_to_the_diagonal() -> None:
    assert scores.calibration_error([RIGHT]) == pytest.approx(0.1)
    assert scores.calibration_error([SECOND]) == pytest.approx(0.5)


def test_strangers_are_found_above_what_keeps_those_in_scope() -> None:
    found, threshold = scores.strangers_found([RIGHT, SECOND, STRANGER])
    assert found == Share(1, 1)
    assert threshold == pytest.approx(0.1 / 0.6)


def test_macro_f1_counts_every_intent_once() -> None:
    assert scores.macro_f1([RIGHT, SECOND]) == pytest.approx((2 / 3 + 0) / 2)


def test_confusions_and_safety() -> None:
    alarm = guess("veiligheid_ander", ("veiligheid_acute_nood", 0.8), ("a", 0.1))
    assert scores.confusions([RIGHT, SECOND, SECOND]) == [("b", "a", 2)]
    assert scores.safety_found([alarm, RIGHT]) == Share(1, 1)


def test_entities_count_when_place_and_kind_fit() -> None:
    one = guess("a", ("a", 1.0), marked="in [Almere](plaats)", found=frozenset({(3, 9, "plaats"), (0, 2, "naam")}))
    found = scores.entity_scores([one], ["plaats", "naam"])
    assert found["plaats"].f1 == 1
    assert found[""].f1 == pytest.approx(2 / 3)


def test_mcnemar_looks_at_the_rows_where_the_two_differ() -> None:
    assert scores.mcnemar([True] * 5, [True] * 5) == 1
    assert scores.mcnemar([True] * 10, [False] * 10) == pytest.approx(2 / 2**10)
