"""Does a job count for the banenafspraak? The tree behind the buttons of `keuze/telt_...`, as one pure function."""

from __future__ import annotations

from typing import Literal

YesNo = Literal["ja", "nee", "weet_niet"]
START = "keuze/telt_mee"


def next_step(sheltered: YesNo | None = None, in_register: YesNo | None = None, employed: YesNo | None = None) -> str:
    """Return the key of the next question, or of the outcome, for what is known so far.

    `sheltered`: an indication for beschut werk; `in_register`: on UWV's list; `employed`: a contract of one's own,
    where "nee" means hired from another company. None: not asked yet.
    """
    if sheltered is None:
        return START
    if sheltered != "nee":
        return "keuze/telt_beschut" if sheltered == "ja" else "keuze/telt_vraag_indicatie"
    if in_register is None:
        return "keuze/telt_register"
    if in_register != "ja":
        return "keuze/telt_geen_register" if in_register == "nee" else "keuze/telt_nakijken"
    if employed is None:
        return "keuze/telt_dienst"
    return "keuze/telt_ja" if employed == "ja" else "keuze/telt_inlenen"
