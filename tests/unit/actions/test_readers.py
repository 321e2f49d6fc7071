"""Reading one field from what was said: (reader, words, entities, what comes out), asked for and not."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms import readers as r
from tests.unit.actions.conftest import message

ASKED: list[tuple[r.Any, str, dict[str, Any], Any]] = [
    # names
    (r.read_name, "Anna", {}, "Anna"),
    (r.read_name, "anna", {}, "Anna"),
    (r.read_name, "ahmed bouzid", {}, "Ahmed Bouzid"),
    (r.read_name, "ik heet ahmed", {}, "Ahmed"),
    (r.read_name, "mijn naam is jan de vries", {}, "Jan de Vries"),
    (r.read_name, "m'n naam is Noor", {}, "Noor"),
    (r.read_name, "ik ben Piet", {}, "Piet"),
    (r.read_name, "gewoon Bo", {}, "Bo"),
    (r.read_name, "hoi, ik heet Sjoerd", {}, "Sjoerd"),
    (r.read_name, "fatima el amrani", {}, "Fatima el Amrani"),
    (r.read_name, "José", {}, "José"),
    (r.read_name, "Anne-Marie", {}, "Anne-Marie"),
    (r.read_name, "d'Hondt", {}, "D'Hondt"),
    (r.read_name, "Anna.", {}, "Anna"),
    (r.read_name, "zomaar wat woorden", {"naam": "Fatima"}, "Fatima"),
    (r.read_name, "12345", {}, None),
    (r.read_name, "anna@voorbeeld.nl", {}, None),
    (r.read_name, "waarom?", {}, None),
    (r.read_name, "ik zoek eigenlijk werk in het groen", {}, None),
    (r.read_name, "", {}, None),
    # how to reach someone
    (r.read_contact, "06 12 34 56 78", {}, "+31612345678"),
    (r.read_contact, "0612345678", {}, "+31612345678"),
    (r.read_contact, "06-12345678", {}, "+31612345678"),
    (r.read_contact, "+31 6 12345678", {}, "+31612345678"),
    (r.read_contact, "0031612345678", {}, "+31612345678"),
    (r.read_contact, "0521 538700", {}, "+31521538700"),
    (r.read_contact, "+48 512 345 678", {}, "+48512345678"),
    (r.read_contact, "Anna@Voorbeeld.NL", {}, "anna@voorbeeld.nl"),
    (r.read_contact, " anna@voorbeeld.nl ", {}, "anna@voorbeeld.nl"),
    (r.read_contact, "bel me maar", {"telefoon": "0612345678"}, "+31612345678"),
    (r.read_contact, "mail me maar", {"email": "anna@voorbeeld.nl"}, "anna@voorbeeld.nl"),
    (r.read_contact, "geen idee", {}, None),
    (r.read_contact, "12", {}, None),
    (r.read_contact, "anna@voorbeeld", {}, None),
    (r.read_contact, "[bsn]", {}, None),
    (r.read_phone, "06 12 34 56 78", {}, "+31612345678"),
    (r.read_phone, "anna@voorbeeld.nl", {}, None),
    # places
    (r.read_place, "Steenwijk", {}, "Steenwijk"),
    (r.read_place, "steenwijk", {}, "Steenwijk"),
    (r.read_place, "in Almere", {}, "Almere"),
    (r.read_place, "ik woon in Giethoorn", {}, "Giethoorn"),
    (r.read_place, "hier", {"plaats": "Almere Haven"}, "Almere Haven"),
    (r.read_place, "8331", {"postcode": "8331"}, "8331"),
    (r.read_place, "blauw", {}, None),
    (r.read_place, "dat weet ik echt helemaal niet hoor", {}, None),
    # kinds of work
    (r.read_work_kind, "groen", {"soort_werk": "groen"}, "groen"),
    # hours
    (r.read_hours, "20", {}, [20, 20]),
    (r.read_hours, "20 uur", {}, [20, 20]),
    (r.read_hours, "ongeveer 24", {}, [24, 24]),
    (r.read_hours, "16 tot 24", {}, [16, 24]),
    (r.read_hours, "16-24 uur", {}, [16, 24]),
    (r.read_hours, "16 à 24", {}, [16, 24]),
    (r.read_hours, "16 t/m 24", {}, [16, 24]),
    (r.read_hours, "24 tot 16", {}, [16, 24]),
    (r.read_hours, "x", {"uren_per_week": "28"}, [28, 28]),
    (r.read_hours, "x", {"uren_per_week": 28}, [28, 28]),
    (r.read_hours, "x", {"uren_per_week": "16-24"}, [16, 24]),
    (r.read_hours, "parttime", {"uren_per_week": "deeltijd"}, [8, 32]),
    (r.read_hours, "fulltime", {"uren_per_week": "voltijd"}, [33, 40]),
    (r.read_hours, "1 uur", {}, [1, 1]),
    (r.read_hours, "40", {}, [40, 40]),
    (r.read_hours, "41", {}, None),
    (r.read_hours, "0", {}, None),
    (r.read_hours, "100", {}, None),
    (r.read_hours, "heel veel", {}, None),
    (r.read_hours, "mijn nummer is 06 12 34 56 78", {"telefoon": "0612345678"}, None),
    # contracts
    (r.read_months, "12", {}, 12),
    (r.read_months, "6 maanden", {}, 6),
    (r.read_months, "een jaar", {"contract_maanden": 12}, 12),
    (r.read_months, "een jaar", {"contract_maanden": "12"}, 12),
    (r.read_months, "vast", {"contract_maanden": "vast"}, "vast"),
    (r.read_months, "61", {}, None),
    (r.read_months, "0", {}, None),
    (r.read_months, "lang", {}, None),
    # places offered
    (r.read_places, "2", {}, 2),
    (r.read_places, "2 plekken", {}, 2),
    (r.read_places, "een", {}, 1),
    (r.read_places, "één plek", {}, 1),
    (r.read_places, "x", {"aantal_plekken": "3"}, 3),
    (r.read_places, "0", {}, None),
    (r.read_places, "veel", {}, None),
    # when to call
    (r.read_moment, "morgenochtend", {}, "morgenochtend"),
    (r.read_moment, "na drieën", {}, "na drieën"),
    (r.read_moment, "morgen", {"datum_tijd": "2026-11-24"}, "2026-11-24"),
    (r.read_moment, "maandag in de ochtend", {"dagen": "ma", "dagdeel": "ochtend"}, "ma ochtend"),
    (r.read_moment, "dat maakt mij eigenlijk helemaal niets uit zolang het maar overdag is", {}, None),
    # the number of a registration
    (r.read_registration_number, "AW-2026-00001", {}, "AW-2026-00001"),
    (r.read_registration_number, "aw 2026 1", {}, "AW-2026-00001"),
    (r.read_registration_number, "2026-00001", {}, "AW-2026-00001"),
    (r.read_registration_number, "AW202600012", {}, "AW-2026-00012"),
    (r.read_registration_number, "die van mij", {"registratienummer": "AW-2026-00003"}, "AW-2026-00003"),
    (r.read_registration_number, "1999-00001", {}, None),
    (r.read_registration_number, "weet ik niet", {}, None),
    # organisations
    (r.read_company, "Bakkerij Jansen", {}, "Bakkerij Jansen"),
    (r.read_company, "wij zijn Bakkerij Jansen", {}, "Bakkerij Jansen"),
    (r.read_company, "ons bedrijf heet Dyka", {}, "Dyka"),
    (r.read_company, "x", {"bedrijf": "Eleq"}, "Eleq"),
    (r.read_company, "x", {"organisatie": "Staatsbosbeheer"}, "Staatsbosbeheer"),
    (r.read_company, "wie bent u?", {}, None),
]
NOT_ASKED: list[tuple[r.Any, str, dict[str, Any], Any]] = [
    (r.read_name, "Anna", {}, None),
    (r.read_name, "ik heet Anna", {"naam": "Anna"}, "Anna"),
    (r.read_contact, "0612345678", {}, None),
    (r.read_contact, "x", {"telefoon": "0612345678"}, "+31612345678"),
    (r.read_place, "Steenwijk", {}, None),
    (r.read_place, "x", {"plaats": "Steenwijk"}, "Steenwijk"),
    (r.read_hours, "20", {}, None),
    (r.read_hours, "x", {"uren_per_week": "20"}, [20, 20]),
    (r.read_months, "12", {}, None),
    (r.read_places, "2", {}, None),
    (r.read_moment, "morgenochtend", {}, None),
    (r.read_registration_number, "2026-00001", {}, None),
    (r.read_company, "Bakkerij Jansen", {}, None),
    (r.read_company, "x", {"organisatie": "Staatsbosbeheer"}, None),
]
ROWS = [(*row, True) for row in ASKED] + [(*row, False) for row in NOT_ASKED]
READERS = sorted({row[0] for row in ROWS}, key=lambda reader: reader.__name__)


@pytest.mark.parametrize(
    ("reader", "words", "entities", "expected", "asked"),
    ROWS,
    ids=[f"{row[0].__name__}-{row[1]}-{'gevraagd' if row[4] else 'niet gevraagd'}-{n}" for n, row in enumerate(ROWS)],
)
def test_a_field_is_read_as_people_write_it(
    reader: r.Any, words: str, entities: dict[str, Any], expected: Any, asked: bool
) -> None:
    assert reader(message(words, **entities), asked) == expected


def test_there_are_enough_rows() -> None:
    assert len(ROWS) >= 80


@pytest.mark.parametrize("intent", ["stoppen", "hulp", "bedanken", "mens_spreken"])
def test_a_remark_on_the_talk_is_no_name(intent: str) -> None:
    assert r.read_name(message("stop maar", intent), True) is None


@pytest.mark.parametrize(("value", "shown"), [([20, 20], "20"), ([16, 24], "16 tot 24")])
def test_hours_are_shown_in_words(value: list[int], shown: str) -> None:
    assert r.shown_hours(value) == shown


@given(st.sampled_from(READERS), st.text(max_size=120), st.booleans())
def test_no_words_are_too_odd_to_read(reader: r.Any, words: str, asked: bool) -> None:
    reader(message(words), asked)
