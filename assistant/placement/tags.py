"""The kinds of work in the language of other systems: ISCO-08 groups, which are also the upper layers of ESCO."""

from dataclasses import dataclass
from functools import cache

import yaml

from assistant.placement.gazetteer import DATA

TAGS = DATA / "placement" / "tags.yml"
ESCO = "http://data.europa.eu/esco/isco/C"


@dataclass(frozen=True, slots=True)
class Tag:
    """isco: four digits. name: the English name of that group. competentnl: its address, None until it is known."""

    isco: str
    name: str
    competentnl: str | None

    @property
    def esco(self) -> str:
        """The address of the group in ESCO."""
        return ESCO + self.isco


@cache
def tags() -> dict[str, Tag]:
    """The tag of every kind of work."""
    return {code: Tag(**entry) for code, entry in yaml.safe_load(TAGS.read_text(encoding="utf-8")).items()}


def work_kind_of_isco(text: str) -> str | None:
    """The kind of work of an ISCO code or an ESCO or CompetentNL address, or None."""
    known = {key: code for code, tag in tags().items() for key in (tag.isco, tag.esco, tag.competentnl) if key}
    return known.get(text.strip())
