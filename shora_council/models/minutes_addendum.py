from odoo import api, fields, models
from odoo.exceptions import UserError

from .sealed_mixin import SEAL_FACTS


class ShoraMinutesAddendum(models.Model):
    """A numbered correction of signed minutes, sealed like them: the only way to change what was signed (5-5, 5-6)."""

    _name = "shora.minutes.addendum"
    _description = "Addendum to minutes"
    _inherit = ["shora.sealed.mixin", "mail.thread"]
    _order = "minutes_id, number, id"

    _transitions = {"draft": {"signed": ("secretary",)}, "signed": {}}
    _frozen_states = ("signed",)
    _fact_fields = SEAL_FACTS | {"number"}
    _seal_schema = "shora.minutes.addendum/2"
    _seal_template = "shora_council.document_addendum"

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    number = fields.Integer(copy=False, aggregator=False)
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed")], required=True, default="draft", copy=False, tracking=True
    )
    reason = fields.Text()
    text = fields.Html()
    line_ids = fields.One2many("shora.minutes.addendum.line", "addendum_id", string="Corrected attendance")
    pdf_name = fields.Char(compute="_compute_pdf_name")

    _number_unique = models.UniqueIndex(
        "(minutes_id, number) WHERE number > 0", "Two addenda of the same minutes cannot have the same number."
    )

    @api.depends("number", "minutes_id")
    def _compute_display_name(self):
        words = self.env["shora.words"]
        for addendum in self:
            addendum.display_name = self.env._(
                "Addendum %(number)s to %(minutes)s",
                number=words._digits(addendum.number or "–"),
                minutes=addendum.minutes_id.display_name,
            )

    @api.depends("number")
    def _compute_pdf_name(self):
        for addendum in self:
            addendum.pdf_name = (
                f"addendum-{addendum.council_id.code}-{addendum.minutes_id.number}-{addendum.number}.pdf"
            )

    def _check_frozen(self, vals):
        if "minutes_id" in vals and any(addendum.minutes_id.id != vals["minutes_id"] for addendum in self):
            raise UserError(self.env._("(Clause 5-5) An addendum keeps its minutes."))
        return super()._check_frozen(vals)

    def _signed_blockers(self):
        rule = self.council_id._rule("minutes_days", self.session_id.day)
        reasons = []
        if self.minutes_id.state == "draft":
            reasons.append(self._refusal(rule, self.env._("The minutes are still a draft; correct them directly.")))
        if not (self.reason or "").strip():
            reasons.append(self._refusal(rule, self.env._("Give the reason of the correction.")))
        if not self.line_ids and not (self.text or "").strip():
            reasons.append(self._refusal(rule, self.env._("An addendum says or corrects something.")))
        stale = self.line_ids.filtered(lambda line: line.status_from != line.attendance_id.status)
        if stale:
            reasons.append(
                self._refusal(
                    rule,
                    self.env._(
                        "Attendance changed since this was drafted: %(names)s.",
                        names=self.env["shora.words"]._join(stale.mapped("display_name")),
                    ),
                )
            )
        return reasons

    def _signed_values(self):
        self.minutes_id._claim()  # of two addenda at once the second is judged anew
        return {**super()._signed_values(), "number": self._next_number()}

    def _next_number(self):
        highest = self._read_group([("minutes_id", "=", self.minutes_id.id)], [], ["number:max"])[0][0]
        return self.number or (highest or 0) + 1

    def _content_to_sign(self, signed_at):
        return {
            "number": self._next_number(),
            "minutes_number": self.minutes_id.number,
            "minutes_sha256": self.minutes_id.content_sha256,
            "council": self.council_id.name,
            "reason": self.reason,
            "text_html": str(self.text or ""),
            "lines": [
                {
                    "attendance": line.attendance_id.id,
                    "name": line.attendance_id.partner_id.name,
                    "session_date": self.session_id.day.isoformat(),
                    "from": line.status_from,
                    "to": line.status_to,
                }
                for line in self.line_ids
            ],
            "signed_by": {
                "name": self.env.user.name,
                "position": self.env.user.partner_id.function or "",
                "user": self.env.uid,
            },
            "signed_at": signed_at.isoformat() if signed_at else "",
        }

    def _on_signed(self):
        result = super()._on_signed()
        for addendum in self:
            for line in addendum.line_ids:
                line.attendance_id._apply({"status": line.status_to}, addendum.reason, addendum)
        return result

    def _sealed_mirror(self, content):
        return {
            **super()._sealed_mirror(content),
            "number": content["number"],
            "reason": content["reason"],
            "text": content["text_html"],
        }

    def _sealed_rows(self, content):
        lines = {line.attendance_id.id: line for line in self.line_ids}
        return [
            (lines[sealed["attendance"]], name, sealed[key])
            for sealed in content["lines"]
            if sealed.get("attendance") in lines
            for name, key in (("status_from", "from"), ("status_to", "to"))
        ]

    def _sealed_lists(self, content):
        return [(self.line_ids, "attendance_id", {line.get("attendance"): line["name"] for line in content["lines"]})]

    def action_print(self):
        return self.env["shora.pdf"]._action(self, "pdf")
