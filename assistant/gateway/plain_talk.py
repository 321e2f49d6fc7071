"""What the chat without JavaScript shows of each conversation, kept in memory only."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field

from assistant.answers import AnswerBook
from assistant.core.context import Role, TalkContext
from assistant.core.reply import Reply
from assistant.gateway.schemas import HumanChange, HumanModel, LiveEvent, StaffMessage

REMEMBERED_TALKS, REMEMBERED_TURNS = 500, 40
_ROLES: dict[str, Role] = {"werkzoekende": "werkzoekende", "werkgever": "werkgever"}
NOTES = {
    ("here", False): "U praat nu met {name}. De computer zegt niets.",
    ("none", True): "U praat weer met de computer.",
}
"""What is said when the talk changes hands, by the new state and whether a member of staff had it before."""
_QUESTION = re.compile(r"(vraag|waarom|fout|nodig)/")


@dataclass
class PlainTalk:
    """What the page without JavaScript shows of one conversation. Forgotten at a restart; the talk itself is not."""

    context: TalkContext
    turns: list[tuple[str, list[Reply]]]
    """What the person said, as it is shown, with the replies to it; the welcome answers nothing."""
    easy: bool = False
    error: str = ""
    typed: str = ""
    """Words that were refused, given back in the text field."""
    human: HumanModel = field(default_factory=lambda: HumanModel(state="none"))
    """Who has the talk."""
    last_event: str = ""
    """Id of the newest live event that is shown."""

    @classmethod
    def new(cls, book: AnswerBook, municipality: str, role: str) -> PlainTalk:
        """Begin with the welcome; a municipality or role that we do not know counts as not given."""
        context = TalkContext(municipality if municipality in book.municipalities else None, _ROLES.get(role))
        welcome = book.word("welkom_werkgever" if context.role == "werkgever" else "welkom", context)
        return cls(context, [("", [welcome])])

    def hear(self, text: str, shown: str, replies: list[Reply]) -> None:
        """Take in one message with its replies."""
        self.turns.append((shown or text, replies))
        self.easy = self.easy or text == "makkelijker"
        self.typed = ""

    def catch_up(self, events: list[LiveEvent]) -> None:
        """Take in what happened with a member of staff since the last look."""
        for event in events:
            self.last_event = event.id or self.last_event
            if isinstance(event.data, StaffMessage):
                self._add(Reply(event.data.text, extra={"who": f"Medewerker {event.data.name}".strip()}))
            else:
                self._change(event.data)

    def _change(self, change: HumanChange) -> None:
        """Say who has the talk from here on, when that is somebody else, and what the assistant says to it."""
        before, self.human = self.human.state, change
        if change.state != before and (key := NOTES.get((change.state, before == "here"))):
            self._add(Reply(key.format(name=change.name or "een medewerker"), extra={"who": "Bericht"}))
        for reply in change.messages:
            self._add(Reply.from_dict(reply.model_dump()))

    def _add(self, reply: Reply) -> None:
        """Put something below what was said last."""
        said, replies = self.turns[-1] if self.turns else ("", [])
        self.turns[-1:] = [(said, [*replies, reply])]

    @property
    def is_asking(self) -> bool:
        """Whether the last words are a question of a form, so that a step back makes sense."""
        replies = self.turns[-1][1] if self.turns else []
        return bool(replies and _QUESTION.match(replies[-1].answer or ""))


@dataclass
class PlainTalks:
    """The talks of this process, by conversation id."""

    _talks: OrderedDict[str, PlainTalk] = field(default_factory=OrderedDict)

    def get(self, conversation_id: str) -> PlainTalk | None:
        """Return a talk, None when this process does not remember it."""
        return self._talks.get(conversation_id)

    def keep(self, conversation_id: str, talk: PlainTalk) -> None:
        """Remember a talk; the one that was silent longest goes when there are too many."""
        self._talks[conversation_id] = talk
        self._talks.move_to_end(conversation_id)
        talk.turns = talk.turns[-REMEMBERED_TURNS:]
        while len(self._talks) > REMEMBERED_TALKS:
            self._talks.popitem(last=False)

    def forget(self, conversation_id: str) -> PlainTalk | None:
        """Forget a talk and return it."""
        return self._talks.pop(conversation_id, None)
