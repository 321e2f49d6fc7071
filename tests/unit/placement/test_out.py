"""What goes out to search engines, job sites and other systems, and what comes in from them."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.database import Database
from assistant.placement import (
    ConsentMissing,
    MessageInvalid,
    OpeningView,
    find,
    from_vacature,
    from_werkzoekende,
    import_openings,
    job_feed,
    job_posting,
    opening_by_number,
    opening_page,
    register_interest,
    tags,
    vacature,
    werkzoekende,
)
from assistant.placement.codes import WORK_KINDS
from assistant.placement.models import Opening
from assistant.placement.sheet import COLUMNS
from assistant.placement.tables import write_table

from .conftest import NOW, TODAY, MakeOpening, MakeWish

URL = "https://meedoen.example/werkplek/W-0901"
EVIL = "</script><script>alert('x')</script>"


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.session() as opened:
        yield opened


@pytest.fixture
def real(session: Session, opening: MakeOpening) -> OpeningView:
    """An opening that is no example."""
    session.add(opening("W-0901", postcode="8331 AB", contact_email="jan@werk.nl", tasks=EVIL, noise="stil"))
    session.flush()
    found = opening_by_number(session, "W-0901", today=TODAY)
    assert found is not None
    return found


def word(group: str, code: Any) -> str:
    return f"{group}/{code}"


def test_a_job_posting_has_what_search_engines_ask_for(real: OpeningView) -> None:
    posting = job_posting(real, URL)
    asked = {"title", "description", "datePosted", "hiringOrganization", "jobLocation"}  # required by Google for Jobs
    assert asked <= posting.keys()
    assert posting["jobLocation"]["address"]["postalCode"] == "8331 AB"
    assert (posting["employmentType"], posting["workHours"]) == ("FULL_TIME", "12-36 uur per week")
    assert posting["meedoen:kenmerken"] == {"noise": "stil"}
    assert posting["occupationalCategory"].startswith("7223")
    assert "<script>" not in posting["description"]
    json.dumps(posting)


def test_made_up_openings_are_in_no_feed(session: Session, real: OpeningView) -> None:
    assert [posting["identifier"]["value"] for posting in job_feed(session, today=TODAY, url=str)] == ["W-0901"]
    session.execute(update(Opening).values(confirmed_on=None))
    assert job_feed(session, today=TODAY, url=str) == []


def test_a_page_runs_nothing_of_what_people_typed(session: Session, real: OpeningView) -> None:
    page = opening_page(real, url=URL, word=word)
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert json.loads(data)["identifier"]["value"] == "W-0901"
    assert page.count("<script") == 1 and "noindex" not in page
    assert "noise/stil" in page and "<dt>Geluid</dt>" in page
    example = opening_by_number(session, "W-0001", today=TODAY)
    assert example is not None
    page = opening_page(example, url=URL, word=word)
    assert "Voorbeeld." in page and "noindex" in page and "ld+json" not in page


def test_every_kind_of_work_has_a_tag_of_its_own() -> None:
    assert set(tags()) == set(WORK_KINDS)
    assert len({tag.isco for tag in tags().values()}) == len(WORK_KINDS)
    assert tags()["groen"].esco == "http://data.europa.eu/esco/isco/C9214"


def test_a_vacancy_goes_out_in_the_shape_of_vum(real: OpeningView) -> None:
    message = vacature(real, URL)
    assert (message["idVacature"], message["contractvorm"]) == ("W-0901", [{"codeTypeOvereenkomst": "01"}])
    assert message["werktijden"] == {"aantalWerkurenPerWeekMinimaal": 12, "aantalWerkurenPerWeekMaximaal": 36}
    assert message["werkgever"]["contactpersoon"] == [{"emailadres": ["jan@werk.nl"]}]
    assert [way["codeSollicitatiewijze"] for way in message["sollicitatiewijze"]] == ["3", "4"]
    assert "indicatieLdrRegistratie" not in message and "sluitingsDatumVacature" not in message


def test_a_vacancy_comes_in_as_a_row_and_keeps_its_identity(session: Session, tmp_path: Any) -> None:
    message = {
        "idVacature": "abc", "naamVacature": "Medewerker groen", "omschrijvingVacature": "U snoeit.",
        "indicatieLdrRegistratie": 1, "contractvorm": [{"codeTypeOvereenkomst": "02"}],
        "werktijden": {"aantalWerkurenPerWeekMinimaal": 16, "aantalWerkurenPerWeekMaximaal": 24},
        "beroep": {"beroepsnaamOngecodeerd": {"naamBeroepOngecodeerd": "Hovenier"}}, "adres": {"postcode": "8331AB"},
    }  # fmt: skip
    came = from_vacature(message, "noordwestgroep")
    assert came.left_behind == ("indicatieLdrRegistratie",)
    assert (came.row["soort_werk"], came.row["soort_plek"], came.row["plaats"]) == (
        "groen",
        "praktijkleerplek",
        "Steenwijk",
    )
    heads = [column.head for column in COLUMNS]
    for changed in (0, 1):
        write_table(tmp_path / "vum.csv", heads, [[came.row.get(head, "") for head in heads]])
        assert import_openings(session, tmp_path / "vum.csv", today=TODAY).changed == changed
    regular = from_vacature({"idVacature": "1", "naamVacature": "x"}, "noordwestgroep").row
    assert "soort_plek" not in regular  # never guessed
    for wrong in ({}, [], {"idVacature": "1"}):
        with pytest.raises(MessageInvalid):
            from_vacature(wrong, "x")  # type: ignore[arg-type]


def test_a_vacancy_or_wish_with_other_kinds_of_values_in_it_leaves_those_out() -> None:
    odd: dict[str, Any] = {"contractvorm": [{"codeTypeOvereenkomst": {}}], "beroep": []}
    assert from_vacature({"idVacature": 1, "naamVacature": 7, **odd}, "x").row["titel"] == "7"
    hours = {"aantalWerkurenPerWeekMinimaal": "16", "aantalWerkurenPerWeekMaximaal": []}
    message = {
        "idWerkzoekende": "1",
        "emailadres": "a@b.nl",
        "werktijden": hours,
        "mobiliteit": {"maximaleReisafstand": {}},
    }
    wish = from_werkzoekende(message, consent_text_version="1", consented_at=None).wish
    assert (wish.hours, wish.travel_km) == (None, None)


def test_what_we_send_can_be_read_back(session: Session) -> None:
    for number in ("W-0001", "W-0018"):
        view = opening_by_number(session, number, today=TODAY)
        assert view is not None
        row = from_vacature(vacature(view, URL), view.organisation).row
        assert (row["soort_werk"], row["uren_min"], row["titel"]) == (view.work_kind, str(view.hours_min), view.title)


def test_a_wish_goes_out_only_with_consent_for_that_and_without_a_name(session: Session, wish: MakeWish) -> None:
    number = register_interest(session, wish(place="8331 AB", workplace_needs="rustig"), now=NOW).number
    mine = find(session, number, "0612345678")
    with pytest.raises(ConsentMissing):
        werkzoekende(mine, consented_to_share=False)
    message = werkzoekende(mine, consented_to_share=True)
    assert message["mobiliteit"] == {"bemiddelingspostcode": "8331AB"}
    assert "Fatima" not in json.dumps(message) and "rustig" not in json.dumps(message)
    assert not {"eisAanWerk", "indicatieLdrRegistratie", "telefoonnummer"} & message.keys()


def test_a_wish_comes_in_without_health_and_not_without_consent(session: Session) -> None:
    message = {
        "idWerkzoekende": "w1", "indicatieLdrRegistratie": 1, "persoonlijkePresentatie": "Ik heb autisme.",
        "eisAanWerk": [{"omschrijving": "x"}], "telefoonnummer": ["0612345678"],
        "mobiliteit": {"bemiddelingspostcode": "1315AB", "maximaleReisafstand": 15},
        "werktijden": {"aantalWerkurenPerWeekMinimaal": 0, "aantalWerkurenPerWeekMaximaal": 50},
        "bemiddelingsberoep": [{"codeBeroepsnaam": "http://data.europa.eu/esco/isco/C9412"}],
    }  # fmt: skip
    came = from_werkzoekende(message, consent_text_version=None, consented_at=None)
    assert came.left_behind == ("indicatieLdrRegistratie", "eisAanWerk", "persoonlijkePresentatie")
    assert "autisme" not in repr(came.wish)
    assert (came.wish.municipality, came.wish.work_kind, came.wish.hours) == ("almere", "catering", (1, 40))
    with pytest.raises(ConsentMissing):
        register_interest(session, came.wish, now=NOW)
    again = from_werkzoekende(message, consent_text_version="vum-1", consented_at=NOW).wish
    assert register_interest(session, again, now=NOW) == register_interest(session, again, now=NOW)
    with pytest.raises(MessageInvalid):
        from_werkzoekende({"idWerkzoekende": "w1"}, consent_text_version="1", consented_at=NOW)
