"""What an editor gets to see when something is not right."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assistant.answers.check import accept, findings
from tests.unit.answers.conftest import ANSWERS, DAY, Write


def messages(house: Path, day: dt.date = DAY) -> str:
    return "\n".join(str(finding) for finding in findings(house, day))


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("{gemeente}", "{gemeentte}", 'waarde "{gemeentte}" bestaat niet (bedoelt u "gemeente"?)'),
        ("facts: [LOON-02]", "facts: [LOON-20]", 'feit "LOON-20" staat niet in data/facts.yml (bedoelt u "LOON-02"?)'),
        ("checked:", "next: [groet]\n  checked:", 'next: "groet" is geen antwoord (bedoelt u "groeten"?)'),
        (
            "checked:",
            "buttons: [{title: A, payload: /groetn}]\n  checked:",
            '"/groetn" bestaat niet (bedoelt u "groeten"?)',
        ),
        ("14,99", "15,20", 'het getal "15,20" staat niet bij de feiten'),
        ("title:", "titel:", '"titel" is geen veld (bedoelt u "title"?)'),
        ("werkzoekende", "werkzoeker", 'audience "werkzoeker" bestaat niet (bedoelt u "werkzoekende"?)'),
        (
            "  newest: Kijk voor het nieuwste bedrag op rijksoverheid.nl.\n",
            "",
            "horen de velden newest en review_before",
        ),
        ("U krijgt loon.", "U krijgt van de werkgever elke maand aan het einde loon voor het werk.", "zinslengte"),
        ("U krijgt loon.", "Uw loon wordt betaald.", "lijdende vorm"),
        ("U krijgt loon.", "U krijgt loondispensatieregeling.", "staat niet in begrippen.yml"),
        ("U krijgt minstens", "  U krijgt\n te", "geen geldige YAML"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(house: Path, write: Write, wrong: str, right: str, said: str) -> None:
    write("answers/loon.yml", ANSWERS.replace(wrong, right))
    found = messages(house)
    assert said in found and "answers/loon.yml, regel" in found


def test_the_small_house_is_clean(house: Path) -> None:
    assert messages(house) == ""


def test_a_question_without_an_answer(house: Path) -> None:
    domain = house.parent / "domain"
    domain.mkdir()
    (domain / "loon.yml").write_text("intents: [loon/hoeveel, loon/hoevel, groeten]\n")
    assert 'op "loon/hoevel" is nog geen antwoord (bedoelt u "loon/hoeveel"?)' in messages(house)


def test_an_expired_text_is_a_warning(house: Path) -> None:
    found = findings(house, dt.date(2027, 2, 1))
    assert [finding.level for finding in found] == ["let op"] and "review_before" in found[0].message


def test_an_override_that_says_the_same(house: Path, write: Write) -> None:
    write("municipalities/waterdam.yml", "id: waterdam\nname: W\n")
    write("answers/waterdam/loon.yml", "groeten:\n  text: Hallo.\n")
    assert "groeten: text is gelijk aan de standaardtekst; haal het weg" in messages(house)


def test_a_changed_standard_text_is_shown_until_somebody_looked(house: Path, write: Write) -> None:
    write("municipalities/waterdam.yml", "id: waterdam\nname: W\n")
    path = write("answers/waterdam/loon.yml", "# plaatselijk\ngroeten:\n  text: Dag.\n\n# einde\n")
    assert "nog niet naast de standaardtekst gelegd" in messages(house)
    assert accept(house, DAY) == 1 and messages(house) == ""
    assert path.read_text().startswith("# plaatselijk\ngroeten:\n  text: Dag.\n  standard_checked: 2026-11-23\n")
    write("answers/loon.yml", ANSWERS.replace("text: Hallo.", "text: Goedendag."))
    found = messages(house)
    assert "de standaardtekst is veranderd" in found and "- Hallo." in found and "+ Goedendag." in found
    assert accept(house, DAY) == 1 and messages(house) == ""


def test_a_prepared_text_that_is_old_on_its_first_day(house: Path, write: Write) -> None:
    write("answers/2027-01-01/loon.yml", "loon/hoeveel:\n  title: Anders\n")
    assert "review_before ligt niet na 2027-01-01" in messages(house)


def test_a_folder_that_is_nobodys(house: Path, write: Write) -> None:
    write("municipalities/waterdam.yml", "id: waterdam\nname: W\n")
    write("answers/waterdan/loon.yml", "groeten:\n  text: Dag.\n")
    assert 'geen gemeente en geen datum (jjjj-mm-dd) (bedoelt u "waterdam"?)' in messages(house)


def test_an_exception_needs_a_reason(house: Path, write: Write) -> None:
    write("answers/uitzonderingen.yml", "loon/hoeveel:\n  rules: [cijfers]\n")
    assert "schrijf bij reason waarom dit mag" in messages(house)
