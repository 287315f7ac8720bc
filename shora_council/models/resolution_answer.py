import base64

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ..rules import clock, sealing

#: states in which an executor answers
ANSWERABLE = ("notified", "in_execution")


class ShoraResolutionAnswer(models.Model):
    """What the executor answered to a notification, on which day: recorded once and kept (5-9)."""

    _name = "shora.resolution.answer"
    _description = "Executor's answer"
    _inherit = ["shora.kept.mixin"]
    _order = "day desc, id desc"

    resolution_id = fields.Many2one("shora.resolution", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="resolution_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="resolution_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    day = fields.Date(required=True, string="Answered on", default=lambda self: self.env["shora.council"]._today())
    number = fields.Char(string="Number of the letter")
    text = fields.Text(required=True, string="Answer")
    file = fields.Binary(attachment=True, string="Scan")
    file_name = fields.Char(string="File name")
    sha256 = fields.Char(string="SHA-256 of the scan", readonly=True)
    recorded_name = fields.Char(string="Recorded by", readonly=True)
    recorded_at = fields.Datetime(readonly=True)

    @api.depends("day", "resolution_id")
    def _compute_display_name(self):
        for answer in self:
            answer.display_name = self.env._(
                "Answer of %(day)s to %(resolution)s",
                day=self.env["shora.words"]._day(answer.day),
                resolution=answer.resolution_id.display_name,
            )

    @api.model
    def _check_by_rules(self):
        """Recorded by hand, unlike other kept rows: the rights and the checks of ``create`` decide."""

    @api.model_create_multi
    def create(self, vals_list):
        now = fields.Datetime.now()
        for vals in vals_list:
            # Who records it and when, and what the file is, is nobody's to say.
            vals.update(recorded_name=self.env.user.name, recorded_at=now, sha256=self._fingerprint(vals.get("file")))
        answers = super().create(vals_list)
        answers._check_answer()
        return answers

    def _fingerprint(self, file):
        """SHA-256 of a scan, or False.

        :raises UserError: it is no PDF and no picture, or too large
        """
        if not file:
            return False
        raw = base64.b64decode(file)
        minutes = self.env["shora.minutes"]
        minutes._check_size(raw)
        minutes._check_scan(raw, guess_mimetype(raw))
        return sealing.sha256_hex(raw)

    def _check_answer(self):
        for answer in self:
            resolution = answer.resolution_id
            if resolution.state not in ANSWERABLE:
                raise ValidationError(
                    self.env._(
                        "“%(resolution)s” is “%(state)s”: an executor answers what has been notified and is not "
                        "finished.",
                        resolution=resolution.display_name,
                        state=resolution._state_label(resolution.state),
                    )
                )
            first, today = clock.tehran_day(resolution.notified_at), resolution.council_id._today()
            if not first <= answer.day <= today:
                words = self.env["shora.words"]
                raise ValidationError(
                    self.env._(
                        "Answered on: the day lies between the notification (%(first)s) and today (%(today)s).",
                        first=words._day(first),
                        today=words._day(today),
                    )
                )


class ShoraResolution(models.Model):
    _name = "shora.resolution"
    _inherit = "shora.resolution"

    answer_ids = fields.One2many("shora.resolution.answer", "resolution_id", string="Answers", copy=False)
    last_answer = fields.Text(compute="_compute_last_answer")
    last_answer_on = fields.Date(compute="_compute_last_answer", string="Last answer on")

    @api.depends("answer_ids")
    def _compute_last_answer(self):
        for resolution in self:
            last = resolution.answer_ids.sorted(lambda one: (one.day, one.id))[-1:]
            resolution.last_answer = last.text
            resolution.last_answer_on = last.day
