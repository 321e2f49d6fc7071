"""The pages of the take-over: the queue, a talk, the call list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from assistant.handover import HandoverDesk, LocalSignals
from assistant.placement.models import CallAttempt
from assistant.review import ConversationLog, TurnRecord
from assistant.staff.models import AuditRow
from tests.unit.console.conftest import Console, StaffClient
from tests.unit.console.objects_takeover import call, waiting_talk

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PERSON = "a" * 32


@pytest.fixture(autouse=True)
def clock(console: Console) -> None:
    console.at(MONDAY)


@pytest.fixture
def noor(console: Console) -> Iterator[StaffClient]:
    yield console.login("accountmanager", name="Noor Jansen")


def desk(console: Console) -> HandoverDesk:
    return HandoverDesk(console.database, LocalSignals())


def taken(console: Console, client: StaffClient) -> str:
    path = f"/overnemen/{waiting_talk(console, 'almere')}"
    assert client.submit(f"{path}/nemen").headers["location"] == path
    return path


def test_the_queue_shows_who_waits_longest_first_with_their_wish(console: Console, noor: StaffClient) -> None:
    waiting_talk(console, "almere", "werk in het groen")
    console.at(MONDAY + timedelta(minutes=3))
    waiting_talk(console, "almere", "wat verdien ik", name="b" * 32)
    waiting_talk(console, "steenwijkerland", "iets geheims", name="c" * 32)
    html = noor.get("/overnemen").text
    assert html.index("werk in het groen") < html.index("wat verdien ik")
    assert "Wacht 3 minuten" in html
    assert "iets geheims" not in html
    assert "Iemand wacht op een medewerker" in noor.get("/").text


def test_without_anybody_there_the_page_says_what_people_get(noor: StaffClient) -> None:
    assert "Er is niemand beschikbaar" in noor.get("/overnemen").text
    noor.submit("/overnemen/aanwezig", aan="1")
    assert "U bent beschikbaar" in noor.get("/overnemen").text
    noor.submit("/overnemen/aanwezig", aan="")
    assert "U bent niet beschikbaar" in noor.get("/overnemen").text


def test_presence_lapses_unless_somebody_looks(console: Console, noor: StaffClient) -> None:
    noor.submit("/overnemen/aanwezig", aan="1")
    for minutes in (8, 16):
        console.at(MONDAY + timedelta(minutes=minutes))
        assert "U bent beschikbaar" in noor.get("/overnemen/rij").text
    console.at(MONDAY + timedelta(minutes=27))
    assert "U bent niet beschikbaar" in noor.get("/overnemen/rij").text


def test_one_gets_the_talk_and_the_colleague_reads_nothing_of_it(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    bram = console.login("accountmanager", name="Bram")
    late = bram.submit(f"{path}/nemen")
    assert late.headers["location"] == "/overnemen"
    assert "al genomen door een collega" in bram.get("/overnemen").text
    desk(console).person_says(PERSON, "mijn geheim", "-", "m1", MONDAY)
    html = bram.get(path).text
    assert "Noor heeft dit gesprek" in html
    assert "geheim" not in html and "werk in het groen" not in html
    assert "mijn geheim" in noor.get(path).text


def test_what_staff_says_is_delivered_once_and_shown(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    token = re.search(r'name="kenmerk" value="(\w+)"', noor.get(path).text)
    assert token
    for _ in range(2):
        noor.submit(f"{path}/bericht", bericht="Dag, met Noor.", kenmerk=token[1])
    assert noor.get(path).text.count("Dag, met Noor.") == 1
    assert [line.text for line in desk(console).lines_after(PERSON, "") if line.text] == ["Dag, met Noor."]


def test_with_script_only_what_is_new_comes_back(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    desk(console).person_says(PERSON, "oud bericht", "-", "m1", MONDAY)
    last = re.search(r'name="na" value="([\d.]+)"', noor.get(path).text)
    assert last
    desk(console).person_says(PERSON, "nieuw bericht", "-", "m2", MONDAY)
    part = noor.get(f"{path}/regels", params={"na": last[1], "stand": "bezig"})
    assert "nieuw bericht" in part.text and "oud bericht" not in part.text
    assert "hx-refresh" not in part.headers
    changed = noor.get(f"{path}/regels", params={"na": last[1], "stand": "wacht"})
    assert changed.headers["hx-refresh"] == "true"


def test_the_earlier_talk_is_read_only_with_the_persons_yes(console: Console, noor: StaffClient) -> None:
    pay = "loon/hoeveel"
    turn = TurnRecord(PERSON, "t1", MONDAY, "wat krijg ik betaald", pay, 0.9, [pay], None, 5, None)
    path = f"/overnemen/{waiting_talk(console, 'almere')}"
    ConversationLog(console.database).record(turn)
    noor.submit(f"{path}/nemen")
    assert "wat krijg ik betaald" in noor.get(path).text
    other = "d" * 32
    second = waiting_talk(console, "almere", name=other)
    staff = desk(console)
    staff.stop(other, MONDAY)
    staff.ask(other, "almere", staff.find(second, frozenset({"almere"})).summary, MONDAY)  # type: ignore[arg-type]
    private = staff.send(other, share=False, now=MONDAY).id
    ConversationLog(console.database).record(TurnRecord(**vars(turn) | {"conversation_id": other}))
    noor.submit(f"/overnemen/{private}/nemen")
    html = noor.get(f"/overnemen/{private}").text
    assert "zonder samenvatting" in html
    assert "wat krijg ik betaald" not in html


def test_text_for_a_talk_that_is_not_mine_any_more_is_given_back(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    side = desk(console)
    later = MONDAY + timedelta(minutes=9)
    assert side.vanish(int(path.split("/")[-1]), MONDAY + timedelta(minutes=5), later, ())
    answer = noor.submit(f"{path}/bericht", bericht="een heel lang verhaal")
    assert answer.status_code == 409
    assert "een heel lang verhaal" in answer.text
    headers = {"hx-request": "true", "sec-fetch-site": "same-origin"}
    with_script = noor.post(f"{path}/bericht", data={"csrf": noor.csrf, "bericht": "x"}, headers=headers)
    assert (with_script.status_code, with_script.headers["hx-refresh"]) == (409, "true")


def test_ready_gives_the_talk_back_and_is_noted(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    assert noor.submit(f"{path}/klaar").headers["location"] == "/overnemen"
    assert desk(console).running(PERSON) is None
    assert "afgerond" in noor.get("/overnemen").text
    with console.database.session(write=False) as session:
        actions = list(session.scalars(select(AuditRow.action).order_by(AuditRow.number)))
    assert actions[-2:] == ["gesprek overgenomen", "gesprek afgerond"]


def test_to_a_colleague(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    noor.submit(f"{path}/terugleggen")
    bram = console.login("accountmanager", name="Bram")
    assert "was al in gesprek" in bram.get("/overnemen").text
    assert bram.submit(f"{path}/nemen").headers["location"] == path


def test_forwarding_asks_the_person_and_can_be_taken_back(console: Console, noor: StaffClient) -> None:
    path = taken(console, noor)
    missing = noor.submit(f"{path}/doorsturen", organisatie="uwv", vraag="", contact="06")
    assert missing.status_code == 422
    assert "alle drie" in missing.text
    noor.submit(f"{path}/doorsturen", organisatie="uwv", vraag="indicatie", contact="06 12345678")
    assert "mag" in noor.get(path).text and "Vraag intrekken" in noor.get(path).text
    noor.submit(f"{path}/doorsturen-intrekken")
    assert "Vraag intrekken" not in noor.get(path).text


def test_a_call_is_agreed_on_and_made(console: Console, noor: StaffClient) -> None:
    call(console, "almere")
    path = taken(console, noor)
    wrong = noor.submit(f"{path}/terugbellen", naam="Jan", telefoon="geen")
    assert wrong.status_code == 422 and "geen telefoonnummer" in wrong.text and 'value="Jan"' in wrong.text
    noor.submit(f"{path}/terugbellen", naam="Jan", telefoon="06 87654321", wanneer="morgen")
    html = noor.get("/belijst").text
    assert "Jan" in html and "+31687654321" in html and "morgen" in html


def test_who_does_not_answer_three_times_leaves_the_list(console: Console, noor: StaffClient) -> None:
    number = call(console, "almere")["call_id"]
    for tries in range(3):
        assert f"{tries} keer geprobeerd" in noor.get("/belijst").text or tries == 0
        noor.submit(f"/belijst/{number}", uitkomst="niet_opgenomen")
    html = noor.get("/belijst").text
    assert "Er staat niemand op de lijst" in html
    assert "niet bereikt" in html
    assert noor.submit(f"/belijst/{number}", uitkomst="gesproken").status_code == 404
    with console.database.session(write=False) as session:
        assert len(list(session.scalars(select(CallAttempt)))) == 3


def test_time_to_human_is_counted_from_the_choice_to_wait(console: Console, noor: StaffClient) -> None:
    first, second = waiting_talk(console, "almere"), waiting_talk(console, "almere", name="b" * 32)
    console.at(MONDAY + timedelta(seconds=30))
    noor.submit(f"/overnemen/{first}/nemen")
    console.at(MONDAY + timedelta(seconds=90))
    noor.submit(f"/overnemen/{second}/nemen")
    noor.submit(f"/overnemen/{second}/terugleggen")  # a second claim does not count again
    console.at(MONDAY + timedelta(seconds=500))
    noor.submit(f"/overnemen/{second}/nemen")
    html = noor.get("/overnemen").text
    assert re.sub(r"\s+", " ", html).count("<strong>1 minuten en 0 seconden</strong>") == 1  # of 30 and 90
