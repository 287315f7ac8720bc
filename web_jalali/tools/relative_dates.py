"""Relative dates of domains, «today =1d -1m», by the reader's calendar: Jalali months and years for Jalali readers."""

import functools
import logging
import re
import sys
from datetime import datetime

import pytz
from dateutil.relativedelta import relativedelta
from odoo.fields import Date, Datetime, Domain
from odoo.tools.date_utils import WEEKDAY_NUMBER

from . import periods, reader

_logger = logging.getLogger(__name__)

_TERM = re.compile(r"([+-])(\d+)([dwmyHMS])|(=)(\d+)([dmyHMS])|([+=-])([a-z_]{6,})")
_COUNTED = {"d": "days", "w": "weeks", "H": "hours", "M": "minutes", "S": "seconds"}
_MIDNIGHT = relativedelta(hour=0, minute=0, second=0, microsecond=0)
_SET = {
    "H": lambda number: relativedelta(hour=number, minute=0, second=0, microsecond=0),
    "M": lambda number: relativedelta(minute=number, second=0, microsecond=0),
    "S": lambda number: relativedelta(second=number, microsecond=0),
}


def parse(text, env):
    """The date or naive UTC moment of a relative date, as Odoo's ``parse_date``, whose language this is, counts it;
    terms in months and years, and those that set a day, month or year, count in the Jalali calendar.

    :raises ValueError: no such term
    """
    terms = text.split()
    start = terms.pop(0) if terms[0] in ("today", "now") else "now"
    now = Datetime.now()
    if start == "today":
        value = Date.context_today(env["base"], now)
    else:
        value = Datetime.context_timestamp(env["base"], now).replace(tzinfo=None)
    for term in terms:
        match = _TERM.fullmatch(term)
        try:
            value = _apply(value, *[part for part in match.groups() if part is not None], env=env)
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
            raise ValueError(f"Invalid term {term!r} in expression date: {text!r}") from error
    if isinstance(value, datetime):
        value = env.tz.localize(value).astimezone(pytz.utc).replace(tzinfo=None)
    return value


def _apply(value, sign, number, unit=None, env=None):
    if unit is None:
        return _weekday(value, sign, number, env)
    number = int(number)
    if sign != "=":
        number = -number if sign == "-" else number
        if unit in "my":
            return periods.shift(value, **{"m": {"months": number}, "y": {"years": number}}[unit])
        return value + relativedelta(**{_COUNTED[unit]: number})
    if unit in _SET:
        return value + _SET[unit](number)
    part = {"d": "day", "m": "month", "y": "year"}[unit]
    return periods.replace(_at_midnight(value), **{part: number})


def _weekday(value, sign, name, env):
    first = int(env["res.lang"]._get_data(code=env.user.lang).week_start) - 1
    wanted = first if name == "week_start" else WEEKDAY_NUMBER[name]
    offset = (wanted - first) % 7 - (value.weekday() - first) % 7
    if sign == "=":
        value = _at_midnight(value)
    elif offset and (sign == "+") != (offset > 0):
        offset += 7 if sign == "+" else -7
    return value + relativedelta(days=offset)


def _at_midnight(value):
    return value + _MIDNIGHT if isinstance(value, datetime) else value


def post_load():
    """Patch the domains' own name of ``parse_date`` once per process; without the seam log it and stay inactive."""
    domains = sys.modules[Domain.__module__]
    stock = getattr(domains, "parse_date", None)
    if stock is None:
        _logger.info("domains have no parse_date any more; relative dates stay Gregorian")
        return
    if getattr(stock, "_web_jalali", False):
        return

    @functools.wraps(stock)
    def parse_date(value, env):
        if re.match(r"\d+-", value) or not value.strip() or not reader.reads_jalali(env):
            return stock(value, env)
        return parse(value, env)

    parse_date._web_jalali = True
    domains.parse_date = parse_date
