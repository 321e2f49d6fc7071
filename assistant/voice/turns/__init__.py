"""Turns: who speaks when, as a state machine without sound, and the ear that tells speech from noise."""

from assistant.voice.turns.pace import Pace
from assistant.voice.turns.signals import Ended, Phase, Prompt, Say, Signal, SpeechBegan, StopPlaying, TurnEnded
from assistant.voice.turns.turn_taker import TurnTaker
from assistant.voice.turns.voice_activity import VoiceActivity

__all__ = [
    "Ended", "Pace", "Phase", "Prompt", "Say", "Signal", "SpeechBegan", "StopPlaying", "TurnEnded", "TurnTaker",
    "VoiceActivity",
]  # fmt: skip
