"""The gazetteer: names as people write them."""

import pytest

from assistant.placement.gazetteer import letters_off, plain
from assistant.placement.municipalities import municipality_files
from assistant.placement.places import distance_km, locate, municipality_of


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Steenwijk", "Steenwijk"),
        ("steenwyk", "Steenwijk"),
        ("Stienwyk", "Steenwijk"),
        ("stenwijk", "Steenwijk"),
        ("almere buiten", "Almere Buiten"),
        ("ALMERE-POORT", "Almere Poort"),
        ("s-hertogenbosch", "'s-Hertogenbosch"),
        ("\u2019s-Hertogenbosch", "'s-Hertogenbosch"),
        ("den bosch", "'s-Hertogenbosch"),
        ("den haag", "Den Haag"),
        ("st. jansklooster", "Sint Jansklooster"),
        ("Sint-Jansklooster", "Sint Jansklooster"),
        ("blokzeil", "Blokzijl"),
        ("gemeente almere", "Almere"),
        ("de kemphaan", "Stadslandgoed de Kemphaan"),
        ("Tuk", "Tuk"),
        ("giethorn", "Giethoorn"),
        ("8331", "Steenwijk"),
        ("8331 AB", "Steenwijk"),
        ("8356ab", "Blokzijl"),
        ("1335", "Almere Buiten"),
        ("9711 LM", "Groningen"),
    ],
)
def test_a_place_is_recognised(written: str, meant: str) -> None:
    location = locate(written)
    assert location is not None
    assert location.name == meant


@pytest.mark.parametrize("written", ["", "  ", "ik weet het niet", "xyzzy", "0000", "123", "12345", "😀"])
def test_what_is_no_place_is_not_guessed(written: str) -> None:
    assert locate(written) is None


def test_a_guess_says_that_it_is_one() -> None:
    assert locate("Steenwijk").sure  # type: ignore[union-attr]
    assert not locate("Stenwijk").sure  # type: ignore[union-attr]
    assert not locate("Nederland").sure  # type: ignore[union-attr]  # a hamlet, but hardly ever meant
    assert locate("Ede").name == "Ede"  # type: ignore[union-attr]  # and not Epe


def test_every_place_of_our_municipalities_is_known() -> None:
    for file in municipality_files():
        for place in (*file.places, *file.ambiguous_places):
            location = locate(place)
            assert location is not None, place
            assert location.municipality == file.id, place


@pytest.mark.parametrize(
    ("place", "municipality"),
    [
        ("Tuk", "steenwijkerland"),
        ("kuinre", "steenwijkerland"),
        ("8375", "steenwijkerland"),
        ("Almere Haven", "almere"),
        ("1315 AB", "almere"),
        ("Zwolle", None),
        ("8011", None),
        ("nergens", None),
    ],
)
def test_the_municipality_follows_from_the_place(place: str, municipality: str | None) -> None:
    assert municipality_of(place) == municipality


def test_distances_are_about_right() -> None:
    steenwijk, zwolle, almere = locate("Steenwijk"), locate("Zwolle"), locate("Almere")
    assert steenwijk and zwolle and almere
    assert 28 < distance_km(steenwijk, zwolle) < 34
    assert 70 < distance_km(steenwijk, almere) < 82
    assert distance_km(steenwijk, steenwijk) == 0


def test_letters_off() -> None:
    assert letters_off("amsterdam", "amstredam") == 1  # a swap is one mistake
    assert letters_off("kuinre", "kuindre") == 1
    assert letters_off("tuk", "") == 3
    assert plain("Súdwest-Fryslân") == "sudwestfrijslan"
