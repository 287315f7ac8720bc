"""What the check over everything costs: set-based, whatever the number of councils, sessions and members."""

from tests.common import ShoraCase, tehran


class TestCost(ShoraCase):
    """limits.md: queries independent of rows."""

    def councils(self, numbers):
        made = self.env["shora.council"]
        with tehran("2026-09-01 08:00"):
            for number in numbers:
                council = self.make_council(f"C{number}")
                secretary, _people = self.staff_council(council, prefix=f"c{number}_")
                made |= council
                self.plan(council, "2026-12-07", user=secretary)
                self.plan(council, "2026-12-21", user=secretary)
        return made

    def test_queries_do_not_grow_with_councils(self):
        few = self.councils(range(2))
        cost = self.queries(few)
        many = few | self.councils(range(2, 8))
        self.assertLessEqual(self.queries(many), cost)

    def queries(self, councils):
        self.env["shora.finding"]._check(councils)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self.env["shora.finding"]._check(councils)
        return self.cr.sql_log_count - before
