"""Processes that die at the n-th of their own steps, for ``test_random_kills.py``.

Run as a script this module loads the registry once and then reads orders, one a line. Of each order it forks one child
a job, all at the same moment, and answers how they ended. What counts as a step is whatever the outside world could see
half of: each SQL statement, each commit, each write of a file into the filestore (before, in the middle, after), each
line spoken to the mail server and each of its answers.
"""

import builtins
import contextlib
import importlib
import json
import os
import signal
import smtplib
import sys
import tempfile
import traceback
from datetime import datetime
from types import SimpleNamespace

import psycopg2
from odoo import api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service import model as service_model
from odoo.sql_db import Cursor, PsycoConnection, close_db, connection_info_for
from odoo.tools import config

#: exit code of a job that was refused by a sentence
REFUSED = 3


class Steps:
    """Counts, and before step number ``fatal`` (from 0; None: never) kills, or cuts everybody off the database."""

    def __init__(self, fatal=None, cut=None):
        self.fatal, self.cut, self.labels = fatal, cut, []

    def step(self, label):
        if len(self.labels) == self.fatal:
            if not self.cut:
                os.kill(os.getpid(), signal.SIGKILL)
            self.labels.append("cut off")
            restart(self.cut)
        self.labels.append(label)

    def around(self, owner, name, label, after=True):
        original = getattr(owner, name)

        def counted(*args, **kwargs):
            self.step(label)
            result = original(*args, **kwargs)
            if after:
                self.step(f"{label} done")
            return result

        setattr(owner, name, counted)

    def watch(self, filestore):
        """Count what this process does from now on."""
        self.around(Cursor, "execute", "sql", after=False)
        self.around(PsycoConnection, "commit", "commit")
        self.around(smtplib.SMTP, "send", "smtp send", after=False)
        self.around(smtplib.SMTP, "getreply", "smtp answer")
        self.around(os, "replace", "file named")
        opened = builtins.open

        def open_counted(path, mode="r", *args, **kwargs):
            file = opened(path, mode, *args, **kwargs)
            inside = isinstance(path, str) and path.startswith(filestore) and "checklist" not in path
            return _Written(file, self) if inside and "w" in mode else file

        builtins.open = open_counted


def restart(name):
    """End every connection to a database, as a restart of its server does."""
    _name, info = connection_info_for("postgres")
    with contextlib.closing(psycopg2.connect(**info)) as connection:
        connection.autocommit = True
        connection.cursor().execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


class _Written:
    """A file whose writing can be broken off in the middle."""

    def __init__(self, file, steps):
        self._file, self._steps = file, steps

    def __getattr__(self, name):
        return getattr(self._file, name)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._file.close()

    def write(self, data):
        self._steps.step("file empty")
        self._file.write(data[: len(data) // 2])
        self._file.flush()
        self._steps.step("file half")
        self._file.write(data[len(data) // 2 :])
        self._file.flush()
        self._steps.step("file whole")
        return len(data)


def _run(order, registry, job, steps):
    module, _, name = job["step"].partition(":")
    function = getattr(importlib.import_module(module), name)
    with contextlib.closing(registry.cursor()) as cr:
        env = api.Environment(cr, job["uid"], {"tracking_disable": True, "lang": "en_US"})
        steps.watch(config.filestore(order["db"]))
        function(env, job["record"])


def _child(order, registry, job, report):
    """Exit code of the job; labels and error go into the file ``report``."""
    steps, error, code = Steps(job["fatal"], order["db"] if job["cut"] else None), "", 1
    try:
        _run(order, registry, job, steps)
        code = 0
    except UserError as refusal:
        error, code = str(refusal), REFUSED
    except BaseException:
        error = traceback.format_exc()
    with open(report, "w", encoding="utf-8") as file:
        json.dump([steps.labels, error], file)
    return code


def _carry_out(order, registry, clock):
    close_db(order["db"])  # a child opens connections of its own
    clock.move_to(datetime.fromisoformat(order["now"]))
    with tempfile.TemporaryDirectory() as room:
        children = []
        for number, job in enumerate(order["jobs"]):
            report = os.path.join(room, str(number))
            child = os.fork()
            if not child:
                code = 1
                try:
                    code = _child(order, registry, job, report)
                finally:
                    os._exit(code)
            children.append((child, report))
        return [_ended(child, report) for child, report in children]


def _ended(child, report):
    """(exit code or "killed", labels of the steps, error) of a job."""
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "killed", [], ""
    with open(report, encoding="utf-8") as file:
        return os.WEXITSTATUS(status), *json.load(file)


def _warm_up(registry, order):
    """What each child would otherwise prepare for itself: the renderer with its fonts, the templates."""
    with contextlib.closing(registry.cursor()) as cr:
        env = api.Environment(cr, 1, {"lang": "en_US"})
        for document, model, name in order["documents"]:
            env["shora.pdf"]._made(document, env[model].browse(order["record"][name]))


def main():
    from freezegun import freeze_time

    first = json.loads(sys.stdin.readline())
    config.parse_config([*first["options"], "-d", first["db"], "--log-level=critical"], setup_logging=True)
    registry = Registry(first["db"])
    importlib.import_module(first["module"])
    with freeze_time(datetime(2026, 11, 1)) as clock:  # once: looking through all modules takes a second
        _warm_up(registry, first)
        service_model.random = SimpleNamespace(uniform=lambda least, most: least)  # who is replayed waits for nothing
        print("ready", flush=True)
        for line in sys.stdin:
            print(json.dumps(_carry_out(json.loads(line), registry, clock)), flush=True)


if __name__ == "__main__":
    main()
