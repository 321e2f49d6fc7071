"""From question to contract, counted; and the work that was asked for and that nobody had.

question → view → interest → talk → contract. The first two are counted as they happen (`count_step`), without a person
or a conversation; the others follow from registrations and their history. Steps count registrations of the period,
so a talk in January about a registration of December counts in January.
"""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session

from assistant.placement.codes import FLOW_STEPS
from assistant.placement.errors import PlaceDataInvalid
from assistant.placement.models import ErasedCount, FlowCount, Registration, RegistrationEvent, UnmetWish
from assistant.placement.models.columns import in_order
from assistant.placement.once import key_of
from assistant.placement.places import locate
from assistant.placement.search import OpeningSearch, SearchResult
from assistant.placement.sequence import AMSTERDAM

COUNT = text(
    "INSERT INTO flow_count (day, municipality, step, count) VALUES (:day, :municipality, :step, :times) "
    "ON CONFLICT (day, municipality, step) DO UPDATE SET count = flow_count.count + :times"
)
STATE_OF_STEP = {"gesprek": "gesprek", "contract": "geplaatst"}
ALL = "alles"


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """One step and how often it was taken; share: of the step before, in per cent, None when that was never."""

    step: str
    count: int
    share: int | None


@dataclass(frozen=True, slots=True)
class Unmet:
    """Asked work without a place, added up. missing: the filter that stood in the way ("alles": nothing at all)."""

    municipality: str | None
    work_kind: str | None
    place: str | None
    missing: str
    count: int
    last: date


def count_step(session: Session, step: str, *, now: datetime, municipality: str | None = None, times: int = 1) -> None:
    """Count "vraag" (somebody searched) or "bekeken" (an opening was shown in full).

    Raises PlaceDataInvalid for another step: the later ones are never counted by hand.
    """
    if step not in FLOW_STEPS[:2]:
        raise PlaceDataInvalid("step")
    day = now.astimezone(AMSTERDAM).date()
    session.execute(COUNT, {"day": day.isoformat(), "municipality": municipality or "", "step": step, "times": times})


def funnel(session: Session, *, since: date, until: date, municipality: str | None = None) -> tuple[FunnelStep, ...]:
    """The five steps between two days, both included."""
    counts = {step: _counted(session, step, since, until, municipality) for step in FLOW_STEPS[:2]}
    counts["belangstelling"] = _registered(session, since, until, municipality)
    for step, state in STATE_OF_STEP.items():
        counts[step] = _reached(session, state, since, until, municipality)
    steps, before = [], 0
    for step in FLOW_STEPS:
        steps.append(FunnelStep(step, counts[step], round(100 * counts[step] / before) if before else None))
        before = counts[step]
    return tuple(steps)


def record_unmet(
    session: Session, search: OpeningSearch, result: SearchResult, *, now: datetime, conversation_id: str | None = None
) -> bool:
    """Keep what was asked when nothing fitted exactly; True when it was kept.

    Nothing is kept when something fitted, when nothing was asked, or when this conversation asked the same before.
    No person, no needs, and of the place only what the gazetteer recognised: a typed sentence is never stored.
    """
    if (result.total and not result.relaxed) or search == replace(OpeningSearch(), municipality=search.municipality):
        return False
    place = locate(search.place) if search.place else None
    day = now.astimezone(AMSTERDAM).date()
    row = {
        "day": day.isoformat(), "municipality": search.municipality or (place.municipality if place else None),
        "work_kind": search.work_kind, "kind": search.kind, "place": place.name if place else None,
        "hours_min": search.hours[0] if search.hours else None, "hours_max": search.hours[1] if search.hours else None,
        "days": ",".join(in_order(search.days or ())), "missing": result.relaxed[0] if result.relaxed else ALL,
        "once": key_of(conversation_id, search),
    }  # fmt: skip
    return session.execute(KEEP, row).first() is not None


KEEP = text(
    "INSERT INTO unmet_wish (day, municipality, work_kind, kind, place, hours_min, hours_max, days, missing, once) "
    "VALUES (:day, :municipality, :work_kind, :kind, :place, :hours_min, :hours_max, :days, :missing, :once) "
    "ON CONFLICT (once) DO NOTHING RETURNING id"
)


def unmet(session: Session, *, since: date, until: date, municipality: str | None = None) -> tuple[Unmet, ...]:
    """Asked work without a place between two days, the most asked first."""
    group = (UnmetWish.municipality, UnmetWish.work_kind, UnmetWish.place, UnmetWish.missing)
    count = func.count().label("times")
    query = select(*group, count, func.max(UnmetWish.day)).where(UnmetWish.day.between(since, until)).group_by(*group)
    if municipality is not None:
        query = query.where(UnmetWish.municipality == municipality)
    rows = [Unmet(*row) for row in session.execute(query)]
    return tuple(sorted(rows, key=lambda row: (-row.count, *(str(value) for value in asdict(row).values()))))


def _counted(session: Session, step: str, since: date, until: date, municipality: str | None) -> int:
    query = select(func.sum(FlowCount.count)).where(FlowCount.step == step, FlowCount.day.between(since, until))
    query = query if municipality is None else query.where(FlowCount.municipality == municipality)
    return session.scalar(query) or 0


def _registered(session: Session, since: date, until: date, municipality: str | None) -> int:
    """New registrations, with those that were erased since: of them only the year of erasing is left."""
    of = [] if municipality is None else [Registration.municipality_id == municipality]
    period = Registration.created_at.between(*_moments(since, until))
    kept = session.scalar(select(func.count()).select_from(Registration).where(period, *of)) or 0
    return kept + _erased(session, since, until, municipality)


def _erased(session: Session, since: date, until: date, municipality: str | None) -> int:
    """Erased registrations count only in reports of whole years: their days are gone, as they should be."""
    if (since.month, since.day, until.month, until.day) != (1, 1, 12, 31):
        return 0
    query = select(func.sum(ErasedCount.count)).where(ErasedCount.year.between(since.year, until.year))
    query = query if municipality is None else query.where(ErasedCount.municipality_id == municipality)
    return session.scalar(query) or 0


def _reached(session: Session, state: str, since: date, until: date, municipality: str | None) -> int:
    """Registrations that came into a state in the period; twice in the same state counts once."""
    conditions: list[ColumnElement[bool]] = [
        RegistrationEvent.to_state == state,
        RegistrationEvent.from_state != state,
        RegistrationEvent.at.between(*_moments(since, until)),
    ]
    conditions += [] if municipality is None else [Registration.municipality_id == municipality]
    query = select(func.count(RegistrationEvent.registration_id.distinct())).join(Registration).where(*conditions)
    return session.scalar(query) or 0


def _moments(since: date, until: date) -> tuple[datetime, datetime]:
    """The first moment of the first day and the last one of the last, in the Netherlands."""
    start = datetime.combine(since, time(), AMSTERDAM)
    return start, datetime.combine(until + timedelta(days=1), time(), AMSTERDAM) - timedelta(microseconds=1)
