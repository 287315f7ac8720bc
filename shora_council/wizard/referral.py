from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

REFERRING = frozenset({"president", "office"})


class ShoraReferral(models.TransientModel):
    """The President refers an urgent matter: an extraordinary session with its item, in one step (5-1 note)."""

    _name = "shora.referral"
    _description = "President's referral"

    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade")
    name = fields.Char(required=True, string="Matter")
    description = fields.Html(string="Explanation")
    reference = fields.Char(help="Number and date of the President's letter, as the office wrote it.")
    start = fields.Datetime(required=True, string="Time")
    place = fields.Char(compute="_compute_place", store=True, readonly=False)
    attachment_ids = fields.Many2many("ir.attachment", string="Documents")

    @api.depends("council_id")
    def _compute_place(self):
        for wizard in self:
            wizard.place = wizard.council_id.place

    @api.model
    def _dialog(self, council):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("President's referral"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_council_id": council.id},
        }

    def action_confirm(self):
        """Make the extraordinary session and its accepted item, and tell the council's secretary.

        :raises AccessError: neither the President nor the President's office
        :raises UserError: the time has passed
        """
        self.ensure_one()
        if not REFERRING & self.env.user._shora_roles(self.council_id):
            raise AccessError(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(("president", "office"))
                    ),
                )
            )
        if self.start <= fields.Datetime.now():
            raise UserError(self.env._("Give a time in the future."))
        session = self._make_session()
        self._tell_secretary(session)
        return session.with_env(self.env)._get_records_action()

    def _make_session(self):
        # The referral itself plans this session (5-1 note); the role was judged above.
        session = (
            self.env["shora.session"]
            .sudo()
            .create(
                {
                    "council_id": self.council_id.id,
                    "kind": "extraordinary",
                    "ground": self._ground(),
                    "start": self.start,
                    "place": self.place,
                }
            )
        )
        item = session.env["shora.agenda.item"].create(
            {
                "session_id": session.id,
                "name": self.name,
                "description": self.description,
                "proposer_id": self.env["res.users"]
                ._shora_users_with_role("president", self.council_id.company_id)[:1]
                .partner_id.id
                or self.env.user.partner_id.id,
                "attachment_ids": [(6, 0, self.attachment_ids.ids)],
            }
        )
        item._store_facts({"source": "referral"})
        item._as_system().write({"state": "accepted"})
        session._as_system().write({"state": "scheduled"})
        return session

    def _ground(self):
        """Kept with the session and printed, so in the language of the office."""
        office = self.env["shora.reader"]._of_office(self)
        if (self.reference or "").strip():
            return office.env._(
                "President's referral, %(reference)s: %(matter)s", reference=self.reference.strip(), matter=self.name
            )
        return office.env._("President's referral: %(matter)s", matter=self.name)

    def _tell_secretary(self, session):
        partners = session._officers()[1] | session.council_id.staff_user_ids.partner_id
        session._tell_readers(partners, lambda told: told.ground, email_layout_xmlid="mail.mail_notification_light")
