"""All server text that goes through babel, in Jalali for Persian readers: one choke point, behind one gate."""

import logging
import threading
from contextlib import contextmanager
from contextvars import ContextVar

import babel.dates
from odoo.modules.registry import Registry

from . import jalali

_logger = logging.getLogger(__name__)

#: What this request or job settled: False for Gregorian, None where language decides. A thread serves many users,
#: so whoever sets it takes it back.
preference = ContextVar("web_jalali_preference", default=None)


@contextmanager
def settled(wanted):
    """Run with ``preference`` at ``wanted``."""
    token = preference.set(wanted)
    try:
        yield
    finally:
        preference.reset(token)


def is_active(locale):
    """Whether text in ``locale`` is Jalali now: Persian, the database has the addon, nobody asked for Gregorian."""
    if getattr(locale, "language", None) != "fa" or preference.get() is False:
        return False
    registry = Registry.registries.get(getattr(threading.current_thread(), "dbname", None))
    return registry is not None and "web_jalali" in registry._init_modules and not is_switched_off(registry)


def is_switched_off(registry):
    """Whether the database's switch was off when this process last looked; requests and jobs look themselves."""
    return getattr(registry, "_web_jalali_off", False)


def _jalali_field(value, char, width):
    """The text of one calendar field of a pattern, or None where it is no matter of the calendar."""
    try:
        year, month, day = jalali.to_jalali(value)
    except ValueError:
        return None  # before the Hijra or at the end of time, as in datetime.max: left to babel
    if char in "yYu":
        return f"{year % 100:02}" if width == 2 else f"{year:0{width}}"
    if char in "ML":
        return jalali.MONTHS[month - 1] if width >= 3 else f"{month:0{width}}"
    if char == "d":
        return f"{day:0{width}}"
    if char == "D":
        return f"{30 * (month - 1) + min(month - 1, 6) + day:0{width}}"
    if char in "Qq":
        return jalali.QUARTERS[(month - 1) // 3] if width >= 3 else f"{(month + 2) // 3:0{width}}"
    return None


def post_load():
    """Patch babel once per process; without the seam log it and stay inactive."""
    formatter = getattr(babel.dates, "DateTimeFormat", None)
    original = getattr(formatter, "__getitem__", None)
    if original is None:
        _logger.info("babel has no DateTimeFormat any more; Jalali server text stays inactive")
        return
    if getattr(original, "_web_jalali", False):
        return

    def get_field(self, name):
        if not is_active(self.locale):
            return original(self, name)
        text = None
        if hasattr(self.value, "year"):
            text = _jalali_field(self.value, name[0], len(name))
        return jalali.persian_digits(original(self, name) if text is None else text)

    get_field._web_jalali = True
    formatter.__getitem__ = get_field
