"""The whole road of a message, with a brain that the test controls and a real log on disk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from assistant.answers import Library
from assistant.conversation.brain import Thought
from assistant.conversation.converse import Conversations, Started
from assistant.conversation.danger import DangerSigns
from assistant.conversation.errors import (
    BrainUnavailable,
    ConversationNotFound,
    MessageEmpty,
    MunicipalityUnknown,
    TokenMissing,
)
from assistant.core.context import TalkContext
from assistant.core.reply import Button, Reply
from assistant.database import Database, DatabaseUnavailable, upgrade
from assistant.review import ConversationLog, TurnRecord
from tests.unit.conversation.conftest import FakeBrain

BSN = "123456782"
Open = Callable[..., Conversations]


@pytest.fixture(scope="module")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database without rows, to be copied."""
    path = tmp_path_factory.mktemp("log") / "meedoen.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def url(empty_database: Path, tmp_path: Path) -> str:
    path = tmp_path / "meedoen.db"
    path.write_bytes(empty_database.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture
def log(url: str) -> Iterator[ConversationLog]:
    database = Database(url)
    yield ConversationLog(database)
    database.dispose()


@pytest.fixture
def opened(brain: FakeBrain, library: Library, log: ConversationLog, signs: DangerSigns) -> Open:
    """Open the conversations; a second time is what a restart does."""
    return lambda **different: Conversations(brain, library, different.pop("log", log), signs, **different)


@pytest.fixture
def talks(opened: Open) -> Conversations:
    return opened()


@pytest.fixture
async def talk(talks: Conversations) -> Started:
    return await talks.start(TalkContext("steenwijkerland", "werkzoekende"))


def rows(url: str) -> list[dict[str, Any]]:
    """Return the turns as they stand in the database."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(text("SELECT * FROM turn ORDER BY id")).mappings()]
    engine.dispose()
    return found


def whole_file(url: str) -> bytes:
    """Return every byte that is on disk, the write-ahead log included."""
    return b"".join(path.read_bytes() for path in Path(url.removeprefix("sqlite:///")).parent.glob("meedoen.db*"))


def silent(said: str) -> Thought:
    raise BrainUnavailable("TimeoutError")


# admit


async def test_the_first_words_say_that_this_is_a_computer(talk: Started) -> None:
    (welcome,) = talk.replies
    assert "computer, geen mens" in welcome.text
    assert "Steenwijkerland" in welcome.text


async def test_an_employer_is_welcomed_as_one(talks: Conversations) -> None:
    assert (await talks.start(TalkContext(role="werkgever"))).replies[0].answer == "welkom_werkgever"


async def test_ids_and_tokens_are_never_the_same_twice(talks: Conversations) -> None:
    started = [await talks.start(TalkContext()) for _ in range(5)]
    assert len({each.id for each in started} | {each.token for each in started}) == 10


async def test_an_unknown_municipality_is_refused(talks: Conversations) -> None:
    with pytest.raises(MunicipalityUnknown):
        await talks.start(TalkContext("atlantis"))


async def test_the_token_itself_is_not_stored(talk: Started, url: str) -> None:
    assert talk.token.encode() not in whole_file(url)


async def test_without_a_token_nobody_gets_in(talks: Conversations, talk: Started, brain: FakeBrain) -> None:
    with pytest.raises(TokenMissing):
        await talks.say(talk.id, None, "hoi", None)
    assert brain.asked == []


@pytest.mark.parametrize("wrong", ["", "x", "é", "a" * 500])
async def test_a_wrong_token_is_as_if_the_conversation_is_not_there(
    talks: Conversations, talk: Started, wrong: str
) -> None:
    with pytest.raises(ConversationNotFound) as with_wrong_token:
        await talks.say(talk.id, wrong, "hoi", None)
    with pytest.raises(ConversationNotFound) as unknown:
        await talks.say("0" * 32, talk.token, "hoi", None)
    assert str(with_wrong_token.value) == str(unknown.value)


async def test_the_token_of_another_conversation_opens_nothing(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    other = await talks.start(TalkContext())
    with pytest.raises(ConversationNotFound):
        await talks.say(talk.id, other.token, "hoi", None)
    assert brain.asked == []


async def test_in_development_the_token_may_be_left_out_but_not_be_wrong(opened: Open, talk: Started) -> None:
    dev = opened(dev=True)
    assert await dev.say(talk.id, None, "hoi", None)
    with pytest.raises(ConversationNotFound):
        await dev.say(talk.id, "wrong", "hoi", None)


async def test_a_conversation_goes_on_after_a_restart(talk: Started, opened: Open, brain: FakeBrain) -> None:
    replies = await opened().say(talk.id, talk.token, "hoi", None)
    assert replies[0].text == "U zei: hoi"
    assert brain.asked[0][2] == {"municipality": "steenwijkerland", "role": "werkzoekende", "channel": "web"}


# sending a message again


async def test_the_same_message_again_gets_the_same_answer_and_changes_nothing(
    talks: Conversations, talk: Started, brain: FakeBrain, url: str
) -> None:
    first = await talks.say(talk.id, talk.token, "ja", "bericht-1")
    assert await talks.say(talk.id, talk.token, "ja", "bericht-1") == first
    assert (len(brain.asked), len(rows(url))) == (1, 1)


async def test_also_after_a_restart(
    talks: Conversations, talk: Started, opened: Open, brain: FakeBrain, url: str
) -> None:
    button = Button("Verder", "verder")
    brain.answer = lambda said: Thought((Reply("Klopt dit?", "Klopt dit?", (button,), answer="vraag/toestemming"),))
    first = await talks.say(talk.id, talk.token, "ja", "bericht-1")
    assert await opened().say(talk.id, talk.token, "ja", "bericht-1") == first
    assert (len(brain.asked), len(rows(url))) == (1, 1)


async def test_another_id_or_no_id_is_a_new_message(talks: Conversations, talk: Started, brain: FakeBrain) -> None:
    for message_id in ("een", "twee", None, None):
        await talks.say(talk.id, talk.token, "ja", message_id)
    assert len(brain.asked) == 4


async def test_the_same_id_in_another_conversation_is_another_message(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    other = await talks.start(TalkContext())
    await talks.say(talk.id, talk.token, "van Anna", "1")
    (reply,) = await talks.say(other.id, other.token, "van Piet", "1")
    assert reply.text == "U zei: van Piet"


async def test_two_at_the_same_moment_are_answered_once(talks: Conversations, talk: Started, brain: FakeBrain) -> None:
    twice = [talks.say(talk.id, talk.token, "ja", "dubbel") for _ in range(2)]
    first, second = await asyncio.gather(*twice)
    assert first == second
    assert len(brain.asked) == 1


async def test_what_is_kept_for_a_retry_is_masked(talks: Conversations, talk: Started, url: str) -> None:
    await talks.say(talk.id, talk.token, "mijn nummer is 06 12 34 56 78", "1")
    assert b"06 12 34 56 78" not in whole_file(url)


# one at a time


async def test_messages_of_one_conversation_wait_for_each_other(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    busy, most = 0, 0

    async def slowly(conversation_id: str, said: str, page: dict[str, Any]) -> Thought:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.01)
        busy -= 1
        return Thought((Reply(said),))

    brain.think = slowly  # type: ignore[method-assign]
    said = await asyncio.gather(*(talks.say(talk.id, talk.token, str(n), None) for n in range(4)))
    assert most == 1
    assert {replies[0].text for replies in said} == {"0", "1", "2", "3"}


async def test_conversations_do_not_wait_for_each_other(talks: Conversations, brain: FakeBrain) -> None:
    started = [await talks.start(TalkContext()) for _ in range(3)]
    together = asyncio.Barrier(3)

    async def meet(conversation_id: str, said: str, page: dict[str, Any]) -> Thought:
        await together.wait()
        return Thought((Reply(said),))

    brain.think = meet  # type: ignore[method-assign]
    async with asyncio.timeout(5):
        await asyncio.gather(*(talks.say(each.id, each.token, "hoi", None) for each in started))


async def test_a_refused_message_leaves_no_lock_behind(talks: Conversations, talk: Started) -> None:
    with pytest.raises(MessageEmpty):
        await talks.say(talk.id, talk.token, "...", None)
    async with asyncio.timeout(5):
        assert await talks.say(talk.id, talk.token, "hoi", None)
    assert talks._turns._locks == {}


# a citizen service number


async def test_a_bsn_reaches_nobody(talks: Conversations, talk: Started, brain: FakeBrain, url: str) -> None:
    replies = await talks.say(talk.id, talk.token, f"mijn bsn is {BSN}", "1")
    assert replies[0].answer == "privacy/bsn"
    assert brain.asked[0][1] == "mijn bsn is [bsn]"
    assert BSN not in repr(replies) + repr(rows(url))
    assert BSN.encode() not in whole_file(url)


@pytest.mark.parametrize("written", ["123 456 782", "123.456.782", "1 2 3 4 5 6 7 8 2"])
async def test_however_it_is_written(
    talks: Conversations, talk: Started, brain: FakeBrain, written: str, url: str
) -> None:
    replies = await talks.say(talk.id, talk.token, f"bsn {written}", None)
    assert written not in brain.asked[0][1] + repr(replies) + repr(rows(url))


async def test_the_warning_stays_in_a_retry(talks: Conversations, talk: Started, opened: Open) -> None:
    first = await talks.say(talk.id, talk.token, f"bsn {BSN}", "1")
    again = await opened().say(talk.id, talk.token, f"bsn {BSN}", "1")
    assert [reply.answer for reply in again] == [reply.answer for reply in first] == ["privacy/bsn", "hulp"]


# what is kept


async def test_the_log_keeps_the_masked_words_and_what_was_understood(
    talks: Conversations, talk: Started, url: str
) -> None:
    await talks.say(talk.id, talk.token, "ik heet Anna de Boer, mail anna@voorbeeld.nl", None)
    (row,) = rows(url)
    assert row["said"] == "ik heet [naam], mail [e-mail]"
    assert (row["intent"], row["confidence"], row["answers"], row["danger"]) == ("hulp", 0.9, '["hulp"]', None)
    assert row["replies"] is None or row["replies"] == "null"


async def test_of_danger_only_the_route_is_kept(
    talks: Conversations, talk: Started, brain: FakeBrain, url: str
) -> None:
    brain.answer = lambda said: Thought(
        (Reply("Bel 113", answer="veiligheid_zelfmoordgedachten"),), said.lstrip("/"), 1.0
    )
    await talks.say(talk.id, talk.token, "ik heet Anna en ik wil niet meer leven", None)
    assert brain.asked[0][1] == "/veiligheid_zelfmoordgedachten"
    (row,) = rows(url)
    assert (row["said"], row["danger"]) == ("[veiligheid_zelfmoordgedachten]", "veiligheid_zelfmoordgedachten")
    assert "Anna" not in repr(row)


async def test_a_refused_message_is_not_kept(talks: Conversations, talk: Started, url: str) -> None:
    with pytest.raises(MessageEmpty):
        await talks.say(talk.id, talk.token, "...", "1")
    assert rows(url) == []


# when a part is down


async def test_when_rasa_is_silent_there_is_an_honest_menu(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    brain.answer = silent
    (menu,) = await talks.say(talk.id, talk.token, "wat is beschut werk", None)
    assert menu.answer == "storing/begrijpen"
    assert "ligt aan ons systeem" in menu.text
    assert menu.buttons


async def test_every_button_of_that_menu_works_without_rasa(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    brain.answer = silent
    (menu,) = await talks.say(talk.id, talk.token, "wat is beschut werk", None)
    for button in menu.buttons:
        (reply,) = await talks.say(talk.id, talk.token, button.payload, None)
        assert reply.answer == button.payload.removeprefix("/"), button


async def test_a_button_that_starts_a_form_gives_the_menu_without_rasa(
    talks: Conversations, talk: Started, brain: FakeBrain
) -> None:
    brain.answer = silent
    (reply,) = await talks.say(talk.id, talk.token, "/aanmelden_werkzoekende", None)
    assert reply.answer == "storing/begrijpen"


@pytest.mark.parametrize(
    ("said", "route"),
    [
        ("ik wil niet meer leven", "veiligheid_zelfmoordgedachten"),
        ("mijn zoon denkt aan zelfmoord", "veiligheid_ander"),
        ("hij slaat mij nu", "veiligheid_acute_nood"),
    ],
)
async def test_danger_is_answered_without_rasa(
    talks: Conversations, talk: Started, brain: FakeBrain, said: str, route: str
) -> None:
    brain.answer = silent
    (reply,) = await talks.say(talk.id, talk.token, said, None)
    assert reply.answer == route
    assert "112" in reply.text


async def test_without_rasa_the_answer_is_the_one_of_the_municipality(opened: Open, brain: FakeBrain) -> None:
    brain.answer, talks = silent, opened()
    almere = await talks.start(TalkContext("almere"))
    (menu,) = await talks.say(almere.id, almere.token, "wat is dit", None)
    assert "Almere" in menu.text


class LogThatIsFull(ConversationLog):
    """Finds conversations, but cannot write a turn."""

    def record(self, turn: TurnRecord) -> None:
        raise DatabaseUnavailable("OperationalError")


async def test_when_the_log_cannot_be_written_the_person_is_still_answered(
    talk: Started, url: str, opened: Open, brain: FakeBrain
) -> None:
    database = Database(url)
    talks = opened(log=LogThatIsFull(database))
    first = await talks.say(talk.id, talk.token, "hoi", "1")
    assert first[0].text == "U zei: hoi"
    assert await talks.say(talk.id, talk.token, "hoi", "1") == first
    assert len(brain.asked) == 1
    database.dispose()


async def test_without_a_database_no_conversation_starts(opened: Open, tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(DatabaseUnavailable):
        await opened(log=ConversationLog(database)).start(TalkContext())
    database.dispose()
