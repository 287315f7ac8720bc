"""What is watched beyond a council's own doing: the way of minutes to the President, and the Secretariat's posts."""

from tests.shora_council.dossier_case import DossierSteps
from tests.shora_council.year import FIRST, days, on


class Offices(DossierSteps):
    """Mixed into the year's case. ``self.body`` is the coordination body, whose findings are the Secretariat's."""

    def the_offices(self):
        self.offices_dossier(self.sb[2])
        self.offices_secretariat()

    def offices_dossier(self, session):
        """5-9 by house rules of the second council, which cite no clause: presented and decided on three days late."""
        reviewed = session.day + days(5)
        presented = reviewed + days(10 + 3)
        decided = presented + days(15 + 3)
        self.at(reviewed, 9, self.review, session)
        self.at(presented, 9, self.present, session)
        self.at(decided, 9, self.decide, session)
        late = reviewed + days(11)
        self.expect(self.b, "presenting_overdue", late, late, presented, False)
        late = presented + days(16)
        self.expect(self.b, "decision_overdue", late, late, decided, False)

    def review(self, session):
        minutes = session.minutes_id
        minutes.with_user(self.secretariat).action_receive()
        self.note(minutes)
        minutes.with_user(self.secretariat).action_review()

    def present(self, session):
        self.drafted(session.minutes_id).with_user(self.head).action_present()

    def decide(self, session):
        dossier = session.minutes_id.sudo().dossier_part_ids.dossier_id
        for line in dossier.line_ids.with_user(self.president):
            line.decide("seen", "", 0)
        dossier.with_user(self.president).finalize(dict.fromkeys(dossier.line_ids.ids, 1))

    def offices_secretariat(self):
        """5-8: kept from the first day on, and each of its four sides broken for two days."""
        self.at(FIRST, 5, self.found_secretariat)
        self.at(on(4, 1), 9, lambda: self.department.write({"parent_id": False}))
        self.at(on(4, 3), 9, lambda: self.department.write({"parent_id": self.top.id}))
        self.expect(self.body, "secretariat_not_direct", on(4, 1), on(4, 1), on(4, 3), "5-8")
        self.at(on(5, 1), 9, lambda: self.department.write({"manager_id": False}))
        self.at(on(5, 3), 9, lambda: self.department.write({"manager_id": self.boss.id}))
        self.expect(self.body, "secretariat_vacant", on(5, 1), on(5, 1), on(5, 3), "5-8")
        self.at(on(6, 1), 9, lambda: self.body.write({"secretariat_department_id": False}))
        self.at(on(6, 3), 9, lambda: self.body.write({"secretariat_department_id": self.department.id}))
        self.expect(self.body, "secretariat_missing", on(6, 1), on(6, 1), on(6, 3), "5-8")
        self.at(on(7, 1), 9, lambda: self.employ(self.a_secretary, self.department))
        self.at(on(7, 3), 9, lambda: self.a_secretary.sudo().employee_ids.write({"department_id": self.other.id}))
        self.expect(self.body, "secretariat_conflict", on(7, 1), on(7, 1), on(7, 3), "5-8")

    def found_secretariat(self):
        departments = self.env["hr.department"]
        self.top = departments.create({"name": "Centre"})
        self.other = departments.create({"name": "Finance"})
        self.department = departments.create({"name": "Secretariat", "parent_id": self.top.id})
        self.top.manager_id = self.employ(self.president, self.top)
        self.boss = self.department.manager_id = self.employ(self.head, self.department)
        self.employ(self.secretariat, self.department)
        self.body.secretariat_department_id = self.department

    def employ(self, user, department):
        values = {"name": user.name, "user_id": user.id, "department_id": department.id, "date_version": FIRST}
        return self.env["hr.employee"].create({**values, "company_id": self.env.company.id})
