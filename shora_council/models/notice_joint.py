from odoo import api, fields, models

from ..rules import clock


class ShoraNotice(models.Model):
    """The invitation to a joint session follows the secretaries in office, also after its dispatch (5-10)."""

    _name = "shora.notice"
    _inherit = "shora.notice"

    def _follow_members(self, members):
        """Withdraw whoever no longer belongs to the coordination body, invite whoever does now; superuser mode.

        :param members: the memberships of those who belong to it on the session's day
        """
        self.ensure_one()
        live = self.recipient_ids.filtered(lambda row: row.state != "withdrawn")
        gone = live.filtered(lambda row: row.membership_id and row.partner_id not in members.partner_id)
        new = members.filtered(lambda member: member.partner_id not in live.partner_id)
        if self.state == "draft":
            gone.unlink()
            self.env["shora.notice.recipient"]._propose(self, new)
            return
        gone._withdraw()
        if new:
            self._invite_late(new)

    def _invite_late(self, members):
        """The letter as it was dispatched, to those who came into office since, by every channel that reaches them."""
        rows = self._as_system().env["shora.notice.recipient"]._propose(self._as_system(), members)
        rows._publish_late()
        by_mail = rows.filtered(lambda row: row.channel == "email")
        by_mail._queue(self._letter(), self._documents() if by_mail else self.env["ir.attachment"])
        self.session_id._watch_deliveries()


class ShoraNoticeRecipient(models.Model):
    _name = "shora.notice.recipient"
    _inherit = "shora.notice.recipient"

    capacity = fields.Char(compute="_compute_capacity", string="Invited as", compute_sudo=True)

    @api.depends("partner_id", "membership_id", "session_id")
    @api.depends_context("lang")
    def _compute_capacity(self):
        for session, rows in self.grouped("session_id").items():
            body = session.council_id._bodies()
            capacities = body._capacities_on(session.day) if body and session.day else {}
            for row in rows:
                seat = "" if body else row.membership_id.seat_id.name
                row.capacity = capacities.get(row.partner_id.id) or seat

    def _check_added_late(self):
        """5-1 binds the notice of councils; the coordination body follows its secretaries by the rules' own hand."""
        by_rules = self.env.su and self.env.user == self.env.ref("base.user_root")
        joint = self.filtered(lambda row: by_rules and row.council_id.is_coordination)
        return super(ShoraNoticeRecipient, self - joint)._check_added_late()

    def _publish_late(self):
        """The portal shows the notice already: these recipients are served with being invited."""
        rows = self.filtered(lambda row: row.channel == "portal" and row.state == "planned")._as_system()
        rows._store_facts({"sent_at": fields.Datetime.now()})
        rows.write({"state": "sent"})


class ShoraPdf(models.AbstractModel):
    """By which office an invitation is signed, and as what its recipients are invited."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {**super()._phrases(), "notice_signer": self._notice_signer, "capacities": self._notice_capacities}

    def _notice_signer(self, notice):
        """Whoever dispatched it may stand in for the secretary; invitations to joint sessions are the Secretariat's."""
        council, user = notice.council_id.sudo(), notice.dispatched_by_id
        day = clock.tehran_day(notice.dispatched_at) if notice.dispatched_at else council._today()
        deputy = bool(user) and user == self.env["shora.substitute"]._users_on(council, day)
        if not council.is_coordination:
            if deputy:
                return self.env._("Substitute of the secretary of the %(council)s", council=council.name)
            return self._secretary_phrase(council.name)
        if deputy:
            return self.env._("Substitute of the head of the Secretariat")
        if user and user != council._secretariat_head():
            return self.env._("Secretariat of Strategic Councils")
        return self._secretary_phrase(council.name, "joint")

    def _notice_capacities(self, notice):
        """{partner id: «secretary of …»} of a joint session; empty for others."""
        session = notice.session_id
        body = session.council_id.with_env(self.env)._bodies()
        return body._capacities_on(session.day) if body else {}
