from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShoraAttendance(models.Model):
    """Who was connected by video (4 note 3): presence only where the by-law's rule “remote_attendance” says so."""

    _name = "shora.attendance"
    _inherit = "shora.attendance"

    by_video = fields.Boolean(
        string="By video",
        help="Connected by video. Counts as presence only where the by-law in force on the day of the session says so; "
        "otherwise the member is absent, and this is a remark.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_remark(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._with_remark(vals) if not any(row.note for row in self) else vals)

    def _with_remark(self, vals):
        """The minutes print remarks: there it says so, unless something else is remarked."""
        if vals.get("by_video") and not vals.get("note"):
            office = self.env["shora.reader"]._of_office(self)
            return {**vals, "note": office.env._("Connected by video")}
        return vals

    @api.constrains("by_video", "status", "kind")
    def _check_video(self):
        present = self.filtered(lambda row: row.by_video and row.kind == "member" and row.status in ("present", "late"))
        for row in present:
            council, day = row.council_id, row.session_id.day
            if not council._rule("remote_attendance", day):
                text = self.env._(
                    "%(name)s is connected by video, which is no presence here; mark the member absent.",
                    name=row.sudo().partner_id.name,
                )
                rule = council._rule("no_proxy", day)
                raise ValidationError(self.env["shora.state.mixin"]._refusal(rule, text))

    def _run_line(self):
        return {**super()._run_line(), "by_video": self.by_video}
