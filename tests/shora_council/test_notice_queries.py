"""A dispatch costs a bounded number of queries, however many are invited (limits, section 2)."""

from unittest.mock import patch

from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestDispatchQueries(ShoraCase):
    def cost(self, council, secretary, day):
        """(queries of the dispatch, queries of judging the council's findings at its end, recipients)."""
        findings = self.registry["shora.finding"]
        check, judging = findings._check, []

        def counted(model, councils):
            self.env.flush_all()
            before = self.cr.sql_log_count
            result = check(model, councils)
            self.env.flush_all()
            judging.append(self.cr.sql_log_count - before)
            return result

        with tehran("2026-11-20 09:00"), patch.object(findings, "_check", counted):
            session = self.session(council, day, user=secretary)
            notice = session.env["shora.notice"]._prepare_for(session)
            self.env.flush_all()
            self.env.invalidate_all()
            judging.clear()
            before = self.cr.sql_log_count
            notice.action_dispatch()
            self.env.flush_all()
            self.assertEqual(len(judging), 1, "the findings are judged once")
            return self.cr.sql_log_count - before - judging[0], judging[0], len(notice.recipient_ids)

    def test_five_or_fifteen(self):
        with tehran("2026-09-01 08:00"):
            small = self.make_council("SMALL")
            few, _people = self.staff_council(small, experts=2, prefix="few")
            large = self.make_council("LARGE")
            many, _people = self.staff_council(large, experts=10, prefix="many")
        self.registry.clear_all_caches()  # a long run of tests before must not push out what is kept here
        self.cost(self.council, self.secretary, "2026-12-03")  # what is fetched once and kept
        of_few, judging_few, rows_of_few = self.cost(small, few, "2026-12-10")
        of_many, judging_many, rows_of_many = self.cost(large, many, "2026-12-10")
        self.assertEqual((rows_of_few, rows_of_many), (7, 15))
        self.assertEqual((of_many, judging_many), (of_few, judging_few))
        self.assertLessEqual(of_many, 100, "with cold caches: roles, by-law, number, letter, pack, queue")
        self.assertLessEqual(judging_many, 48, "every rule of the by-law, one query or two each")
