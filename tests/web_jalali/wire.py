"""A sentinel on the wire: dates travel Gregorian with Latin digits, whatever the reader sees and types."""

import json
import re
from contextlib import contextmanager
from unittest.mock import patch

from odoo import http

DIGITS = "۰-۹٠-٩"
#: a Jalali year where a date is written as the wire writes it
JALALI_DATE = re.compile(r"(?<!\d)1[34]\d\d-\d\d?-\d\d?(?!\d)")
#: digits of Persian or Arabic with what joins the parts of a date or an hour
PERSIAN_DATE = re.compile(rf"[{DIGITS}]+[/:.-][{DIGITS}]+")
ONLY_PERSIAN = re.compile(rf"[\s{DIGITS}/:.,-]*[{DIGITS}][\s{DIGITS}/:.,-]*")


def texts(value):
    """Every text in a decoded body, keys too; bodies within bodies (forms that carry JSON) are opened."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(key)
            yield from texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def faults(body):
    """What in a body is no wire date: texts with a Jalali year, or dates and numbers in Persian digits."""
    return [
        text
        for text in texts(body)
        if JALALI_DATE.search(text) or PERSIAN_DATE.search(text) or ONLY_PERSIAN.fullmatch(text)
    ]


@contextmanager
def watched(test):
    """Watch the bodies of all requests that reach the server; fails ``test`` for each that holds a fault.

    :returns: the decoded bodies, in order
    """
    bodies, found = [], []

    def see(path, body):
        bodies.append((path, body))
        found.extend((path, text) for text in faults(body))

    def watch(dispatcher, read):
        original = dispatcher.dispatch

        def dispatch(self, endpoint, args):
            see(self.request.httprequest.path, read(self.request))
            return original(self, endpoint, args)

        return patch.object(dispatcher, "dispatch", dispatch)

    def form(request):
        return {key: _decoded(value) for key, value in request.httprequest.form.items()}

    def json_body(request):
        return json.loads(request.httprequest.get_data(as_text=True) or "null")

    with watch(http.JsonRPCDispatcher, json_body), watch(http.HttpDispatcher, form):
        yield bodies
    test.assertFalse(found, "Jalali or Persian on the wire")
    test.assertTrue(bodies, "the sentinel has seen nothing")


def _decoded(value):
    try:
        return json.loads(value)
    except ValueError:
        return value
