"""Which words somebody gets: the day, a notice, a prepared set, a new municipality, the hour of the day."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from assistant.answers import AnswerBook, AnswerFileError
from assistant.answers.opening_hours import AMSTERDAM, OpeningHours
from assistant.answers.presence import presence
from assistant.core.context import TalkContext
from tests.unit.answers.conftest import DATA, DAY, Write

WEEK = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-17:00")


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), AMSTERDAM)


def test_a_new_municipality_is_one_file(house: Path, write: Write) -> None:
    write(
        "municipalities/waterdam.yml",
        "id: waterdam\nname: de gemeente Waterdam\nvalues: {gemeente: de gemeente Waterdam}\n",
    )
    text = AnswerBook.read(house, lambda: DAY).word("loon/hoeveel", TalkContext("waterdam")).text
    assert text.endswith("Vraag de gemeente Waterdam.")


def test_a_fictional_third_municipality_answers_every_question(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    file = data / "municipalities" / "waterdam.yml"
    file.write_text(
        "id: waterdam\nname: de gemeente Waterdam\nvalues: {gemeente: de gemeente Waterdam, telefoon: 14 0999}\n"
    )
    book = AnswerBook.read(data, lambda: DAY)
    for key in book.standard:
        if book.standard[key].facts and not key.startswith(("regel/", "werkplek", "aanmelden_", "gegevens_")):
            assert book.word(key, TalkContext("waterdam")).text
    assert "de gemeente Waterdam bellen: 14 0999" in book.word("mens_spreken", TalkContext("waterdam")).text


def test_a_prepared_set_is_used_from_its_day(house: Path, write: Write) -> None:
    write(
        "answers/2027-01-01/loon.yml",
        "loon/hoeveel:\n  text: In 2027 is het anders. Vraag {gemeente}.\n  simple: Het is anders.\n"
        "  facts: []\n  checked: 2026-12-01\n  review_before: 2028-01-01\n",
    )
    days = {"before": dt.date(2026, 12, 31), "on": dt.date(2027, 1, 1)}
    now = days["before"]
    book = AnswerBook.read(house, lambda: now)
    assert "14,99" in book.word("loon/hoeveel", TalkContext()).text
    now = days["on"]
    assert book.word("loon/hoeveel", TalkContext()).text.startswith("In 2027")
    assert book.title("loon/hoeveel") == "Wat verdien ik?"


def test_a_notice_counts_in_its_period_and_municipality(house: Path, write: Write) -> None:
    write("municipalities/waterdam.yml", "id: waterdam\nname: de gemeente Waterdam\n")
    write(
        "notices/dicht.yml",
        "dicht:\n  from: 2026-11-20\n  until: 2026-11-30\n  municipality: waterdam\n  text: Wij zijn dicht.\n",
    )
    day = DAY
    book = AnswerBook.read(house, lambda: day)
    assert [reply.text for reply in book.notices(TalkContext("waterdam"))] == ["Wij zijn dicht."]
    assert [reply.spoken for reply in book.notices(TalkContext("waterdam", channel="voice"))] == ["Wij zijn dicht."]
    assert book.notices(TalkContext()) == ()
    day = dt.date(2026, 12, 1)
    assert book.notices(TalkContext("waterdam")) == ()


@pytest.mark.parametrize(
    ("now", "key", "values"),
    [
        (at(dt.date(2026, 11, 23), 10), "bereikbaar/nu", {"sluit": "17"}),
        (at(dt.date(2026, 11, 23), 17), "bereikbaar/later", {"dag": "morgen", "opent": "9"}),
        (at(dt.date(2026, 11, 21), 12), "bereikbaar/later", {"dag": "maandag", "opent": "9"}),
        (at(dt.date(2026, 12, 24), 18), "bereikbaar/later", {"dag": "maandag", "opent": "9"}),  # Christmas, weekend
        (at(dt.date(2026, 11, 23), 8, 59), "bereikbaar/later", {"dag": "vandaag", "opent": "9"}),
        (at(dt.date(2027, 4, 26), 18), "bereikbaar/later", {"dag": "woensdag", "opent": "9"}),  # King's day
    ],
)
def test_somebody_is_there_or_comes_back(now: dt.datetime, key: str, values: dict[str, str]) -> None:
    assert presence(OpeningHours.of(WEEK), now) == (key, values)


def test_hours_that_nobody_confirmed_are_said_with_a_proviso() -> None:
    assert presence(OpeningHours.of({**WEEK, "unverified": True}), at(DAY, 10))[0] == "bereikbaar/nu_misschien"
    assert presence(None, at(DAY, 10))[0] == "bereikbaar/onbekend"
    assert presence(OpeningHours.of({}), at(DAY, 10))[0] == "bereikbaar/onbekend"


def test_the_hour_is_in_the_answer() -> None:
    book = AnswerBook.read(DATA, now=lambda: at(dt.date(2026, 12, 25), 10))
    assert "maandag" in book.word("mens_spreken", TalkContext("almere")).text


def test_wrong_hours_name_the_file(house: Path, write: Write) -> None:
    write("municipalities/waterdam.yml", "id: waterdam\nname: W\nopening_hours: {monday: 9 tot 5}\n")
    with pytest.raises(AnswerFileError, match=r"waterdam\.yml, regel \d+: opening_hours"):
        AnswerBook.read(house)
