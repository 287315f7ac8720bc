"""Council memberships of employees and addresses: HR sees them, a plain employee does not even know of them."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from tests.common import ShoraCase


@tagged("post_install", "-at_install")
class TestHrEmployee(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.worker = cls.env["hr.employee"].create({"name": "B2", "work_contact_id": cls.people["B2"].id})
        cls.outsider = cls.env["hr.employee"].create({"name": "Nobody's member"})

    def test_hr_sees_the_memberships_of_an_employee(self):
        worker = self.worker.with_user(self.hr)
        self.assertEqual(worker.shora_membership_ids.seat_id.code, "B2")
        self.assertEqual((worker.shora_membership_count, self.outsider.shora_membership_count), (1, 0))
        action = worker.action_open_shora_memberships()
        found = self.env[action["res_model"]].with_user(self.hr).search(action["domain"])
        self.assertEqual(found, self.people["B2"].shora_membership_ids)
        arch = worker.get_view(self.env.ref("hr.view_employee_form").id, "form")["arch"]
        self.assertIn("shora_memberships", arch)

    def test_a_membership_that_never_began_is_not_counted(self):
        decree = self.decree(self.council, "B9", self.outsider.work_contact_id, "2026-12-01")
        decree.action_issue()
        self.assertEqual(self.outsider.shora_membership_count, 1)
        self.end(decree, "resigned", "2026-11-30")
        self.env.invalidate_all()
        self.assertEqual(decree.membership_id.state, "void")
        self.assertEqual(self.outsider.shora_membership_count, 0)
        self.assertEqual(self.outsider.work_contact_id.shora_membership_count, 0)

    def test_a_plain_employee_sees_nothing(self):
        mine = self.env["hr.employee"].create({"name": "Me", "user_id": self.employee.id})
        for employee in (self.worker, mine):
            record = employee.with_user(self.employee)
            for name in ("shora_membership_ids", "shora_membership_count"):
                with self.subTest(employee=employee.name, name=name), self.assertRaises(AccessError):
                    record.read([name])
            with self.assertRaises(ValueError):  # asked of the public profile, which has no such field
                self.env["hr.employee"].with_user(self.employee).search([("shora_membership_ids", "!=", False)])
        self.env["hr.employee"].with_user(self.employee).search([]).read([])
        public = self.env["hr.employee.public"].with_user(self.employee)
        self.assertFalse([name for name in public._fields if name.startswith("shora_")])
        public.search([("id", "=", self.worker.id)]).read([])

    def test_an_address_does_not_tell_a_plain_employee(self):
        partner = self.people["B2"]
        ours = {"shora_membership_ids", "shora_membership_count"}
        self.assertFalse(ours & partner.with_user(self.employee).fields_get().keys())
        self.assertLessEqual(ours, partner.with_user(self.hr).fields_get().keys())
        with self.assertRaises(AccessError):
            partner.with_user(self.employee).read(["shora_membership_ids"])
        self.assertEqual(partner.with_user(self.hr).read(list(ours))[0]["shora_membership_count"], 1)
        with self.assertRaises(AccessError):  # the button's method, called by hand
            action = partner.with_user(self.employee).action_open_shora_memberships()
            self.env[action["res_model"]].with_user(self.employee).search(action["domain"])

    def test_a_secretary_sees_the_own_council_only(self):
        other = self.make_council("T2")
        stranger, people = self.staff_council(other, experts=1, prefix="t2")
        for user, partner, count in (
            (self.secretary, self.people["B2"], 1),
            (stranger, self.people["B2"], 0),
            (stranger, people["B1"], 1),
        ):
            self.env.invalidate_all()
            self.assertEqual(partner.with_user(user).shora_membership_count, count)

    def test_the_count_costs_the_same_for_one_and_many(self):
        employees = self.worker | self.outsider
        for seat in ("B3", "B4", "B5"):
            employees |= self.env["hr.employee"].create({"name": seat, "work_contact_id": self.people[seat].id})

        def queries(records):
            self.env.flush_all()
            self.env.invalidate_all()
            records.mapped("name")
            before = self.cr.sql_log_count
            records.with_user(self.hr).mapped("shora_membership_count")
            return self.cr.sql_log_count - before

        queries(employees)
        self.assertEqual(queries(self.worker), queries(employees))

    def test_the_menus_in_the_employees_app_are_hrs(self):
        menus = [f"shora_council.hr_shora_{name}menu" for name in ("", "decree_", "membership_", "renewal_", "seat_")]
        wanted = {self.env.ref(menu).id for menu in menus}
        self.assertLessEqual(wanted, set(self.env["ir.ui.menu"].with_user(self.hr)._visible_menu_ids()))
        self.assertFalse(wanted & set(self.env["ir.ui.menu"].with_user(self.employee)._visible_menu_ids()))
        seats = self.env.ref("shora_council.shora_seat_menu").id
        for user in (self.hr, self.office, self.president, self.secretariat, self.auditor, self.secretary, self.admin):
            self.assertIn(seats, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids(), user.login)

    def test_birthday_in_the_reader_s_calendar(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.worker.write({"birthday": "1990-03-20", "birthday_public_display": True})
        shown = {
            lang: self.worker.with_context(lang=lang).birthday_public_display_string for lang in ("fa_IR", "en_US")
        }
        self.assertEqual(shown, {"fa_IR": "۲۹ اسفند", "en_US": "20 March"})
