"""Who speaks when: a state machine without sound, clock or network. Events go in with their time, signals come out."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.voice.turns.pace import Pace, asks_for_time
from assistant.voice.turns.signals import Ended, Phase, Prompt, Say, Signal, SpeechBegan, StopPlaying, TurnEnded

SPEECH, STILL_SPEECH = 0.5, 0.35
"""Chance of speech above which a frame counts, and above which it still counts once somebody speaks."""
GAP = 0.1
"""Seconds without speech inside a word, as before a 'p' or 't': they do not begin it anew."""
PROMPTS = (Prompt.PATIENCE, Prompt.HELP, Prompt.KEYS)


@dataclass
class TurnTaker:
    """One spoken talk. Times are seconds on any clock that does not go back."""

    pace: Pace = field(default_factory=Pace)
    needs_time: bool = False
    """'Ik heb meer tijd nodig': chosen on the screen or said; holds for the rest of the talk."""
    phase: Phase = Phase.IDLE
    partial: str = ""
    open_question: bool = False
    protected: bool = False
    """What is playing must be heard to its end, such as a notice that the law asks for."""
    _run_began: float | None = None
    _last_frame: float = 0.0
    _last_speech: float = 0.0
    _turn_began: float = 0.0
    _waiting_since: float = 0.0
    _prompted: int = 0
    _playing_since: float = 0.0

    @property
    def listens(self) -> bool:
        """Whether it matters now if somebody speaks: while nothing can interrupt, nobody needs to find out."""
        if self.phase is Phase.SPEAKING:
            return self.pace.may_barge_in and not self.protected
        return self.pace.hands_free and self.phase not in (Phase.IDLE, Phase.THINKING)

    # --- sound of the person ---

    def frame(self, at: float, speech: float, seconds: float = 0.032) -> list[Signal]:
        """Take the chance of speech in a frame that ends at `at`."""
        threshold = STILL_SPEECH if self.phase is Phase.HEARING else SPEECH
        if speech < threshold:
            if at - self._last_frame > GAP:
                self._run_began = None
            return self.tick(at)
        self._last_frame = at
        self._run_began = at - seconds if self._run_began is None else self._run_began
        self._last_speech = at
        if at - self._run_began + 1e-9 < self._needed():
            return self.tick(at)
        return self._speech(at, self._run_began)

    def tick(self, at: float) -> list[Signal]:
        """Let time pass without a frame."""
        if self.phase is Phase.HEARING:
            return self._maybe_end(at)
        if self.phase is Phase.WAITING and self._run_began is None:
            return self._maybe_prompt(at)
        return []

    def heard(self, partial: str) -> None:
        """Take what the recogniser understood so far: an unfinished sentence gets more time."""
        self.partial = partial
        self.needs_time = self.needs_time or asks_for_time(partial)

    # --- the button ---

    def press(self, at: float) -> list[Signal]:
        """The person holds the button (or a key of the telephone): the assistant is silent at once."""
        if self.phase is Phase.HEARING:
            return []
        stopped = self._stop(at) if self.phase is Phase.SPEAKING else []
        self._begin(at)
        return [*stopped, SpeechBegan(at)]

    def release(self, at: float) -> list[Signal]:
        """The person lets go of the button."""
        return self._end(at, Ended.RELEASED) if self.phase is Phase.HEARING and not self.pace.hands_free else []

    # --- the assistant ---

    def plays(self, at: float, *, open_question: bool = False, protected: bool = False) -> None:
        """The assistant begins to sound."""
        self.phase, self._playing_since, self._run_began = Phase.SPEAKING, at, None
        self.open_question, self.protected = open_question, protected

    def played(self, at: float) -> None:
        """The message has sounded to its end, or there was nothing to say."""
        if self.phase in (Phase.SPEAKING, Phase.THINKING):
            self._wait(at)

    def drop(self, at: float) -> None:
        """What is being said does not count: wait for the person again."""
        if self.phase in (Phase.HEARING, Phase.CLOSED):
            self._prompted = 0
            self._wait(at)

    # --- inside ---

    def _needed(self) -> float:
        return self.pace.barge_in if self.phase is Phase.SPEAKING else self.pace.begin

    def _speech(self, at: float, since: float) -> list[Signal]:
        if self.phase is Phase.HEARING:
            return self._maybe_end(at)
        if not self.pace.hands_free or self.phase in (Phase.IDLE, Phase.THINKING):
            return []
        if self.phase is Phase.SPEAKING and (self.protected or not self.pace.may_barge_in):
            return []
        stopped = self._stop(at) if self.phase is Phase.SPEAKING else []
        self._begin(since)
        self._last_speech = at
        return [*stopped, SpeechBegan(since)]

    def _begin(self, at: float) -> None:
        self.phase, self._turn_began, self._last_speech = Phase.HEARING, at, at
        self.partial, self._prompted = "", 0

    def _stop(self, at: float) -> list[Signal]:
        return [StopPlaying(at, max(0.0, at - self._playing_since))]

    def _maybe_end(self, at: float) -> list[Signal]:
        if at - self._turn_began >= self.pace.longest:
            return self._end(at, Ended.TOO_LONG)
        if not self.pace.hands_free:
            return []
        wait = self.pace.wait(self.partial, open_question=self.open_question, needs_time=self.needs_time)
        return self._end(at, Ended.SILENCE) if at - self._last_speech + 1e-9 >= wait else []

    def _end(self, at: float, why: Ended) -> list[Signal]:
        self.phase, self._run_began = Phase.THINKING, None
        return [TurnEnded(at, why)]

    def _wait(self, at: float) -> None:
        self._waiting_since, self._run_began = at, None
        self.phase = Phase.WAITING if self.pace.hands_free else Phase.IDLE
        if self._prompted >= len(PROMPTS):
            self.phase = Phase.CLOSED if self.pace.hands_free else Phase.IDLE

    def _maybe_prompt(self, at: float) -> list[Signal]:
        """Into silence: patience first, then help, then keys; more time makes each wait longer."""
        wait = self.pace.prompts[self._prompted] * (2.0 if self.needs_time else 1.0)
        if at - self._waiting_since < wait:
            return []
        prompt = PROMPTS[self._prompted]
        self._prompted += 1
        self.phase = Phase.THINKING
        return [Say(at, prompt)]
