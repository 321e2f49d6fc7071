"""The intent model on a handful of sentences: it learns, it gives probabilities, and a stored one answers the same."""

from __future__ import annotations

from pathlib import Path

import pytest

SENTENCES = {
    "loon/hoeveel": ["wat verdien ik", "hoeveel loon krijg ik", "wat schuift het", "hoeveel verdien je daar"],
    "loon/contract": [
        "krijg ik een vast contract",
        "wat voor contract is het",
        "vast contract of tijdelijk",
        "contract?",
    ],
    "begroeten": ["hoi", "hallo", "goedemorgen", "goedemiddag daar"],
    "buiten_bereik_overig": ["wat wordt het weer", "weer morgen", "het weer in almere", "regent het morgen"],
}


def rows(times: int = 3) -> tuple[list[str], list[str]]:
    pairs = [(text, intent) for intent, texts in SENTENCES.items() for text in texts] * times
    return [text for text, _ in pairs], [intent for _, intent in pairs]


@pytest.fixture(scope="module")
def model():
    from assistant.nlu.intent_model import IntentModel, ModelConfig

    return IntentModel.fit(*rows(), ModelConfig())


def test_probabilities_add_up_and_the_best_is_right(model) -> None:
    chances = model.probabilities(["hoeveel loon is dat", "krijg ik een kontrakt"])
    assert chances.sum(axis=1) == pytest.approx([1, 1], abs=1e-4)
    assert [model.labels[best] for best in chances.argmax(axis=1)] == ["loon/hoeveel", "loon/contract"]


def test_a_stored_model_answers_the_same_and_runs_no_code(model, tmp_path: Path) -> None:
    from assistant.nlu.intent_model import IntentModel

    model.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npz"}
    texts = rows(1)[0]
    assert abs(IntentModel.load(tmp_path).probabilities(texts) - model.probabilities(texts)).max() < 0.02


def test_another_format_is_refused(model, tmp_path: Path) -> None:
    from assistant.nlu.intent_model import FORMAT, IntentModel

    model.save(tmp_path)
    stored = tmp_path / "intents.json"
    stored.write_text(
        stored.read_text(encoding="utf-8").replace(f'"format": {FORMAT}', '"format": 1'), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="train again"):
        IntentModel.load(tmp_path)


def test_words_meet_as_they_sound() -> None:
    from assistant.nlu.normalise import by_ear

    assert by_ear("indikatie") == by_ear("indicatie")
    assert by_ear("nie meer werke") == by_ear("nie meer werken")
    assert by_ear("altyd") == by_ear("altijd")


@pytest.mark.parametrize(
    ("chances", "asks"),
    [
        ({"a": 0.9, "b": 0.05}, False),
        ({"a": 0.25, "b": 0.1}, True),
        ({"a": 0.45, "b": 0.4}, True),
        ({"a": 0.6, "buiten_bereik_overig": 0.3}, True),
        ({"buiten_bereik_overig": 0.6, "buiten_bereik_gemeente": 0.3}, False),
        ({"veiligheid_ander": 0.2, "a": 0.19}, False),
    ],
)
def test_when_the_doubt_policy_asks(chances: dict[str, float], asks: bool) -> None:
    from assistant.nlu.doubt_policy import is_unclear

    ranking = [{"name": name, "confidence": chance} for name, chance in chances.items()]
    assert is_unclear(ranking, threshold=0.3, gap=0.08, stranger=0.25) is asks


@pytest.mark.parametrize("text", ["Hoeveel LOON krijg ik?", "mail a@voorbeeld.nl", "zzz qqq", "contract contract", "!"])
def test_one_sentence_gets_what_it_gets_among_others(model, text: str, tmp_path: Path) -> None:
    from assistant.nlu.intent_model import IntentModel

    model.save(tmp_path)
    for each in (model, IntentModel.load(tmp_path)):
        assert each.probabilities_of(text) == pytest.approx(each.probabilities([text])[0], abs=1e-5)
