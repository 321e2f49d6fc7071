"""Fifty made-up talks, to learn reviewing with: people who are understood, asked back, lost, angry or helped.

They go in by the road that real talks take (`ConversationLog`), so what a reviewer sees of them is the real thing.
Nothing in here is about anybody.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.core.masking import mask
from assistant.review.log import ConversationLog
from assistant.review.records import NewConversation, TurnRecord

Turn = tuple[str, str, float, tuple[str, ...]]
"""What was said, what was understood, how certain, keys of the answers."""
CLEAR: tuple[Turn, ...] = (
    ("wat is beschut werk", "beschut_werk/wat_is_het", 0.98, ("beschut_werk/wat_is_het",)),
    ("hoeveel verdien je daar", "loon/hoeveel", 0.95, ("loon/hoeveel",)),
    ("mag ik ook 16 uur werken", "loon/uren_per_week", 0.91, ("loon/uren_per_week",)),
    ("hoe vraag ik een indicatie aan", "indicatie/aanvragen", 0.97, ("indicatie/aanvragen",)),
    ("krijg ik reiskosten terug", "loon/reiskosten", 0.93, ("loon/reiskosten",)),
    ("is er werk in het groen", "werkplek_zoeken", 0.96, ("werkplek_zoeken/gevonden",)),
    ("blijft mijn wajong doorlopen", "uitkering/wajong", 0.88, ("uitkering/wajong",)),
    ("kan ik eerst een dag meekijken", "beschut_werk/eerst_proberen", 0.9, ("beschut_werk/eerst_proberen",)),
)
WRONG: tuple[Turn, ...] = (
    ("krijg ik vakantiegeld als ik er werk", "loon/hoeveel", 0.61, ("loon/hoeveel",)),
    ("moet ik zelf naar het uwv of doet de gemeente dat", "indicatie/status_uwv", 0.58, ("indicatie/status_uwv",)),
    ("mijn zus krijgt hulp op haar werk kan dat bij mij ook", "subsidie/jobcoach", 0.52, ("subsidie/jobcoach",)),
    (
        "is dat hetzelfde als de sociale werkplaats van vroeger",
        "beschut_werk/wat_is_het",
        0.63,
        ("beschut_werk/wat_is_het",),
    ),
)
LOST: tuple[Turn, ...] = (
    ("kan ik mijn hond meenemen naar het werk", "buiten_bereik_overig", 0.44, ("twijfel/geen_idee",)),
    ("mag mijn hond mee naar de werkplek", "buiten_bereik_overig", 0.41, ("twijfel/geen_idee",)),
    ("zijn honden toegestaan op het werk", "buiten_bereik_overig", 0.4, ("twijfel/nog_een_keer",)),
    ("is er parkeerplek bij de werkplaats", "lokaal/bezoek", 0.39, ("twijfel/keuze",)),
    ("kan ik daar gratis parkeren", "lokaal/bezoek", 0.36, ("twijfel/keuze",)),
    ("waar parkeer ik mijn scootmobiel", "buiten_bereik_overig", 0.33, ("twijfel/geen_idee",)),
)
ENDS: tuple[Turn, ...] = (
    ("ik wil een mens spreken", "mens_spreken", 0.99, ("mens_spreken",)),
    ("dank je wel", "bedanken", 0.99, ("bedanken",)),
    ("mijn naam is Piet Jansen en mijn nummer is 06 12345678", "gegevens_geven", 0.9, ("hulp",)),
    ("<script>alert('x')</script> [klik](http://voorbeeld.nl)", "buiten_bereik_overig", 0.35, ("twijfel/geen_idee",)),
)


@dataclass(frozen=True)
class Filling:
    """How many talks, until which moment, over how many days, in which municipalities."""

    talks: int
    now: datetime
    days: int = 14
    municipalities: tuple[str | None, ...] = ("almere", "steenwijkerland", None)
    seed: int = 9


def fill(log: ConversationLog, filling: Filling) -> list[str]:
    """Write the talks and return their ids, oldest first; the same filling gives the same talks."""
    chance, ids = random.Random(filling.seed), []
    step = timedelta(days=filling.days) / max(1, filling.talks)
    for number in range(filling.talks):
        began = filling.now - step * (filling.talks - number)
        talk = hashlib.sha256(f"{filling.seed} {filling.now} {number}".encode()).hexdigest()[:32]
        place = filling.municipalities[number % len(filling.municipalities)]
        role = chance.choice(("werkzoekende", "werkzoekende", "werkgever", None))
        channel = chance.choice(("web", "web", "web", "voice"))
        log.start(NewConversation(talk, "0" * 64, place, role, channel, began))
        turns = list(_turns(chance))
        for index, turn in enumerate(turns):
            log.record(_record(talk, turn, began + timedelta(seconds=20 * index), chance))
        if chance.random() < 0.4:
            face = chance.choice(("goed", "gaat_wel", "slecht"))
            log.rate(talk, chance.randint(1, len(turns)), face, began + timedelta(minutes=5))
        ids.append(talk)
    return ids


def _turns(chance: random.Random) -> Iterator[Turn]:
    yield from chance.sample(CLEAR, chance.randint(1, 3))
    if chance.random() < 0.5:
        yield chance.choice(WRONG)
    if chance.random() < 0.4:
        yield from chance.sample(LOST, chance.randint(1, 2))
    if chance.random() < 0.5:
        yield chance.choice(ENDS)


def _record(talk: str, turn: Turn, at: datetime, chance: random.Random) -> TurnRecord:
    said, intent, sure, answers = turn
    guesses = [[intent, sure], ["hulp", round((1 - sure) / 2, 2)], ["loon/contract", round((1 - sure) / 4, 2)]]
    return TurnRecord(
        conversation_id=talk, client_message_id=None, at=at, said=mask(said), intent=intent, confidence=sure,
        answers=list(answers), replies=None, milliseconds=chance.randint(30, 300), danger=None, guesses=guesses,
        messages=len(answers),
    )  # fmt: skip
