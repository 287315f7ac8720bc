from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules import clock

#: what the person on the telephone said
ANSWERS = [
    ("attending", "Attending"),
    ("not_attending", "Not attending"),
    ("reached", "Told, no answer given"),
    ("no_answer", "Not reached"),
]


class ShoraNoticeRecipient(models.Model):
    """The telephone beside the written notice of an extraordinary session: caller, time and answer (5-1).

    A call is recorded also before the dispatch, for time presses; it never serves the notice.
    """

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    phone_number = fields.Char(copy=False, help="The number that was called.")
    called_at = fields.Datetime(copy=False)
    called_by_id = fields.Many2one("res.users", copy=False, string="Caller")
    phone_answer = fields.Selection(ANSWERS, copy=False, string="Answer")

    @api.constrains("channel", "notice_id")
    def _check_phone(self):
        for row in self:
            if row.channel == "phone" and row.session_id.kind != "extraordinary":
                raise ValidationError(
                    row._refusal(
                        row.session_id._notice_rule(),
                        self.env._("Only extraordinary sessions are invited by telephone too."),
                    )
                )

    @api.model
    def _channels_of(self, partners, session):
        """An extraordinary session is invited by telephone too."""
        channels = super()._channels_of(partners, session)
        if session.kind == "extraordinary":
            for reach in channels.values():
                reach.append("phone")
        return channels

    def action_call(self):
        """Ask for the time and the answer of a call."""
        self.ensure_one()
        self.check_access("write")
        return self.env["shora.notice.call"]._dialog(self)

    def _record_call(self, called_at, answer, number="", note=""):
        """A call made by the current user; every call stays in the row's history, the row shows the last.

        :param called_at: naive UTC
        :param answer: a key of ``ANSWERS``
        :raises UserError: who may not, what is no call of this notice, or not yet past
        """
        self.ensure_one()
        self.check_access("write")
        self._check_call(called_at)
        new = "unreached" if answer == "no_answer" else "reached"
        facts = {
            "called_at": called_at,
            "called_by_id": self.env.uid,
            "phone_answer": answer,
            "phone_number": number or self.partner_id.phone or False,
            "attempts": self.attempts + 1,
        }
        if self.state == "reached" and new == "unreached":
            facts = {"attempts": facts["attempts"]}  # what was said before still stands
        self._store_facts(facts)
        self._log_call(called_at, answer, note)
        if self.state != new and self.state != "reached":
            self._as_system().write({"state": new})

    def _check_call(self, called_at):
        rule = self.session_id.council_id._rule("extraordinary_ground", self.session_id.day)
        reasons = []
        if not self._roles_of_user() & {"secretary", "staff"}:
            reasons.append(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(["secretary", "staff"])
                    ),
                )
            )
        if self.channel != "phone" or self.state == "withdrawn" or self.notice_id.state == "void":
            reasons.append(self.env._("There is no call to record here."))
        if called_at > fields.Datetime.now():
            reasons.append(self.env._("A call cannot be recorded before it happened."))
        if reasons:
            raise UserError("\n".join(self._refusal(rule, reason) for reason in reasons))

    def _log_call(self, called_at, answer, note):
        row = self.env["shora.reader"]._of_office(self)
        words = row.env["shora.words"]
        text = row.env._(
            "Called on %(day)s at %(hour)s by %(caller)s: %(answer)s",
            day=words._day(clock.tehran_day(called_at)),
            hour=words._digits(words._local(called_at)),
            caller=self.env.user.name,
            answer=dict(row._fields["phone_answer"]._description_selection(row.env))[answer],
        )
        body = Markup("<p>%s</p>") % text + (Markup("<p>%s</p>") % note if note else Markup())
        self.message_post(body=body)
