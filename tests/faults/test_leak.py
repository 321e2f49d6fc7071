"""What a person says about themselves stands where they agreed to, and nowhere else.

Every file and every table is searched after a talk with a whole house, by people who put their number, account,
address and name into every kind of message.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import MetaData, create_engine, select
from websockets.sync.client import connect
from websockets.typing import Origin

from assistant.database import Database
from assistant.handover import HandoverDesk, LocalSignals, Summary
from assistant.running.house import Running
from assistant.running.retention import clean_quiet_talks, stores_of
from assistant.settings import Settings
from tests.faults.conftest import ROOT, free_port, until
from tests.voice.doors import Page

NEVER = ("742294821", "742 294 821", "0890976686", "kwikstaartlaan", "8332 zq", "8332zq", "17-04-1983", "17 april 1983")
"""Never kept anywhere: service number, bank account, address, birth date."""
CONTACT = ("xandrine", "quispelaar", "39481726", "39 48 17 26", "planten.example", "bjartrond", "51627384", "wobbelink")
"""Kept where the person agreed to it."""
LEGAL = {
    "registration": {"name", "phone", "email"},
    "call_back": {"name", "phone"},
    "offer": {"organisation_name", "contact_name", "phone", "email"},
    "resume_code": {"values"},
}
"""Table → columns in which a contact may stand, because the person said yes or asked for a code to go on later."""


SPOKEN = "ik heet tjibbe korenwolf en mijn nummer is nul zes twee negen vier acht een vijf drie zeven\n"
OTHER_ROADS = (
    "tjibbe", "korenwolf", "29481537", "29 48 15 37", "2948 1537", "ysbrandt", "zeggelaar", "34567812", "34 56 78 12",
    "feikje", "duizendblad", "45678123", "45 67 81 23", "oksanavitsj", "sneeuwgors", "56781234", "56 78 12 34",
    "hermelinde", "kluutvogel", "67812345", "67 81 23 45", "geheimvak",
)  # fmt: skip
"""What is planted by other roads than typing to the assistant; in small letters."""


class Talker:
    """Somebody who tells too much."""

    def __init__(self, url: str, channel: str = "web", municipality: str = "almere") -> None:
        self._url = url
        body = {"municipality": municipality, "role": None, "channel": channel}
        started = httpx.post(f"{url}/api/v1/conversations", json=body, timeout=60).raise_for_status().json()
        self.id, self._said = started["id"], 0
        self.token = started["token"]
        self.headers = {"authorization": f"Bearer {self.token}"}
        self.replies: list[dict[str, Any]] = started["messages"]

    def says(self, *texts: str) -> Talker:
        """Say things one after the other, each with an id, so that the replies are kept for a retry."""
        for text in texts:
            self._said += 1
            body = {"text": text, "client_message_id": f"m{self._said}"}
            address = f"{self._url}/api/v1/conversations/{self.id}/messages"
            answer = httpx.post(address, json=body, headers=self.headers, timeout=60).raise_for_status().json()
            self.replies = answer["messages"]
        return self

    @property
    def keys(self) -> list[str]:
        return [str(reply["answer"]) for reply in self.replies]

    @property
    def text(self) -> str:
        return "\n".join(reply["text"] for reply in self.replies)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A house with its own folder."""
    var = tmp_path_factory.mktemp("leak")
    ports = {name: free_port() for name in ("public_port", "internal_port", "rasa_port", "console_port")}
    script = tmp_path_factory.mktemp("heard") / "listen.txt"  # what the recogniser hears stands there, so not in `var`
    script.write_text(SPOKEN, encoding="utf-8")
    given = {"dev": True, "var": var, "data": ROOT / "data", "database_url": "", **ports}
    given |= {"listen": "scripted", "listen_script": script}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in (given | {"dev": "1"}).items():
            environment.setenv(f"MEEDOEN_{name.upper()}", str(value))
        with Running(ROOT, Settings(**given), print) as house:
            house.start()
            yield house


