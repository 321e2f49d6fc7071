"""Talks with a member of staff: who asked, who waits, who has the talk, and every line that was said meanwhile.

Everything is in the database, so that a restart in the middle loses nothing. What may follow on what is one table in
`states`; `desk` carries it out with conditional updates, so that of two who try the same, one wins.
"""

from assistant.handover.desk import HandoverDesk, running_in
from assistant.handover.errors import HandoverNotFound, HandoverNotPossible
from assistant.handover.lines import LineView
from assistant.handover.queue import Present
from assistant.handover.signals import LocalSignals, Signals
from assistant.handover.states import Action, Actor, State
from assistant.handover.view import HandoverView, Summary

__all__ = [
    "Action",
    "Actor",
    "HandoverDesk",
    "HandoverNotFound",
    "HandoverNotPossible",
    "HandoverView",
    "LineView",
    "LocalSignals",
    "Present",
    "Signals",
    "State",
    "Summary",
    "running_in",
]
