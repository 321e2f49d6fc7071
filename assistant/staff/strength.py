"""How easily a password is guessed: length, known passwords and words, and patterns; no rules on kinds of characters.

Source of the demands: NIST SP 800-63B-4, 3.1.1.2. zxcvbn (MIT) brings the 30,000 passwords that are used most, and
sees through capitals, digits for letters, years, doubling and rows of keys; the Dutch words are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.staff.errors import PasswordWeak

SHORTEST, LONGEST = 12, 200
ENOUGH = 1e10
"""Guesses of somebody who knows the lists; a login allows a few an hour, a stolen argon2id hash some tens a second."""
_KNOWN = """
wachtwoord welkom password gemeente almere steenwijkerland meedoen qwerty admin beheer zomer winter lente herfst geheim
inloggen 123456 abcdef asdfgh
"""
_MORE = """
amsterdam rotterdam nederland holland oranje koningsdag vakantie sinterklaas kerstmis voetbal feyenoord ajax fiets
januari februari maart april mei juni juli augustus september oktober november december
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag werk kantoor collega computer
"""
_WORDS = frozenset(_KNOWN.split())
OWN = 8  # characters that must be left without those words and without the person's name
_WINDOW = 28
"""Characters that are weighed at once: the time grows fast with the length, a third of a second at this one."""


def check_strength(password: str, *about: str, places: Iterable[str] = ()) -> None:
    """Raise PasswordWeak when a password is easily guessed.

    `about` is the name and the address of its person, `places` are words of this installation (its municipalities).
    """
    if len(password) < SHORTEST:
        raise PasswordWeak(f"Neem minstens {SHORTEST} tekens. Vier losse woorden achter elkaar is goed.")
    if len(password) > LONGEST:
        raise PasswordWeak(f"Neem hooguit {LONGEST} tekens.")
    small = password.casefold()
    words = _WORDS | _parts((*about, *places))
    rest = small
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < OWN or len(set(small)) < 5:
        raise PasswordWeak("Dit wachtwoord is makkelijk te raden: er staan bekende woorden of uw naam in.")
    if not any(_guesses(part, [*words, *_MORE.split()]) >= ENOUGH for part in _windows(password)):
        raise PasswordWeak("Dit wachtwoord lijkt te veel op een bekend wachtwoord. Neem vier losse woorden.")


def _parts(texts: Iterable[str]) -> set[str]:
    split = (part for text in texts for part in text.casefold().replace("@", " ").replace(".", " ").split())
    return {part for part in split if len(part) > 2}


def _windows(password: str) -> Iterator[str]:
    """Yield the beginning and, of a long one, the end: a whole is never easier than one of its parts."""
    yield password[:_WINDOW]
    if len(password) > _WINDOW:
        yield password[-_WINDOW:]


def _guesses(part: str, words: list[str]) -> float:
    from zxcvbn import zxcvbn  # its lists take 20 MB, and a password is chosen once a year

    return float(zxcvbn(part, user_inputs=words)["guesses"])
