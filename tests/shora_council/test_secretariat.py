"""The Secretariat as a department of its own, directly under the President; its rights follow the posts (5-8)."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from tests.common import tehran
from tests.shora_council.joint_case import JointCase

HEAD = "shora_council.group_shora_secretariat_head"
STAFF = "shora_council.group_shora_secretariat"


class DepartmentCase(JointCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with tehran("2026-11-01 08:00"):
            departments = cls.env["hr.department"]
            cls.top = departments.create({"name": "President"})
            cls.department = departments.create({"name": "Secretariat", "parent_id": cls.top.id})
            cls.other = departments.create({"name": "Finance"})
            cls.top.manager_id = cls.employ(cls.president, cls.top)
            cls.boss = cls.employ(cls.head, cls.department)
            cls.clerk = cls.employ(cls.secretariat, cls.department)
            cls.department.manager_id = cls.boss
            cls.next_head = cls.make_user("t_next_head", "base.group_user", "Next head")
            cls.next_boss = cls.employ(cls.next_head, cls.other)

    @classmethod
    def employ(cls, user, department, since="2026-10-01"):
        return cls.env["hr.employee"].create(
            {
                "name": user.name,
                "user_id": user.id,
                "department_id": department.id,
                "date_version": since,
                "company_id": cls.env.company.id,
            }
        )

    def name_department(self, department=None):
        self.body.with_user(self.admin).secretariat_department_id = department or self.department
        self.env.invalidate_all()

    def rights(self, user):
        user.invalidate_recordset()
        return "head" if user.has_group(HEAD) else "staff" if user.has_group(STAFF) else ""

    def codes(self):
        self.env["shora.finding"]._check(self.body)
        return set(self.body.finding_ids.filtered(lambda one: one.state == "open").mapped("code"))


@tagged("post_install", "-at_install")
class TestRights(DepartmentCase):
    def test_without_a_department_rights_stay_by_hand(self):
        self.department.manager_id = self.next_boss
        self.boss.active = False
        self.env["res.users"]._shora_sync_secretariat()
        self.assertEqual((self.rights(self.head), self.rights(self.next_head)), ("head", ""))
        self.next_head.write({"group_ids": [(4, self.env.ref(STAFF).id)]})
        self.assertEqual(self.rights(self.next_head), "staff")

    def test_what_changes_is_said_before_and_kept_after(self):
        stranger = self.make_user("t_by_hand", STAFF, "Stranger")
        form = self.body.with_user(self.admin).new({"secretariat_department_id": self.department.id}, origin=self.body)
        for name in ("Head: T head", "Staff: T secretariat", "Lose their rights: Stranger"):
            self.assertIn(name, form.secretariat_effect)
        self.name_department()
        self.assertEqual([self.rights(user) for user in (self.head, self.secretariat, stranger)], ["head", "staff", ""])
        self.assertIn("Stranger", "".join(self.body.message_ids.mapped("body")))

    def test_the_right_changes_with_the_manager_in_the_same_transaction(self):
        self.name_department()
        self.department.with_user(self.hr).sudo(False)
        self.department.manager_id = self.next_boss
        self.assertEqual((self.rights(self.next_head), self.rights(self.head)), ("head", "staff"))
        self.assertEqual(self.body._secretariat_head(), self.next_head.sudo())
        roles = self.next_head._shora_roles(self.body)
        self.assertLessEqual({"head", "secretary", "staff"}, roles)
        self.assertNotIn("secretary", self.head._shora_roles(self.body))
        self.department.manager_id = False
        self.assertEqual(self.rights(self.next_head), "")

    def test_archived_unlinked_or_without_user_it_is_gone(self):
        self.name_department()
        steps = (
            (self.boss, {"active": False}, {"active": True}),
            (self.head, {"active": False}, {"active": True}),
            (self.boss, {"user_id": False}, {"user_id": self.head.id}),
        )
        for record, take, give in steps:
            with self.subTest(record=record._name, take=take):
                record.write(take)
                self.assertEqual(self.rights(self.head), "")
                self.assertIn("secretariat_vacant", self.codes())
                record.write(give)
                self.department.manager_id = self.boss
                self.assertEqual(self.rights(self.head), "head")
                self.assertNotIn("secretariat_vacant", self.codes())

    def test_staff_are_the_employees_of_the_department_and_its_sections(self):
        self.name_department()
        section = self.env["hr.department"].create({"name": "Archive", "parent_id": self.department.id})
        clerk = self.make_user("t_clerk", "base.group_user", "Clerk")
        employee = self.employ(clerk, section)
        self.assertEqual(self.rights(clerk), "staff")
        employee.department_id = self.other
        self.assertEqual(self.rights(clerk), "")
        employee.department_id = self.department
        self.assertEqual(self.rights(clerk), "staff")
        employee.unlink()
        self.assertEqual(self.rights(clerk), "")

    def test_a_dated_version_counts_from_its_day_on(self):
        self.name_department()
        clerk = self.make_user("t_dated", "base.group_user", "Dated")
        employee = self.employ(clerk, self.other)
        employee.create_version({"date_version": "2026-12-05", "department_id": self.department.id})
        self.assertEqual(self.rights(clerk), "")
        with tehran("2026-12-04 23:59"):
            self.run_job("cron_terms")
            self.assertEqual(self.rights(clerk), "")
        with tehran("2026-12-05 00:01"):
            self.run_job("cron_terms")
            self.assertEqual(self.rights(clerk), "staff")

    def test_no_right_is_given_by_hand_beside_the_posts(self):
        self.name_department()
        group = self.env.ref(HEAD)
        for give in (
            lambda: self.employee.write({"group_ids": [(4, group.id)]}),
            lambda: group.write({"user_ids": [(4, self.employee.id)]}),
            lambda: self.env["res.groups"].create(
                {"name": "Back door", "implied_ids": [(4, group.id)], "user_ids": [(4, self.employee.id)]}
            ),
            lambda: self.make_user("t_made", HEAD),
        ):
            with self.assertRaisesRegex(ValidationError, "no post in the Secretariat"), self.cr.savepoint():
                give()
        self.assertEqual(self.rights(self.employee), "")

    def test_a_council_secretary_has_no_rights_in_it(self):
        """Both posts in one hand: neither is refused, the rights are, and a finding names the clause."""
        self.name_department()
        employee = self.employ(self.secretary, self.department)
        self.assertEqual(self.rights(self.secretary), "")
        self.assertIn("secretariat_conflict", self.codes())
        finding = self.body.finding_ids.filtered(lambda one: one.code == "secretariat_conflict")
        self.assertEqual((finding.clause_id.code, finding.subject), ("5-8", self.secretary.partner_id.display_name))
        self.department.manager_id = employee
        self.assertEqual((self.rights(self.secretary), self.rights(self.head)), ("", "staff"))
        self.assertFalse(self.body._secretariat_head())
        self.assertIn("secretariat_vacant", self.codes())
        self.department.manager_id = self.boss
        employee.department_id = self.other
        self.assertNotIn("secretariat_conflict", self.codes())

    def test_a_decree_takes_the_rights_of_whoever_becomes_secretary(self):
        self.name_department()
        self.end(self.second_people["A2"].shora_membership_ids, day="2026-11-22")
        decree = self.appoint(self.second, "A2", self.secretariat.partner_id, "2026-11-23").decree_id
        self.assertEqual(self.rights(self.secretariat), "")
        self.end(decree, day="2026-11-30")
        with tehran("2026-12-01 00:05"):
            self.run_job("cron_terms")
            self.assertEqual(self.rights(self.secretariat), "staff")

    def test_by_hand_too_a_secretary_organises_nothing(self):
        self.secretary.write({"group_ids": [(4, self.env.ref(HEAD).id)]})
        self.assertIn("secretariat_conflict", self.codes())
        roles = self.secretary._shora_roles(self.body)
        self.assertNotIn("secretary", roles)
        self.assertNotIn("staff", roles)
        self.assertIn("member", roles)
        session = self.joint("2026-12-10")
        self.assertFalse(session.with_user(self.secretary).has_access("write"))

    def test_users_of_a_company_without_a_department_keep_what_they_have(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        irud = self.env.ref("shora_council.bylaw_irud")
        self.env["shora.council"].create(
            {"name": "E", "short_name": "E", "code": "E", "company_id": company.id, "bylaw_ids": [(6, 0, irud.ids)]}
        )
        other = self.make_user("t_elsewhere", STAFF)
        other.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        self.name_department()
        self.assertEqual(self.rights(other), "staff")

    def test_naming_the_department_is_the_administrators(self):
        for user in (self.head, self.secretariat, self.secretary, self.hr):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.body.with_user(user).secretariat_department_id = self.other
        with self.assertRaises(ValidationError):
            self.council.with_user(self.admin).secretariat_department_id = self.department


@tagged("post_install", "-at_install")
class TestFindings(DepartmentCase):
    def test_no_department_is_said_and_changes_nothing(self):
        self.assertEqual(self.codes(), {"secretariat_missing"})
        finding = self.body.finding_ids.filtered(lambda one: one.state == "open")
        self.assertEqual((finding.clause_id.code, finding.severity, finding.actor), ("5-8", "info", "admin"))
        self.name_department()
        self.assertFalse(self.codes())

    def test_directly_under_the_president(self):
        self.name_department()
        for change in (
            lambda: self.department.write({"parent_id": self.other.id}),
            lambda: self.department.write({"parent_id": False}),
            lambda: self.top.write({"manager_id": self.next_boss.id}),
            lambda: self.department.write({"manager_id": self.top.manager_id.id}),
        ):
            before = (self.department.parent_id, self.top.manager_id, self.department.manager_id)
            change()
            self.assertIn("secretariat_not_direct", self.codes())
            self.department.parent_id, self.top.manager_id, self.department.manager_id = before
            self.assertFalse(self.codes())

    def test_hr_reads_whom_it_concerns(self):
        self.name_department()
        self.department.parent_id = self.other
        found = self.env["shora.finding"].with_user(self.hr).search([("code", "=", "secretariat_not_direct")])
        self.assertEqual((found.actor, found.subject), ("hr", self.department.display_name))
