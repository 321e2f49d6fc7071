"""What the road of a message hands to the reviewers: guesses, outcome, and messages counted so that faces fit."""

from __future__ import annotations

from assistant.answers import Library
from assistant.conversation.brain import Thought
from assistant.conversation.converse import Conversations
from assistant.conversation.danger import DangerSigns
from assistant.core.context import TalkContext
from assistant.core.reply import Reply
from assistant.database import Database
from assistant.review.log import ConversationLog
from assistant.review.transcript import TalkView, talk_view
from tests.unit.conversation.conftest import FakeBrain, brain, library, signs  # noqa: F401
from tests.unit.review.conftest import ALMERE

GUESSES = (("loon/hoeveel", 0.45), ("loon/contract", 0.3), ("hulp", 0.1))


async def test_a_doubtful_turn_with_a_bad_face(
    database: Database,
    log: ConversationLog,
    brain: FakeBrain,  # noqa: F811
    library: Library,  # noqa: F811
    signs: DangerSigns,  # noqa: F811
) -> None:
    talks = Conversations(brain, library, log, signs)
    doubt = (Reply("Eerst dit.", answer="vervolg/zelfde"), Reply("Bedoelt u dit?", answer="twijfel/keuze"))
    brain.answer = lambda text: Thought(doubt, "loon/hoeveel", 0.45, GUESSES)
    talk = await talks.start(TalkContext("almere"))
    await talks.say(talk.id, talk.token, "iets met geld, bel 06 12345678", "1")
    brain.answer = lambda text: Thought((Reply("Hallo", answer="hulp"),), "hulp", 0.9)
    await talks.say(talk.id, talk.token, "/hulp", "2")
    await talks.rate(talk.id, talk.token, len(talk.replies) + 1, "slecht")
    view = seen(database, talk.id)
    first, second = view.turns
    assert (first.row.outcome, first.row.guesses) == ("teruggevraagd", [list(guess) for guess in GUESSES])
    assert "12345678" not in first.row.said
    assert (first.faces, second.faces) == (("slecht",), ())
    assert (second.row.guesses, second.is_words) == (None, False)
    assert (view.summary.face, view.summary.asked_back, view.summary.lowest) == ("slecht", 1, 0.45)


def seen(database: Database, name: str) -> TalkView:
    with database.session(write=False) as session:
        view = talk_view(session, name, scope=ALMERE)
    assert view is not None
    return view
