from odoo import api, fields, models

from ..models.session_joint import JOINT_GROUNDS


class ShoraSessionOpen(models.TransientModel):
    """Asks who presides and on which ground before a session opens (5-2)."""

    _name = "shora.session.open"
    _description = "Open a session"

    session_id = fields.Many2one("shora.session", required=True, ondelete="cascade")
    chair_id = fields.Many2one("res.partner", compute="_compute_officers")
    secretary_id = fields.Many2one("res.partner", compute="_compute_officers")
    presiding_ground = fields.Selection(
        lambda self: self._grounds(joint=False),
        compute="_compute_grounds",
        store=True,
        readonly=False,
        string="Ground of presiding",
    )
    joint_ground = fields.Selection(
        lambda self: self._grounds(joint=True),
        compute="_compute_grounds",
        store=True,
        readonly=False,
        string="Ground of presiding (joint session)",
    )
    is_joint = fields.Boolean(related="session_id.is_joint")
    head_id = fields.Many2one("res.partner", compute="_compute_officers", string="Head of the Secretariat")
    substitute_id = fields.Many2one("res.partner", compute="_compute_officers")
    delegation_note = fields.Char(string="Delegation by the chair")

    @api.depends("session_id")
    def _compute_officers(self):
        for wizard in self:
            session = wizard.session_id
            wizard.chair_id, wizard.secretary_id = session._officers() if session else (False, False)
            people = session._presiding_people() if session and session.is_joint else {}
            wizard.head_id = people.get("secretariat_head", False)
            wizard.substitute_id = people.get("head_substitute", False)

    @api.model
    def _grounds(self, *, joint):
        """Those of 5-2, or those of joint sessions (5-10)."""
        grounds = self.env["shora.session"]._fields["presiding_ground"]._description_selection(self.env)
        return [(key, label) for key, label in grounds if (key in JOINT_GROUNDS) == joint]

    @api.depends("session_id")
    def _compute_grounds(self):
        for wizard in self:
            ground = wizard.session_id._default_ground() if wizard.session_id else False
            wizard.presiding_ground = ground if ground not in JOINT_GROUNDS else False
            wizard.joint_ground = ground if ground in JOINT_GROUNDS else False

    @api.model
    def _dialog(self, session):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open the session"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_session_id": session.id},
        }

    def action_confirm(self):
        self.ensure_one()
        self.session_id.write(
            {
                "presiding_ground": self.joint_ground if self.is_joint else self.presiding_ground,
                "delegation_note": self.delegation_note,
                "state": "open",
            }
        )
