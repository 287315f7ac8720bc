from odoo import api, fields, models
from odoo.fields import Domain

from .session_facts import NOTICE_TODO

#: rules that say how many days before a session its secretary is reminded of the written notice (5-1)
REMINDERS = ("notice_reminder_1", "notice_reminder_2")


class ShoraSession(models.Model):
    """Reminders before the last day of the written notice and before the session (5-1).

    A reminder is no notice: neither the secretary's to-do nor the members' message counts as one.
    """

    _name = "shora.session"
    _inherit = "shora.session"

    notice_reminded_days = fields.Integer(
        readonly=True,
        copy=False,
        help="The last reminder of the notice that went out, in days; 0: none.",
        aggregator=False,
    )
    members_reminded = fields.Boolean(readonly=True, copy=False, string="Members reminded")

    @api.model
    def _cron_reminders(self):
        """Remind secretaries of notices and members of sessions; hourly, idempotent, one commit a session.

        A stage that was slept through is not made up for: the one reached now is sent, once.
        """
        progress = self.env["ir.cron"]._commit_progress
        system = self._as_system()
        system._close_notice_todos()
        coming = system.search(
            Domain("state", "in", ("scheduled", "invited")) & Domain("start", ">", fields.Datetime.now()),
            order="start, id",
        )
        waiting = coming.filtered(lambda session: session._notice_stage() or session._is_reminder_due())
        progress(remaining=len(waiting))
        for session in waiting:
            if session.try_lock_for_update():
                session._remind()
            if not progress(1):
                break

    def _remind(self):
        self.ensure_one()
        if stage := self._notice_stage():
            self._remind_of_notice(stage)
        if self._is_reminder_due():
            self._remind_members()

    # --- of the written notice ---

    def _notice_stage(self):
        """Days of the reminder that has come and not yet gone out; 0 for none."""
        self.ensure_one()
        if self.state != "scheduled" or not self._notice_rule():
            return 0
        days = (self.day - self.council_id._today()).days
        stage = min((limit for limit in self._notice_reminder_days() if days <= limit), default=0)
        return stage if stage and (not self.notice_reminded_days or stage < self.notice_reminded_days) else 0

    def _notice_reminder_days(self):
        rules = [self.council_id._rule(code, self.day) for code in REMINDERS]
        return [rule.value for rule in rules if rule]

    def _remind_of_notice(self, stage):
        """A to-do for the secretary, due on the notice's last day, and a message; none while the seat is vacant."""
        secretary = self._officers()[1]
        users = secretary.user_ids.filtered(lambda user: user.active and not user.share)
        users |= self.env["shora.substitute"]._users_on(self.council_id, self.council_id._today())
        deadlines = {self: self.notice_last_day}
        self.env["shora.todo"]._open(self, NOTICE_TODO, {self: users}, lambda told: told._notice_reminder(), deadlines)
        self._tell_readers(
            secretary | users.partner_id, lambda told: told._refusal(told._notice_rule(), told._notice_reminder())
        )
        self._store_facts({"notice_reminded_days": stage})

    def _notice_reminder(self):
        return self.env._(
            "Dispatch the written notice of %(session)s on %(day)s; the last day for it is %(last)s.",
            session=self.display_name,
            day=self.env["shora.words"]._day(self.day),
            last=self.env["shora.words"]._day(self.notice_last_day),
        )

    @api.model
    def _close_notice_todos(self):
        """The notice is out, the session is off, or it has moved away: nothing is left to do for now."""
        todos = self.env["mail.activity"].sudo()  # whosever to-dos they are
        open_ones = todos.search(
            [("activity_type_id", "=", self.env.ref(NOTICE_TODO).id), ("res_model", "=", self._name)]
        )
        today = self.env["shora.council"]._today()
        done = self.browse(open_ones.mapped("res_id")).filtered(
            lambda session: (
                session.state != "scheduled"
                or (session.day - today).days > max(session._notice_reminder_days(), default=0)
            )
        )
        self.env["shora.todo"]._close(done, NOTICE_TODO)

    # --- of the session ---

    def _is_reminder_due(self):
        self.ensure_one()
        rule = self.council_id._rule("session_reminder", self.day)
        if not rule or self.members_reminded or not self._reminded_partners():
            return False
        return (self.day - self.council_id._today()).days <= rule.value

    def _reminded_partners(self):
        """Whom the notice invited; an extraordinary session without one reminds the members."""
        if self.state == "scheduled" and self.kind == "extraordinary":
            return self._members_by_session()[self].partner_id
        return self._invited_partners()

    def _remind_members(self):
        self._tell_readers(
            self._reminded_partners(),
            lambda told: told._reminder_sentence(),
            email_layout_xmlid="mail.mail_notification_light",
        )
        self._store_facts({"members_reminded": True})

    def _reminder_sentence(self):
        words = self.env["shora.words"]
        return self.env._(
            "Reminder: %(session)s is held on %(day)s at %(hour)s, %(place)s.",
            session=self.display_name,
            day=words._day(self.day),
            hour=words._digits(words._local(self.start)),
            place=self.place or self.video_url or self.env._("place not set"),
        )
