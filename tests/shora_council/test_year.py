"""A whole Jalali year of two councils, each clause kept and each broken: exactly the expected findings remain.

The first council runs by the by-law as shipped until the end of Shahrivar and by a stricter version from 1 Mehr on. The
second has values of its own: 18 members, weekly sessions, resignation after four absences, quorum and majority.
"""

from datetime import date

from tests.common import EX_OFFICIO, tehran
from tests.shora_council.year import FIRST, LAST, YearCase, days, on
from tests.shora_council.year_first import FirstCouncil
from tests.shora_council.year_offices import Offices
from tests.shora_council.year_rest import Rest
from tests.shora_council.year_second import SecondCouncil

SECOND_VERSION = on(7, 1)


class TestYear(FirstCouncil, SecondCouncil, Rest, Offices, YearCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a = cls.b = None
        with tehran(f"{FIRST} 00:10"):
            shipped = cls.env.ref("shora_council.bylaw_irud")
            cls.a, cls.b = cls.make_council("YA", bylaw=shipped), cls.make_council("YB", bylaw=shipped)
            cls.env["shora.seat"].create(
                [
                    {
                        "council_id": cls.b.id,
                        "code": f"B{number}",
                        "name": f"Seat B{number}",
                        "kind": "expert",
                        "sequence": 20 + number,
                        "clause_code": "4-B",
                    }
                    for number in range(12, 15)
                ]
            )
        cls.body = cls.env["shora.council"]._coordination_of(cls.env.company)
        cls.body.active = True
        cls.laws()
        with tehran(f"{FIRST} 00:20"):
            cls.a_secretary, cls.people = cls.staff_council(cls.a, 8, "ya_", FIRST.isoformat())
            cls.b_secretary, cls.others = cls.staff_council(cls.b, 14, "yb_", FIRST.isoformat())

    @classmethod
    def laws(cls):
        case = cls("live")
        with tehran(f"{FIRST} 00:15"):
            cls.a.bylaw_ids = cls.b.bylaw_ids = False
            cls.first = case.new_bylaw(cls.a, approved=False)
            cls.second = case.new_bylaw(
                cls.a,
                SECOND_VERSION,
                cls.first,
                notice_days=10,
                minutes_days=5,
                absence_limit=4,
                total_max=11,
                expert_max=7,
                minutes_approval={"is_active": True},
            )
            warns = {"is_active": True, "value": 50, "unit": "percent", "severity": "warn"}
            case.new_bylaw(
                cls.b,
                total_min=18,
                total_max=18,
                expert_min=14,
                expert_max=14,
                session_interval=7,
                absence_limit=4,
                quorum=warns,
                majority=warns,
                presenting_days={"is_active": True, "value": 10},
                decision_days={"is_active": True, "value": 15},
            )
        assert len(EX_OFFICIO) + 14 == 18

    def test_a_year(self):
        self.plan_year()
        self.first_council()
        self.second_council()
        self.the_rest()
        self.the_offices()
        self.assert_every_finding_is_expected()
        self.live()
        found, expected = self.found(self.a | self.b | self.body), self.expected
        lines = [f"missing: {line}" for line in sorted(map(str, expected - found))]
        lines += [f"unexpected: {line}" for line in sorted(map(str, found - expected))]
        self.assertEqual(found, expected, "\n".join(["", *lines]))
        self.assert_twice_is_once()
        self.assert_scores()

    def assert_every_finding_is_expected(self):
        """Nothing is watched that the year does not break once."""
        codes = set(self.env["shora.finding"]._fields["code"].get_values(self.env))
        self.assertEqual(codes - {row[1] for row in self.expected}, set())

    def plan_year(self):
        """Mondays every two weeks and Tuesdays every week, Nowruz left out, and the first of the next year."""
        with tehran(f"{FIRST} 07:00"):
            a_days = [date(2027, 4, 5) + days(14 * n) for n in range(25)] + [date(2028, 4, 3)]
            b_days = [date(2027, 4, 6) + days(7 * n) for n in range(50)] + [date(2028, 4, 4)]
            self.sa = [self.plan(self.a, str(day), user=self.a_secretary) for day in a_days]
            self.sb = [self.plan(self.b, str(day), user=self.b_secretary) for day in b_days]

    # --- the end of the year ---

    def assert_twice_is_once(self):
        with tehran(f"{LAST} 23:45"):
            before = self.env["shora.finding"].search_count([])
            self.night(LAST)
            self.assertEqual(self.env["shora.finding"].search_count([]), before)

    def assert_scores(self):
        """The page says the same: nothing is open, and each broken clause has lost its days."""
        with tehran(f"{LAST} 23:50"):
            self.env.invalidate_all()
            page = self.env["shora.compliance"].with_user(self.head).get_council(self.a.id)
        lost = {clause["code"]: clause["days"] for clause in page["clauses"] if clause["days"]}
        self.assertEqual(page["council"]["open"], 0)
        self.assertEqual(lost["4-A"], 9 + 2)
        self.assertEqual(lost["4-n2"], 7 + 4)
        self.assertEqual(lost["5-2"], 1 + 1)
        self.assertEqual({"closing", "4-n1", "4-n3"} & set(lost), set(), "information lowers nothing")
