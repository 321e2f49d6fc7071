"""Phone numbers and e-mail addresses in one standard form, so that what was given is recognised later."""

import re
from hmac import compare_digest

import phonenumbers

from assistant.placement.errors import ContactInvalid, ContactMissing

# One @, something on both sides, a dot in the domain: the mail server decides on the rest (RFC 5321, 254
# characters).
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")


def normalise_phone(text: str) -> str:
    """A phone number in E.164: "06 12 34 56 78" → "+31612345678". No country means the Netherlands.

    Raises ContactInvalid for what cannot be a number.
    """
    try:
        number = phonenumbers.parse(text, "NL")
    except phonenumbers.NumberParseException as error:
        raise ContactInvalid("phone") from error
    if not phonenumbers.is_possible_number(number):
        raise ContactInvalid("phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def normalise_email(text: str) -> str:
    """An e-mail address in lower case. Raises ContactInvalid for what cannot be one."""
    address = text.strip().lower()
    if len(address) > 254 or not EMAIL.fullmatch(address):
        raise ContactInvalid("email")
    return address


def normalise(phone: str | None, email: str | None) -> tuple[str | None, str | None]:
    """Both in standard form. Raises ContactMissing when there is neither, ContactInvalid for a wrong one."""
    if not (phone or email):
        raise ContactMissing("phone or email")
    return (normalise_phone(phone) if phone else None), (normalise_email(email) if email else None)


def same_contact(given: str, phone: str | None, email: str | None) -> bool:
    """True when `given` is the phone number or e-mail address on file.

    Takes as long for a wrong one as for a right one.
    """
    standard = _standard(given)
    by_phone = compare_digest(standard, (phone or "-").encode())
    by_email = compare_digest(standard, (email or "-").encode())
    return by_phone or by_email


def _standard(given: str) -> bytes:
    """The standard form, or something that equals no contact on file."""
    try:
        return (normalise_email(given) if "@" in given else normalise_phone(given)).encode()
    except ContactInvalid:
        return b""
