"""What the chat without JavaScript shows of each conversation, kept in memory only."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace

from assistant.answers import AnswerBook
from assistant.core.context import Role, TalkContext
from assistant.core.reply import Button, Reply
from assistant.gateway.schemas import HumanChange, HumanModel, LiveEvent, StaffMessage
from assistant.review import KeptTurn

REMEMBERED_TALKS, REMEMBERED_TURNS = 500, 40
_ROLES: dict[str, Role] = {"werkzoekende": "werkzoekende", "werkgever": "werkgever"}
NOTES = {
    ("here", False): "U praat nu met {name}. De computer zegt niets.",
    ("none", True): "U praat weer met de computer.",
}
"""What is said when the talk changes hands, by the new state and whether a member of staff had it before."""
FACES = ("goed", "gaat_wel", "slecht")
EASY, ORDINARY = "makkelijker", "/eenvoudiger/uit"
"""What is sent to have easy words, and to have ordinary ones again."""
REMEMBERED_IDS = 20
_QUESTION = re.compile(r"(vraag|waarom|fout|nodig)/")


@dataclass
class PlainTalk:
    """What the page without JavaScript shows of one conversation. After a restart `again` makes it from the log."""

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
    greeting: int = 1
    """How many messages a new talk begins with."""
    count: int | None = None
    """How many messages of the assistant there were, as the server counts them; None when this process cannot know."""
    rated: int | None = None
    """Number of the message that was judged last."""
    heard: list[str] = field(default_factory=list)
    """Ids of the messages that are shown: the same post twice is one message."""

    @classmethod
    def new(cls, book: AnswerBook, municipality: str, role: str) -> PlainTalk:
        """Begin with the welcome; a municipality or role that we do not know counts as not given."""
        context = TalkContext(municipality if municipality in book.municipalities else None, _ROLES.get(role))
        welcome = book.word("welkom_werkgever" if context.role == "werkgever" else "welkom", context)
        replies = [*book.notices(context), welcome]
        return cls(context, [("", replies)], greeting=len(replies))

    @classmethod
    def again(cls, book: AnswerBook, context: TalkContext, greeting: int, turns: list[KeptTurn]) -> PlainTalk:
        """Show a talk that this process does not remember, from what was kept of it: without names and numbers."""
        talk = cls.new(book, context.municipality or "", context.role or "")
        talk.greeting = talk.count = greeting
        for turn in turns:
            shown = book.title(turn.said[1:]) or turn.said if turn.said.startswith("/") else turn.said
            first = talk.count
            replies = [Reply.from_dict(raw) for raw in turn.replies or ()]
            talk.hear(turn.said, shown, replies, turn.client_message_id or "")
            talk.count = first + turn.messages
        return talk

    def begin(self) -> None:
        """Count from the greeting: the server has just begun a talk."""
        self.count, self.rated = self.greeting, None

    def hear(self, text: str, shown: str, replies: list[Reply], message_id: str = "") -> None:
        """Take in one message with its replies, once."""
        if message_id and message_id in self.heard:
            return
        self.heard = [*self.heard, message_id][-REMEMBERED_IDS:]
        self.turns.append((shown or text, [self._numbered(reply) for reply in replies]))
        if text in (EASY, ORDINARY):
            self.easy = text == EASY
        self.typed = ""

    def _numbered(self, reply: Reply) -> Reply:
        if self.count is None:
            return reply
        self.count += 1
        return replace(reply, extra=reply.extra | {"number": self.count - 1})

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
    def last(self) -> Reply | None:
        """What was said last."""
        replies = self.turns[-1][1] if self.turns else []
        return replies[-1] if replies else None

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The choices that can be made now."""
        return self.last.buttons if self.last else ()

    @property
    def judged(self) -> int | None:
        """Number of the answer that may be judged now: the last one, when it rests on a source and was not yet."""
        number = self.last.extra.get("number") if self.last and self.last.source else None
        return number if number != self.rated else None

    @property
    def is_asking(self) -> bool:
        """Whether the last words are a question of a form, so that a step back makes sense."""
        return bool(self.last and _QUESTION.match(self.last.answer or ""))


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
