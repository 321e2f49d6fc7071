"""The tables of the placement desk, one module per subject."""

from assistant.placement.models.offer import CallBack, Offer, OfferBreach
from assistant.placement.models.opening import Opening
from assistant.placement.models.organisation import Certificate, Municipality, Organisation
from assistant.placement.models.registration import ErasedCount, Registration, RegistrationEvent
from assistant.placement.models.sequence import NumberSequence
from assistant.placement.models.target import Placement, Target

__all__ = [
    "CallBack",
    "Certificate",
    "ErasedCount",
    "Municipality",
    "NumberSequence",
    "Offer",
    "OfferBreach",
    "Opening",
    "Organisation",
    "Placement",
    "Registration",
    "RegistrationEvent",
    "Target",
]
