"""Who imports a council's past, and that nobody forges or changes it."""

from odoo.addons.shora_council.tools import past_template
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import OFFICES, ShoraHttpCase
from tests.shora_council.past import PastCase, row


@tagged("post_install", "-at_install")
class TestPastAccess(PastCase):
    def test_who_imports(self):
        readers = {"president", "office", "head", "secretariat", "auditor", "hr", "admin"}
        for role in (*OFFICES, "secretary"):
            user = getattr(self, role)
            Past = self.env["shora.past.decree"].with_user(user)
            with self.subTest(role):
                self.assertEqual(Past.has_access("read"), role in readers)
                if role == "admin":
                    continue
                with self.assertRaises(AccessError):
                    Past.create([row()])
                with self.assertRaises(AccessError):
                    Past.load(list(row()), [list(row().values())])
        self.assertEqual(self.bring_rows(row(), user=self.hr_manager)["messages"], [])
        rows = self.env["shora.past.decree"].search([])
        self.assertEqual((rows.create_uid, rows.decree_id), (self.hr_manager, self.decrees()))

    def test_rows_are_proof(self):
        self.bring_rows(row())
        past = self.env["shora.past.decree"].search([])
        platform = self.env.ref("base.user_admin") | self.env.ref("base.user_root")
        for user in self.admin | self.hr_manager | self.president | platform:
            own = past.with_user(user)
            with self.subTest(user.login):
                with self.assertRaises(UserError):  # AccessError is one
                    own.write({"person": "Other"})
                with self.assertRaises(UserError):  # AccessError is one
                    own.unlink()
                if not user._is_superuser():
                    with self.assertRaises(UserError):
                        own.with_context(_force_unlink=True).unlink()
        with self.assertRaises(UserError):
            self.decrees()._as_system().unlink()

    def test_a_client_forges_nothing(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        existing = self.council.membership_ids[0].decree_id
        forged = {"decree_id": existing.id, "council_id": self.council.id, "create_uid": self.president.id}
        for name, value in forged.items():
            with self.subTest(name), self.assertRaisesRegex(UserError, name):
                Past.create([{**row(), name: value}])
        forged = Past.with_context(
            default_decree_id=existing.id,
            default_council_id=self.council.id,
            default_is_imported=False,
            default_state="draft",
            default_end_reason="revoked",
            default_internal_number="9",
            tracking_disable=False,
        )
        past = forged.create([row()])
        self.assertEqual(past.council_id, self.past)
        self.assertNotEqual(past.decree_id, existing)
        self.assertTrue(past.decree_id.is_imported)
        self.assertFalse(past.decree_id.internal_number)
        self.assertEqual((past.decree_id.end_reason, past.end_reason), ("expired", False))

    def test_create_names_every_faulty_row(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        before = self.kept()
        with self.assertRaises(ValidationError) as caught:
            Past.create([row(seat="B77"), row(), row(person="")])
        self.assertRegex(str(caught.exception), r"(?s)Row 1: Seat.*Row 3: Name of the person")
        self.assertEqual(self.kept(), before)

    def test_imported_decrees_cannot_be_made_by_hand(self):
        with self.assertRaises(UserError):
            self.decree(self.past, "B1", self.make_partner("X"), is_imported=True)
        with self.assertRaises(UserError):
            self.decree(self.past, "B1", self.make_partner("Y"), state="ended")
        self.bring_rows(row())
        with self.assertRaises(UserError):
            self.decrees().with_user(self.president).write({"date_from": "2020-01-01"})

    def test_another_company(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        self.bring_rows(row())
        self.admin.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.env.invalidate_all()
        self.assertFalse(self.env["shora.past.decree"].with_user(self.admin).search([]))
        self.assertIn("there is no council “P1”", self.reasons(row(seat="B2"))[2])

    def test_the_template_is_read_back(self):
        Past = self.env["shora.past.decree"].with_user(self.admin)
        (template,) = Past.get_import_templates()
        self.assertEqual(template["template"], "/shora/past-decrees/template.xlsx")
        for lang in ("en_US", "fa_IR"):
            with self.subTest(lang):
                content = past_template.workbook(*Past.with_context(lang=lang)._template())
                self.past.sequence = -1  # the council of the examples
                result = self.bring(content, "template.xlsx", dryrun=True)
                self.assertEqual(result["messages"], [])
                self.assertEqual(len(result["ids"]), 2)


@tagged("post_install", "-at_install")
class TestPastTemplate(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_offices()

    def test_the_template_is_for_those_who_import(self):
        for login, status in (("t_admin", 200), ("t_hr", 403), ("t_employee", 403)):
            self.authenticate(login, login)
            with self.subTest(login), mute_logger("odoo.http"):
                answer = self.url_open("/shora/past-decrees/template.xlsx")
                self.assertEqual(answer.status_code, status)
                self.assertEqual(answer.content[:2] == b"PK", status == 200)
