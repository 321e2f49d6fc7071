import pytest

from assistant.training.noise import DISTORTIONS, distorted

TEXT = "Hoeveel uur per week moet ik werken bij een beschutte werkplek in 2026?"


@pytest.mark.parametrize("kind", DISTORTIONS)
def test_the_same_seed_gives_the_same_text(kind: str) -> None:
    assert distorted([TEXT], kind) == distorted([TEXT], kind)


def test_the_share_of_hit_words_is_what_it_says() -> None:
    words = ["werkplek"] * 2000
    hit = sum(word != "werkplek" for word in distorted([" ".join(words)], "typo 30 %")[0].split())
    assert 0.24 < hit / len(words) < 0.33


def test_a_recogniser_writes_no_signs_and_no_digits() -> None:
    heard = distorted([TEXT], "recogniser")[0]
    assert "?" not in heard
    assert not any(letter.isdigit() for letter in heard)
