"""Numbers in a text, in one spelling, so that each can be looked up among the figures of the facts."""

from __future__ import annotations

import re

_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_ADDRESS = re.compile(r"https?://\S+|\b[\w-]+\.(?:nl|com|eu)\b(?:/\S*)?|\{[a-z_0-9]+\}")
_DATE = re.compile(rf"\b(\d{{1,2}}) ({_MONTHS})\b")
_PHONE = re.compile(r"\b(?:0\d{3}|14)[ -]+\d{3,4}\b")
_SPOKEN_AMOUNT = re.compile(r"\b(\d+) euro (?:en )?(\d{2})(?: cent)?\b")
_NUMBER = re.compile(r"(?<![\w,.])\d+(?:\.\d{3})*(?:,\d+)?(?!\w)")
_WORDS = {
    "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8, "negen": 9, "tien": 10, "elf": 11,
    "twaalf": 12, "dertien": 13, "veertien": 14, "vijftien": 15, "zestien": 16, "zeventien": 17, "achttien": 18,
    "twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60, "honderd": 100,
}  # fmt: skip
_MEASURE = (
    r"(?:kalender|werk)?(?:dag|dagen|week|weken|maand|maanden|jaar|jaren|uur|minuten|euro|procent|keer|mensen|personen|"
    r"plekken|werkplekken|banen)"
)
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b", re.IGNORECASE)
_WORD_MEASURED = re.compile(rf"\b({'|'.join(_WORDS)})\b(?=(?: \w+)? {_MEASURE}\b)", re.IGNORECASE)


def figures_in(text: str) -> list[str]:
    """Return the figures that a reader takes from a text, each once, in order of kind.

    A date is day and month ('1 juli'), its year is a figure of its own; amounts and percentages are the bare number,
    a telephone number is its digits. A number in words counts when it measures something ('zes maanden').
    """
    return _collect(text, _WORD_MEASURED)


def figures_of_fact(text: str) -> list[str]:
    """Return the figures that a fact holds; here every number in words counts."""
    return _collect(text, _WORD)


def _collect(text: str, words: re.Pattern[str]) -> list[str]:
    text = _SPOKEN_AMOUNT.sub(r"\1,\2", _ADDRESS.sub(" ", text))
    found = [f"{int(day)} {month}" for day, month in _DATE.findall(text)]
    text = _DATE.sub(" ", text)
    found += [re.sub(r"\D", "", phone) for phone in _PHONE.findall(text)]
    text = _PHONE.sub(" ", text)
    found += [plain(number) for number in _NUMBER.findall(text)]
    found += [str(_WORDS[word.lower()]) for word in words.findall(text)]
    return list(dict.fromkeys(found))


def plain(number: str) -> str:
    """Return a number without thousands points and without a comma that adds nothing: '1.000,00' becomes '1000'."""
    return re.sub(r",0+$", "", number.replace(".", ""))
