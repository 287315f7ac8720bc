"""A dispatch costs a bounded number of queries, however many are invited (limits, section 2)."""

from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestDispatchQueries(ShoraCase):
    def cost(self, council, secretary, day):
        with tehran("2026-11-20 09:00"):
            session = self.session(council, day, user=secretary)
            notice = session.env["shora.notice"]._prepare_for(session)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            notice.action_dispatch()
            self.env.flush_all()
            return self.cr.sql_log_count - before, len(notice.recipient_ids)

    def test_five_or_fifteen(self):
        with tehran("2026-09-01 08:00"):
            small = self.make_council("SMALL")
            few, _people = self.staff_council(small, experts=2, prefix="few")
            large = self.make_council("LARGE")
            many, _people = self.staff_council(large, experts=10, prefix="many")
        self.cost(self.council, self.secretary, "2026-12-03")  # what is fetched once and kept
        of_few, rows_of_few = self.cost(small, few, "2026-12-10")
        of_many, rows_of_many = self.cost(large, many, "2026-12-10")
        self.assertEqual((rows_of_few, rows_of_many), (7, 15))
        self.assertEqual(of_many, of_few)
        self.assertLessEqual(of_many, 120, "with cold caches: roles, by-law, number, letter, pack, queue, findings")
