"""The check over everything: resumable after a kill, two workers at once, one council's error stops nobody.

Real transactions and a real process: what is committed here is removed again, row by row.
"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import config, mute_logger

from tests.common import CouncilBuilder, tagged_post_install

COUNCILS = 6
CODES = "(SELECT id FROM shora_council WHERE code ~ '^ROUND')"


@tagged_post_install
class RoundCase(CouncilBuilder, BaseCase):
    """Councils without anybody in them: the approval date of their by-law is missing, and the last has an expert and
    so all the vacancies.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.others = []
        self.addCleanup(self.remove)
        with self.cursor() as env:
            self.expected = self.make(env)

    def make(self, env):
        """Councils committed without findings.

        :return: {(council id, code, model, id)} that should be open
        """
        type(self).env = env
        councils = [self.make_council(f"ROUND{n}") for n in range(COUNCILS)]
        self.president = self.make_user("round_president", "base.group_user,shora_council.group_shora_president")
        with patch.object(self.registry["shora.finding"], "_check", lambda *args: None):
            decree = self.decree(councils[-1], "B1", self.make_partner("Round Expert"), user=self.president)
            decree.action_issue()
        env.cr.execute(f"DELETE FROM shora_finding WHERE council_id IN {CODES}")
        # These councils alone: what other tests left in the database is not this one's.
        env.cr.execute(f"UPDATE shora_council SET active = FALSE WHERE active AND id NOT IN {CODES} RETURNING id")
        self.others = [row[0] for row in env.cr.fetchall()]
        env.cr.execute("DELETE FROM shora_finding_round")
        expected = set(env["shora.finding"]._as_system()._expected(env["shora.council"].union(*councils)))
        self.ids = [council.id for council in councils]
        type(self).env = self.president = None
        return expected

    def remove(self):
        with self.registry.cursor() as cr:
            cr.execute("DELETE FROM shora_finding_round")
            cr.execute("UPDATE shora_council SET active = TRUE WHERE id = ANY(%s)", (self.others,))
            cr.execute(f"UPDATE shora_decree SET membership_id = NULL WHERE council_id IN {CODES}")
            for model in ("shora.membership", "shora.decree", "shora.seat", "shora.finding", "shora.council"):
                table, key = model.replace(".", "_"), "id" if model == "shora.council" else "council_id"
                mine = f"(SELECT id FROM {table} WHERE {key} IN {CODES})"
                for trace, column in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("mail_activity", "res_model"),
                    ("ir_attachment", "res_model"),
                ):
                    cr.execute(f"DELETE FROM {trace} WHERE {column} = %s AND res_id IN {mine}", (model,))
                cr.execute(f"DELETE FROM {table} WHERE id IN {mine}")
            cr.execute("DELETE FROM res_users WHERE login = 'round_president'")
            cr.execute("DELETE FROM res_partner WHERE name IN ('Round Expert', 'round_president')")

    def cursor(self):
        """A transaction of its own, as an environment."""

        class Transaction:
            def __enter__(_self):
                _self.cr = self.registry.cursor()
                return api.Environment(_self.cr, SUPERUSER_ID, {"tracking_disable": True, "lang": "en_US"})

            def __exit__(_self, kind, *rest):
                if kind is None:
                    _self.cr.commit()
                _self.cr.close()

        return Transaction()

    def open_now(self):
        """Every open finding of these councils, duplicates kept."""
        with self.registry.cursor() as cr:
            cr.execute(
                f"SELECT council_id, code, res_model, res_id FROM shora_finding WHERE state = 'open' "
                f"AND council_id IN {CODES}"
            )
            return sorted(cr.fetchall())

    def waiting(self):
        with self.registry.cursor() as cr:
            cr.execute(
                f"SELECT COUNT(*) FROM shora_finding_round WHERE queued_at IS NOT NULL AND council_id IN {CODES}"
            )
            return cr.fetchone()[0]

    def assert_exact(self):
        self.assertEqual(self.open_now(), sorted(self.expected), "each finding once, none missing, none too much")
        self.assertEqual(self.waiting(), 0)

    def run_round(self):
        with self.cursor() as env:
            env["shora.finding"]._cron_check()


