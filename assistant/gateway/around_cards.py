"""A list of openings is said in the text and shown as cards: on a screen the cards stand where the list was."""

from __future__ import annotations

import re

from assistant.core.reply import Reply


def around_cards(reply: Reply) -> tuple[str, str]:
    """Return the text before and after the numbered lines of the cards; all of it before when they are not in it."""
    titles = "|".join(re.escape(card.title) for card in reply.cards)
    if not titles:
        return reply.text, ""
    found = re.search(rf"(?:^\d+\. (?:{titles})\b.*\n?)+", reply.text, re.MULTILINE)
    return (reply.text[: found.start()].strip(), reply.text[found.end() :].strip()) if found else (reply.text, "")
