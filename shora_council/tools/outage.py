"""The database server is away for a while: whoever clicks reads so and stays logged in, and the running Odoo goes on
afterwards, its jobs too.

The platform takes a server that does not answer for a database that is gone: it logs out whoever asks, ends itself when
a worker has to be replaced meanwhile, and without workers its thread of the jobs ends for good. No model is asked
there, so the process is patched when the first registry is loaded; whatever else happens takes the platform's own way.
"""

import functools
import logging
import time
from contextlib import closing

import psycopg2
from markupsafe import Markup
from odoo.exceptions import UserError
from odoo.http import JsonRPCDispatcher, RegistryError, Request, Response
from odoo.modules.registry import Registry
from odoo.service.server import PreforkServer, ThreadedServer
from odoo.sql_db import db_connect
from odoo.tools import LazyTranslate
from psycopg2.pool import PoolError

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

AWAY = _lt(
    "The database does not answer at the moment, so nothing was saved. Wait a minute, then do the same once more."
)
CUT_OFF = _lt(
    "The connection to the database was cut off. Open the page again and see whether it was saved; if not, do the same "
    "once more."
)
#: classes of errors, by their first letters, with which the server ends a connection (57P01 and those behind it)
ENDING = "57P"
PAUSE = 2  # seconds until the jobs' thread looks again
PAGE = Markup(
    '<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8"/>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"/><title>503</title></head>'
    '<body style="font-family: Vazirmatn, sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem;">'
    "<p>{words}</p></body></html>"
)


def language_of(request):
    """The reader's language, found without the database."""
    return request.httprequest.cookies.get("frontend_lang") or request.session.context.get("lang") or "en_US"


def _page(request, words):
    """The answer to a browser: ``words`` and nothing else, to be asked for again."""
    lang = language_of(request)
    direction = "rtl" if lang.startswith("fa") else "ltr"
    text = PAGE.format(language=lang[:2], direction=direction, words=words._translate(lang))
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return Response(text, status=503, headers=headers, mimetype="text/html")


def answer(request, words):
    """The same as an error of the web client where that asks."""
    asks_json = JsonRPCDispatcher.is_compatible_with(request)
    if not asks_json or request.httprequest.path.startswith("/json/"):
        return _page(request, words)
    return JsonRPCDispatcher(request).handle_error(UserError(words._translate(language_of(request))))


def _was_cut_off(error):
    """Whether the connection broke between what the platform guards: before the work, or after all of it."""
    if hasattr(error, "error_response") or isinstance(error, PoolError):
        return False
    if error.pgcode:
        return error.pgcode.startswith(ENDING)
    # A broken connection is told by one of these; their other kinds are mistakes in the program.
    return (
        isinstance(error, (psycopg2.OperationalError, psycopg2.InterfaceError)) or type(error) is psycopg2.DatabaseError
    )


def _is_ours(name):
    """Whether the database is one of ours that this process has worked with."""
    registry = Registry.registries.snapshot.get(name)
    return registry is not None and "shora.council" in registry


def _is_there(name):
    """Whether the database exists, as far as anybody can say: a server that does not answer has lost none."""
    try:
        with closing(db_connect("postgres").cursor()) as cr:
            cr.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return bool(cr.fetchone())
    except psycopg2.Error:
        return True


def _serve_db(stock):
    @functools.wraps(stock)
    def serve(self):
        name = self.db
        try:
            return stock(self)
        except RegistryError as error:
            lost = isinstance(error.__cause__, psycopg2.OperationalError)
            if not lost or not _is_ours(name) or not _is_there(name):
                raise
            _logger.info("The database server does not answer: %s", error.__cause__)
            return answer(self, AWAY)
        except psycopg2.Error as error:  # of any kind: a connection says so in several
            if not _was_cut_off(error) or not _is_ours(name):
                raise
            _logger.info("The database server cut off a request: %s", error)
            return answer(self, CUT_OFF)

    return serve


def _process_spawn(stock):
    @functools.wraps(stock)
    def spawn(self):
        try:
            return stock(self)
        except psycopg2.OperationalError as error:  # the next beat tries again
            _logger.info("The database server does not answer, workers are replaced later: %s", error)

    return spawn


def _cron_thread(stock):
    @functools.wraps(stock)
    def run(self, number):
        while True:
            try:
                return stock(self, number)
            except psycopg2.Error as error:
                _logger.info("The database server does not answer, jobs wait: %s", error)
                time.sleep(PAUSE)

    return run


PATCHES = (
    (Request, "_serve_db", _serve_db),
    (PreforkServer, "process_spawn", _process_spawn),
    (ThreadedServer, "cron_thread", _cron_thread),
)


def patch():
    """Patch once per process; where the platform has no such method any more, it stays as it is and a line says so."""
    for owner, name, patched in PATCHES:
        stock = getattr(owner, name, None)
        if stock is None:
            _logger.info("%s has no %s any more; an outage of the database meets the platform's own way", owner, name)
        elif not getattr(stock, "_shora_council", False):
            method = patched(stock)
            method._shora_council = True
            setattr(owner, name, method)
