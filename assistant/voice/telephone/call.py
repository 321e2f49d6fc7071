"""One call, decided without sound, clock or network: keys, words and replies go in, acts come out.

Keys: 1 to 3 choose, 9 is more, 0 is a person, * is again, # is ready. While figures are asked for, every figure is one;
while a name is spelled, the keys are letters, * wipes one and 0 goes on without a name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.core.reply import Button, Reply
from assistant.voice.speak import FASTEST, SLOWEST
from assistant.voice.talk.doubt import Doubt
from assistant.voice.talk.ear import Final
from assistant.voice.talk.orders import FASTER, SLOWER, Order, order_in
from assistant.voice.telephone.acts import Act, HangUp, Hush, Speak, Tell, Transfer
from assistant.voice.telephone.by_ear import by_ear
from assistant.voice.telephone.checks import Check, checked
from assistant.voice.telephone.keyed import KeyedFigures, KeyedName
from assistant.voice.telephone.menu import Menu
from assistant.voice.telephone.questions import LENGTH, NAMELESS, SKIP, SPELL, Question, as_message, question_of
from assistant.voice.telephone.spelled import read_figures
from assistant.voice.telephone.words import Words

CALL_BACK = "/terugbellen"
DANGER = "veiligheid_"


@dataclass
class Call:
    """What is known of one call."""

    words: Words
    listens: bool
    """Whether there is a recogniser; without one everything goes by keys."""
    caller: str = ""
    """Number of the caller in figures, empty when it was withheld."""
    somebody_there: Callable[[], bool] = lambda: False
    """Whether a person can be reached now."""
    rate: float = 1.0
    _menu: Menu = field(default_factory=Menu)
    _question: Question | None = None
    _figures: KeyedFigures = field(default_factory=KeyedFigures)
    _name: KeyedName | None = None
    """The name while it is spelled with the keys."""
    _check: Check | None = None
    _said: list[Speak] = field(default_factory=list)
    _misses: int = 0

    # --- beginning and silence ---

    def begin(self) -> list[Act]:
        """Say who speaks, and what can be done."""
        how = self.words("telefoon/praten" if self.listens else "telefoon/alleen_toetsen")
        self._menu = Menu(self.words.buttons("telefoon/welkom"))
        welcome = Speak(self.words("telefoon/welkom"), protected=True)
        return self._remember([welcome, Speak(how), *self._choices(remind=True)])

    def silence(self, key: str) -> list[Act]:
        """Nobody said or pressed anything for a while."""
        if self.listens:
            return [Speak(self.words(key)), *(self._again() if key == "stem/toetsen" else [])]
        patience = self.words("telefoon/geduld" if key == "stem/geduld" else "telefoon/stil")
        return [Speak(patience), *self._again(), self._always()]

    def goodbye(self) -> list[Act]:
        """End it kindly."""
        return [Speak(self.words("telefoon/dag")), HangUp()]

    # --- keys ---

    def key(self, key: str) -> list[Act]:
        """A key of the telephone: it interrupts whatever sounds."""
        return [Hush(), *self._key(key)]

    def _key(self, key: str) -> list[Act]:
        if self._name is not None and (self._check is None or key == "0"):
            return self._spelled(self._name, key)
        if self._check is not None:
            return self._settle({"1": True, "2": False}.get(key))
        if key == "*":
            self._figures = KeyedFigures()
            return self._again()
        if self._question in LENGTH and (key.isdecimal() or self._figures.figures or key == "#"):
            return self._figure(key)
        if key == "0":
            return self._person()
        if key == "#":
            return self.goodbye()
        return self._chosen(key)

    def _chosen(self, key: str) -> list[Act]:
        if key == "9" and self._menu.has_more:
            self._menu = self._menu.turned()
            return self._remember(self._choices())
        if (button := self._menu.at(key)) is not None:
            return self._spell() if button.payload == SPELL else self._tell(button.payload)
        return [Speak(self.words("telefoon/onbekende_toets")), *self._choices(remind=True)]

    def _figure(self, key: str) -> list[Act]:
        """Take a figure; at the end of the number it is read back."""
        assert self._question is not None
        figures = self._figures.press(key, self._question)
        if figures is None:
            return []
        if not figures and self._question is Question.POSTCODE:
            return self._tell(SKIP)
        if len(figures) not in LENGTH[self._question]:
            return [Speak(self.words("telefoon/te_weinig_cijfers")), *self._said]
        return self._ask_if(Check(as_message(self._question, figures), figures=True))

    def _spell(self) -> list[Act]:
        """Begin to take the keys for letters."""
        self._name = KeyedName()
        return self._remember([Speak(self.words("telefoon/spel_toetsen"), open_question=True)])

    def _spelled(self, name: KeyedName, key: str) -> list[Act]:
        """Take a letter; a second hekje ends the name, and a zero goes on without one."""
        if key == "0":
            return self._tell(NAMELESS)
        if key == "#" and name.is_done:
            return self._ask_if(Check(name.name, name=True, by_keys=True))
        answer, values = name.press(key)
        return [Speak(self.words(answer, **values), open_question=True)]

    # --- words ---

    def heard(self, final: Final) -> list[Act]:
        """Somebody said something."""
        if not final.text:
            return self._missed()
        self._misses = 0
        if self._check is not None and (yes := Doubt(self._check.message).answer(final.text)) is not None:
            return self._settle(yes)
        self._check = None
        if (order := order_in(final.text)) is not None:
            return self._obey(order)
        if self._question is None and (button := self._menu.said(final.text)) is not None:
            return self._tell(button.payload)
        check = checked(self._question, final)
        return self._ask_if(check) if check is not None else self._tell(final.text)

    def _missed(self) -> list[Act]:
        self._misses += 1
        return [Speak(self.words("telefoon/niet_verstaan")), *(self._again() if self._misses > 1 else [])]

    def _obey(self, order: Order) -> list[Act]:
        if order is Order.PERSON:
            return self._person()
        if order is Order.SLOWER:
            self.rate = max(SLOWEST, self.rate * SLOWER)
        if order is Order.FASTER:
            self.rate = min(FASTEST, self.rate * FASTER)
        return list(self._choices(remind=True) if order is Order.KEYS else self._again())

    # --- asking whether it was heard well ---

    def _ask_if(self, check: Check) -> list[Act]:
        self._check = check
        return [Speak(check.asked(self.words))]

    def _settle(self, yes: bool | None) -> list[Act]:
        """Take yes or no on a read-back; any other key asks again."""
        check = self._check
        assert check is not None
        if yes is None:
            return [Speak(check.asked(self.words))]
        self._check = None
        if yes:
            return self._tell(check.told)
        if check.by_keys:
            return self._remember([Speak(self.words("telefoon/spel_verder"), open_question=True)])
        if check.is_caller:
            self.caller = ""
            return self._remember([Speak(self._how_to_answer(Question.CONTACT), open_question=True)])
        spell = self._question is Question.NAME
        self._menu = self._name_menu() if spell else self._menu
        return self._remember(
            [Speak(self.words("telefoon/spel" if spell else "telefoon/opnieuw")), *self._said_question()]
        )

    def _said_question(self) -> list[Speak]:
        return [] if self._question is Question.NAME else [speak for speak in self._said if not speak.protected][-1:]

    # --- replies of the house ---

    def answered(self, replies: list[Reply]) -> list[Act]:
        """Say what the house answered, and how one goes on."""
        self._question = question_of([reply.answer for reply in replies])
        self._forget()
        buttons = next((reply.buttons for reply in reversed(replies) if reply.buttons), ())
        written = [reply.spoken or reply.text for reply in replies]
        texts = [by_ear(text, self.listens) for text in written if text.strip()]
        danger = any((reply.answer or "").startswith(DANGER) for reply in replies)
        self._menu = Menu(() if danger else buttons)
        said = [Speak(text, protected=danger) for text in texts]
        if self._question is None:
            return self._remember([*said, *self._onward()])
        return self._remember([*(said if self.listens else said[:-1]), *self._asking(said)])

    def _onward(self) -> list[Speak]:
        """After an answer: its choices, or what else can be done."""
        if self._menu.buttons:
            return self._choices()
        if self.listens:
            return [Speak(self.words("telefoon/verder"), open_question=True)]
        self._menu = Menu(self.words.buttons("telefoon/welkom"))
        return self._choices()

    def _asking(self, said: list[Speak]) -> list[Speak]:
        """Say how the question can be answered here."""
        question = self._question
        assert question is not None
        if question is Question.CONTACT and self.caller:
            self._check = Check(self.caller, figures=True, is_caller=True)
            return [Speak(self.words("telefoon/contact_eigen", nummer=read_figures(self.caller)))]
        if self._menu.buttons:
            return [*([] if self.listens else said[-1:]), *self._choices()]
        if question is Question.NAME:
            self._menu = self._name_menu()
        if self.listens and question in (Question.NAME, Question.OTHER):
            return []
        if question is Question.NAME:
            return [Speak(self._how_to_answer(question)), *self._choices()]
        if question is Question.OTHER:
            self._menu = Menu(self.words.buttons("telefoon/geen_toetsen"))
            return [*said[-1:], Speak(self.words("telefoon/geen_toetsen")), *self._choices()]
        return [Speak(self._how_to_answer(question), open_question=True)]

    def _name_menu(self) -> Menu:
        """Return the choices at a name; who can be understood hears of them after a 'nee' only."""
        return Menu((Button(self.words("telefoon/zonder_naam"), NAMELESS),
                     Button(self.words("telefoon/naam_spellen"), SPELL)))  # fmt: skip

    def _how_to_answer(self, question: Question) -> str:
        return self.words(f"telefoon/{question.value}_toetsen")

    def _choices(self, remind: bool = False) -> list[Speak]:
        """Name the choices: three at most, then more. What always can is told at the start and to who is lost."""
        lines = [self.words("telefoon/keuze", toets=key, keuze=title) for key, title in self._menu.page]
        if self._menu.has_more:
            lines.append(self.words("telefoon/meer"))
        said = [Speak(" ".join(lines))] if lines else []
        return [*said, self._always()] if remind else said

    def _always(self) -> Speak:
        return Speak(self.words("telefoon/altijd"))

    # --- a person ---

    def _person(self) -> list[Act]:
        """Connect when somebody is there; otherwise offer to be called back."""
        if self.somebody_there():
            return [Speak(self.words("telefoon/doorverbinden")), Transfer()]
        return [Speak(self.words("telefoon/gesloten")), *self._tell(CALL_BACK)]

    def _tell(self, text: str) -> list[Act]:
        self._forget()
        return [Tell(text)]

    def _forget(self) -> None:
        """Let go of what was being keyed or checked."""
        self._check, self._figures, self._name = None, KeyedFigures(), None

    def _again(self) -> list[Act]:
        """What was last asked: a read-back that waits for a yes, else what the house said."""
        return [Speak(self._check.asked(self.words))] if self._check is not None else list(self._said)

    def _remember(self, said: list[Speak]) -> list[Act]:
        self._said = [speak for speak in said if not speak.protected] or list(said)
        return list(said)
