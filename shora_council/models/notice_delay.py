from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..rules import clock
from ..rules import notice as rules
from .notice_recipient import SERVED, WRITTEN
from .session import ACTS


class ShoraNoticeRecipient(models.Model):
    """Why a delivery came after the last day, of a notice that was dispatched in time (5-1).

    A dispatch that is late says why itself; paper handed over late, or a mail the server took late, has its reason
    here. Given once, by whoever may dispatch, and kept with who gave it and when.
    """

    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    is_late = fields.Boolean(
        compute="_compute_is_late", string="Late", help="The recipient was served by nothing before the last day."
    )
    may_explain = fields.Boolean(compute="_compute_may_explain")
    late_reason = fields.Text(copy=False, string="Reason of the delay")
    late_reason_by_id = fields.Many2one("res.users", copy=False, string="Reason given by")
    late_reason_at = fields.Datetime(copy=False, string="Reason given at")

    @api.depends("state", "sent_at", "notice_id.dispatched_at", "notice_id.recipient_ids.state", "session_id.start")
    def _compute_is_late(self):
        for notice, rows in self.grouped("notice_id").items():
            late = notice._late_deliveries()
            for row in rows:
                row.is_late = row in late

    @api.depends("is_late", "late_reason")
    @api.depends_context("uid")
    def _compute_may_explain(self):
        roles = {council: self.env.user._shora_roles(council) for council in self.council_id}
        for row in self:
            acts = bool(roles.get(row.council_id, set()).intersection(ACTS))
            row.may_explain = acts and row.is_late and not row.late_reason

    def _would_be_late(self, moment):
        """Whether this recipient, handed the notice at ``moment``, was served by nothing before the last day."""
        self.ensure_one()
        notice = self.notice_id
        others = notice._served() - self
        others = others.filtered(lambda row: row.partner_id == self.partner_id and notice._is_in_time(row.sent_at))
        return notice._is_dispatched_in_time() and not others and not notice._is_in_time(moment)

    def _explain(self, reason):
        """Keep why this delivery was late.

        :raises AccessError: the user is neither the council's secretary nor stands in for him
        :raises UserError: no reason, it was not late, or the reason is given already
        """
        self.ensure_one()
        self.check_access("read")
        rule = self.session_id._notice_rule()
        if not self._roles_of_user().intersection(ACTS):
            text = self.env._("The reason of a delay is given by the council's secretary.")
            raise AccessError(self._refusal(rule, text))
        self._lock()  # of two at once the later one is replayed, and meets what the earlier one gave
        self.invalidate_recordset(["late_reason"])
        if self.late_reason:
            text = self.env._("The reason of this delay is given and kept as it is.")
        elif not self.is_late:
            text = self.env._("This delivery was not late after a dispatch in time.")
        elif not (reason or "").strip():
            text = self.env._("Give the reason of the delay.")
        else:
            facts = {"late_reason_by_id": self.env.uid, "late_reason_at": fields.Datetime.now()}
            self._as_system()._store_facts({"late_reason": reason.strip(), **facts})
            return
        raise UserError(self._refusal(rule, text))

    def action_explain(self):
        """Ask why the delivery was late."""
        self.ensure_one()
        self.check_access("write")
        return self.env["shora.notice.delay"]._dialog(self)

    def _delay_sentence(self):
        """Who was served late and why, in the reader's language."""
        words = self.env["shora.words"]
        facts = {"name": self._addressee(), "day": words._day(clock.tehran_day(self.sent_at))}
        if not self.late_reason:
            return self.env._("%(name)s, served on %(day)s: no reason is given.", **facts)
        return self.env._(
            "%(name)s, served on %(day)s: %(reason)s (given by %(user)s on %(given)s)",
            reason=self.late_reason,
            user=self.late_reason_by_id.name,
            given=words._day(clock.tehran_day(self.late_reason_at)),
            **facts,
        )


class ShoraNotice(models.Model):
    _name = "shora.notice"
    _inherit = "shora.notice"

    def _served(self):
        """The rows by which somebody has been served in writing."""
        return self.recipient_ids.filtered(lambda row: row.channel in WRITTEN and row.sent_at and row.state in SERVED)

    def _is_in_time(self, moment):
        return rules.is_in_time(moment, self.session_id.start, self.session_id._notice_days())

    def _is_dispatched_in_time(self):
        return bool(self.dispatched_at) and self._is_in_time(self.dispatched_at)

    def _late_deliveries(self):
        """The rows that served their recipients first, and after the last day, of a notice dispatched in time."""
        self.ensure_one()
        if not self._is_dispatched_in_time():
            return self.recipient_ids.browse()
        first = [min(rows, key=lambda row: row.sent_at) for rows in self._served().grouped("partner_id").values()]
        return self.recipient_ids.browse([row.id for row in first if not self._is_in_time(row.sent_at)])

    def _delays(self):
        """Each late delivery and why, in the reader's language; a reason once given stays, also where a channel that
        came sooner is found to have served the recipient.
        """
        self.ensure_one()
        kept = self.recipient_ids.filtered(lambda row: row.late_reason and row.state != "withdrawn")
        rows = (self._late_deliveries() | kept).filtered("sent_at").sorted("id")
        return [row._delay_sentence() for row in rows]


class ShoraFinding(models.Model):
    """The finding of a late notice says why it was late, as far as somebody has said it."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    reason_given = fields.Text(compute="_compute_reason_given")

    @api.depends("code", "res_model", "res_id", "state")
    @api.depends_context("lang")
    def _compute_reason_given(self):
        late = self.filtered(lambda finding: finding.code == "notice_late" and finding.res_model == "shora.session")
        # Who may read the finding may know what it concerns and why.
        sessions_sudo = self.env["shora.session"].sudo().browse(late.mapped("res_id")).exists()
        said = {}
        for session in sessions_sudo.filtered("notice_id"):
            notice = session.notice_id
            said[session.id] = "\n".join(filter(None, [notice.late_reason, *notice._delays()]))
        for finding in self:
            finding.reason_given = said.get(finding.res_id, False) if finding in late else False


class ShoraPdf(models.AbstractModel):
    """The reasons in the certificate."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {**super()._phrases(), "delays": lambda notice: notice._delays()}
