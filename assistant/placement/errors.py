"""What can go wrong at the placement desk. The whole tree is drawn in `assistant.errors`."""

from typing import ClassVar

from assistant.errors import MeedoenError


class PlacementError(MeedoenError):
    """Root of this room."""

    code: ClassVar[str] = "placement"
    answer_key: ClassVar[str] = "storing/algemeen"


class ConsentMissing(PlacementError):
    """Nobody is put on a list without consent to a text that can be shown again."""

    code: ClassVar[str] = "consent_missing"
    answer_key: ClassVar[str] = "aanmelden/toestemming_nodig"


class ContactMissing(PlacementError):
    """Neither a phone number nor an e-mail address: nobody could ever answer."""

    code: ClassVar[str] = "contact_missing"
    answer_key: ClassVar[str] = "aanmelden/contact_nodig"


class ContactInvalid(PlacementError):
    """This is not a phone number, or not an e-mail address."""

    code: ClassVar[str] = "contact_invalid"
    answer_key: ClassVar[str] = "aanmelden/contact_ongeldig"


class MunicipalityUnknown(PlacementError):
    """No file in data/municipalities has this id."""

    code: ClassVar[str] = "municipality_unknown"
    answer_key: ClassVar[str] = "lokaal/andere_gemeente"


class OpeningNotFound(PlacementError):
    """No opening has this number, or it is no longer shown."""

    code: ClassVar[str] = "opening_not_found"
    answer_key: ClassVar[str] = "werkplek/niet_gevonden"


class OpeningFull(PlacementError):
    """Every place of this opening is taken. The person can still register without it."""

    code: ClassVar[str] = "opening_full"
    answer_key: ClassVar[str] = "werkplek/vol"


class RegistrationNotFound(PlacementError):
    """No registration with this number and this contact. Which of the two is wrong is never told."""

    code: ClassVar[str] = "registration_not_found"
    answer_key: ClassVar[str] = "aanmelding/niet_gevonden"


class RegistrationClosed(PlacementError):
    """The registration has ended, so its wishes cannot be changed."""

    code: ClassVar[str] = "registration_closed"
    answer_key: ClassVar[str] = "aanmelding/afgesloten"


class MoveNotAllowed(PlacementError):
    """The table of states has no such step."""

    code: ClassVar[str] = "move_not_allowed"
    answer_key: ClassVar[str] = "storing/algemeen"


class PlaceDataInvalid(PlacementError):
    """A code that is not in the list, or hours that cannot be."""

    code: ClassVar[str] = "place_data_invalid"
    answer_key: ClassVar[str] = "storing/algemeen"


class SeedInvalid(PlacementError):
    """A file in data/placement does not have the form it should have; the text says which and where."""

    code: ClassVar[str] = "seed_invalid"
    answer_key: ClassVar[str] = "storing/algemeen"


class FileUnreadable(PlacementError):
    """A file to import that is no table at all: wrong kind, too large, without the columns that are needed."""

    code: ClassVar[str] = "file_unreadable"
    answer_key: ClassVar[str] = "storing/algemeen"


class MessageInvalid(PlacementError):
    """A message of another system (VUM) without what an opening or a wish needs; the text names the field."""

    code: ClassVar[str] = "message_invalid"
    answer_key: ClassVar[str] = "storing/algemeen"


class MailFailed(PlacementError):
    """The mail server did not take a message."""

    code: ClassVar[str] = "mail_failed"
    answer_key: ClassVar[str] = "storing/algemeen"


class ConfirmLinkInvalid(PlacementError):
    """A confirm link that is unknown, has been used or is too old: deliberately the same."""

    code: ClassVar[str] = "confirm_link_invalid"
    answer_key: ClassVar[str] = "werkplek/link_ongeldig"


class SignatureMissing(PlacementError):
    """An exception to a rule of the municipality needs a name and a reason."""

    code: ClassVar[str] = "signature_missing"
    answer_key: ClassVar[str] = "storing/algemeen"
