import base64

from markupsafe import Markup
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules import plan as rules
from .session import HELD

#: the way of clause 5-4, for a plan and for each of its amendments
WAY = {
    "draft": {"presented": ("secretary",)},
    "presented": {"approved": ("secretary", "staff"), "draft": ("secretary",)},
    "approved": {"confirmed": ("president", "office"), "draft": ("president", "office")},
}
DECISION = ("decision_day", "decision_note", "decision_scan", "decision_scan_name")
PLAN_FACTS = frozenset(
    {
        "presented_on",
        "first_presented_on",
        "resolution_id",
        "approved_on",
        "confirmed_on",
        "decided_by_id",
        "return_reason",
        *DECISION,
    }
)


class ShoraPlanApprovalMixin(models.AbstractModel):
    """What goes the way of clause 5-4: the secretary presents it, the council approves it in a session, the President
    confirms it. An adopted resolution under the item that put it on an agenda proves the approval; nothing else does.
    """

    _name = "shora.plan.approval.mixin"
    _description = "Presented, approved, confirmed"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]

    _fields_with_state = {"confirmed": DECISION, "draft": (*DECISION, "return_reason")}

    presented_on = fields.Date(copy=False, string="Presented on")
    first_presented_on = fields.Date(copy=False, string="First presented on")
    resolution_id = fields.Many2one(
        "shora.resolution", copy=False, ondelete="restrict", string="Resolution of approval", index="btree_not_null"
    )
    approval_session_id = fields.Many2one(related="resolution_id.session_id", string="Approved in")
    approved_on = fields.Date(copy=False, string="Approved on", tracking=True)
    confirmed_on = fields.Date(copy=False, string="Confirmed on", tracking=True)
    decision_day = fields.Date(copy=False, string="Day of the decision")
    decision_note = fields.Text(copy=False, string="Marginal note")
    decision_scan = fields.Binary(attachment=True, copy=False, string="Scan of the decision")
    decision_scan_name = fields.Char(copy=False)
    decided_by_id = fields.Many2one("res.users", copy=False, ondelete="restrict", string="Recorded by")
    return_reason = fields.Text(copy=False, string="Reason of the return")

    # --- asked of whoever has it ---

    def _plan_year(self):
        """Jalali year whose plan it is."""
        raise NotImplementedError

    def _item_domain(self):
        """Domain of the agenda items that put these records before the council for approval."""
        raise NotImplementedError

    def _content_reasons(self):
        """What is wanting before it can be presented, in words."""
        raise NotImplementedError

    # --- the judge ---

    def _plan_rule(self):
        """The rule of the plan (5-4) in the version in force on the year's first day; for citations."""
        return self.council_id._rule("annual_plan_day", rules.bounds(self._plan_year())[0])

    def _cited(self, text):
        return self._refusal(self._plan_rule(), text)

    def _presented_blockers(self):
        today = self.council_id._today()
        if today > rules.bounds(self._plan_year())[1]:
            return [self._cited(self.env._("The year is over; its plan can no longer be presented."))]
        return [self._cited(reason) for reason in self._content_reasons()]

    def _approved_blockers(self):
        if self._approving_resolution():
            return []
        return [
            self._cited(
                self.env._(
                    "The council approves it in a session: put it on an agenda after it is presented and adopt a "
                    "resolution under that item in the session."
                )
            )
        ]

    def _confirmed_blockers(self):
        return self._decision_reasons()

    def _draft_blockers(self):
        if self.state != "approved":
            return []
        reasons = self._decision_reasons()
        if not (self.return_reason or "").strip():
            reasons.append(self._cited(self.env._("Say why it is returned.")))
        return reasons

    def _decision_reasons(self):
        day = self.decision_day
        if day and day > self.council_id._today():
            return [self.env._("The day of the decision lies in the future.")]
        if day and self.approved_on and day < self.approved_on:
            return [self._cited(self.env._("The President decides after the council has approved."))]
        return []

    def _approving_resolution(self):
        """The adopted resolution that approves what is presented now; empty when there is none.

        Its session was held on the day of the presentation or later: what is changed after the council's approval is
        presented and approved anew.
        """
        self.ensure_one()
        if not self.presented_on:
            return self.env["shora.resolution"]
        items = self.env["shora.agenda.item"].search(self._item_domain())
        return self.env["shora.resolution"].search(
            Domain("agenda_item_id", "in", items.ids)
            & Domain("number", "!=", False)
            & Domain("session_id.state", "in", HELD)
            & Domain("session_id.day", ">=", self.presented_on),
            order="id desc",
            limit=1,
        )

    # --- what becomes fact ---

    def _presented_values(self):
        today = self.council_id._today()
        return {
            "presented_on": today,
            "first_presented_on": self.first_presented_on or today,
            "return_reason": False,
        }

    def _approved_values(self):
        resolution = self._approving_resolution()
        nothing = dict.fromkeys((*DECISION, "decided_by_id", "confirmed_on"), False)
        return {**nothing, "resolution_id": resolution.id, "approved_on": resolution.session_id.day}

    def _confirmed_values(self):
        day = self.decision_day or self.council_id._today()
        return {"confirmed_on": day, "decision_day": day, "decided_by_id": self.env.uid}

    def _draft_values(self):
        forgotten = {"presented_on": False, "resolution_id": False, "approved_on": False}
        return {**forgotten, "decided_by_id": self.env.uid if self.return_reason else False}

    def _on_approved(self):
        for record in self:
            record._tell(
                record._partners_of_president(),
                lambda told: told.env._(
                    "%(plan)s: approved by the council, waits for the decision.", plan=told.display_name
                ),
            )

    def _on_confirmed(self):
        for record in self:
            record._tell(
                record._partners_of_council(),
                lambda told: told.env._("%(plan)s: confirmed by the President.", plan=told.display_name),
            )

    def _on_draft(self):
        for record in self.filtered("return_reason"):
            record._tell(
                record._partners_of_council(),
                lambda told: told.env._("%(plan)s: returned by the President.", plan=told.display_name),
            )

    # --- who is told ---

    def _for_office(self):
        """This record in the language of the office, for what it keeps."""
        return self.env["shora.reader"]._of_office(self)

    def _partners_of_president(self):
        users, company = self.env["res.users"], self.council_id.sudo().company_id
        roles = ("president", "office")
        return users.union(*(users._shora_users_with_role(role, company) for role in roles)).partner_id

    def _partners_of_council(self):
        council = self.council_id.sudo()  # who keeps the council's papers is no secret
        return self.env["shora.minutes"]._secretary_of(council) | council.staff_user_ids.partner_id

    def _tell(self, partners, speak):
        """One message to ``partners``, kept on the record with the reason, the marginal note and the scan."""
        self.ensure_one()

        def body(told):
            lines = (speak(told), told.return_reason, told.decision_note)
            return Markup("").join(Markup("<p>%s</p>") % line for line in lines if line)

        record = self.with_context(bin_size=False).sudo()  # the step was judged; the record may be frozen by it
        scan = record.decision_scan
        files = [(self.decision_scan_name or "scan", base64.b64decode(scan))] if scan else []
        record.message_post(body=body(self._for_office()), attachments=files, subtype_xmlid="mail.mt_note")
        self._tell_readers(partners, body, email_layout_xmlid="mail.mail_notification_light")

    # --- actions ---

    def action_present(self):
        self.write({"state": "presented"})

    def action_approve(self):
        self.write({"state": "approved"})

    def action_take_back(self):
        """The secretary takes a presented plan back to change it."""
        self.write({"state": "draft"})

    def action_confirm_decision(self):
        """Ask for the day, the marginal note and the scan of the President's confirmation."""
        return self.env["shora.plan.decision"]._dialog(self, "confirmed")

    def action_return_decision(self):
        return self.env["shora.plan.decision"]._dialog(self, "draft")

    def action_put_on_agenda(self):
        """Ask in which session the council shall approve it."""
        return self.env["shora.plan.agenda"]._dialog(self)

    def action_print(self):
        """The plan or amendment on paper."""
        name = "annual_plan" if self._name == "shora.annual.plan" else "plan_amendment"
        return self.env["shora.pdf"]._action_render(name, self)

    def _check_may_unlink(self):
        if presented := self.filtered("first_presented_on"):
            raise UserError(
                self.env._(
                    "“%(record)s” was presented once and is kept: it cannot be deleted.",
                    record=presented[0].display_name,
                )
            )
        return super()._check_may_unlink()
