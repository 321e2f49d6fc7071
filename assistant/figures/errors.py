"""What can go wrong with figures. The whole tree is drawn in `assistant.errors`."""

from typing import ClassVar

from assistant.errors import MeedoenError


class FiguresError(MeedoenError):
    """Root of this room."""

    code: ClassVar[str] = "figures"


class PeriodUnknown(FiguresError):
    """Text that is no month (JJJJ-MM) or no day (JJJJ-MM-DD), or an end before its beginning."""

    code: ClassVar[str] = "figures.period_unknown"


class MonthNotOver(FiguresError):
    """A month is published when nothing in it can change: two versions that differ by one talk would show that talk."""

    code: ClassVar[str] = "figures.month_not_over"
