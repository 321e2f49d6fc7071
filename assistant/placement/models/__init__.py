"""The tables of the placement desk, one module per subject."""

from assistant.placement.models.call_attempt import CallAttempt
from assistant.placement.models.flow import (
    ConfirmLink,
    FlowCount,
    OfferDecision,
    OfferRefusal,
    OpeningException,
    PendingImport,
    UnmetWish,
)
from assistant.placement.models.offer import CallBack, Offer, OfferBreach
from assistant.placement.models.opening import Opening
from assistant.placement.models.organisation import Certificate, Municipality, Organisation
from assistant.placement.models.registration import (
    ErasedCount,
    Registration,
    RegistrationEvent,
    RegistrationNote,
)
from assistant.placement.models.sequence import NumberSequence
from assistant.placement.models.target import Placement, Target

__all__ = [
    "CallAttempt",
    "CallBack",
    "Certificate",
    "ConfirmLink",
    "ErasedCount",
    "FlowCount",
    "Municipality",
    "NumberSequence",
    "Offer",
    "OfferBreach",
    "OfferDecision",
    "OfferRefusal",
    "Opening",
    "OpeningException",
    "Organisation",
    "PendingImport",
    "Placement",
    "Registration",
    "RegistrationEvent",
    "RegistrationNote",
    "Target",
    "UnmetWish",
]
