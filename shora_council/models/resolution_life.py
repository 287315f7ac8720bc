import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..rules import burden
from .resolution_decision import LETS_THROUGH, NOTIFY_TODO

#: what the council has resolved and nobody has finished
OPEN = ("adopted", "notified", "in_execution")
#: states of what was adopted, whatever became of it
ADOPTED = (*OPEN, "done", "abandoned")
#: state → what may still be written in it; everything else is frozen from the adoption on
WRITABLE = {
    "adopted": {"owner_id", "date_due", "burden", "letter_note", "abandon_reason", *burden.FIELDS},
    "notified": {"burden", "abandon_reason", "answer_ids", *burden.FIELDS},
    "in_execution": {"progress", "abandon_reason", "answer_ids"},
}
OFFICE_NUMBER = frozenset({"official_number", "official_date"})


class ShoraResolution(models.Model):
    """A resolution after its adoption: notified by letter once the President has decided, carried out, done (5-9).

    What execution demands is judged in ``resolution_burden`` (5-3); the executor's answers are in
    ``resolution_answer``, what is watched in ``resolution_follow``.
    """

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    _transitions = {
        "draft": {
            "adopted": ("secretary", "staff"),
            "rejected": ("secretary", "staff"),
            "deferred": ("secretary", "staff"),
        },
        "deferred": {"draft": ("secretary", "staff")},
        # «system»: a returned resolution gives way to the one adopted in its place
        "adopted": {"notified": ("secretary", "secretariat"), "abandoned": ("secretary", "system")},
        "notified": {"in_execution": ("secretary",), "abandoned": ("secretary",)},
        "in_execution": {"done": ("secretary",), "notified": ("secretary",), "abandoned": ("secretary",)},
    }
    _frozen_states = (*ADOPTED, "rejected")
    _fact_fields = frozenset(
        {
            *("number", "president_decision", "president_text", "president_decided_on", "done_on"),
            *("letter_number", "letter_pdf", "letter_sha256", "notified_at", "notified_by_id", "notified_name"),
            *("addressee_title", "addressee_name", "executed_on"),
        }
    )
    _fields_with_state = {"notified": tuple(OFFICE_NUMBER), "abandoned": ("abandon_reason",)}

    state = fields.Selection(
        selection_add=[
            ("notified", "Notified"),
            ("in_execution", "In execution"),
            ("done", "Done"),
            ("abandoned", "Abandoned"),
        ],
        ondelete=dict.fromkeys(("notified", "in_execution", "done", "abandoned"), "cascade"),
    )
    letter_note = fields.Text(copy=False, string="Note in the letter")
    letter_number = fields.Char(copy=False, string="Internal number of the letter")
    letter_pdf = fields.Binary(attachment=True, copy=False, string="Letter of notification")
    letter_sha256 = fields.Char(copy=False, string="SHA-256 of the letter")
    letter_name = fields.Char(compute="_compute_letter_name")
    official_number = fields.Char(copy=False, string="Official number")
    official_date = fields.Date(copy=False, string="Official date")
    notified_at = fields.Datetime(copy=False, string="Notified at", tracking=True)
    notified_by_id = fields.Many2one("res.users", copy=False, string="Notified by")
    notified_name = fields.Char(copy=False, string="Signer as printed")
    addressee_title = fields.Char(copy=False)
    addressee_name = fields.Char(copy=False, string="Addressee as printed")
    executed_on = fields.Date(copy=False, string="In execution since")
    progress = fields.Integer(copy=False, aggregator="avg", string="Progress (%)", tracking=True)
    done_on = fields.Date(copy=False, string="Done on")
    abandon_reason = fields.Text(copy=False, string="Why it is abandoned")

    _progress_percent = models.Constraint(
        "CHECK (progress BETWEEN 0 AND 100)", "Progress is a whole number of percent, 0 to 100."
    )

    @api.depends("number")
    def _compute_letter_name(self):
        for resolution in self:
            number = (resolution.number or "").replace("/", "-")
            resolution.letter_name = f"resolution-{resolution.council_id.code}-{number}.pdf"

    @api.constrains("official_number", "official_date")
    def _check_official(self):
        for resolution in self:
            if bool(resolution.official_number) != bool(resolution.official_date):
                raise ValidationError(self.env._("Enter the official number together with its date."))

    def _writable_when_frozen(self):
        allowed = frozenset(WRITABLE.get(self.state, ()))
        if self.letter_number and not self.official_number:
            allowed |= OFFICE_NUMBER  # the office numbers the letter after it was made here
        return super()._writable_when_frozen() | allowed

    def _outcome(self):
        """What the council decided: a resolution that is being carried out is still an adopted one."""
        self.ensure_one()
        return "adopted" if self.state in ADOPTED else self.state

    # --- notified (ابلاغ) ---

    def _notified_blockers(self):
        if self.state == "in_execution":
            return []  # execution stops, the letter stays
        reasons = []
        if not self.president_decision:
            reasons.append(self._by_5_9(self.env._("The President's decision is not recorded yet.")))
        elif self.president_decision not in LETS_THROUGH:
            reasons.append(
                self._by_5_9(
                    self.env._(
                        "The President's decision is “%(decision)s”; there is nothing to notify.",
                        decision=dict(self._fields["president_decision"]._description_selection(self.env))[
                            self.president_decision
                        ],
                    )
                )
            )
        if not self.owner_id:
            reasons.append(self.env._("Name the executor: the letter goes to somebody."))
        return reasons

    def _notified_values(self):
        if self.letter_number:
            return {"executed_on": False}
        owner = self.owner_id.sudo()  # the letter names the executor, whoever may read the address book
        return {
            "letter_number": self.env["ir.sequence"].sudo().next_by_code("shora.letter"),  # nobody's to choose
            "notified_at": fields.Datetime.now(),
            "notified_by_id": self.env.uid,
            "notified_name": self.env.user.name,
            "addressee_title": owner.shora_title or False,
            "addressee_name": owner.name,
        }

    def _on_notified(self):
        for resolution in self.filtered(lambda one: not one.letter_sha256):
            letter = self.env["shora.pdf"]._render("shora_council.document_resolution", resolution)
            resolution._store_facts(
                {"letter_pdf": base64.b64encode(letter), "letter_sha256": hashlib.sha256(letter).hexdigest()}
            )
            resolution._send_letter(letter)
        self.env["shora.todo"]._close(self, NOTIFY_TODO)
        self._check_findings()

    def _send_letter(self, letter):
        """To the executor's e-mail, where there is one; otherwise the printed letter is sent."""
        owner = self.owner_id.sudo()  # as above
        if owner.email:
            self._tell_readers(
                owner,
                lambda told: told.env._(
                    "%(resolution)s is notified to you for execution.", resolution=told.display_name
                ),
                name=lambda told: told.env._("Notification of a resolution: %(name)s", name=told.name),
                attachments=[(self.letter_name, letter)],
            )

    # --- carried out ---

    def _in_execution_values(self):
        return {"executed_on": self.council_id._today()}

    def _on_in_execution(self):
        self._check_findings()

    def _done_blockers(self):
        if not self.answer_ids:
            return [self.env._("Record the executor's answer and its date first.")]
        return []

    def _done_values(self):
        return {"progress": 100, "done_on": self.council_id._today()}

    def _on_done(self):
        self._finished()

    def _abandoned_blockers(self):
        reasons = []
        if self.state == "adopted" and not self.president_decision:
            reasons.append(self._by_5_9(self.env._("The President's decision is not recorded yet.")))
        if not (self.abandon_reason or "").strip():
            reasons.append(self.env._("Say why it is abandoned."))
        return reasons

    def _on_abandoned(self):
        self._finished()

    def _finished(self):
        self.env["shora.todo"]._close(self, NOTIFY_TODO)
        self._close_due_todos()
        self._check_findings()

    def _check_findings(self):
        self.env["shora.finding"]._check(self.council_id)

    # --- buttons ---

    def action_notify(self):
        """Send the letter (secretary, or the Secretariat, which reads resolutions only)."""
        self.check_access("read")
        self.sudo().write({"state": "notified"})  # judged by role towards the council

    def action_execute(self):
        self.write({"state": "in_execution"})

    def action_stop(self):
        """Back to "notified": what was recorded for 5-3 is to be changed."""
        self.write({"state": "notified"})

    def action_done(self):
        self.write({"state": "done"})

    def action_abandon(self):
        self.write({"state": "abandoned"})

    def action_preview_letter(self):
        self.ensure_one()
        return self.env["shora.pdf"]._action_render("shora_council.document_resolution", self)

    def action_print_letter(self):
        return self.env["shora.pdf"]._action(self, "letter_pdf")
