from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali

#: kinds that put a person into a seat; each makes a membership of its own when it is issued
MEMBER_KINDS = ("appointment", "renewal", "representative", "acting")
#: kinds in the order in which a set of decrees takes effect
KIND_ORDER = ("end", *MEMBER_KINDS, "chair")
#: roles that prepare and register any decree; the secretary only proposes experts (4-B)
OFFICES = frozenset({"president", "office", "hr"})

#: states of a decree that was issued, whatever became of it
ISSUED = ("issued", "in_force", "ended")
#: why a decree and the membership it gave ended
END_REASONS = [
    ("expired", "Expired"),
    ("revoked", "Revoked"),
    ("superseded", "Superseded"),
    ("resigned", "Resigned"),
    ("deemed_resigned", "Deemed resigned"),
    ("post_lost", "Post lost"),
]


class ShoraDecree(models.Model):
    """A decree of the President of the Centre (article 4): it appoints, renews, names a standing representative, an
    acting secretary or the chair, or ends what another decree gave.

    draft → proposed → issued (number, date, frozen PDF) → in force → ended with a reason. An issued decree is not
    edited; it is superseded or ended by another one. Dates are Tehran days, both inclusive; an end decree begins on the
    first day *without* the membership. Access: the secretary proposes experts for the own council (4-B); the President
    issues, HR and the President's office register.

    What a kind may be is ``decree_kinds``, what stands in the way ``decree_blockers``, what follows ``decree_effects``,
    who sat on which day ``decree_roll``, and what time does ``decree_terms``.
    """

    _name = "shora.decree"
    _description = "Decree"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "issued_at desc, id desc"

    _transitions = {
        "draft": {"proposed": ("secretary", "hr", "office", "president")},
        "proposed": {"draft": ("secretary", "hr", "office", "president"), "issued": ("president", "office", "hr")},
        # People end a decree by another decree; what time, attendance or a lost post ends, the rules end.
        "issued": {"in_force": ("system",), "ended": ("system",)},
        "in_force": {"ended": ("system",)},
        "ended": {"in_force": ("system",)},  # a deemed resignation that proved wrong (5-6)
    }
    _frozen_states = ISSUED
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
            "gives_membership",
            "proposed_by_id",
            "proposed_at",
            "is_imported",
            "end_reason",
            "date_ended",
        }
    )
    _fields_with_state = {"ended": ("end_reason", "date_ended")}

    council_id = fields.Many2one(
        "shora.council",
        required=True,
        index=True,
        ondelete="restrict",
        compute="_compute_from_ended",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("appointment", "Appointment"),
            ("renewal", "Renewal"),
            ("representative", "Standing representative"),
            ("acting", "Acting secretary"),
            ("chair", "Chair"),
            ("end", "End of membership"),
        ],
        required=True,
        default="appointment",
        tracking=True,
    )
    seat_id = fields.Many2one(
        "shora.seat",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('council_id', '=', council_id)]",
        compute="_compute_from_ended",
        store=True,
        readonly=False,
        precompute=True,
    )
    seat_kind = fields.Selection(related="seat_id.kind", string="Kind of seat")
    partner_id = fields.Many2one(
        "res.partner",
        required=True,
        index=True,
        ondelete="restrict",
        string="Appointee",
        tracking=True,
        compute="_compute_from_ended",
        store=True,
        readonly=False,
        precompute=True,
    )
    principal_id = fields.Many2one(
        "res.partner", ondelete="restrict", index="btree_not_null", string="Represents", tracking=True
    )
    ends_decree_id = fields.Many2one(
        "shora.decree", ondelete="restrict", index="btree_not_null", string="Ends the decree", copy=False
    )
    end_ground = fields.Selection(
        [
            ("resigned", "Resignation accepted"),
            ("revoked", "Dismissal"),
            ("deemed_resigned", "Deemed resignation recorded"),
            ("post_lost", "Post lost"),
        ],
        string="Ground of the end",
        tracking=True,
    )
    supersedes_id = fields.Many2one(
        "shora.decree",
        ondelete="restrict",
        index="btree_not_null",
        compute="_compute_supersedes_id",
        store=True,
        readonly=False,
        copy=False,
        help="Ends on the day before this decree begins, as superseded.",
    )
    post_until = fields.Date(
        string="Post lasts until", help="Last day of the post on which the seat depends (4-A1); empty: not known yet."
    )
    proposal_note = fields.Char(
        string="Secretary's proposal", help="Number and date of the written proposal (4-B).", tracking=True
    )
    proposed_by_id = fields.Many2one("res.users", copy=False, string="Proposed by")
    proposed_at = fields.Datetime(copy=False, string="Proposed at")
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
        compute="_compute_official_year", store=True, help="Jalali year of the official date.", aggregator=False
    )
    is_numbered = fields.Boolean(compute="_compute_is_numbered", help="The office's number is stored already.")
    attachment_note = fields.Char(string="Attachments")
    copies_to = fields.Text(
        string="Carbon copy list",
        compute="_compute_copies_to",
        store=True,
        readonly=False,
        help="One recipient a line, with the purpose.",
    )
    body = fields.Html(string="Text of the decree")
    issued_at = fields.Datetime(copy=False)
    issued_by_id = fields.Many2one("res.users", copy=False)
    recipient_title = fields.Char(string="Title", copy=False)
    recipient_name = fields.Char(string="Name as printed", copy=False)
    recipient_position = fields.Char(string="Position as printed", copy=False)
    membership_id = fields.Many2one(
        "shora.membership",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        string="Membership concerned",
        help="The one this decree gave, or that of the chair, of the acting secretary, or the one it ended.",
    )
    gives_membership = fields.Boolean(copy=False, help="The membership is this decree's own, not one it only concerns.")
    is_imported = fields.Boolean(
        copy=False, string="Imported", help="Entered from an earlier paper; never sealed here."
    )
    end_reason = fields.Selection(END_REASONS, copy=False, tracking=True)
    date_ended = fields.Date(string="Ended on", copy=False, tracking=True, help="The effective last day.")
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(string="SHA-256 of the PDF", copy=False)

    _official_number = models.UniqueIndex(
        "(company_id, official_number, official_year) WHERE official_number IS NOT NULL",
        "Another decree of that year already carries this official number.",
    )
    # An office can end before the day its decree gave: the earlier of both days counts.
    _one_chair = models.Constraint(
        "EXCLUDE USING gist (int4range(council_id, council_id, '[]') WITH &&,"
        " daterange(date_from, LEAST(date_to, date_ended), '[]') WITH &&)"
        " WHERE (kind = 'chair' AND state IN ('issued', 'in_force'))",
        "A council has one chair at a time (article 4, note 2).",
    )
    _one_acting_secretary = models.Constraint(
        "EXCLUDE USING gist (int4range(council_id, council_id, '[]') WITH &&,"
        " daterange(date_from, LEAST(date_to, date_ended), '[]') WITH &&)"
        " WHERE (kind = 'acting' AND state IN ('issued', 'in_force'))",
        "A council has one acting secretary at a time (article 4, A-2).",
    )
    _no_proxy = models.Constraint(
        "CHECK ((kind = 'representative') = (principal_id IS NOT NULL))",
        "Only a decree of a standing representative names whom it represents, and it must (article 4, note 3).",
    )
    _what_ends = models.Constraint(
        "CHECK ((kind = 'end') = (ends_decree_id IS NOT NULL) AND (kind = 'end') = (end_ground IS NOT NULL))",
        "A decree that ends a membership names the decree it ends and the ground; no other decree does.",
    )

    @api.depends("kind", "partner_id", "internal_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        words = self.env["shora.words"]
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for decree in self:
            number = f" {words._digits(decree.internal_number)}" if decree.internal_number else ""
            kind = f"{kinds.get(decree.kind, '')}{number}"
            decree.display_name = " · ".join(filter(None, (kind, decree.partner_id.name)))

    @api.depends("official_date")
    def _compute_official_year(self):
        """Official numbers are unique in the Jalali year of their date."""
        for decree in self:
            decree.official_year = jalali.jalali_year(decree.official_date) if decree.official_date else 0

    @api.depends("official_number")
    def _compute_is_numbered(self):
        for decree in self:
            decree.is_numbered = bool(decree._origin.official_number)

    @api.depends("internal_number")
    def _compute_pdf_name(self):
        for decree in self:
            decree.pdf_name = f"decree-{(decree.internal_number or str(decree.id)).replace('/', '-')}.pdf"

    @api.depends("ends_decree_id")
    def _compute_from_ended(self):
        """A decree that ends another concerns its council, seat and person."""
        for decree in self:
            ended = decree.ends_decree_id
            decree.council_id = ended.council_id or decree.council_id
            decree.seat_id = ended.seat_id or decree.seat_id
            decree.partner_id = ended.partner_id or decree.partner_id

    @api.depends("kind", "seat_id", "date_from", "partner_id")
    def _compute_supersedes_id(self):
        """Who sits in an ex-officio seat gives way to the new appointee; shown before the issue, and may be emptied."""
        for decree in self.filtered(lambda d: d.state not in d._frozen_states):
            decree.supersedes_id = False
            if decree.kind in ("appointment", "representative") and decree.seat_kind == "ex_officio":
                sitting = decree._sitting_decree()
                if sitting.partner_id != decree.partner_id:
                    decree.supersedes_id = sitting

    @api.depends("kind", "seat_id", "council_id")
    def _compute_copies_to(self):
        for decree in self.filtered(lambda d: d.state not in d._frozen_states):
            decree.copies_to = "\n".join(self.env["shora.pdf"]._decree_copies(decree)) if decree.seat_id else False
