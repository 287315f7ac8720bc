from datetime import timedelta

from odoo import models
from odoo.fields import Domain

from .demo_words import JOINT_CLOSING, JOINT_DECISION, JOINT_DISCUSSION, JOINT_ITEMS, JOINT_REFUSAL

#: days back of the joint session that was held, days ahead of the coming one, days before a session of its notice
HELD, COMING, NOTICE = 75, 9, 12
#: days back on which the last theme was put to the councils, and on which the coming session was planned
PUT, PLANNED = 2, 20
#: days back of a leave of the first council's secretary, and days ahead of the next one; how long he is away
LEAVE, NEXT_LEAVE, AWAY = 120, 3, 5


class ShoraDemo(models.AbstractModel):
    """The Secretariat as a department (5-8), and the joint meetings of the secretaries (5-10): one held with its
    minutes, one to come with its invitation, themes put to both councils and what they answered.
    """

    _name = "shora.demo"
    _inherit = "shora.demo"

    def _subjects(self):
        return [*super()._subjects(), self._diary_of_secretariat, self._diary_of_joint, self._diary_of_leaves]

    def _body(self):
        return self.env["shora.council"]._coordination_of(self.env.company)

    # --- the department ---

    def _diary_of_secretariat(self, councils):
        founded = min(self._founded(council) for council in councils)
        return [(founded - timedelta(days=3), 9, self._make_department)]

    def _make_department(self):
        """Under the President, the head its manager, its people by HR; the joint meeting names it."""
        departments = self.env["hr.department"]
        centre = departments.create({"name": self.env.company.name, "company_id": self.env.company.id})
        office = departments.create(
            {"name": "دبیرخانه شوراهای راهبردی", "parent_id": centre.id, "company_id": self.env.company.id}
        )
        places = {"president": centre, "head": office, "secretariat": office}
        employees = self.env["hr.employee"].create(
            [
                {
                    "name": self._partner(name).name,
                    "user_id": self._user(name).id,
                    "work_contact_id": self._partner(name).id,
                    "department_id": department.id,
                    "job_title": self._partner(name).function,
                    "date_version": self.env["shora.council"]._today(),
                    "company_id": self.env.company.id,
                }
                for name, department in places.items()
            ]
        )
        centre.manager_id, office.manager_id = employees[0], employees[1]
        self._body().write({"secretariat_department_id": office.id, "place": "دفتر دبیرخانه، طبقه دوم"})

    # --- joint sessions ---

    def _diary_of_joint(self, councils):
        first = councils[:1]
        held = self._office_day(self._ago(first, HELD))
        coming = self._office_day(self._ago(first, -COMING))
        put = self._office_day(held + timedelta(days=1))
        return [
            (held - timedelta(days=PLANNED), 11, lambda: self._plan_joint(held, JOINT_ITEMS)),
            (held - timedelta(days=NOTICE), 11, lambda: self._invite(self._joint_on(held))),
            (held, 15.5, lambda: self._hold_joint(held)),
            (put, 8.5, lambda: self._put(held, (0, 1), councils)),
            (put, 9, lambda: self._answer_joint(councils)),
            (self._ago(first, PUT), 9, lambda: self._put(held, (2,), councils)),
            (coming - timedelta(days=PLANNED), 11, lambda: self._plan_joint(coming, [])),
            (coming - timedelta(days=NOTICE + 2), 10, self._take_suggestion),
            (coming - timedelta(days=NOTICE), 11, lambda: self._invite(self._joint_on(coming))),
        ]

    def _joint_on(self, day):
        sessions = self._as("secretariat", self.env["shora.session"])
        return sessions.search(Domain("council_id", "in", self._body().ids) & Domain("day", "=", day))

    def _plan_joint(self, day, items):
        sessions = self._as("secretariat", self.env["shora.session"])
        session = sessions.create({"council_id": self._body().id, "start": self._moment(day, 14)})
        session.action_schedule()
        themes = self.env["shora.theme"].search(Domain.TRUE)
        for name, text, theme in items or [("گزارش کار شوراها و پیگیری موضوع‌های مشترک", "", None)]:
            self._add_item(
                session,
                name,
                20,
                description=f"<p>{text}</p>" if text else False,
                theme_ids=[(6, 0, themes[theme - 1].ids if theme else [])],
            )

    def _take_suggestion(self):
        """What both councils treat anyway comes before the next joint session."""
        suggestions = self._as("secretariat", self.env["shora.joint.suggestion"])
        for suggestion in suggestions.search(Domain("joint_item_id", "=", False), limit=1):
            suggestion.action_put_on_agenda()

    def _hold_joint(self, day):
        session = self._as("head", self._joint_on(day))
        session.write({"presiding_ground": "secretariat_head", "state": "open"})
        session.attendance_ids.filtered(lambda row: row.kind == "member").write({"status": "present"})
        for item in session.agenda_item_ids.filtered(lambda one: one.state == "accepted"):
            item.discussion = f"<p>{JOINT_DISCUSSION}</p>"
            item.action_discuss()
        session.action_hold()
        session.action_close()
        minutes = session.env["shora.minutes"]._draft_for(session)
        minutes.text = f"<p>{JOINT_CLOSING}</p>"
        minutes._sign("password")
        self._note(minutes, lambda resolution: "seen")

    # --- themes put to the councils ---

    def _put(self, day, places, councils):
        items = self._joint_on(day).agenda_item_ids
        for place in places:
            items.filtered(lambda item, name=JOINT_ITEMS[place][0]: item.name == name).push_to(councils.ids)

    def _answer_joint(self, councils):
        """Each secretary takes the themes onto the agenda; the second council declines the second one."""
        for council in councils:
            items = self._by_secretary(council, self.env["shora.agenda.item"]).search(
                Domain("council_id", "=", council.id)
                & Domain("joint_push_id", "!=", False)
                & Domain("state", "=", "proposed"),
                order="id",
            )
            declined = items[1:] if council.code == "ENV" else items.browse()
            (items - declined).action_accept()
            declined.write({"withdraw_reason": JOINT_REFUSAL, "state": "withdrawn"})

    def _discuss(self, item):
        if item.joint_push_id:
            item.decision = f"<p>{JOINT_DECISION}</p>"
        return super()._discuss(item)

    # --- who stands in ---

    def _diary_of_leaves(self, councils):
        """The first council's staff stand in for its secretary while he is on leave (spec, section 6)."""
        first = councils[:1]
        entries = []
        for begins in (self._ago(first, LEAVE), self._ago(first, -NEXT_LEAVE)):
            told = begins - timedelta(days=NEXT_LEAVE + 1)
            entries.append((told, 9, lambda day=begins: self._name_substitute(first, day)))
        return entries

    def _name_substitute(self, council, day):
        self._by_secretary(council, self.env["shora.substitute"]).create(
            {
                "council_id": council.id,
                "user_id": self._user("staff").id,
                "date_from": day,
                "date_to": day + timedelta(days=AWAY - 1),
                "note": "مرخصی استحقاقی",
            }
        )
