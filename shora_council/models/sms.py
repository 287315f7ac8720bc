from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..rules import phone
from .sms_gateway import GatewayRefused, GatewaySilent

#: tries of a message the gateway did not take
TRIES = 3


class ShoraSms(models.Model):
    """A reminder by SMS, and what became of it. It only reminds: it is never written notice (5-1).

    Rows are written by the reminders and by the queue alone. A message is marked “being sent”, and that is committed,
    before the gateway is given it: one that is found so later was given by a run that never came back, and is not sent
    again by itself.
    """

    _name = "shora.sms"
    _description = "SMS reminder"
    _order = "id desc"
    _rec_name = "number"

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="cascade")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", required=True, ondelete="restrict", string="Recipient")
    number = fields.Char(help="Normalised; empty when the contact has no mobile number.")
    text = fields.Text(required=True)
    state = fields.Selection(
        [
            ("queued", "Queued"),
            ("sending", "Being sent"),
            ("sent", "Sent"),
            ("failed", "Failed"),
            ("expired", "Too late"),
        ],
        required=True,
        default="queued",
        index=True,
    )
    sent_at = fields.Datetime()
    attempts = fields.Integer(aggregator=False)
    result = fields.Char(string="What happened")

    @api.model
    def _queue(self, session, texts):
        """
        :param texts: {partner: text}
        """
        numbers = {partner: phone.mobile(partner.phone) for partner in texts}
        no_number = self.env._("There is no mobile number.")
        rows = self.sudo().create(  # reminders are the rules' own, whoever triggers them
            [
                {
                    "session_id": session.id,
                    "partner_id": partner.id,
                    "number": numbers[partner],
                    "text": text,
                    "state": "queued" if numbers[partner] else "failed",
                    "result": False if numbers[partner] else no_number,
                }
                for partner, text in texts.items()
            ]
        )
        if rows:
            self.env.ref("shora_council.cron_sms").sudo()._trigger()  # as above
        return rows

    @api.model
    def _cron_send(self):
        """Send what is queued, one commit a message; broken off, the next run goes on where this one stopped."""
        self._close_orphans()
        if not self.env["shora.sms.gateway"]._is_enabled():
            return
        rows = self.search([("state", "=", "queued")], order="id")
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(rows))
        for row in rows:
            if row.try_lock_for_update() and row.state == "queued":
                row.state = "sending"
                progress(0)  # commits: see the class
                row._send()
            if not progress(1):
                break

    @api.model
    def _close_orphans(self):
        """What a run that died has left, and what comes too late."""
        self.search([("state", "=", "sending")]).write(
            {
                "state": "failed",
                "result": self.env._("The sending was broken off: the message may have been sent."),
            }
        )
        self.search([("state", "=", "queued"), ("session_id.start", "<=", fields.Datetime.now())]).write(
            {"state": "expired"}
        )

    def _send(self):
        self.ensure_one()
        values = {"attempts": self.attempts + 1}
        try:
            values["result"] = self.env["shora.sms.gateway"]._send(self.number, self.text)
            values |= {"state": "sent", "sent_at": fields.Datetime.now()}
        except GatewayRefused as error:
            again = not error.final and values["attempts"] < TRIES
            values |= {"state": "queued" if again else "failed", "result": str(error)}
        except GatewaySilent as error:
            values |= {"state": "failed", "result": str(error)}
        self.write(values)

    def action_retry(self):
        """Queue failed messages once more.

        :raises AccessError: the user is not the council's secretary
        """
        for row in self:
            if "secretary" not in self.env.user._shora_roles(row.council_id):
                raise AccessError(self.env._("Only the council's secretary sends a reminder again."))
        for row in self.sudo().filtered(lambda row: row.state == "failed"):  # the role was judged above
            row.write({"number": phone.mobile(row.partner_id.phone)})
            if row.number:
                row.write({"state": "queued", "attempts": 0, "result": False})
        self.env.ref("shora_council.cron_sms").sudo()._trigger()  # as above


class ShoraSession(models.Model):
    _name = "shora.session"
    _inherit = "shora.session"

    sms_ids = fields.One2many(
        "shora.sms",
        "session_id",
        string="SMS reminders",
        groups="shora_council.group_shora_staff,shora_council.group_shora_secretariat,shora_council.group_shora_auditor",
    )

    def _remind_members(self):
        """By SMS as well, where a gateway is configured."""
        partners = self._reminded_partners()
        result = super()._remind_members()
        if self.env["shora.sms.gateway"]._is_enabled():
            spoken = self.env["shora.reader"]._spoken(self, partners, lambda told: told._sms_text())
            texts = {partner: text for _told, alike, text in spoken for partner in alike}
            self.env["shora.sms"]._queue(self, texts)
        return result

    def _sms_text(self):
        """Short; it names no agenda, for anybody may read it on a locked screen."""
        words = self.env["shora.words"]
        return self.env._(
            "Reminder: %(session)s, %(day)s at %(hour)s, %(place)s",
            session=self.display_name,
            day=words._day(self.day),
            hour=words._digits(words._local(self.start)),
            place=self.place or self.env._("place not set"),
        )
