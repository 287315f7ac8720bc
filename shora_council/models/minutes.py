import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..rules import deadline, sealing
from .sealed_mixin import SEAL_FACTS


class ShoraMinutes(models.Model):
    """The minutes of a session (5-5): drafted from its facts, signed by the secretary, at the Secretariat within the
    week.

    Signing seals: the content in canonical form and the PDF rendered from that very content, each with its SHA-256.
    Nothing sealed changes any more; a numbered addendum corrects it.
    """

    _name = "shora.minutes"
    _description = "Minutes"
    _inherit = ["shora.sealed.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"

    _transitions = {
        "draft": {"signed": ("secretary",)},
        "signed": {"forwarded": ("secretary",)},
        "forwarded": {},
    }
    _frozen_states = ("signed", "forwarded")
    _frozen_exempt = frozenset({"addendum_ids"})
    _fact_fields = SEAL_FACTS | {
        *("facts_json", "forwarded_at", "forwarded_by_id"),
        *("covering_number", "covering_pdf", "covering_sha256"),
    }
    _seal_schema = "shora.minutes/4"
    _seal_template = "shora_council.document_minutes"
    _fields_with_state = {"forwarded": ("official_number", "official_date")}

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="restrict")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    number = fields.Integer(related="session_id.number", store=True, aggregator=False)
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed"), ("forwarded", "Forwarded")],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    text = fields.Html()
    pdf_name = fields.Char(compute="_compute_pdf_name")
    forwarded_at = fields.Datetime(copy=False, string="Forwarded at", tracking=True)
    forwarded_by_id = fields.Many2one("res.users", copy=False)
    covering_number = fields.Char(copy=False, string="Internal number of the covering letter")
    covering_pdf = fields.Binary(attachment=True, copy=False, string="Covering letter")
    covering_sha256 = fields.Char(copy=False, string="SHA-256 of the letter")
    covering_name = fields.Char(compute="_compute_pdf_name")
    official_number = fields.Char(copy=False, string="Official number")
    official_date = fields.Date(copy=False, string="Official date")
    # The session's facts, shown beside the text and never typed again.
    presiding_partner_id = fields.Many2one(related="session_id.presiding_partner_id")
    presiding_ground = fields.Selection(related="session_id.presiding_ground")
    attendance_ids = fields.One2many(related="session_id.attendance_ids")
    resolution_ids = fields.One2many(related="session_id.resolution_ids")
    agenda_item_ids = fields.One2many(related="session_id.agenda_item_ids")
    days_left = fields.Integer(related="session_id.minutes_days_left")
    last_day = fields.Date(related="session_id.minutes_last_day", string="Due")
    is_late = fields.Boolean(compute="_compute_is_late", string="Late")
    addendum_ids = fields.One2many("shora.minutes.addendum", "minutes_id", string="Addenda")

    _one_a_session = models.UniqueIndex("(session_id)", "A session has one record of minutes.")

    @api.depends("session_id")
    def _compute_display_name(self):
        for minutes in self:
            minutes.display_name = self.env._("Minutes of %(session)s", session=minutes.session_id.display_name)

    @api.depends("number")
    def _compute_pdf_name(self):
        for minutes in self:
            minutes.pdf_name = f"minutes-{minutes.council_id.code}-{minutes.number}.pdf"
            minutes.covering_name = f"covering-letter-{minutes.council_id.code}-{minutes.number}.pdf"

    @api.depends("forwarded_at", "session_id.start")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for minutes in self:
            minutes.is_late = deadline.is_overdue(
                minutes.forwarded_at or now, minutes.session_id.start, minutes.session_id._minutes_days()
            )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            if record.session_id.state != "closed":
                rule = record.council_id._rule("minutes_days", record.session_id.day)
                raise UserError(
                    self._refusal(
                        rule, self.env._("Close the session first: minutes are drafted from confirmed facts.")
                    )
                )
        return records

    def _check_frozen(self, vals):
        if "session_id" in vals and any(record.session_id.id != vals["session_id"] for record in self):
            raise UserError(self.env._("Minutes keep their session."))
        return super()._check_frozen(vals)

    @api.model
    def _draft_for(self, session):
        return self.create({"session_id": session.id})

    # --- signing and forwarding ---

    def _signed_blockers(self):
        if self.session_id.state != "closed":
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            return [self._refusal(rule, self.env._("The session is not closed."))]
        return []

    def _content_to_sign(self, signed_at):
        return self._content(signed_at)

    def _sealed_mirror(self, content):
        return {**super()._sealed_mirror(content), "text": content["text_html"], "number": content["number"]}

    def _forwarded_blockers(self):
        rule = self.council_id._rule("minutes_days", self.session_id.day)
        if not self.pdf:
            return [self._refusal(rule, self.env._("The signed PDF is missing; the minutes cannot be forwarded."))]
        return []

    def _forwarded_values(self):
        return {
            "forwarded_at": fields.Datetime.now(),
            "forwarded_by_id": self.env.uid,
            "covering_number": self.env["ir.sequence"]
            .sudo()
            .next_by_code("shora.letter"),  # numbers are nobody's to choose
        }

    def _on_forwarded(self):
        """The covering letter is made and the Secretariat is told; from here on the minutes are in its hands (5-5,
        5-7).
        """
        for minutes in self:
            letter = self.env["shora.pdf"]._render("shora_council.document_covering_letter", minutes)
            minutes._store_facts(
                {"covering_pdf": base64.b64encode(letter), "covering_sha256": sealing.sha256_hex(letter)}
            )
            minutes._tell_readers(
                minutes._secretariat_users().partner_id,
                lambda told: told.env._("%(minutes)s were forwarded to the Secretariat.", minutes=told.display_name),
            )
        self.env["shora.finding"]._check(self.council_id)

    def _secretariat_users(self):
        """Who receives these minutes: the Secretariat's people of the council's company."""
        users = self.env["res.users"]._shora_users_with_role("secretariat")
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def action_forward(self):
        self.write({"state": "forwarded"})

    def action_print(self):
        self.ensure_one()
        if self.state == "draft":
            return self.env["shora.pdf"]._action_render("shora_council.document_minutes", self)
        return self.env["shora.pdf"]._action(self, "pdf")

    def action_print_covering(self):
        return self.env["shora.pdf"]._action(self, "covering_pdf")

    def action_new_addendum(self):
        self.ensure_one()
        addendum = self.env["shora.minutes.addendum"].create({"minutes_id": self.id})
        return addendum._get_records_action()
