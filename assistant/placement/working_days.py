"""Counting in working days: Monday to Friday, without the public holidays of the Netherlands."""

from datetime import date, datetime, timedelta

import holidays

from assistant.placement.sequence import AMSTERDAM


def working_days_after(moment: datetime, days: int) -> date:
    """The date so many working days later; the day of `moment` in the Netherlands does not count."""
    day = moment.astimezone(AMSTERDAM).date()
    closed = holidays.country_holidays("NL")
    while days > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in closed:
            days -= 1
    return day
