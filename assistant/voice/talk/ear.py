"""One person's ear of the house: sound goes in, turns and words come out. Sound is forgotten as soon as it was heard.

Blocking work (the network that tells speech from noise, the recogniser): call it from a thread, one call at a time.
Its clock is the sound itself, so a slow network changes no pause.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from assistant.voice.listen import Listening, Recogniser, repaired
from assistant.voice.listen.engine import LONGEST_SECONDS, RATE_HERTZ
from assistant.voice.turns import Phase, Signal, SpeechBegan, TurnEnded, TurnTaker, VoiceActivity

SURE = 0.6
"""From this certainty a sentence is taken as it was heard; below it the person is asked."""
BEFORE_SECONDS = 0.25
"""Sound before the onset that the recogniser gets too: the first letters are soft."""
KEPT_BYTES = 2 * RATE_HERTZ  # one second
LONGEST_BYTES = LONGEST_SECONDS * RATE_HERTZ * 2


@dataclass(frozen=True)
class Partial:
    """What was understood so far; for the eye only."""

    text: str


@dataclass(frozen=True)
class Final:
    """What was understood in all, with its slips repaired; empty when nothing was."""

    text: str
    confidence: float | None = None

    @property
    def is_sure(self) -> bool:
        """Whether the recogniser vouches for it; one that never tells is not sure."""
        return self.confidence is not None and self.confidence >= SURE


EarEvent = Signal | Partial | Final


class Ear:
    """Hears one person. Without a recogniser it only keeps the time for silences."""

    def __init__(self, turn: TurnTaker, recogniser: Recogniser | None, phrases: tuple[str, ...] = ()) -> None:
        self.turn, self._recogniser, self._phrases = turn, recogniser, phrases
        self._activity: VoiceActivity | None = None
        self._listening: Listening | None = None
        self._kept: deque[bytes] = deque()
        self._heard_bytes = self._utterance_bytes = 0

    @property
    def now(self) -> float:
        """Seconds of sound so far."""
        return self._heard_bytes / 2 / RATE_HERTZ

    def hear(self, pcm: bytes) -> list[EarEvent]:
        """Take sound (signed 16-bit, mono, 16 kHz) and return what follows from it."""
        self._heard_bytes += len(pcm)
        self._keep(pcm)
        out: list[EarEvent] = []
        if self._listening is not None:
            out += self._partial(pcm)
        return [*out, *self._signals(pcm)]

    def press(self) -> list[EarEvent]:
        """The button goes down."""
        return self._follow(self.turn.press(self.now))

    def release(self) -> list[EarEvent]:
        """The button comes up."""
        return self._follow(self.turn.release(self.now))

    def key(self) -> None:
        """A key of the telephone: somebody is there, so patience begins anew; what was being said is dropped."""
        self.turn.press(self.now)
        self.forget()

    def forget(self) -> None:
        """Throw away what is being said: the person pressed Escape."""
        self._listening = None
        self.turn.drop(self.now)

    def _signals(self, pcm: bytes) -> list[EarEvent]:
        if not (self.turn.pace.hands_free and self.turn.listens) or self._recogniser is None:
            self._activity = None  # the network is most of the work of a talk: it rests while it can
            return self._follow(self.turn.tick(self.now))
        self._activity = self._activity or VoiceActivity()
        out: list[EarEvent] = []
        may_rest = self.turn.phase is not Phase.HEARING
        for _, speech in self._activity.hear(pcm, may_rest=may_rest):
            out += self._follow(self.turn.frame(self.now, speech))
        return out

    def _follow(self, signals: list[Signal]) -> list[EarEvent]:
        out: list[EarEvent] = []
        for signal in signals:
            out.append(signal)
            if isinstance(signal, SpeechBegan):
                self._begin(signal.at)
            if isinstance(signal, TurnEnded):
                out.append(self._final())
        return out

    def _begin(self, at: float) -> None:
        """Open an utterance, with the sound from a moment before its onset."""
        if self._recogniser is None:
            return
        self._listening, self._utterance_bytes = self._recogniser.open(self._phrases), 0
        kept = b"".join(self._kept)
        wanted = round(max(0.0, self.now - at + (BEFORE_SECONDS if self.turn.pace.hands_free else 0)) * RATE_HERTZ) * 2
        if wanted and kept:
            self._partial(kept[-wanted:])

    def _partial(self, pcm: bytes) -> list[EarEvent]:
        assert self._listening is not None
        pcm = pcm[: max(0, LONGEST_BYTES - self._utterance_bytes)]
        self._utterance_bytes += len(pcm)
        heard = self._listening.hear(pcm) if pcm else None
        if heard is None:
            return []
        self.turn.heard(heard.text)
        return [Partial(heard.text)]

    def _final(self) -> Final:
        listening, self._listening = self._listening, None
        if listening is None:
            return Final("")
        heard = listening.end()
        heard = replace(heard, text=repaired(heard.text))
        self.turn.heard(heard.text)
        return Final(heard.text.strip(), heard.confidence)

    def _keep(self, pcm: bytes) -> None:
        self._kept.append(pcm)
        while sum(map(len, self._kept)) > KEPT_BYTES and len(self._kept) > 1:
            self._kept.popleft()
