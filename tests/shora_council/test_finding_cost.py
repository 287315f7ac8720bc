"""What screens and the check over everything cost: set-based, whatever the number of councils, sessions and members."""

from bench.lists import KINDS, ours
from tests.common import ShoraCase, tehran


class TestCost(ShoraCase):
    """limits.md: queries independent of rows."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.councils = cls.env["shora.council"]
        with tehran("2026-09-01 08:00"):
            for number in range(8):
                council = cls.make_council(f"C{number}")
                secretary, _people = cls.staff_council(council, prefix=f"c{number}_")
                cls.councils |= council
                cls.plan(cls, council, "2026-12-07", user=secretary)
                cls.plan(cls, council, "2026-12-21", user=secretary)

    def test_queries_of_the_check_do_not_grow_with_councils(self):
        cost = self.queries(self.councils[:2])
        self.assertLessEqual(self.queries(self.councils), cost)

    def queries(self, councils):
        self.env["shora.finding"]._check(councils)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["shora.finding"]._check(councils)
        return self.cr.sql_log_count - before

    def test_queries_of_lists_do_not_grow_with_rows(self):
        """Every list with which an action of ours opens."""
        self.env["shora.finding"]._check(self.councils)
        tried = []
        for each in ours(self.env(user=self.head)):
            if each.model == "shora.council":
                each.domain = [("code", "=like", "C%")]  # councils alike: the coordination body has queries of its own
            if each.rows > 2:
                tried.append(each.model)
                with self.subTest(list=each.model):
                    self.assertLessEqual(each.queries(80), each.queries(2) + KINDS)
        for model in ("shora.council", "shora.session", "shora.membership", "shora.decree", "shora.finding"):
            self.assertIn(model, tried)
