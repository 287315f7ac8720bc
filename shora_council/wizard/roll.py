from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraRoll(models.TransientModel):
    """The roll of a council as of any day, past, today or to come, from decrees alone (article 4): who sat in which
    seat, by which decree, and whether that kept the by-law of that day. The same rows go to the screen and the PDF.
    """

    _name = "shora.roll"
    _description = "Roll of a council"

    council_id = fields.Many2one(
        "shora.council",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env["shora.council"].search([("is_coordination", "=", False)], limit=1),
    )
    day = fields.Date(string="As of", required=True, default=lambda self: self.env["shora.council"]._today())
    roll_html = fields.Html(compute="_compute_roll_html", sanitize=False, string="Roll")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["shora.decree"].check_access("read")
        rolls = super().create(vals_list)
        rolls.council_id.check_access("read")  # the rows are read as superuser; who may ask is settled here
        return rolls

    def write(self, vals):
        result = super().write(vals)
        self.council_id.check_access("read")
        return result

    @api.depends("council_id", "day")
    def _compute_display_name(self):
        for roll in self:
            roll.display_name = f"{roll.council_id.short_name or ''} · {self.env['shora.words']._day(roll.day)}"

    @api.depends("council_id", "day")
    @api.depends_context("lang")
    def _compute_roll_html(self):
        for roll in self:
            roll.roll_html = (
                self.env["ir.qweb"]._render(
                    "shora_council.roll_table",
                    {"roll": roll._table_of_roll(), "num": self.env["shora.words"]._digits},
                )
                if roll.council_id and roll.day
                else False
            )

    def _table_of_roll(self):
        """The roll as one table.

        :return: dict of ``rows`` (seat, name, marks, decree, first, last), ``figures``, ``bylaw`` and ``verdict``
            (texts)
        """
        self.ensure_one()
        council = self.council_id
        council.check_access("read")
        Decree = self.env["shora.decree"].sudo()  # asked for by whoever may read the council's decrees
        decrees = {decree.seat_id: decree for decree in Decree._roll_on(council, self.day)}
        chair = Decree._chairs_on(council, self.day).get(council.id, Decree)
        acting = Decree._acting_on(council, self.day).get(council.id, Decree)
        vacant = {seat.id: since for seat, since in council._vacant_seats(self.day).items()}
        rows = []
        for seat in council.sudo().seat_ids.sorted(lambda seat: (seat.sequence, seat.id)):
            decree = decrees.get(seat, Decree)
            if decree or seat.kind == "ex_officio":
                rows.append(self._row(seat, decree, chair, acting, vacant.get(seat.id)))
        bylaw = council._bylaw_on(self.day)
        breaches = council._breaches(self.day) if bylaw else []
        counted = council._composition_on(self.day)
        return {
            "rows": rows,
            "figures": self.env._(
                "%(total)s members: %(ex_officio)s ex officio, %(experts)s experts",
                total=self._digits(counted.total),
                ex_officio=self._digits(counted.ex_officio),
                experts=self._digits(counted.experts),
            ),
            "bylaw": bylaw.display_name or self.env._("No by-law was in force on that day."),
            "verdict": [council._breach_text(breach, bylaw) for breach in breaches],
        }

    def _row(self, seat, decree, chair, acting, vacant_since):
        words = self.env["shora.words"]
        composition = self.env["shora.composition"]
        marks = []
        if decree and decree.partner_id == chair.partner_id:
            marks.append(self.env._("chair"))
        if decree and acting and not acting.gives_membership and decree.membership_id == acting.membership_id:
            marks.append(self.env._("acting secretary"))
        if decree.is_imported:
            marks.append(self.env._("imported"))
        number = decree.official_number or decree.internal_number or ""
        last = decree._last_effective_day() if decree else None
        return {
            "seat": seat._label(),
            "seat_name": seat.name,
            "name": composition._person(decree) if decree else "",
            "vacant": words._day(vacant_since) if vacant_since else "",
            "marks": marks,
            "kind": dict(decree._fields["kind"]._description_selection(self.env)).get(decree.kind, ""),
            "number": self._digits(number),
            "dated": words._day(decree.official_date or decree.issued_at) if decree else "",
            "first": words._day(decree.date_from) if decree else "",
            "last": words._day(last) if last else "",
        }

    def _digits(self, value):
        return self.env["shora.words"]._digits(value)

    # --- actions ---

    @api.model
    def _dialog(self, council, day=None):
        """Open the roll of ``council``, today's unless another day is given."""
        roll = self.create({"council_id": council.id, **({"day": day} if day else {})})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Roll of the council"),
            "res_model": self._name,
            "res_id": roll.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_print(self):
        self.ensure_one()
        if not self.council_id:
            raise UserError(self.env._("Choose a council."))
        return self.env["shora.pdf"]._action_render("shora_council.document_roll", self)

    def action_today(self):
        self.ensure_one()
        self.day = self.env["shora.council"]._today()
        return True
