import base64
import json

from odoo import api, fields, models

from ..rules import sealing

SCHEMA = "shora.minutes.addendum/1"


class ShoraMinutesAddendum(models.Model):
    """A numbered correction of signed minutes, sealed like them: the only way to change what was signed (5-5, 5-6)."""

    _name = "shora.minutes.addendum"
    _description = "Addendum to minutes"
    _inherit = ["shora.state.mixin", "mail.thread"]
    _order = "minutes_id, number, id"

    _transitions = {"draft": {"signed": ("secretary",)}, "signed": {}}
    _frozen_states = ("signed",)
    _fact_fields = frozenset(
        {"number", "content_json", "content_sha256", "pdf", "pdf_sha256", "signed_by_id", "signed_name", "signed_at"}
    )

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    number = fields.Integer(copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("signed", "Signed")], required=True, default="draft", copy=False, tracking=True
    )
    reason = fields.Text()
    text = fields.Html()
    line_ids = fields.One2many("shora.minutes.addendum.line", "addendum_id", string="Corrected attendance")
    content_json = fields.Text(copy=False, string="Sealed content")
    content_sha256 = fields.Char(copy=False, string="SHA-256 of the content")
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(copy=False, string="SHA-256 of the PDF")
    signed_by_id = fields.Many2one("res.users", copy=False, string="Signed by")
    signed_name = fields.Char(copy=False, string="Signer as printed")
    signed_at = fields.Datetime(copy=False, string="Signed at")

    _number_unique = models.UniqueIndex(
        "(minutes_id, number) WHERE number > 0", "Two addenda of the same minutes cannot have the same number."
    )

    @api.depends("number", "minutes_id")
    def _compute_display_name(self):
        for addendum in self:
            addendum.display_name = self.env._(
                "Addendum %(number)s to %(minutes)s",
                number=addendum.number or "–",
                minutes=addendum.minutes_id.display_name,
            )

    @api.depends("number")
    def _compute_pdf_name(self):
        for addendum in self:
            addendum.pdf_name = (
                f"addendum-{addendum.council_id.code}-{addendum.minutes_id.number}-{addendum.number}.pdf"
            )

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
        self.minutes_id._lock()
        number = (self._read_group([("minutes_id", "=", self.minutes_id.id)], [], ["number:max"])[0][0] or 0) + 1
        now = fields.Datetime.now()
        content = sealing.canonical(self._content(number, now), SCHEMA)
        return {
            "number": number,
            "content_json": content.decode(),
            "content_sha256": sealing.sha256_hex(content),
            "signed_by_id": self.env.uid,
            "signed_name": self.env.user.name,
            "signed_at": now,
        }

    def _content(self, number, signed_at):
        return {
            "number": number,
            "minutes_number": self.minutes_id.number,
            "minutes_sha256": self.minutes_id.content_sha256,
            "council": self.council_id.name,
            "reason": self.reason,
            "text_html": str(self.text or ""),
            "lines": [
                {
                    "name": line.attendance_id.partner_id.name,
                    "session_date": self.session_id.day.isoformat(),
                    "from": line.status_from,
                    "to": line.status_to,
                }
                for line in self.line_ids
            ],
            "signed_by": {"name": self.env.user.name, "position": self.env.user.partner_id.function or ""},
            "signed_at": signed_at.isoformat(),
        }

    def _sealed_content(self):
        self.ensure_one()
        return json.loads(self.content_json)["content"]

    def _on_signed(self):
        for addendum in self:
            pdf = self.env["shora.pdf"]._render(
                "shora_council.document_addendum", addendum, content=addendum._sealed_content()
            )
            addendum._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
            for line in addendum.line_ids:
                line.attendance_id._apply({"status": line.status_to}, addendum.reason, addendum)

    def action_sign(self):
        self.write({"state": "signed"})

    def action_print(self):
        return self.env["shora.pdf"]._action(self, "pdf")