def plant(url: str) -> str:
    """Say everything in every way, and return the number of the registration that stays."""
    Talker(url).says(
        "mijn bsn is 742294821 en ik heet Xandrine Quispelaar, geboren 17-04-1983, heb ik recht op beschut werk?",
        "bel me op 06 39481726, ik woon Kwikstaartlaan 83, 8332 ZQ",
        "mijn rekening is NL27 BUNQ 0890976686 wanneer krijg ik loon",
        "mail maar naar xandrine.q@planten.example",
        "wat verdien ik, groetjes Xandrine",
        "nog een keer",
    )
    mine = Talker(url).says("ik wil me aanmelden", "Xandrine Quispelaar", "wat verdien ik dan?", "06 39481726")
    mine.says("Almere Haven", "groen", "24 uur")
    for _ in range(6):
        if "AW-" in mine.text and any(key.endswith("/gelukt") for key in mine.keys):
            break
        mine.says("nee" if any("nodig" in key or "werkplek" in key for key in mine.keys) else "ja")
    assert "AW-" in mine.text, (mine.keys, mine.text)
    number = "AW-" + mine.text.split("AW-")[1][:10]
    mine.says("hoe staat het met mijn aanmelding", number, "06 39481726", "bedankt, groetjes Xandrine")
    Talker(url).says("hoe staat het met mijn aanmelding", number, "06 39481726")  # told by us, never typed here
    Talker(url).says("kan iemand mij terugbellen", "Bjartrond", "06 51627384", "morgen om 10 uur", "ja")
    Talker(url, "voice").says(
        "ik heet xandrine quispelaar", "nul zes drie negen vier acht een zeven twee zes is mijn nummer"
    )
    Talker(url).says("ik wil me aanmelden", "Wobbelink", "wobbelink@planten.example", "pauze")
    Talker(url).says("ik wil me aanmelden", "wobbelink", "wobbelink@planten.example")  # and never comes back
    return number


def in_tables(url: str, needles: tuple[str, ...], legal: dict[str, set[str]]) -> list[str]:
    """Return where a needle stands in a column that is not legal for it."""
    engine, found = create_engine(url), []
    metadata = MetaData()
    metadata.reflect(engine)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                for column in set(row) - legal.get(table.name, set()):
                    found += [
                        f"{table.name}.{column}: {_around(each, row[column])}" for each in _hits(needles, row[column])
                    ]
    engine.dispose()
    return found


def _hits(needles: tuple[str, ...], value: object) -> list[str]:
    return [each for each in needles if each in str(value).lower()]


def _around(needle: str, value: object) -> str:
    """Return the needle with what stands around it."""
    at = str(value).lower().index(needle)
    return str(value)[max(0, at - 90) : at + 60]


def in_files(var: Path, needles: tuple[str, ...], *, but: str = "-") -> list[str]:
    """Return which files hold a needle, in small letters; journals of databases too."""
    found = []
    for path in sorted(var.rglob("*")):
        if path.is_file() and not path.name.startswith(but):
            content = path.read_bytes().lower()
            found += [f"{path.relative_to(var)}: {each}" for each in needles if each.encode() in content]
    return found


def test_nothing_personal_stands_where_it_may_not(running: Running) -> None:
    var, settings = running.settings.var, running.settings
    number = plant(running.public_url)
    database = Database(settings.database)
    stores = stores_of(settings, database)
    until(lambda: not in_files(var, ("39481726",), but="meedoen.db"), 20)  # cleaned after the answer went out
    clean_quiet_talks(stores, datetime.now(UTC) + timedelta(hours=2))
    time.sleep(1)
    assert in_files(var, NEVER) == []
    assert in_tables(settings.tracker, (*NEVER, *CONTACT), {}) == []
    assert in_files(var, CONTACT, but="meedoen.db") == []
    assert in_tables(settings.database, (*NEVER, *CONTACT), LEGAL) == []
    assert in_tables(settings.database, CONTACT[:1], {}), "the search finds what stands"
    _erased_in_the_chat(running, number)
    database.settle()
    assert in_files(var, CONTACT[:4]) == []
    database.dispose()


def by_voice(running: Running) -> None:
    """Say it to the microphone's door, as sound."""
    talker = Talker(running.public_url)
    address = f"{running.public_url.replace('http', 'ws')}/api/v1/conversations/{talker.id}/voice"
    with connect(address, origin=Origin(running.public_url), open_timeout=20) as socket:
        page = Page(socket)
        page.say("start", token=talker.token)
        page.until("ready", 30)
        page.say("press")
        page.sound(b"\0\0" * 320 * 200)
        page.say("release")
        final = page.until("final", 30)
        assert "korenwolf" in final["text"].lower(), "it was heard"
        if not final["sure"]:
            page.say("send", text=final["text"], id="v1")
        page.until("reply", 30)


