"""What it costs to open a form: a bounded number of queries for every form that an action of ours opens, and no more of
them where a council has more members (read off the registry, so that a new form is covered by itself).
"""

from odoo.tests import Form, tagged

from tests.common import tehran
from tests.shora_council.access_case import AccessCase

#: queries of a form with cold caches
MOST = 36
#: those that show more than a record with a list or two: everything of a session; composition, officers and duties of a
#: council; content, way, files and seal of minutes; the year of a plan
MORE = {"shora.council": 60, "shora.session": 86, "shora.minutes": 58, "shora.annual.plan": 43}
#: queries that eight more members may add: fewer than one each; one of them may be the first chair or substitute
KINDS = 7
READERS = ("secretary", "head", "hr", "office", "admin")


@tagged("post_install", "-at_install")
class TestFormBudgets(AccessCase):
    def opened(self):
        """Models whose form an action of ours opens."""
        actions = self.env["ir.actions.act_window"].search([("view_mode", "like", "form"), ("target", "!=", "new")])
        names = actions.get_external_id()
        ours = actions.filtered(lambda one: names[one.id].startswith("shora_council"))
        return {name for name in ours.mapped("res_model") if name.startswith("shora.")}

    def reader(self, record):
        """The first who may read it."""
        users = (self.users[role] for role in READERS)
        return next(user for user in users if record.with_user(user).has_access("read"))

    def queries(self, record, user):
        """Of reading ``record`` as its form does, by its id, as the client asks for it."""
        record = self.env[record._name].with_user(user).browse(record.id)
        spec = Form(record)._view["fields_spec"]
        record.web_read(spec)  # what is fetched once and kept
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        record.web_read(spec)
        return self.cr.sql_log_count - before

    def test_every_form_is_bounded(self):
        records = self.cycle()
        opened = self.opened()
        self.assertGreater(len(opened & set(records)), 15)
        for model in sorted(opened & set(records)):
            with self.subTest(model=model):
                cost = self.queries(records[model], self.reader(records[model]))
                self.assertLessEqual(cost, MORE.get(model, MOST))

    def test_more_members_cost_no_more(self):
        with tehran("2026-09-01 08:00"):
            small = self.make_council("SMALL")
            few, _people = self.staff_council(small, experts=1, prefix="few")
        many = self.secretary
        cheap, dear = self.of_session(small, few), self.of_session(self.council, many)
        for model, of_few in cheap.items():
            with self.subTest(model=model):
                self.assertLessEqual(dear[model], of_few + KINDS)

    def of_session(self, council, secretary):
        """{model: queries of its form} after a session of ``council``, for its secretary."""
        self.secretary = secretary
        session = self.held_session(council, "2026-11-09", documents={"D.txt": b"D"})
        minutes = session.env["shora.minutes"]._draft_for(session)
        records = (council, session, session.notice_id, minutes, council.membership_ids[:1].decree_id)
        return {record._name: self.queries(record, secretary) for record in records}
