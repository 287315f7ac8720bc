"""Two companies with councils of their own in one database: each sees, proves and is told its own."""

from unittest.mock import patch

from odoo.tests import tagged

from tests.common import ShoraCase, tehran


@tagged("post_install", "-at_install")
class TestSecondCompany(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.name_documents(cls.registry)
        cls.company = cls.env["res.company"].create({"name": "Elsewhere"})
        here, president, secretary, people = cls.env, cls.president, cls.secretary, cls.people
        cls.env = here(context={**here.context, "allowed_company_ids": cls.company.ids})
        cls.president = cls.of_company(cls.make_user("t_there_president", "shora_council.group_shora_president"))
        cls.auditor_there = cls.of_company(cls.make_user("t_there_auditor", "shora_council.group_shora_auditor"))
        with tehran("2026-09-01 08:00"):
            cls.there = cls.make_council("THERE")
            cls.secretary_there, cls.people_there = cls.staff_council(cls.there, prefix="there")
        cls.of_company(cls.secretary_there)
        cls.env, cls.president, cls.secretary, cls.people = here, president, secretary, people

    @classmethod
    def of_company(cls, user):
        user.write({"company_ids": [(6, 0, cls.company.ids)], "company_id": cls.company.id})
        return user

    def hold(self, council, secretary):
        with patch.object(type(self), "secretary", secretary):
            session = self.held_session(council.with_user(secretary), "2026-11-09")
        with tehran("2026-11-10 10:00"):
            minutes = session.env["shora.minutes"]._draft_for(session)
            minutes.with_user(secretary)._sign("password")
        return minutes

    def test_everything_of_a_council_is_of_its_company(self):
        self.hold(self.there, self.secretary_there)
        for name, model in self.env.items():
            fields = model._fields
            if (
                name.startswith("shora.")
                and model._auto
                and not model._transient
                and {"council_id", "company_id"} <= set(fields)
            ):
                records = self.env[name].search([("council_id", "=", self.there.id)])
                with self.subTest(model=name):
                    self.assertLessEqual(records.company_id, self.company)

    def test_each_chain_is_its_own(self):
        first, second = self.hold(self.council, self.secretary), self.hold(self.there, self.secretary_there)
        for council, minutes in ((self.council, first), (self.there, second)):
            check = self.env["shora.integrity.check"]._check(council)
            self.assertEqual((check.seal_count, check.problem_count), (1, 0))
            self.assertEqual(minutes.sudo().seal_id.council_id, council)
        seals = self.env["shora.seal"].with_user(self.auditor_there).search([])
        self.assertEqual(seals.council_id, self.there)

    def test_who_works_in_both_sees_the_one_that_is_chosen(self):
        self.auditor_there.company_ids |= self.env.company
        councils = self.env["shora.council"].with_user(self.auditor_there)
        for companies in (self.company, self.env.company, self.company | self.env.company):
            found = councils.with_context(allowed_company_ids=companies.ids).search([])
            self.assertEqual(found.company_id, companies)
            sessions = self.env["shora.decree"].with_user(self.auditor_there)
            groups = sessions.with_context(allowed_company_ids=companies.ids).formatted_read_group(
                [], ["company_id"], ["__count"]
            )
            self.assertEqual({group["company_id"][0] for group in groups}, set(companies.ids))

    def test_jobs_tell_the_people_of_the_company(self):
        sessions = {}
        for council, secretary in ((self.council, self.secretary), (self.there, self.secretary_there)):
            with patch.object(type(self), "secretary", secretary):
                sessions[council] = self.held_session(council.with_user(secretary), "2026-11-02")
        before = self.env["mail.message"].sudo().search([], limit=1, order="id desc").id
        with tehran("2026-11-20 09:00"):  # the minutes of both are overdue (5-5)
            for job in ("cron_minutes", "cron_findings", "cron_renewals", "cron_compliance_digest"):
                self.assertIs(self.run_job(job), True)
        for council in sessions:
            findings = self.env["shora.finding"].search(
                [("council_id", "=", council.id), ("code", "=", "minutes_overdue")]
            )
            self.assertEqual(findings.company_id, council.company_id)
            self.assertEqual(len(findings), 1)
        told = self.env["mail.message"].sudo().search([("id", ">", before), ("model", "=like", "shora.%")])
        self.assertTrue(told)
        for message in told:
            record = self.env[message.model].sudo().browse(message.res_id)
            readers = message.notified_partner_ids.user_ids.filtered(lambda user: not user.share)
            for user in readers:
                self.assertIn(record.company_id, user.company_ids, f"{user.login}: {message.subject}")
        todos = self.env["mail.activity"].sudo().search([("res_model", "=like", "shora.%")])
        for todo in todos:
            record = self.env[todo.res_model].sudo().browse(todo.res_id)
            if "company_id" in record._fields and todo.user_id:
                self.assertIn(record.company_id, todo.user_id.company_ids, todo.summary)

    def test_the_portal_opens_in_the_company_of_the_council(self):
        person = self.env["res.partner"].browse(self.people_there["B2"].id)
        self.appoint(self.council, "B8", person, "2026-11-23")
        there, here = (
            person.shora_membership_ids.filtered(lambda one, council=council: one.council_id == council)
            for council in (self.there, self.council)
        )
        there.with_user(self.secretary_there).action_give_access()
        user = person.user_ids
        self.assertEqual(user.company_ids, self.company)
        self.assertEqual((there.access_state, here.access_state), ("portal", "none"))
        self.assertTrue(self.there.with_user(user).has_access("read"))
        self.assertFalse(self.council.with_user(user).has_access("read"))
        here.with_user(self.secretary).action_give_access()
        self.assertEqual(here.access_state, "portal")
        councils = self.env["shora.council"].with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
        self.assertEqual(councils.search([]), self.there | self.council)