def withdrawn(url: str) -> None:
    """Put somebody on the list and take them off again."""
    talker = Talker(url).says(
        "ik wil me aanmelden, ik heet Ysbrandt Zeggelaar, mijn nummer is 06 34567812, ik woon in Almere, werk in het "
        "groen, 20 uur"
    )
    for _ in range(6):
        if "AW-" in talker.text:
            break
        talker.says("nee" if any("nodig" in key or "werkplek" in key for key in talker.keys) else "ja")
    number = "AW-" + talker.text.split("AW-")[1][:10]
    talker.says("ik wil mijn aanmelding intrekken", number, "06 34567812", "ja", "dank u, groetjes Ysbrandt Zeggelaar")
    assert number


def paused(url: str) -> str:
    """Keep a half form under a code, and go on with it in another talk; return the code."""
    talker = Talker(url).says("ik wil me aanmelden", "Oksanavitsj Sneeuwgors", "06 56781234", "ik ga later verder")
    talker.says("ja, bewaar het")
    found = re.search(r"MD-\w{4}-\w{4}", talker.text)
    assert found, (talker.keys, talker.text)
    again = Talker(url).says(found[0])
    assert "formulier/verder" in again.keys, again.keys
    again.says("stop maar", "ja")
    return found[0]


def called_back(url: str) -> None:
    talker = Talker(url).says(
        "kan iemand mij terugbellen", "Hermelinde Kluutvogel", "06 67812345", "morgenochtend", "ja"
    )
    talker.says("dank u wel, Hermelinde Kluutvogel")


def rated(url: str) -> None:
    """A face and nothing else: a remark beside it is refused, and is in no line about the refusal."""
    talker = Talker(url).says("wat verdien ik")
    for more in ({}, {"comment": "Geheimvak 12"}, {"face": "Geheimvak"}):
        body = {"message": 1, "face": "goed", **more}
        done = httpx.post(
            f"{url}/api/v1/conversations/{talker.id}/feedback", json=body, headers=talker.headers, timeout=60
        )
        assert done.status_code == (422 if more else 204), done.text


def with_staff(running: Running, database: Database) -> None:
    """Say it to a member of staff, who says the name back; after the talk nothing of it stays."""
    talker, now = Talker(running.public_url).says("hallo"), datetime.now(UTC)
    desk, scope = HandoverDesk(database, LocalSignals()), frozenset({"almere"})
    desk.ask(talker.id, "almere", Summary("werk", "u las: iets", "niets"), now)
    asked = desk.send(talker.id, share=True, now=now)
    desk.claim(asked.id, 1, "Amira", scope, now)
    talker.says("ik ben Feikje Duizendblad, bel 06 45678123, mijn bsn is 742294821")
    said = "Dag mevrouw Feikje Duizendblad, ik bel u op 06 45678123."
    desk.staff_says(asked.id, 1, said, now, "s1")
    talker.says("dank u, groetjes Feikje Duizendblad")
    assert any("Duizendblad" in str(line) for line in desk.lines_after(talker.id, "")), "it reached the other side"
    desk.finish(asked.id, 1, datetime.now(UTC), ())


def test_other_roads_than_typing_to_the_assistant_leave_nothing_either(running: Running) -> None:
    """By the microphone, to staff, by a code, a withdrawal, a call-back and a face."""
    var, settings, url = running.settings.var, running.settings, running.public_url
    database = Database(settings.database)
    by_voice(running)
    withdrawn(url)
    code = paused(url)
    called_back(url)
    rated(url)
    with_staff(running, database)
    clean_quiet_talks(stores_of(settings, database), datetime.now(UTC) + timedelta(hours=2))
    until(lambda: not in_files(var, ("34567812",), but="meedoen.db"), 20)
    database.settle()
    assert in_files(var, NEVER) == []
    assert in_tables(settings.tracker, (*NEVER, *OTHER_ROADS), {}) == []
    assert in_files(var, OTHER_ROADS, but="meedoen.db") == []
    assert in_tables(settings.database, (*NEVER, *OTHER_ROADS), LEGAL) == []
    assert in_tables(settings.database, ("sneeuwgors", "zeggelaar", "kluutvogel"), {}), "the search finds what stands"
    secret = (code.lower(), code.lower().replace("-", ""))
    assert in_tables(settings.database, secret, {}) == [] and in_files(var, secret) == [], (
        "a code opens somebody's form"
    )
    database.dispose()


def _erased_in_the_chat(running: Running, number: str) -> None:
    talker = Talker(running.public_url).says("wis al mijn gegevens", number, "06 39481726", "ja")
    assert "gegevens_verwijderen/gelukt" in talker.keys, (talker.keys, talker.text)
    until(lambda: not in_files(running.settings.var, ("39481726",), but="meedoen.db"), 20)
