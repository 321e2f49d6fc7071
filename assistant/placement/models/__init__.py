"""The tables of the placement desk, one module per subject."""

from assistant.placement.models.flow import ConfirmLink, FlowCount, OfferDecision, UnmetWish
from assistant.placement.models.offer import CallBack, Offer, OfferBreach
from assistant.placement.models.opening import Opening
from assistant.placement.models.organisation import Certificate, Municipality, Organisation
from assistant.placement.models.registration import ErasedCount, Registration, RegistrationEvent
from assistant.placement.models.sequence import NumberSequence
from assistant.placement.models.target import Placement, Target

__all__ = [
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
    "Opening",
    "Organisation",
    "Placement",
    "Registration",
    "RegistrationEvent",
    "Target",
    "UnmetWish",
]
