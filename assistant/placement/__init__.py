"""The placement desk: openings that are true, registrations that move, targets that count.

See README.md in this folder.
"""

from assistant.placement.callbacks import (
    CallBackRequest,
    CallBackView,
    ask_call_back,
    call_off,
    move_call_back,
)
from assistant.placement.errors import (
    ConsentMissing,
    ContactInvalid,
    ContactMissing,
    MoveNotAllowed,
    MunicipalityUnknown,
    OpeningFull,
    OpeningNotFound,
    PlaceDataInvalid,
    PlacementError,
    RegistrationClosed,
    RegistrationNotFound,
    SeedInvalid,
)
from assistant.placement.my_registration import change, erase, find, withdraw
from assistant.placement.offers import Offered, PlaceOffer, check_offer, find_offer, offer_place
from assistant.placement.openings import Contact, OpeningView, Traits
from assistant.placement.places import Location, distance_km, locate, municipality_of
from assistant.placement.registration import register_interest
from assistant.placement.rules import EmployerRules, RuleBreach, check, rules_of
from assistant.placement.search import OpeningSearch, SearchResult, opening_by_number, search_openings
from assistant.placement.seed import Seeded, seed
from assistant.placement.targets import TargetView, targets
from assistant.placement.wishes import InterestWish, Registered, RegistrationView, WishChange
from assistant.placement.workflow import STATES, move

__all__ = [
    "STATES",
    "CallBackRequest",
    "CallBackView",
    "ConsentMissing",
    "Contact",
    "ContactInvalid",
    "ContactMissing",
    "EmployerRules",
    "InterestWish",
    "Location",
    "MoveNotAllowed",
    "MunicipalityUnknown",
    "Offered",
    "OpeningFull",
    "OpeningNotFound",
    "OpeningSearch",
    "OpeningView",
    "PlaceDataInvalid",
    "PlaceOffer",
    "PlacementError",
    "Registered",
    "RegistrationClosed",
    "RegistrationNotFound",
    "RegistrationView",
    "RuleBreach",
    "SearchResult",
    "SeedInvalid",
    "Seeded",
    "TargetView",
    "Traits",
    "WishChange",
    "ask_call_back",
    "call_off",
    "change",
    "check",
    "check_offer",
    "distance_km",
    "erase",
    "find",
    "find_offer",
    "locate",
    "move",
    "move_call_back",
    "municipality_of",
    "offer_place",
    "opening_by_number",
    "register_interest",
    "rules_of",
    "search_openings",
    "seed",
    "targets",
    "withdraw",
]
