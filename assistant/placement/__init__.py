"""The placement desk: openings that are true, registrations that move, targets that count.

See README.md in this folder.
"""

from assistant.placement.board import BoardRow, target_board
from assistant.placement.callbacks import (
    CallBackRequest,
    CallBackView,
    ask_call_back,
    call_off,
    move_call_back,
)
from assistant.placement.candidates import CountShown, candidate_count
from assistant.placement.confirm import Asked, answer_link, ask_confirmations, opening_of_link
from assistant.placement.counting import Counted, Forecast
from assistant.placement.coverage import ProviderCoverage, coverage
from assistant.placement.decisions import Signature, accept_offer
from assistant.placement.errors import (
    ConfirmLinkInvalid,
    ConsentMissing,
    ContactInvalid,
    ContactMissing,
    FileUnreadable,
    MailFailed,
    MessageInvalid,
    MoveNotAllowed,
    MunicipalityUnknown,
    OpeningFull,
    OpeningNotFound,
    PlaceDataInvalid,
    PlacementError,
    RegistrationClosed,
    RegistrationNotFound,
    SeedInvalid,
    SignatureMissing,
)
from assistant.placement.freshness import Completeness, Stale, completeness_report, stale
from assistant.placement.funnel import FunnelStep, Unmet, count_step, funnel, record_unmet, unmet
from assistant.placement.importing import ImportReport, explanation, export_openings, import_openings
from assistant.placement.intake import Refusal, TaskCard, refused_filters, task_cards, work_kind_in
from assistant.placement.job_posting import job_feed, job_posting, opening_page
from assistant.placement.mail import Mailer, OutboxMailer, SmtpMailer, mailer_from
from assistant.placement.my_registration import change, erase, find, withdraw
from assistant.placement.needs import needs_in
from assistant.placement.offers import Offered, PlaceOffer, check_offer, find_offer, offer_place
from assistant.placement.openings import Contact, OpeningView, Traits
from assistant.placement.places import Location, distance_km, locate, municipality_of
from assistant.placement.placing import Contract, end_placement, record_placement
from assistant.placement.registration import register_interest
from assistant.placement.rules import EmployerRules, RuleBreach, check, rules_of
from assistant.placement.search import OpeningSearch, SearchResult, opening_by_number, search_openings
from assistant.placement.seed import Seeded, seed
from assistant.placement.sheet import RowProblem
from assistant.placement.tags import Tag, tags
from assistant.placement.targets import TargetView, targets
from assistant.placement.told import CountToday, count_today
from assistant.placement.vum import FromVum, WishFromVum, from_vacature, from_werkzoekende, vacature, werkzoekende
from assistant.placement.wishes import InterestWish, Registered, RegistrationView, WishChange
from assistant.placement.workflow import STATES, move

__all__ = [
    "STATES",
    "Asked",
    "BoardRow",
    "CallBackRequest",
    "CallBackView",
    "Completeness",
    "ConfirmLinkInvalid",
    "ConsentMissing",
    "Contact",
    "ContactInvalid",
    "ContactMissing",
    "Contract",
    "CountShown",
    "CountToday",
    "Counted",
    "EmployerRules",
    "FileUnreadable",
    "Forecast",
    "FromVum",
    "FunnelStep",
    "ImportReport",
    "InterestWish",
    "Location",
    "MailFailed",
    "Mailer",
    "MessageInvalid",
    "MoveNotAllowed",
    "MunicipalityUnknown",
    "Offered",
    "OpeningFull",
    "OpeningNotFound",
    "OpeningSearch",
    "OpeningView",
    "OutboxMailer",
    "PlaceDataInvalid",
    "PlaceOffer",
    "PlacementError",
    "ProviderCoverage",
    "Refusal",
    "Registered",
    "RegistrationClosed",
    "RegistrationNotFound",
    "RegistrationView",
    "RowProblem",
    "RuleBreach",
    "SearchResult",
    "SeedInvalid",
    "Seeded",
    "Signature",
    "SignatureMissing",
    "SmtpMailer",
    "Stale",
    "Tag",
    "TargetView",
    "TaskCard",
    "Traits",
    "Unmet",
    "WishChange",
    "WishFromVum",
    "accept_offer",
    "answer_link",
    "ask_call_back",
    "ask_confirmations",
    "call_off",
    "candidate_count",
    "change",
    "check",
    "check_offer",
    "completeness_report",
    "count_step",
    "count_today",
    "coverage",
    "distance_km",
    "end_placement",
    "erase",
    "explanation",
    "export_openings",
    "find",
    "find_offer",
    "from_vacature",
    "from_werkzoekende",
    "funnel",
    "import_openings",
    "job_feed",
    "job_posting",
    "locate",
    "mailer_from",
    "move",
    "move_call_back",
    "municipality_of",
    "needs_in",
    "offer_place",
    "opening_by_number",
    "opening_of_link",
    "opening_page",
    "record_placement",
    "record_unmet",
    "refused_filters",
    "register_interest",
    "rules_of",
    "search_openings",
    "seed",
    "stale",
    "tags",
    "target_board",
    "targets",
    "task_cards",
    "unmet",
    "vacature",
    "werkzoekende",
    "withdraw",
    "work_kind_in",
]
