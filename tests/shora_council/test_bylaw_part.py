"""What belongs to a version of a by-law stays inside it: nothing in force hangs on a clause that may still change."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase

from tests.common import CouncilBuilder, tagged_post_install


@tagged_post_install
class TestBylawPart(CouncilBuilder, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True, "lang": "en_US"})
        cls.make_offices()
        cls.bylaw = cls.env.ref("shora_council.bylaw_irud")
        cls.version = cls.draft(date(2027, 3, 21))
        cls.other = cls.draft(date(2028, 3, 20))

    @classmethod
    def draft(cls, day):
        action = cls.bylaw.with_user(cls.admin).action_new_version()
        version = cls.env["shora.bylaw"].with_user(cls.admin).browse(action["res_id"])
        version.date_from = day
        return version

    def test_a_rule_or_reading_cites_a_clause_of_its_own_version(self):
        foreign = self.other._clause("5-6")
        for part in (self.version.rule_ids[0], self.version.interpretation_ids[0]):
            with self.subTest(model=part._name), self.assertRaises(ValidationError):
                part.clause_id = foreign
        with self.assertRaises(ValidationError):
            self.version.rule_ids.create(
                {"bylaw_id": self.version.id, "clause_id": foreign.id, "code": "other", "name": "Other"}
            )

    def test_a_clause_hangs_under_a_clause_of_its_own_version(self):
        """Else deleting the other version would take a clause in force with it."""
        with self.assertRaises(ValidationError):
            self.version._clause("5-10").parent_id = self.other._clause("5")
        self.version._clause("5-10").parent_id = self.version._clause("5-9")

    def test_a_part_stays_in_its_version(self):
        for part in (self.version._clause("5-6"), self.version.rule_ids[0], self.version.interpretation_ids[0]):
            with self.subTest(model=part._name), self.assertRaises(UserError):
                part.bylaw_id = self.other
            part.bylaw_id = self.version  # the same again is no move
