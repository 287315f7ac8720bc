"""A list in groups adds up amounts, never numbers that name something: three sessions are not «session 6»."""

from odoo.tests import TransactionCase

from tests.common import tagged_post_install

#: stored numbers of which a sum means something
AMOUNTS = {
    *("shora.agenda.item.minutes_planned", "shora.notice.pack_pages"),
    *("shora.notice.document.size", "shora.notice.document.pages", "shora.minutes.file.size"),
    *("shora.resolution.votes_for", "shora.resolution.votes_against", "shora.resolution.votes_abstain"),
    *("shora.document.opening.times", "shora.seal.verification.tries"),
    *(f"shora.attendance.report.{name}" for name in ("attended", "late", "absent", "excused")),
    "shora.year.file.unit.size",
    *(f"shora.compliance.digest.{name}_count" for name in ("open", "opened", "closed")),
    *(f"shora.integrity.check.{name}_count" for name in ("seal", "copy", "file", "problem")),
}


@tagged_post_install
class TestAmounts(TransactionCase):
    def test_only_amounts_are_added_up(self):
        summed = set()
        for name in self.env.registry:
            if not name.startswith("shora.") or self.env[name]._abstract or self.env[name]._transient:
                continue
            for field in self.env[name]._fields.values():
                stored = field.store and field.name != "id" and field.type in ("integer", "float")
                if stored and field.aggregator == "sum":
                    summed.add(f"{name}.{field.name}")
        self.assertEqual(summed, AMOUNTS)
