"""Questions whose subject is left out: 'wat kost dat', 'hoe lang', 'hoe nu verder'. Pure."""

from __future__ import annotations

import re

from assistant.conversation.heard import Heard
from assistant.conversation.meant import Meant
from assistant.conversation.tracker import TrackerView

_I = re.IGNORECASE
_BARE = re.compile(
    r"^\W*(en |maar |oke?,? |dus |ja,? )*(hoe lang( (duurt|is) (dat|het))?|is (dat|het) betaald|hoe werkt (dat|het)"
    r"|krijg ik (daar|er) (geld|loon|subsidie) voor|wat kost( me| mij)?( dat| het)( me| mij)?|wie betaalt (dat|het)"
    r"|hoe vraag ik (dat|het) aan|(mag|moet) (dat|het)|krijg ik dan een (papier\w*|bewijs\w*))"
    r"( dan| eigenlijk| ongeveer| nou)*\W*$",
    _I,
)
"""A question whose subject is left out: it is that of the talk, however sure the words alone sound."""
_HOW_NOW = re.compile(
    r"^\W*(en |maar |oke?,? |ok |dus )*(hoe (begin|start) ik( (daar)?(mee|aan))?|hoe (nu )?verder|hoe ga ik verder)"
    r"( dan)?\W*$",
    _I,
)
DEFAULT = "praktijkleren/"
"""What the model takes a question for that has no subject in it."""
OF_EMPLOYERS = ("werkgever", "subsidie")
"""Groups of questions that only employers ask."""


def bare_question(heard: Heard, talk: TrackerView) -> Meant | None:
    """Ask a question without a subject about the subject of the talk: 'wat kost dat' after praktijkleren.

    When nothing there fits, at least not about learning on the job, that the model takes by default.
    """
    group = (talk.subject or "").partition("/")[0]
    if not group or not _BARE.search(heard.text) or heard.best.startswith(f"{group}/"):
        return None
    likely = [name for name, chance in heard.ranking[:6] if chance >= 0.005 and "/" in name and name != talk.subject]
    here = [name for name in likely if name.startswith(f"{group}/")]
    if here:
        return Meant(here[0])
    other = [name for name in likely if not name.startswith(DEFAULT)]
    return Meant(other[0]) if heard.best.startswith(DEFAULT) and other else None


def how_now(heard: Heard, talk: TrackerView) -> Meant | None:
    """Tell who asks how to begin or go on about the first step of their own side."""
    if talk.subject is None or not _HOW_NOW.search(heard.text):
        return None
    group = talk.subject.partition("/")[0]
    employer = talk.context().role == "werkgever" or group in OF_EMPLOYERS
    if group == "praktijkleren" and not employer:
        return Meant("praktijkleren/aanmelden")
    return Meant("werkgever/hoe_begin_ik" if employer else "aanmelden/hoe_werkt_het")
