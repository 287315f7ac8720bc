"""Kill a step at chosen points with SIGKILL, in a process of its own on a copy of the database.

``KillCase`` copies the database under test, so that what is committed there is nobody's to clean up. Run as a script
this module is the victim: it loads the registry once and forks a child for each point; a child goes on as long as
nothing kills it.
"""

import contextlib
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service import db as service
from odoo.service.model import retrying
from odoo.sql_db import close_db, db_connect
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config, mute_logger
from psycopg2 import sql

from tests.common import OFFICES, CouncilBuilder, tagged_post_install, tehran

ROOT = Path(__file__).resolve().parents[2]
#: options of the server that the victim needs to reach the same cluster and addons
OPTIONS = {
    "db_host": "--db_host",
    "db_port": "--db_port",
    "db_user": "--db_user",
    "db_password": "--db_password",
    "data_dir": "--data-dir",
    "addons_path": "--addons-path",
}


@tagged_post_install
class KillCase(CouncilBuilder, BaseCase):
    """Tests on a copy of the database, with real commits."""

    #: "module:function" of the step: called with (env, record id), as the user
    STEP = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        source = get_db_name()
        cls.copy = f"{source}_killed"
        cls.addClassCleanup(cls.drop)
        cls.drop()
        with cls.server() as cr:
            close_db(source)
            service._drop_conn(cr, source)
            cr.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(cls.copy), sql.Identifier(source))
            )
        testing = config["test_enable"]
        config["test_enable"] = False  # a registry that is loaded under it runs the addons' own tests
        try:
            cls.copied = Registry(cls.copy)
        finally:
            config["test_enable"] = testing

    @classmethod
    @contextlib.contextmanager
    def server(cls):
        with contextlib.closing(db_connect("postgres").cursor()) as cr:
            cr._cnx.autocommit = True
            yield cr

    @classmethod
    def drop(cls):
        close_db(cls.copy)
        Registry.delete(cls.copy)
        with cls.server() as cr:
            service._drop_conn(cr, cls.copy)
            cr.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(cls.copy)))
        shutil.rmtree(config.filestore(cls.copy), ignore_errors=True)

    @contextlib.contextmanager
    def commit(self, uid=SUPERUSER_ID):
        """An environment on the copy; what is done in it is committed."""
        with self.copied.cursor() as cr:
            env = api.Environment(cr, uid, {"tracking_disable": True, "lang": "en_US"})
            type(self).env = env
            try:
                yield env
            finally:
                type(self).env = None

    def overtaken(self, first, second):
        """``second`` has read everything before ``first`` commits, and goes on after it, as a request does.

        :param first: (uid, step); a step is called with the environment
        :return: what became of ``second``: None or its error
        """
        with self.copied.cursor() as late:
            env = api.Environment(late, second[0], {"tracking_disable": True, "lang": "en_US"})
            late.execute("SELECT count(*) FROM shora_minutes")  # what this transaction has read, it believes
            with self.commit(first[0]) as mine:
                first[1](mine)
            with mute_logger("odoo.sql_db", "odoo.service.model", "odoo.http"):
                try:
                    retrying(lambda: second[1](env), env)
                except UserError as error:
                    late.rollback()
                    return str(error)
        return None

    def offices(self):
        """Made by the first test: what is committed stays."""
        users = self.env["res.users"]
        if not users.search_count([("login", "=", "t_president")]):
            self.make_offices()
        for name in OFFICES:
            setattr(type(self), name, users.search([("login", "=", f"t_{name}")]))

    def held(self, code="KILL"):
        """A session held on 2026-11-09 by a new council, with all offices; within ``commit()``."""
        self.make_offices()
        with tehran("2026-09-01 08:00"):
            council = self.make_council(code)
            self.secretary, self.people = self.staff_council(council)
        return self.held_session(council, "2026-11-09")

    @staticmethod
    def option(name):
        value = config[name]
        return ",".join(value) if isinstance(value, list) else value

    def kill(self, uid, record_id, points, now=None):
        """Run the step once for each point, killed there.

        :param points: "model.method" or "module:function", with "@before" or "@after"; None: nothing kills it
        :param now: naive UTC moment at which the steps think they are
        :return: list of (point, "killed" or exit code)
        """
        order = {
            "options": [f"{flag}={self.option(name)}" for name, flag in OPTIONS.items() if config[name]],
            "db": self.copy,
            "step": self.STEP,
            "uid": uid,
            "record": record_id,
            "points": points,
            "now": now and now.isoformat(),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.shora_council.killing"],
            input=json.dumps(order),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=300,
            check=False,
        )
        self.assertEqual(done.returncode, 0, done.stderr[-4000:])
        return [tuple(line) for line in json.loads(done.stdout.splitlines()[-1])]


# --- the victim ---


def _target(point, registry):
    """(owner, name) of the function that a point names."""
    module, _, name = point.rpartition(":")
    if module:
        return importlib.import_module(module), name
    model, _, method = point.rpartition(".")
    if model == "cr":
        return type(registry.cursor()), method
    return registry[model], method


def _arm(point, registry):
    """Make the process kill itself before or after the first call of what ``point`` names."""
    path, _, moment = point.partition("@")
    owner, name = _target(path, registry)
    original = getattr(owner, name)

    def deadly(*args, **kwargs):
        if moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, deadly)


def _run(order, registry, point):
    module, _, name = order["step"].partition(":")
    step = getattr(importlib.import_module(module), name)
    with contextlib.ExitStack() as stack:
        if order["now"]:
            from freezegun import freeze_time

            stack.enter_context(freeze_time(datetime.fromisoformat(order["now"])))
        cr = stack.enter_context(registry.cursor())
        env = api.Environment(cr, order["uid"], {"tracking_disable": True, "lang": "en_US"})
        if point:
            _arm(point, registry)
        step(env, order["record"])


def main():
    order = json.load(sys.stdin)
    config.parse_config([*order["options"], "-d", order["db"], "--log-level=error"], setup_logging=True)
    registry = Registry(order["db"])
    outcome = []
    for point in order["points"]:
        close_db(order["db"])  # a child opens connections of its own
        child = os.fork()
        if not child:
            code = 1
            try:
                _run(order, registry, point)
                code = 0
            finally:
                os._exit(code)
        _pid, status = os.waitpid(child, 0)
        outcome.append((point, "killed" if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)))
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()
