"""Everything that can go wrong in a way we planned for, as one tree.

::

    MeedoenError                     the root: never raised itself
    ├── DatabaseUnavailable          assistant.database.errors
    ├── HandoverNotFound             assistant.handover.errors: no such hand-over, or out of scope
    ├── HandoverNotPossible          a step the table of states does not have, or somebody was first
    ├── StaffError                   assistant.staff.errors
    │   ├── AccountNotFound          no such account, or one out of scope: deliberately the same
    │   ├── AccountExists            a local account with this address is there already
    │   ├── AccountInvalid           rights that the giver may not give, or a name or address that cannot be
    │   ├── LoginRefused             wrong address, password or code: deliberately the same
    │   ├── LoginTooSoon             too many wrong logins, with the seconds to wait
    │   ├── LoginBusy                no turn came free to check a password
    │   ├── InvitationInvalid        unknown, used or too old: deliberately the same
    │   ├── PasswordWeak             easily guessed, with the reason
    │   ├── ProviderRefused          the OpenID provider's answer cannot be accepted
    │   └── ChainBroken              the audit log was changed, with the first line that does not fit
    ├── ConsoleError                 assistant.console.errors
    │   ├── NotHere                  404: unknown or out of scope
    │   ├── NotAllowed               403: without the right
    │   ├── CrossSite                403: a form that was not sent from a page of ours
    │   └── SessionNeeded            to the login page
    ├── RightsError                  assistant.rights.errors
    │   ├── TermsWrong               the file with terms cannot be read; nothing is deleted
    │   ├── PersonNotFound           no such number in this scope
    │   ├── HoldWrong                a hold without a reason or a day in the future
    │   ├── OnHold                   what was asked to be erased must be kept for now
    │   └── CorrectionWrong          a corrected value that cannot be
    ├── EditingError                 assistant.editing.errors
    │   ├── VersionNotFound          no such version or answer in this scope
    │   ├── SameEditor               who made a version cannot approve it
    │   ├── NotWaiting               the version was decided on already
    │   ├── Overtaken                another version was published in the meantime
    │   └── NotPublishable           the gate does not let the text through
    ├── FiguresError                 assistant.figures.errors
    │   ├── PeriodUnknown            no month, no day, or an end before its beginning
    │   └── MonthNotOver             a month that can still change is not published
    ├── ReviewError                  assistant.review.errors
    │   ├── NotAVerdict              a judgement that does not exist, or lacks the right intent
    │   ├── NothingToLearn           no words to learn from
    │   ├── AlreadyDrawn             the sample of this week is there already
    │   ├── TrainingRuns             a training waits or runs
    │   └── NotPromotable            a model that the gate has not let through
    └── PlacementError               assistant.placement.errors
        ├── ConsentMissing           no consent text version, or no moment of consent
        ├── ContactMissing           neither a phone number nor an e-mail address
        ├── ContactInvalid           a contact that cannot be a phone number or an e-mail address
        ├── MunicipalityUnknown      a municipality id that has no file
        ├── OpeningNotFound          no opening with that number
        ├── OpeningFull              the last place was just taken
        ├── RegistrationNotFound     wrong number or wrong contact: deliberately the same
        ├── RegistrationClosed       the registration has ended, so it cannot be changed
        ├── MoveNotAllowed           a step that the table of states does not have
        ├── PlaceDataInvalid         a value that is not one of the codes, hours that do not fit
        ├── SeedInvalid              a file in data/placement that cannot be loaded
        ├── FileUnreadable           a file to import that is no table at all
        │   └── FileNotClean         the virus scanner found something, or could not look
        ├── MessageInvalid           a message of another system without what is needed
        ├── MailFailed               the mail server did not take a message
        ├── ConfirmLinkInvalid       a confirm link that is unknown, used or too old: deliberately the same
        └── SignatureMissing         an exception to a rule without a name or a reason

The text of an exception is for the log of the developer and never reaches a person: what a person reads is
the answer under `answer_key` in `data/answers`. A text never holds personal data, because logs keep it.
"""

from typing import ClassVar


class MeedoenError(Exception):
    """Root of the tree.

    `code` is stable: other programs may rely on it. `answer_key` names the answer that explains it to a
    person.
    """

    code: ClassVar[str] = "fout"
    answer_key: ClassVar[str] = "storing/algemeen"
