from odoo import api, fields, models
from odoo.fields import Domain

#: rules that say how many days before the last day the secretary is reminded of the minutes (5-5)
REMINDERS = ("minutes_reminder_1", "minutes_reminder_2")
TODO = "shora_council.activity_minutes"
OVERDUE_TODO = "shora_council.activity_minutes_overdue"


class ShoraSession(models.Model):
    """Reminders before the last day of the minutes, and the escalation after it (5-5)."""

    _name = "shora.session"
    _inherit = "shora.session"

    minutes_reminded_days = fields.Integer(
        readonly=True,
        copy=False,
        help="The last reminder of the minutes that went out, in days; 0: none.",
        aggregator=False,
    )
    minutes_escalated = fields.Boolean(readonly=True, copy=False, string="Delay reported to the head")

    @api.model
    def _cron_minutes(self):
        """Remind secretaries of their minutes, report overdue ones to the head of the Secretariat; hourly, idempotent,
        one commit a session. A stage that was slept through is not made up for: the one reached now is sent, once.
        """
        progress = self.env["ir.cron"]._commit_progress
        system = self._as_system()
        system._close_stale_minutes_todos()
        waiting = system.search([("minutes_awaited", "=", True)], order="start, id").filtered("minutes_last_day")
        waiting = waiting.filtered(lambda session: session._minutes_stage() or session.minutes_days_left < 0)
        returned = system.env["shora.minutes"].search([("state", "=", "returned")])
        progress(remaining=len(waiting) + len(returned))
        for session in waiting:
            if session.try_lock_for_update():
                session._remind_of_minutes()
            if not progress(1):
                return
        for minutes in returned:
            if minutes.try_lock_for_update():
                self.env["shora.reader"]._of_office(minutes)._ask_for_answers()
                self.env["shora.finding"]._check(minutes.council_id)
            if not progress(1):
                return

    def _minutes_stage(self):
        """Days of the reminder that has come and not yet gone out; 0 for none."""
        self.ensure_one()
        if not self.minutes_awaited or not self.minutes_last_day or self.minutes_days_left < 0:
            return 0
        rules = [self.council_id._rule(code, self.day) for code in REMINDERS]
        stage = min((rule.value for rule in rules if rule and self.minutes_days_left <= rule.value), default=0)
        return stage if stage and (not self.minutes_reminded_days or stage < self.minutes_reminded_days) else 0

    def _remind_of_minutes(self):
        """The secretary before the last day, the head after it; nobody is asked of minutes that are forwarded."""
        self.ensure_one()
        self.invalidate_recordset(["minutes_awaited"])
        if not self.minutes_awaited:
            return
        if self.minutes_days_left < 0:
            self._escalate_minutes()
        elif stage := self._minutes_stage():
            self._remind_secretary_of_minutes(stage)

    def _remind_secretary_of_minutes(self, stage):
        def speak(told):
            return told.env._(
                "Sign the minutes of %(session)s and forward them to the Secretariat; the last day for it is %(last)s.",
                session=told.display_name,
                last=told.env["shora.words"]._day(told.minutes_last_day),
            )

        secretary = self.env["shora.minutes"]._secretary_of(self.council_id)
        users = secretary.user_ids.filtered(lambda user: user.active and not user.share)
        self.env["shora.todo"]._open(self, TODO, {self: users}, speak, {self: self.minutes_last_day})
        self._tell_of_minutes(secretary, speak)
        self._store_facts({"minutes_reminded_days": stage})

    def _escalate_minutes(self):
        """A to-do for every head of the Secretariat until the minutes are there; one message."""

        def speak(told):
            return told.env._(
                "The minutes of %(session)s have not come to the Secretariat; the last day was %(last)s.",
                session=told.display_name,
                last=told.env["shora.words"]._day(told.minutes_last_day),
            )

        heads = self.env["res.users"]._shora_users_with_role("head")
        heads = heads.filtered(lambda user: self.company_id in user.company_ids)
        self.env["shora.todo"]._open(self, OVERDUE_TODO, {self: heads}, speak, {self: self.minutes_last_day})
        if heads and not self.minutes_escalated:
            self._tell_of_minutes(heads.partner_id, speak)
            self._store_facts({"minutes_escalated": True})

    def _tell_of_minutes(self, partners, speak):
        self._tell_readers(
            partners,
            lambda told: told._refusal(told.council_id._rule("minutes_days", told.day), speak(told)),
        )

    def _close_minutes_todos(self):
        """The minutes are at the Secretariat: nobody has to be reminded of them."""
        for kind in (TODO, OVERDUE_TODO):
            self.env["shora.todo"]._close(self, kind)

    @api.model
    def _close_stale_minutes_todos(self):
        kinds = self.env.ref(TODO) | self.env.ref(OVERDUE_TODO)
        todos = self.env["mail.activity"].sudo()  # whosever to-dos they are
        there = todos.search(Domain("activity_type_id", "in", kinds.ids) & Domain("res_model", "=", self._name))
        sessions = self.browse(set(there.mapped("res_id"))).exists()
        sessions.filtered(lambda session: not session.minutes_awaited)._close_minutes_todos()


class ShoraFinding(models.Model):
    """An answer to returned minutes that is not there in time (5-5)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("answer_overdue", "Answer to returned minutes overdue")],
        ondelete={"answer_overdue": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_answers]

    def _expect_answers(self, councils):
        today = councils._today()
        minutes = self.env["shora.minutes"].search(
            Domain("council_id", "in", councils.ids) & Domain("state", "=", "returned")
        )
        return {
            (one.council_id.id, "answer_overdue", one._name, one.id): self._values(
                one.council_id._rule("minutes_days", one.session_id.day),
                "secretary",
                fields.Date.add(one.answer_due, days=1),
            )
            for one in minutes
            if one.answer_due and one.answer_due < today
        }
