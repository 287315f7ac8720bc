import base64

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..rules import sealing, term


class ShoraDecree(models.Model):
    """A decree of the President of the Centre: appoints, renews, or makes an expert chair (article 4).

    draft → proposed → issued (number, date, frozen PDF) → in force → ended with a reason. An issued decree is not
    edited; it is superseded. Maxima of article 4 refuse the issue; minima are findings. Dates are Tehran days, both
    inclusive. Access: the secretary proposes for the own council; the President issues, HR and the President's office
    register.
    """

    _name = "shora.decree"
    _description = "Decree"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "issued_at desc, id desc"

    _END_REASONS = [
        ("expired", "Expired"),
        ("revoked", "Revoked"),
        ("superseded", "Superseded"),
        ("resigned", "Resigned"),
        ("deemed_resigned", "Deemed resigned"),
        ("post_lost", "Post lost"),
    ]
    _transitions = {
        "draft": {"proposed": ("secretary", "hr", "office", "president")},
        "proposed": {"draft": ("secretary", "hr", "office", "president"), "issued": ("president", "office", "hr")},
        "issued": {"in_force": ("system",), "ended": ("president", "office", "hr", "system")},
        "in_force": {"ended": ("president", "office", "hr", "system")},
        "ended": {"in_force": ("system",)},  # a deemed resignation that proved wrong (5-6)
    }
    _frozen_states = ("issued", "in_force", "ended")
    _fact_fields = frozenset(
        {
            "internal_number",
            "issued_at",
            "issued_by_id",
            "pdf",
            "pdf_sha256",
            "recipient_title",
            "recipient_name",
            "recipient_position",
            "membership_id",
            "end_reason",
            "date_ended",
        }
    )
    _fields_with_state = {"ended": ("end_reason", "date_ended")}

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [("appointment", "Appointment"), ("renewal", "Renewal"), ("chair", "Chair")],
        required=True,
        default="appointment",
        tracking=True,
    )
    seat_id = fields.Many2one(
        "shora.seat", required=True, index=True, ondelete="restrict", domain="[('council_id', '=', council_id)]"
    )
    seat_kind = fields.Selection(related="seat_id.kind", string="Kind of seat")
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", string="Appointee", tracking=True
    )
    date_from = fields.Date(string="First day", required=True, tracking=True)
    date_to = fields.Date(string="Last day", compute="_compute_date_to", store=True, help="Inclusive; empty: no term.")
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("proposed", "Proposed"),
            ("issued", "Issued"),
            ("in_force", "In force"),
            ("ended", "Ended"),
        ],
        required=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    internal_number = fields.Char(copy=False, string="Internal number")
    official_number = fields.Char(copy=False, string="Official number", tracking=True)
    official_date = fields.Date(copy=False, string="Official date", tracking=True)
    official_year = fields.Integer(
        compute="_compute_official_year", store=True, help="Jalali year of the official date."
    )
    attachment_note = fields.Char(string="Attachments")
    copies_to = fields.Text(string="Carbon copy list", translate=False)
    body = fields.Html(string="Text of the decree")
    issued_at = fields.Datetime(copy=False)
    issued_by_id = fields.Many2one("res.users", copy=False)
    recipient_title = fields.Char(string="Title", copy=False)
    recipient_name = fields.Char(string="Name as printed", copy=False)
    recipient_position = fields.Char(string="Position as printed", copy=False)
    membership_id = fields.Many2one("shora.membership", copy=False, ondelete="restrict", index="btree_not_null")
    end_reason = fields.Selection(lambda self: self._END_REASONS, copy=False, tracking=True)
    date_ended = fields.Date(string="Ended on", copy=False, tracking=True, help="The effective last day.")
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(string="SHA-256 of the PDF", copy=False)

    _official_number = models.UniqueIndex(
        "(company_id, official_number, official_year) WHERE official_number IS NOT NULL",
        "Another decree of that year already carries this official number.",
    )
    _one_chair = models.Constraint(
        "EXCLUDE USING gist (int4range(council_id, council_id, '[]') WITH &&, daterange(date_from, date_to, '[]') WITH "
        "&&)"
        " WHERE (kind = 'chair' AND state IN ('issued', 'in_force'))",
        "A council has one chair at a time (article 4, note 2).",
    )

    @api.depends("kind", "partner_id", "internal_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = self.env["shora.words"]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for decree in self:
            number = f" {words._digits(decree.internal_number)}" if decree.internal_number else ""
            decree.display_name = f"{kinds.get(decree.kind, '')}{number} · {decree.partner_id.name or ''}"

    @api.depends("official_date")
    def _compute_official_year(self):
        """Official numbers are unique in the Jalali year of their date."""
        for decree in self:
            decree.official_year = jalali.jalali_year(decree.official_date) if decree.official_date else 0

    @api.depends("internal_number")
    def _compute_pdf_name(self):
        for decree in self:
            decree.pdf_name = f"decree-{(decree.internal_number or str(decree.id)).replace('/', '-')}.pdf"

    @api.depends("kind", "seat_id.kind", "date_from", "council_id", "partner_id")
    def _compute_date_to(self):
        """One Jalali year for experts (4-B); the chair as long as the expert membership (note 2); ex officio without
        term.
        """
        for decree in self:
            if decree.state in self._frozen_states:
                decree.date_to = decree.date_to
                continue
            decree.date_to = False
            if decree.date_from and decree.seat_id.kind == "expert":
                if decree.kind == "chair":
                    decree.date_to = decree._expert_membership().date_to
                else:
                    rule = decree.council_id._rule("expert_term", decree.date_from)
                    decree.date_to = term.last_day(decree.date_from, years=rule.value) if rule else False

    def _expert_membership(self):
        """The appointee's expert membership on the first day of this decree."""
        self.ensure_one()
        Membership = self.env["shora.membership"]
        return Membership.search(
            Membership._domain_on(self.date_from)
            & Domain("council_id", "=", self.council_id.id)
            & Domain("partner_id", "=", self.partner_id.id)
            & Domain("seat_kind", "=", "expert"),
            limit=1,
        )

    @api.constrains("seat_id", "council_id")
    def _check_seat(self):
        for decree in self:
            if decree.seat_id.council_id != decree.council_id:
                raise ValidationError(
                    self.env._("(Article 4) The seat “%(seat)s” belongs to another council.", seat=decree.seat_id.name)
                )

    @api.model
    def _chairs_on(self, councils, day):
        """{council id: chair decree} in force on the Tehran day ``day``; a chair whose expert membership ended is none
        (note 2).
        """
        decrees = self.search(
            Domain("council_id", "in", councils.ids)
            & Domain("kind", "=", "chair")
            & Domain("state", "in", ("issued", "in_force", "ended"))
            & Domain("date_from", "<=", day)
            & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
            & (Domain("date_ended", "=", False) | Domain("date_ended", ">=", day))
            & (Domain("membership_id.date_to", "=", False) | Domain("membership_id.date_to", ">=", day))
        )
        return {decree.council_id.id: decree for decree in decrees}

    # --- what becomes fact ---

    def _issued_values(self):
        self.ensure_one()
        return {
            "internal_number": self.env["ir.sequence"].sudo().next_by_code("shora.decree"),
            "issued_at": fields.Datetime.now(),
            "issued_by_id": self.env.uid,
            "recipient_title": self.partner_id.shora_title or "",
            "recipient_name": self.partner_id.name,
            "recipient_position": self.partner_id.function or "",
        }

    def _on_issued(self):
        memberships = self.env["shora.membership"]._as_system()
        for decree in self:
            if decree.kind == "chair":
                decree._store_facts({"membership_id": decree._expert_membership().id})
            else:
                decree._store_facts({"membership_id": memberships.create(decree._membership_values()).id})
        for decree in self:
            pdf = self.env["shora.pdf"]._render("shora_council.document_decree", decree)
            decree._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
        self._enter_into_force()

    def _membership_values(self):
        return {
            "council_id": self.council_id.id,
            "seat_id": self.seat_id.id,
            "partner_id": self.partner_id.id,
            "decree_id": self.id,
            "date_from": self.date_from,
            "date_decreed_to": self.date_to,
            "date_to": self.date_to,
        }

    def _ended_blockers(self):
        return [] if self.end_reason else [self.env._("Say why the decree ends.")]

    def _ended_values(self):
        return {} if self.date_ended else {"date_ended": self.env["shora.council"]._today()}

    def _on_ended(self):
        """End what the decree gave; a chair's row falls with the expert membership (note 2)."""
        for decree in self:
            if decree.kind == "chair":
                continue
            decree.membership_id._end(decree.date_ended, decree.end_reason)
            chairs = self.sudo().search(  # the fall of the chair is no choice of the user's
                [
                    ("kind", "=", "chair"),
                    ("membership_id", "=", decree.membership_id.id),
                    ("state", "in", ("issued", "in_force")),
                ]
            )
            chairs._as_system().write(
                {"state": "ended", "end_reason": decree.end_reason, "date_ended": decree.date_ended}
            )

    def _in_force_values(self):
        return {"end_reason": False, "date_ended": False}

    # --- actions ---

    def action_propose(self):
        self.write({"state": "proposed"})

    def action_back_to_draft(self):
        self.write({"state": "draft"})

    def action_issue(self):
        self.write({"state": "issued"})

    def action_end(self):
        """Open the dialog which asks for the reason and the last day."""
        self.ensure_one()
        return self.env["shora.decree.end"]._dialog(self)

    def action_print(self):
        """The sealed letter; before the issue, how it would look."""
        self.ensure_one()
        pdf = self.env["shora.pdf"]
        if self.pdf_sha256:
            return pdf._action(self, "pdf")
        return pdf._action_render("shora_council.document_decree", self)
