from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling

WRITTEN = ("discussion", "decision")


class ShoraMinutesItem(models.Model):
    """What the minutes say of one agenda item (5-5): taken from the session, then written on by the secretary.

    The item's own facts (title, presenter, outcome, documents, votes) are read from the session and never typed again.
    What was taken is kept beside what is written, so that taking it anew loses nothing that was written.
    """

    _name = "shora.minutes.item"
    _description = "Agenda item in the minutes"
    _order = "minutes_id, sequence, id"

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="cascade")
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    item_id = fields.Many2one("shora.agenda.item", required=True, index=True, ondelete="restrict", string="Agenda item")
    sequence = fields.Integer(related="item_id.sequence", store=True, aggregator=False)
    state = fields.Selection(related="minutes_id.state", string="State of the minutes")
    outcome = fields.Selection(related="item_id.state", string="Outcome")
    presenter_id = fields.Many2one(related="item_id.presenter_id")
    discussion = fields.Html()
    decision = fields.Html()
    taken_discussion = fields.Html(readonly=True, copy=False, string="Discussion in the session")
    taken_decision = fields.Html(readonly=True, copy=False, string="Decision in the session")
    is_written = fields.Boolean(compute="_compute_is_written", string="Written on in the minutes")

    _once = models.UniqueIndex("(minutes_id, item_id)", "An item is in the minutes once.")

    @api.depends("item_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.item_id.name

    @api.depends("discussion", "decision", "taken_discussion", "taken_decision")
    def _compute_is_written(self):
        for line in self:
            line.is_written = any((line[name] or "") != (line[f"taken_{name}"] or "") for name in WRITTEN)

    @api.model
    def _values_of(self, item):
        """What is taken from ``item``."""
        taken = {name: item[name] for name in WRITTEN}
        return {**taken, **{f"taken_{name}": value for name, value in taken.items()}}

    def _take(self):
        """Take what the session says now; of what was written on, only what was taken is renewed."""
        for line in self:
            values = {}
            for name in WRITTEN:
                new, taken = line.item_id[name], f"taken_{name}"
                if (line[taken] or "") == (new or ""):
                    continue
                values[taken] = new
                if (line[name] or "") == (line[taken] or ""):
                    values[name] = new
            if values:
                line.sudo().write(values)  # what was taken is a fact, no field of the form

    def action_take_again(self):
        """Give up what was written here: what the session says stands again."""
        self._check_draft()
        self.check_access("write")
        for line in self:
            line.sudo().write(self._values_of(line.item_id))

    # --- guards ---

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_rules()
        return super().create(vals_list)

    def write(self, vals):
        self._check_draft()
        if not self.env.su and set(vals) - set(WRITTEN):
            raise UserError(
                self.env._("(Clause 5-5) Discussion and decision are written here; the rest is the session's.")
            )
        self.minutes_id._claim()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_draft()
            self._check_by_rules()
        return super().unlink()

    @api.model
    def _check_by_rules(self):
        """
        :raises UserError: by hand
        """
        if not self.env.su:
            raise UserError(self.env._("(Clause 5-5) The items of the minutes are those of the session."))

    def _check_draft(self):
        """
        :raises UserError: the minutes are signed
        """
        if any(line.minutes_id.state != "draft" for line in self):
            raise UserError(self.env._("(Clause 5-5) Signed minutes are not changed; write an addendum."))
