"""Examples for the pages of the desk that came later."""

from __future__ import annotations

from tests.unit.console import desk_rows
from tests.unit.console.conftest import Console
from tests.unit.console.objects import example


@example("/aanbod/{number}/aanvullen", form={"soort_plek": "banenafspraak"})
def unfinished_offer(console: Console, municipality: str) -> dict[str, str]:
    return {"number": desk_rows.offer(console.database, console.now(), municipality=municipality, kind=None)}
