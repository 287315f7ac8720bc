from odoo import api, fields, models
from odoo.exceptions import UserError

WRITTEN = ("summary", "recommendation")


class ShoraMinutesReview(models.TransientModel):
    """The Secretariat reviews minutes: one sheet with a summary and a recommendation for the whole and for each
    resolution (5-9). What was changed on it is kept as review notes; two people who write at once lose nothing.
    """

    _name = "shora.minutes.review"
    _description = "Review of minutes"

    minutes_id = fields.Many2one("shora.minutes", required=True, readonly=True, ondelete="cascade")
    minutes_state = fields.Selection(related="minutes_id.state")
    summary = fields.Text()
    recommendation = fields.Text()
    line_ids = fields.One2many("shora.minutes.review.line", "review_id", string="Resolutions")

    @api.model
    def _dialog(self, minutes):
        """
        :raises AccessError: the user writes no review notes
        """
        minutes.ensure_one()
        notes = self.env["shora.review.note"]
        notes.check_access("create")
        latest = notes._latest(minutes)
        review = self.create(
            {
                "minutes_id": minutes.id,
                **self._of(latest.get(minutes)),
                "line_ids": [
                    (0, 0, {"resolution_id": one.id, **self._of(latest.get(one))})
                    for one in minutes.session_id._presentable()
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Review notes"),
            "res_model": self._name,
            "res_id": review.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _of(self, note):
        return {name: note[name] for name in WRITTEN} if note else {}

    def action_save(self):
        """Keep what was changed on this sheet."""
        self.ensure_one()
        notes = self.env["shora.review.note"]
        latest = notes._latest(self.minutes_id)
        vals_list = []
        for row in (self, *self.line_ids):
            resolution = row.resolution_id if row._name == self.line_ids._name else self.env["shora.resolution"]
            before = latest.get(resolution or self.minutes_id)
            written = {name: (row[name] or "").strip() for name in WRITTEN}
            if any(written[name] != ((before and before[name]) or "") for name in WRITTEN):
                vals_list.append({"minutes_id": self.minutes_id.id, "resolution_id": resolution.id, **written})
        return bool(notes.create(vals_list))

    def action_save_and_review(self):
        """Keep it, and accept the minutes: nothing is wanting."""
        if self.minutes_state != "received":
            raise UserError(self.env._("Minutes are accepted once they are received, and once only."))
        self.action_save()
        self.minutes_id.action_review()


class ShoraMinutesReviewLine(models.TransientModel):
    _name = "shora.minutes.review.line"
    _description = "Resolution on the sheet of a review"

    review_id = fields.Many2one("shora.minutes.review", required=True, ondelete="cascade")
    resolution_id = fields.Many2one("shora.resolution", required=True, readonly=True, ondelete="cascade")
    body = fields.Html(related="resolution_id.body")
    summary = fields.Text()
    recommendation = fields.Text()
