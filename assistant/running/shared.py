"""What one gateway or several share: workers of Rasa, and with Redis the turns, the memory and the signals."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.conversation.one_at_a_time import Turns
from assistant.conversation.said import Memory
from assistant.conversation.trials import TrialChoice
from assistant.conversation.workers import ByMunicipality, Workers
from assistant.database import Database
from assistant.handover import Signals
from assistant.review.model_trials import trials_chosen
from assistant.running.redis_said import SharedSaid
from assistant.running.redis_shared import Client, connect
from assistant.running.redis_signals import SharedSignals
from assistant.running.redis_turns import SharedTurns
from assistant.settings import Settings


@dataclass(frozen=True)
class Shared:
    """Parts over all gateways; None is the part of one process."""

    turns: Turns | None = None
    memory: Memory | None = None
    signals: Signals | None = None
    client: Client | None = None

    @classmethod
    def of(cls, settings: Settings) -> Shared:
        """Return what the settings ask for; nothing connects yet."""
        if not settings.redis_url:
            return cls()
        client = connect(settings.redis_url)
        return cls(SharedTurns(client), SharedSaid(client), SharedSignals(settings.redis_url), client)

    async def close(self) -> None:
        """Close the connections."""
        if isinstance(self.signals, SharedSignals):
            await self.signals.close()
        if self.client:
            await self.client.aclose()


def brain_of(settings: Settings, database: Database) -> ByMunicipality:
    """Return the workers of the settings, one when nothing was said, and those that try another model."""

    def chosen() -> dict[str, str | None]:
        with database.session(write=False) as session:
            return trials_chosen(session)

    def workers(urls: tuple[str, ...]) -> Workers:
        return Workers(urls, settings.rasa_timeout_seconds, settings.rasa_token)

    trials = {municipality: workers(urls) for municipality, urls in settings.rasa_trials.items()}
    choice = TrialChoice(chosen) if trials else None
    return ByMunicipality(workers(settings.rasa_urls or (settings.rasa,)), trials, choice)
