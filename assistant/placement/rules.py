"""What a municipality asks of a place that an employer offers: `employer_rules` in data/municipalities.

Almere: a contract of at least 12 months for at least 28 hours a week (SEED-AL-03, an article of 18 April
2019). That is local policy, not law; a municipality without rules of its own has none here.
"""

from dataclasses import dataclass
from pathlib import Path

from assistant.placement.codes import CONTRACT_KINDS
from assistant.placement.municipalities import MUNICIPALITIES, municipality_files

MIN_HOURS = "min_hours_per_week"
MIN_MONTHS = "min_contract_months"


@dataclass(frozen=True, slots=True)
class EmployerRules:
    """Lower limits, None = no limit.

    They hold for the kinds of place in `kinds`: those with an employment contract.
    """

    min_hours: int | None = None
    min_months: int | None = None
    kinds: frozenset[str] = CONTRACT_KINDS
    source: str = ""


@dataclass(frozen=True, slots=True)
class RuleBreach:
    """A rule that was not met: `limit` and `given` in hours a week or months.

    given None: the employer did not say.
    """

    code: str
    limit: int
    given: int | None
    source: str


def rules_of(municipality: str, directory: Path = MUNICIPALITIES) -> EmployerRules:
    """The rules of a municipality; no rules for an id without a file."""
    for file in municipality_files(directory):
        if file.id == municipality:
            found = file.employer_rules
            return EmployerRules(found.min_hours_per_week, found.min_contract_months, found.kinds, found.source)
    return EmployerRules()


def check(
    rules: EmployerRules,
    hours: int | None,
    months: int | None,
    *,
    kind: str | None = None,
    permanent: bool = False,
) -> tuple[RuleBreach, ...]:
    """The breaches, hours first; an empty tuple means it fits.

    hours: a week, the lower end of a range. months: length of the contract. permanent: a contract without an
    end, which is long enough for every rule. kind None: not known yet, so the rules hold. What was not said
    does not fit either.
    """
    if kind is not None and kind not in rules.kinds:
        return ()
    limits = [
        (MIN_HOURS, rules.min_hours, hours),
        (MIN_MONTHS, None if permanent else rules.min_months, months),
    ]
    return tuple(
        RuleBreach(code, limit, given, rules.source)
        for code, limit, given in limits
        if limit is not None and (given is None or given < limit)
    )
