from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraAttendance(models.Model):
    """Who attends a joint session: the secretaries, each for the own council, and the Secretariat that presides."""

    _name = "shora.attendance"
    _inherit = "shora.attendance"

    kind = fields.Selection(
        selection_add=[("secretariat", "Secretariat, presiding")], ondelete={"secretariat": "cascade"}
    )
    capacity = fields.Char(
        readonly=True, string="Attends as", help="Of a joint session: secretary of which council, as of its day."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["capacity"] = False  # a fact of the opening
            if vals.get("kind", self.env.context.get("default_kind")) == "secretariat":
                vals["kind"] = "non_member"  # who presides comes with the opening
        return super().create(vals_list)

    def write(self, vals):
        if vals.get("kind") == "secretariat":
            raise UserError(self.env._("Who presides over a joint session comes with its opening (clause 5-10)."))
        return super().write(vals)

    def _check_may_unlink(self):
        if "secretariat" in self.mapped("kind"):
            raise UserError(self.env._("Who presides over a joint session comes with its opening (clause 5-10)."))
        return super()._check_may_unlink()

    @api.model
    def _open_for(self, session):
        rows = super()._open_for(session)
        if session._joint():
            office = self.env["shora.reader"]._of_office(session.council_id.sudo())
            capacities = office._capacities_on(session.day)
            for row in rows:
                row._write_effective({"capacity": capacities.get(row.partner_id.id, False)})
            rows |= self._open_presiding(session)
        return rows

    @api.model
    def _open_presiding(self, session):
        """The row of who presides over a joint session: there, and no member of the body."""
        presiding = session.presiding_partner_id
        if presiding in session.attendance_ids.partner_id:
            return self.browse()
        return super().create(
            [
                {
                    "session_id": session.id,
                    "partner_id": presiding.id,
                    "kind": "secretariat",
                    "status": "present",
                    "membership_id": False,
                }
            ]
        )

    def _seat_name(self):
        """The seat of a member, and in a joint session the office; as it is read out and printed."""
        self.ensure_one()
        row = self.sudo()  # whoever reads the row may know as what somebody attends
        return row.capacity or row.membership_id.seat_id.name or ""
