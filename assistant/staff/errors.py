"""What staff can run into."""

from __future__ import annotations

from typing import ClassVar

from assistant.errors import MeedoenError


class StaffError(MeedoenError):
    """Root of what can go wrong with accounts, logging in and the audit log."""

    code: ClassVar[str] = "staff"


class AccountNotFound(StaffError):
    """No such account, or one outside the scope of who asks: deliberately the same."""

    code: ClassVar[str] = "staff.account_not_found"


class AccountExists(StaffError):
    """There is a local account with this mail address already."""

    code: ClassVar[str] = "staff.account_exists"


class AccountInvalid(StaffError):
    """A role, municipality, name or address that cannot be, or rights that the giver may not give."""

    code: ClassVar[str] = "staff.account_invalid"


class LoginRefused(StaffError):
    """Wrong address, password or code, or an account without access: deliberately the same."""

    code: ClassVar[str] = "staff.login_refused"


class LoginTooSoon(StaffError):
    """Too many wrong logins; `seconds` says how long to wait."""

    code: ClassVar[str] = "staff.login_too_soon"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"wait {seconds} s")
        self.seconds = seconds


class LoginBusy(StaffError):
    """So many logins at once that this one did not get its turn."""

    code: ClassVar[str] = "staff.login_busy"


class InvitationInvalid(StaffError):
    """An invitation that is unknown, used or too old: deliberately the same."""

    code: ClassVar[str] = "staff.invitation_invalid"


class PasswordWeak(StaffError):
    """A password that is too short, too long, or easily guessed. `why` is Dutch and may be shown."""

    code: ClassVar[str] = "staff.password_weak"

    def __init__(self, why: str) -> None:
        super().__init__("password refused")
        self.why = why


class ProviderRefused(StaffError):
    """The OpenID provider's answer cannot be accepted. `why` is Dutch and may be shown."""

    code: ClassVar[str] = "staff.provider_refused"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ChainBroken(StaffError):
    """The audit log was changed. `number` is the first row that does not fit; `why` is Dutch."""

    code: ClassVar[str] = "staff.chain_broken"

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"regel {number}: {why}")
        self.number, self.why = number, why
