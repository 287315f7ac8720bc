"""Two users issue the last free expert seat at the same moment: one wins, the other gets the clause (4-B).

Real transactions: what is committed here is removed again, row by row, because a decree is nobody's to delete.
"""

import threading

from odoo import SUPERUSER_ID, api
from odoo.exceptions import UserError
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, get_db_name
from odoo.tools import mute_logger

from tests.common import CouncilBuilder, tagged_post_install


@tagged_post_install
class TestRace(CouncilBuilder, BaseCase):
    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.addCleanup(self.remove)
        with self.registry.cursor() as cr:
            cls = type(self)
            cls.env = api.Environment(cr, SUPERUSER_ID, {"tracking_disable": True, "lang": "en_US"})
            cls.president = self.make_user("race_president", "base.group_user,shora_council.group_shora_president")
            council = self.make_council("RACE")
            for number in range(1, 10):
                self.appoint(council, f"B{number}", self.make_partner(f"Race {number}"))
            decrees = [self.decree(council, f"B{n}", self.make_partner(f"Race {n}")) for n in (10, 11)]
            self.council, self.decrees = council.id, [decree.id for decree in decrees]
            self.user = self.president.id
            cls.env = cls.president = None

    def remove(self):
        with self.registry.cursor() as cr:
            council = "(SELECT id FROM shora_council WHERE code = 'RACE')"
            cr.execute(f"UPDATE shora_decree SET membership_id = NULL WHERE council_id IN {council}")
            for model in ("shora.membership", "shora.decree", "shora.seat", "shora.finding", "shora.council"):
                table, key = model.replace(".", "_"), "id" if model == "shora.council" else "council_id"
                mine = f"(SELECT id FROM {table} WHERE {key} IN {council})"
                for trace, column in (
                    ("mail_message", "model"),
                    ("mail_followers", "res_model"),
                    ("ir_attachment", "res_model"),
                ):
                    cr.execute(f"DELETE FROM {trace} WHERE {column} = %s AND res_id IN {mine}", (model,))
                cr.execute(f"DELETE FROM {table} WHERE id IN {mine}")
            cr.execute("DELETE FROM res_users WHERE login = 'race_president'")
            cr.execute("DELETE FROM res_partner WHERE name LIKE 'Race %' OR name = 'race_president'")

    def issue(self, decree, before, after):
        """Issue as the President in a transaction of its own, the way a request does."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, self.user, {"tracking_disable": True, "lang": "en_US"})
            record = env["shora.decree"].browse(decree)
            record.council_id.member_count  # what this transaction has read, it believes  # noqa: B018
            before()
            retrying(record.action_issue, env)
            after()

    @mute_logger("odoo.sql_db")
    def test_the_last_expert_seat_is_given_once(self):
        outcome = {}
        both_read = threading.Barrier(2, timeout=30)
        first_issued = threading.Event()

        def first():
            try:
                self.issue(self.decrees[0], both_read.wait, lambda: (first_issued.set(), second_waits.wait(2)))
                outcome["first"] = "issued"
            except Exception as error:
                outcome["first"] = error

        def second():
            def before():
                both_read.wait()
                first_issued.wait(30)

            try:
                self.issue(self.decrees[1], before, lambda: None)
                outcome["second"] = "issued"
            except Exception as error:
                outcome["second"] = error

        second_waits = threading.Event()  # never set: the first commits while the second is at the council's row
        threads = [threading.Thread(target=target) for target in (first, second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
        self.assertEqual(outcome["first"], "issued")
        self.assertIsInstance(outcome["second"], UserError)
        self.assertRegex(str(outcome["second"]), r"Article 4, part B.*11 experts, at most 10")
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT count(*) FROM shora_membership WHERE council_id = %s AND state <> 'void'", (self.council,)
            )
            self.assertEqual(cr.fetchone()[0], 10)
