"""What an employer says becomes tasks, what the law forbids is refused, and people are only ever counted."""

import pytest

from assistant.database import Database
from assistant.placement import (
    MoveNotAllowed,
    PlaceDataInvalid,
    Signature,
    SignatureMissing,
    accept_offer,
    candidate_count,
    offer_place,
    opening_by_number,
    refused_filters,
    register_interest,
    task_cards,
)
from assistant.placement.models import Offer, OfferDecision

from .conftest import NOW, TODAY, MakeOffer, MakeWish


@pytest.mark.parametrize(
    ("said", "tasks"),
    [
        (
            "ik heb rotklusjes liggen: dozen vouwen, vegen en de post rondbrengen",
            ["dozen vouwen", "vegen", "de post rondbrengen"],
        ),
        ("Er ligt nog wat werk", []),
        ("schoffelen; onkruid wieden\n- heg snoeien", ["schoffelen", "onkruid wieden", "heg snoeien"]),
        ("Vakken vullen. Vakken vullen.", ["Vakken vullen"]),
        ("stickers plakken, liefst een jonge vrouw", ["stickers plakken"]),
        ("", []),
    ],
)
def test_free_words_become_task_cards(said: str, tasks: list[str]) -> None:
    assert [card.task for card in task_cards(said)] == tasks


def test_a_card_knows_its_kind_of_work_when_the_lexicon_does() -> None:
    assert [card.work_kind for card in task_cards("onkruid wieden, dozen inpakken, iets onbekends")] == [
        "groen",
        "inpak_assemblage",
        None,
    ]


@pytest.mark.parametrize(
    ("said", "grounds"),
    [
        ("ik zoek een man", ["geslacht"]),
        ("alleen vrouwen onder de 30 jaar", ["geslacht", "leeftijd"]),
        ("niet ouder dan 40", ["leeftijd"]),
        ("geen mensen met autisme of een psychische ziekte", ["diagnose"]),
        ("welke beperking heeft hij?", ["diagnose"]),
        ("liever geen buitenlanders", ["afkomst"]),
        ("zonder hoofddoek graag", ["geloof"]),
        ("niet zwanger en zonder kinderwens", ["zwangerschap"]),
        ("loonwaarde van minimaal 80 %", ["loonwaarde"]),
        # And these may all be said.
        ("mensen met autisme zijn welkom", []),
        ("het werk is zwaar: tillen tot 15 kilo", []),
        ("24 tot 36 uur per week, contract van 12 maanden", []),
        ("mannen en vrouwen zijn welkom", []),
        ("iemand die rustig en netjes werkt", []),
        ("werken met jongeren in de keuken", []),
        ("een jonge boom planten", []),
        ("vanaf 16 december, 20 uur", []),
    ],
)
def test_what_the_law_forbids_is_refused_with_a_ground_and_nothing_else_is(said: str, grounds: list[str]) -> None:
    found = refused_filters(said)
    assert [refusal.code for refusal in found] == grounds
    assert all(refusal.law for refusal in found)


def test_an_employer_sees_counts_in_fives_and_none_below_five(database: Database, wish: MakeWish) -> None:
    with database.session() as session:
        for number in range(11):
            register_interest(session, wish(phone=f"06 1234 56{number:02d}", hours=(16, 24)), now=NOW)
            shown = candidate_count(session, municipality="steenwijkerland", work_kind="groen", hours=(20, 30)).at_least
            assert shown == (None if number < 4 else 5 if number < 9 else 10)
        assert candidate_count(session, municipality="steenwijkerland", hours=(30, 36)).at_least is None
        assert candidate_count(session, municipality="steenwijkerland", work_kind="metaal").at_least is None
        with pytest.raises(PlaceDataInvalid):
            candidate_count(session, municipality="steenwijkerland", work_kind="man")


def test_below_a_rule_only_with_a_signed_reason(database: Database, offer: MakeOffer) -> None:
    full = offer(place="Almere Haven", kind="beschut", work_kind="catering", tasks="U smeert brood.", places=2)
    with database.session() as session:
        number = offer_place(session, full, now=NOW).number
        for signed in (Signature("anna"), Signature("anna", "  "), Signature("", "proef")):
            with pytest.raises(SignatureMissing):
                accept_offer(session, number, "voorbeeld-atelier-haven", signed, now=NOW)
        made = accept_offer(session, number, "voorbeeld-atelier-haven", Signature("anna", "proef"), now=NOW)
        view = opening_by_number(session, made, today=TODAY)
        assert view is not None and (view.municipality, view.places_free, view.unconfirmed) == ("almere", 2, False)
        decision = session.query(OfferDecision).one()
        assert (decision.signed_by, decision.exception_reason) == ("anna", "proef")
        with pytest.raises(MoveNotAllowed):
            accept_offer(session, number, "voorbeeld-atelier-haven", Signature("anna", "proef"), now=NOW)
        assert session.query(Offer).one().state == "aangenomen"
        vague = offer_place(session, offer(hours=32, contract_months=12), now=NOW).number
        with pytest.raises(PlaceDataInvalid):
            accept_offer(session, vague, "voorbeeld-atelier-haven", Signature("anna"), now=NOW)