class TestRound(RoundCase):
    def test_a_round_judges_every_council_and_twice_gives_nothing_twice(self):
        self.assertGreater(len(self.expected), COUNCILS)
        self.run_round()
        self.assert_exact()
        self.run_round()
        self.assert_exact()

    def test_a_process_killed_in_the_middle_is_followed_by_one_that_goes_on(self):
        """kill -9 before the second batch is committed, at each of three points."""
        for point in ("_take", "_done", "_check"):
            with self.subTest(killed_at=point):
                self.forget()
                self.assertEqual(self.killed(point), -signal.SIGKILL)
                self.assertLess(len(self.open_now()), len(self.expected))
                self.assertEqual(self.waiting(), COUNCILS - 2, "one batch of two was judged and committed")
                self.run_round()
                self.assert_exact()

    def forget(self):
        with self.registry.cursor() as cr:
            cr.execute(f"DELETE FROM shora_finding WHERE council_id IN {CODES}")
            cr.execute("UPDATE shora_finding_round SET queued_at = NULL")

    def killed(self, point):
        """Return code of a process that judges two councils a batch and is killed in its second batch at ``point``."""
        script = textwrap.dedent(
            f"""
            import os, signal
            from odoo import SUPERUSER_ID, api
            from odoo.modules.registry import Registry
            from odoo.tools import config
            config.parse_config(["-c", {config["config"]!r}, "-d", {get_db_name()!r}, "--no-http"])
            from odoo.addons.shora_council.models import finding_round
            finding_round.BATCH = 2
            registry = Registry({get_db_name()!r})
            model = registry["shora.finding" if {point!r} == "_check" else "shora.finding.round"]
            original, calls = getattr(model, {point!r}), []
            def deadly(self, *args):
                calls.append(args)
                if len(calls) == 2:
                    if {point!r} == "_check":
                        original(self, *args)
                        self.env.flush_all()
                    os.kill(os.getpid(), signal.SIGKILL)
                return original(self, *args)
            setattr(model, {point!r}, deadly)
            with registry.cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {{"lang": "en_US"}})["shora.finding"]._cron_check()
            """
        )
        done = subprocess.run([sys.executable, "-c", script], env=os.environ, capture_output=True, timeout=120)
        self.assertFalse(b"Traceback" in done.stderr, done.stderr.decode()[-2000:])
        return done.returncode

    @mute_logger("odoo.sql_db")  # a row that the other has just given back is asked for again
    def test_two_workers_share_a_round(self):
        judged, lock, both = [], threading.Lock(), threading.Barrier(2, timeout=30)
        check = self.registry["shora.finding"]._check

        def slow(model, councils):
            with lock:
                judged.append((threading.get_ident(), tuple(councils.ids)))
                mine = sum(1 for one, _ids in judged if one == threading.get_ident())
            if mine == 1:
                both.wait()  # both are in their first batch at the same time
            return check(model, councils)

        with self.cursor() as env:
            env["shora.finding.round"]._queue()  # whoever still queued would wait for the other's first batch
        with (
            patch("odoo.addons.shora_council.models.finding_round.BATCH", 1),
            patch.object(self.registry["shora.finding"], "_check", slow),
        ):
            errors = self.together(self.run_round, self.run_round)
        self.assertEqual(errors, [])
        mine = [council for _thread, ids in judged for council in ids if council in self.ids]
        self.assertEqual(sorted(mine), sorted(self.ids), "each council once, by one of the two")
        self.assert_exact()

    @mute_logger("odoo.sql_db")
    def test_two_checks_of_one_council_at_the_same_moment(self):
        """Both have read the same facts; the later one starts again and finds nothing left to do."""
        both = threading.Barrier(2, timeout=30)
        council = self.ids[-1]
        claim = self.registry["shora.council"]._claim
        met = threading.local()

        def claim_together(model):
            if not getattr(met, "once", False):
                met.once = True
                both.wait()
            return claim(model)

        def check():
            with self.cursor() as env:
                retrying(lambda: env["shora.finding"]._check(env["shora.council"].browse(council)), env)

        with patch.object(self.registry["shora.council"], "_claim", claim_together):
            errors = self.together(check, check)
        self.assertEqual(errors, [])
        self.assertEqual(self.open_now(), sorted(key for key in self.expected if key[0] == council))

    def together(self, *functions):
        errors = []

        def guarded(function):
            try:
                function()
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=guarded, args=(function,)) for function in functions]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(90)
        return errors

    def test_one_council_that_cannot_be_judged_stops_nobody(self):
        expect = self.registry["shora.finding"]._expect_approval

        def fails(model, councils):
            if self.ids[2] in councils.ids:
                raise ValueError("broken data")
            return expect(model, councils)

        with (
            patch.object(self.registry["shora.finding"], "_expect_approval", fails),
            self.assertLogs("odoo.addons.shora_council.models.finding_round", "ERROR"),
            self.assertRaisesRegex(ValueError, "broken data"),
        ):
            self.run_round()
        others = sorted(key for key in self.expected if key[0] != self.ids[2])
        self.assertEqual(self.open_now(), others)
        self.assertEqual(self.waiting(), 1, "the broken one is tried again")
        self.run_round()
        self.assert_exact()
