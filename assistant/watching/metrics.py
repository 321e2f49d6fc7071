"""Every figure of the house by name. Labels come from closed lists, so that nobody can be found in them."""

from __future__ import annotations

from collections.abc import Collection

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, PlatformCollector, ProcessCollector

from assistant.review.outcome import OUTCOMES

PRIVATE = "orientatie"
TURNS = (*OUTCOMES, PRIVATE)
REASONS = ("slow", "resting", "unreachable", "unusable")
CHANNELS = ("web", "voice", "phone")
ROLES = ("werkzoekende", "werkgever", "onbekend")
DOORS = ("public", "console", "internal")
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
REFUSALS = ("login", "right", "not_here", "token", "host", "input", "size", "too_many")
"""Why a request was refused (`assistant/watching/refusals.py`)."""
DIRECTIONS = ("spoken",)
WAITING = ("call_back", "offer", "registration", "take_over")
OTHER = "other"
FAST = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 8.0, 15.0)
"""Upper edges in seconds; 1.5 is what a message may take, 8 is when Rasa is given up."""


def one_of(value: str | None, allowed: Collection[str]) -> str:
    """Return the value when the list has it, else `other`: a label never comes from outside."""
    return value if value is not None and value in allowed else OTHER


class Metrics:
    """The figures of one process, in a registry of its own."""

    def __init__(self) -> None:
        registry = self.registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        PlatformCollector(registry=registry)
        self.turns = Counter("meedoen_turns", "Messages by what came of them.", ["outcome"], registry=registry)
        self.turn_seconds = Histogram(
            "meedoen_turn_seconds", "From message to replies, in seconds.", buckets=FAST, registry=registry
        )
        self.conversations = Counter(
            "meedoen_conversations", "Conversations begun.", ["channel", "role"], registry=registry
        )
        self.rasa_seconds = Histogram(
            "meedoen_rasa_seconds", "Rasa's part of a message that it answered.", buckets=FAST, registry=registry
        )
        self.rasa_failures = Counter(
            "meedoen_rasa_failures", "Messages that Rasa did not answer.", ["reason"], registry=registry
        )
        self.breaker_open = Gauge("meedoen_breaker_open", "1 while Rasa is not asked for a moment.", registry=registry)
        self.request_seconds = Histogram(
            "meedoen_request_seconds", "Requests by the door they came through.", ["door", "route", "method", "status"],
            buckets=FAST, registry=registry,
        )  # fmt: skip
        self.refused = Counter(
            "meedoen_refused", "Requests that were refused, by door and why.", ["door", "why"], registry=registry
        )
        self.database_up = Gauge("meedoen_database_up", "1 when the database answers.", registry=registry)
        self.database_errors = Counter(
            "meedoen_database_errors", "Sessions that the database refused or broke off.", registry=registry
        )
        self.waiting = Gauge("meedoen_waiting", "What waits for a member of staff.", ["what"], registry=registry)
        self.registrations = Gauge(
            "meedoen_registrations", "Registrations of jobseekers by state.", ["state"], registry=registry
        )
        self.openings_stale = Gauge(
            "meedoen_openings_stale", "Openings that fade, end or hide within a week.", registry=registry
        )
        self.answers = Info("meedoen_answers", "Checksum over the answers in use.", registry=registry)
        self.answers_problem = Gauge(
            "meedoen_answers_problem",
            "1 while broken files keep the former answers in use.",
            registry=registry,
        )
        self.model = Info("meedoen_model", "The model that Rasa runs.", registry=registry)
        self.model_problem = Gauge(
            "meedoen_model_problem", "1 while another model runs than the one asked for.", registry=registry
        )
        self.turns_late = Gauge(
            "meedoen_turns_late", "Turns that wait in memory until they can be stored.", registry=registry
        )
        self.voice_seconds = Counter(
            "meedoen_voice_seconds", "Sound that was made, in seconds.", ["direction"], registry=registry
        )
        self._begin()

    def _begin(self) -> None:
        """Let every line exist from the start: an alarm on a figure that is not there never rings."""
        for metric, values in (
            (self.turns, TURNS),
            (self.rasa_failures, REASONS),
            (self.waiting, WAITING),
            (self.voice_seconds, DIRECTIONS),
        ):
            for value in values:
                metric.labels(value)
        for door in DOORS:
            for why in REFUSALS:
                self.refused.labels(door, why)
