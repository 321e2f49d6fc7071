from pathlib import Path

from assistant.training.sentences import Sentence, grouped, read_folder

FILE = """version: "3.1"

nlu:
- intent: loon/hoeveel
  metadata: {pen: a, slice: typed}
  examples: |
    - hoeveel verdien ik in [Almere](plaats) met [wajong](uitkering)
    - wat schuift dat: [20 uur]{"entity": "uren_per_week", "value": "20"}?
- intent: groet
  examples: |
    - hoi
- lookup: plaats
  examples: |
    - Almere
"""


def test_reads_words_entities_and_where_they_came_from(tmp_path: Path) -> None:
    (tmp_path / "loon.yml").write_text(FILE, encoding="utf-8")
    first, second, hello = read_folder(tmp_path)
    assert (first.text, first.group, first.slice, first.pen) == (
        "hoeveel verdien ik in Almere met wajong", "loon", "typed", "a",
    )  # fmt: skip
    assert {first.text[start:end]: kind for start, end, kind in first.entities} == {
        "Almere": "plaats",
        "wajong": "uitkering",
    }
    assert {second.text[start:end]: kind for start, end, kind in second.entities} == {"20 uur": "uren_per_week"}
    assert (hello.intent, hello.slice) == ("groet", "")


def test_groups_by_intent() -> None:
    rows = [Sentence("a", "een", "x"), Sentence("b", "twee", "x"), Sentence("a", "drie", "x")]
    assert {intent: len(held) for intent, held in grouped(rows).items()} == {"a": 2, "b": 1}
