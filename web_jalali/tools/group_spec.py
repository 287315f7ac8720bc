"""A groupby specification that asks for Jalali periods.

It travels as a string of its own kind through the platform's methods, from what the client calls to the SQL and back
to the labels, so that whatever else is computed meanwhile by ``_read_group`` keeps Gregorian periods.
"""

UNITS = ("hour", "day", "week", "month", "quarter", "year")


class JalaliSpec(str):
    """``field:unit`` whose groups are Jalali; equal to the plain string, so that orders and results find it."""

    __slots__ = ()

    @property
    def path(self):
        return self.partition(":")[0]

    @property
    def unit(self):
        return self.partition(":")[2] or "month"  # what the old read_group means without a unit


def jalali(specs):
    """``specs`` with those of a period asking for Jalali ones; what has no period stays."""
    return [JalaliSpec(spec) if spec.partition(":")[2] in UNITS else spec for spec in specs]
