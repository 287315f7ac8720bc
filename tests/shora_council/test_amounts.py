"""A list in groups adds up amounts, never numbers that name something: three sessions are not «session 6»."""

from odoo.tests import TransactionCase

from tests.common import tagged_post_install

#: stored numbers of which a sum means something
AMOUNTS = {
    *("shora.agenda.item.minutes_planned", "shora.session.votes_for"),
    *("shora.integrity.seal_count", "shora.integrity.file_count", "shora.integrity.problem_count"),
    *("shora.notice.document.size", "shora.notice.document.pages", "shora.minutes.file.size"),
}


@tagged_post_install
class TestAmounts(TransactionCase):
    def test_only_amounts_are_added_up(self):
        summed = set()
        for name in self.env.registry:
            if not name.startswith("shora.") or self.env[name]._abstract or self.env[name]._transient:
                continue
            for field in self.env[name]._fields.values():
                stored = field.store and field.type in ("integer", "float") and not field.automatic
                if stored and field.aggregator == "sum":
                    summed.add(f"{name}.{field.name}")
        self.assertEqual(summed, AMOUNTS)
