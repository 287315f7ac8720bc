"""The first two letters of a year at the same moment: the later request begins again and takes the next number."""

from tests.common import tehran
from tests.shora_council.killing import KillCase


class TestFirstNumberOfTheYear(KillCase):
    def test_two_at_once(self):
        with self.commit() as env:
            env.ref("shora_council.sequence_letter").date_range_ids.unlink()
            user = env.ref("base.user_root").id
        numbers = []

        def draw(env):
            numbers.append(env["ir.sequence"].next_by_code("shora.letter"))

        with tehran("2027-03-22 09:00"):
            self.assertIsNone(self.overtaken((user, draw), (user, draw)))
        with self.commit() as env:
            [opened] = env.ref("shora_council.sequence_letter").date_range_ids
            self.assertEqual(opened.number_next_actual, 3)
        self.assertEqual(len(set(numbers)), 2, numbers)
