from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools.uninstall import is_uninstalling
from .dossier_line import IN_DRAFT


class ShoraDossierMinutes(models.Model):
    """Minutes of one session in a dossier, with their summary (5-9). Minutes are presented once.

    What the council signed stays as it is; the summary begins with the Secretariat's review note and is written on
    until the dossier is presented.
    """

    _name = "shora.dossier.minutes"
    _description = "Minutes in a dossier"
    _order = "dossier_id, sequence, id"

    dossier_id = fields.Many2one("shora.dossier", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    dossier_state = fields.Selection(related="dossier_id.state", string="State of the dossier")
    sequence = fields.Integer(default=10)
    minutes_id = fields.Many2one(
        "shora.minutes",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('state', '=', 'reviewed'), ('dossier_part_ids', '=', False)]",
    )
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    session_day = fields.Date(related="session_id.day", string="Day of the session")
    summary = fields.Text()
    line_ids = fields.One2many("shora.dossier.line", "part_id", string="Resolutions")
    days_forwarding = fields.Integer(compute="_compute_days", string="To forwarding")
    days_receipt = fields.Integer(compute="_compute_days", string="To receipt")
    days_review = fields.Integer(compute="_compute_days", string="To review")
    days_presenting = fields.Integer(compute="_compute_days", string="To presentation")
    days_decision = fields.Integer(compute="_compute_days", string="To decision")
    days_total = fields.Integer(compute="_compute_days", string="Session to decision")
    is_decided = fields.Boolean(compute="_compute_days", string="Decided", help="The last two are known.")

    _once = models.UniqueIndex("(minutes_id)", "These minutes are in a dossier already.")

    @api.depends("minutes_id")
    def _compute_display_name(self):
        for part in self:
            part.display_name = part.minutes_id.display_name

    def _compute_days(self):
        times = self.env["shora.decision.time"]._of_minutes(self.minutes_id)
        names = ("forwarding", "receipt", "review", "presenting", "decision", "total")
        for part in self:
            found = times.get(part.minutes_id.id, {})
            for name in names:
                part[f"days_{name}"] = found.get(f"days_{name}") or 0
            part.is_decided = part.minutes_id.state == "closed" and not part.is_withdrawn

    @api.constrains("minutes_id", "dossier_id")
    def _check_minutes(self):
        for part in self:
            minutes = part.minutes_id
            if minutes.company_id != part.company_id:
                raise ValidationError(self.env._("A dossier takes minutes of councils of its own company."))

    @api.model_create_multi
    def create(self, vals_list):
        """With a line for each resolution that the council adopted, or one for the minutes themselves."""
        for vals in vals_list:
            vals["is_withdrawn"] = False  # what becomes of the dossier is nobody's to say
        parts = super().create(vals_list)
        parts._check_draft()
        latest = parts._texts()
        lines = []
        for part in parts:
            minutes = part.minutes_id
            if minutes.state != "reviewed":
                raise UserError(
                    minutes._by_5_9(
                        self.env._(
                            "%(minutes)s are “%(state)s”: only reviewed minutes are presented.",
                            minutes=minutes.display_name,
                            state=minutes._state_label(minutes.state),
                        )
                    )
                )
            note = latest.get(minutes)
            if note and not part.summary:
                part.summary = note.summary
            lines += part._lines_to_make(latest)
        self.env["shora.dossier.line"].sudo().create(lines)  # they follow from the minutes and are nobody's to choose
        parts.invalidate_recordset(["line_ids"])
        return parts

    def _texts(self):
        """{minutes or resolution: what was written of it last}, each with ``summary`` and ``recommendation``."""
        return self.env["shora.review.note"]._latest(self.minutes_id)

    def _lines_to_make(self, latest):
        minutes = self.minutes_id
        lines = []
        for subject in minutes.session_id._presentable() or minutes:
            note = latest.get(subject)
            lines.append(
                {
                    "dossier_id": self.dossier_id.id,
                    "part_id": self.id,
                    "minutes_id": minutes.id,
                    "resolution_id": subject.id if subject != minutes else False,
                    "sequence": self.sequence,
                    "summary": note.summary if note and subject != minutes else False,
                    "recommendation": note.recommendation if note else False,
                }
            )
        return lines

    def write(self, vals):
        if set(vals) - IN_DRAFT:
            raise UserError(self.env._("Minutes are put into a dossier or taken out of it, nothing else."))
        self._check_draft()
        return super().write(vals)

    def _store(self, vals):
        """Write what a step of the dossier has judged."""
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_draft()
        self.line_ids.sudo().unlink()  # as they came
        return super().unlink()

    def copy(self, default=None):
        if self:
            raise UserError(self.env._("These minutes are in a dossier already."))
        return super().copy(default)

    def _check_draft(self):
        """
        :raises UserError: the dossier is presented
        """
        self.dossier_id._check_open()
