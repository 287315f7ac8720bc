from odoo import api, fields, models

KINDS = [
    ("forwarded", "Forwarded"),
    ("received", "Received"),
    ("returned", "Returned"),
    ("reviewed", "Reviewed"),
]


class ShoraMinutesStep(models.Model):
    """One step of signed minutes on their way through the Secretariat: when, by whom, under which number.

    The rows are the history of the clock (5-5): a return does not touch what went before, and the answer to it is
    counted against a day of its own.
    """

    _name = "shora.minutes.step"
    _description = "Step of minutes"
    _inherit = ["shora.kept.mixin"]
    _order = "id"

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, string="Step")
    round = fields.Integer(
        required=True, help="1: the first forwarding and what follows it; 2: the first answer; …", aggregator=False
    )
    number = fields.Char(help="Internal number of the covering letter, or the receipt number.")
    at = fields.Datetime(required=True, string="When")
    by_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="User")
    by_name = fields.Char(required=True, string="By")
    due = fields.Date(help="Of a forwarding: its last day; of a return: the last day of the answer.")
    is_late = fields.Boolean(string="Late")
    note = fields.Text()
    addenda = fields.Integer(help="Signed addenda at that moment.", aggregator=False)
    letter_pdf = fields.Binary(attachment=True, string="Covering letter of the answer")
    letter_sha256 = fields.Char(string="SHA-256 of the letter")
    letter_name = fields.Char(compute="_compute_letter_name")
    defect_ids = fields.One2many("shora.minutes.defect", "step_id", string="Defects")

    _once_a_round = models.UniqueIndex("(minutes_id, round, kind)", "This step has been taken already.")

    @api.depends("kind", "minutes_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for step in self:
            step.display_name = f"{kinds.get(step.kind, '')} · {step.minutes_id.display_name}"

    @api.depends("number")
    def _compute_letter_name(self):
        for step in self:
            step.letter_name = f"covering-letter-{(step.number or '').replace('/', '-')}.pdf"

    def action_print_letter(self):
        """The covering letter of this forwarding; the first one is the minutes' own."""
        self.ensure_one()
        if self.with_context(bin_size=True).letter_pdf:
            return self.env["shora.pdf"]._action(self, "letter_pdf")
        return self.minutes_id.action_print_covering()


class ShoraMinutesDefect(models.Model):
    """What the Secretariat found wanting in returned minutes; answered by an addendum."""

    _name = "shora.minutes.defect"
    _description = "Defect of minutes"
    _inherit = ["shora.kept.mixin"]
    _order = "step_id, id"

    step_id = fields.Many2one("shora.minutes.step", required=True, index=True, ondelete="restrict")
    minutes_id = fields.Many2one(related="step_id.minutes_id", store=True, index=True)
    council_id = fields.Many2one(related="step_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="step_id.company_id", store=True, index=True)
    name = fields.Text(required=True, string="Defect")
