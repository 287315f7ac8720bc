from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling


class ShoraAgendaItem(models.Model):
    """One item of a session's agenda: what is put before the council, what was said and what came of it.

    proposed → accepted → discussed / postponed (carried to a later session) / withdrawn. An item or a document that
    comes after the dispatch of the notice is marked late (5-1).
    """

    _name = "shora.agenda.item"
    _description = "Agenda item"
    _inherit = ["shora.state.mixin", "mail.thread"]
    _order = "session_id, sequence, id"

    _initial_state = "proposed"
    _deletable_states = ("proposed",)
    _transitions = {
        # «system»: the item of a President's referral, which nobody in the council has to accept
        "proposed": {"accepted": ("secretary", "staff", "system"), "withdrawn": ("secretary", "staff")},
        "accepted": {
            "discussed": ("secretary", "staff"),
            "postponed": ("secretary", "staff"),
            "withdrawn": ("secretary", "staff"),
            "proposed": ("secretary", "staff"),
        },
        "discussed": {"accepted": ("secretary", "staff")},
    }
    _frozen_states = ("postponed", "withdrawn")
    _fact_fields = frozenset(
        {
            *("is_late", "carried_to_id", "carried_from_id", "followed_resolution_id", "source"),
            *("taken_up_at", "settled_at", "plan_line_id", "annual_plan_id", "plan_amendment_id"),
            "joint_push_id",
        }
    )

    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="cascade")
    council_id = fields.Many2one(related="session_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    session_state = fields.Selection(related="session_id.state", string="State of the session")
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, string="Title", tracking=True)
    description = fields.Html()
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("discussed", "Discussed"),
            ("postponed", "Postponed"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="proposed",
        copy=False,
        tracking=True,
    )
    proposer_id = fields.Many2one("res.partner", string="Proposed by", default=lambda self: self.env.user.partner_id)
    presenter_id = fields.Many2one("res.partner")
    minutes_planned = fields.Integer(string="Planned minutes", default=20)
    theme_ids = fields.Many2many("shora.theme", string="Themes")
    duty_ids = fields.Many2many("shora.duty", string="Duties")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents", copy=True)
    is_late = fields.Boolean(copy=False, string="Late", help="Added or changed after the notice was dispatched (5-1).")
    discussion = fields.Html(copy=False)
    decision = fields.Html(copy=False)
    carried_to_id = fields.Many2one("shora.agenda.item", copy=False, string="Carried to")
    carried_from_id = fields.Many2one("shora.agenda.item", copy=False, string="Carried from")

    _minutes_planned = models.Constraint("CHECK (minutes_planned >= 0)", "Planned minutes cannot be negative.")

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._check_session_open()
        items._mark_late()
        return items

    def write(self, vals):
        self._check_session_open()
        if "session_id" in vals:
            self._check_not_dispatched(vals["session_id"])
        result = super().write(vals)
        if {"attachment_ids", "name", "description", "session_id"} & set(vals):
            self._check_session_open()
            self._mark_late()
        return result

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        self._check_session_open()
        return super()._check_may_unlink()

    def _check_session_open(self):
        """The agenda of a finished session is a fact of its minutes (5-5)."""
        done = self.session_id.filtered(lambda session: session.state in session._frozen_states)
        if done:
            session = done[0]
            session._check_frozen({"agenda": True})

    def _check_not_dispatched(self, session_id):
        """
        :raises UserError: the members were given one of these items with the notice of another session (5-1)
        """
        for item in self.filtered(lambda item: item.session_id.id != session_id):
            if item in item.session_id.notice_id.filtered(lambda notice: notice.state == "dispatched").item_ids:
                rule = item.session_id._notice_rule()
                text = self.env._(
                    "“%(item)s” was dispatched with the notice of its session; postpone it there.", item=item.name
                )
                raise UserError(self._refusal(rule, text))

    def _mark_late(self):
        """What changes after the dispatch did not reach the members a week before (5-1)."""
        for item in self:
            if (
                not item.is_late
                and item.session_id.notice_id.state == "dispatched"
                and item.session_id.state == "invited"
            ):
                item._store_facts({"is_late": True})

    def _carry_to(self, session):
        """Copy these items to ``session`` (they keep their documents) and close them as postponed."""
        for item in self:
            copied = item.copy({"session_id": session.id, "proposer_id": item.proposer_id.id})
            copied._store_facts({"carried_from_id": item.id, **item._carried_values()})
            if item.state == "proposed":
                item._store_facts({"carried_to_id": copied.id})
                item.write({"state": "withdrawn"})
            else:
                copied.write({"state": "accepted"})
                item.write({"state": "postponed"})
                item._store_facts({"carried_to_id": copied.id})

    def _carried_values(self):
        """What a carried item keeps besides its text and documents."""
        return {}

    def action_accept(self):
        self.write({"state": "accepted"})

    def action_discuss(self):
        self.write({"state": "discussed"})

    def action_postpone(self):
        self.write({"state": "postponed"})

    def action_withdraw(self):
        self.write({"state": "withdrawn"})

    def action_reopen(self):
        self.write({"state": "accepted"})
