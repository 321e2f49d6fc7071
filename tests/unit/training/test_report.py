from assistant.training import bench
from assistant.training.pictures import bars, curve
from assistant.training.report import html, markdown

FACTS = {
    "about": {"model": "m.tar.gz", "training": 10, "tests": 4},
    "overall": {"top-1 in scope": [3, 4], "ECE (all)": 0.0312},
    "slices": {"<typed>": [[3, 4], [4, 4], 0.7, 0.03]},
    "groups": {"loon": [[3, 4], [4, 4], 0.7, 0.03]},
    "pens": {"a": [[3, 4], [4, 4], 0.7, 0.03]},
    "reliability": [[0.5, 0.4, 3]],
    "confusions": [["a", "b", 2]],
    "robustness": [["clean", [3, 4], [4, 4]]],
    "entities": [["", 0.91, 9, 10, 10]],
    "curve": [[5, [2, 4], [3, 4], [1, 2]]],
}


def test_markdown_carries_interval_and_count() -> None:
    assert "| top-1 in scope | 75.0 % (30.1-95.4, n=4) |" in markdown(FACTS)


def test_html_is_whole_and_fetches_nothing() -> None:
    page = html(FACTS)
    assert "&lt;typed&gt;" in page and "<svg" in page
    assert "src=" not in page and "<script" not in page


def test_pictures_have_a_name() -> None:
    assert 'aria-label="Bars"' in bars("Bars", [("a", 0.5, (0.4, 0.6))], 0.9)
    assert "polyline" in curve("Curve", {"a": [(1, 0.5), (2, 0.75)]}, diagonal=True)


def test_a_difference_comes_with_interval_and_p() -> None:
    assert bench.difference([True] * 50 + [False] * 50, [True] * 100) == "-50.0 ± 9.8 points, p = 1.8e-15"
