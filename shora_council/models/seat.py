from odoo import api, fields, models


class ShoraSeat(models.Model):
    """A seat of a council (article 4, parts A and B): who selects for it, what it requires, who holds it.

    Experts hold numbered seats too, so that "two people in one seat" and "is the seat free again" have one meaning for
    all.
    """

    _name = "shora.seat"
    _description = "Seat"
    _order = "council_id, sequence, id"

    council_id = fields.Many2one("shora.council", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    code = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    kind = fields.Selection([("ex_officio", "Ex officio"), ("expert", "Expert")], required=True, default="expert")
    is_secretary = fields.Boolean(help="The holder of this seat is the council's secretary (4-A2).")
    is_representable = fields.Boolean(
        help="A standing plenipotentiary representative may hold this seat by decree (4-A4)."
    )
    clause_code = fields.Char()
    selected_by = fields.Char(translate=True, string="Selected by")
    requirement = fields.Char(translate=True)
    membership_ids = fields.One2many("shora.membership", "seat_id")
    holder_id = fields.Many2one("res.partner", compute="_compute_holder_id", string="Holder today")
    clause_id = fields.Many2one("shora.bylaw.clause", compute="_compute_clause_id")

    _code_unique = models.UniqueIndex("(council_id, code)", "The code of a seat is unique within its council.")
    _one_secretary = models.UniqueIndex("(council_id) WHERE is_secretary", "A council has one secretary's seat (4-A2).")

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for seat in self:
            seat.display_name = f"{seat._label()} · {seat.name}"

    def _label(self):
        """The seat as the by-law writes it: A1 is «الف-۱» for a Persian reader, B3 «ب-۳»."""
        self.ensure_one()
        return self._code_label(self.code)

    @api.model
    def _code_label(self, code):
        """The same for the ``code`` of a seat."""
        words = self.env["shora.words"]
        code = code or ""
        if words._is_persian() and code[:1] in ("A", "B"):
            code = ("الف-" if code[0] == "A" else "ب-") + code[1:]
        return words._digits(code)

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state")
    def _compute_holder_id(self):
        Membership = self.env["shora.membership"]
        today = self.env["shora.council"]._today()
        members = Membership.search(Membership._domain_on(today) & fields.Domain("seat_id", "in", self.ids))
        holder = {member.seat_id.id: member.partner_id.id for member in members}
        for seat in self:
            seat.holder_id = holder.get(seat.id)

    @api.depends("clause_code", "council_id.bylaw_ids")
    def _compute_clause_id(self):
        for seat in self:
            bylaw = seat.council_id.bylaw_id
            seat.clause_id = bylaw._clause(seat.clause_code) if bylaw and seat.clause_code else False
