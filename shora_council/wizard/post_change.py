from odoo import api, fields, models
from odoo.exceptions import UserError

#: who may say who holds a post that HR does not keep
RECORDERS = frozenset({"hr", "office", "president", "admin"})


class ShoraPostChange(models.TransientModel):
    """Asks who holds the post of a seat now, since which day and by which letter; what follows, follows at once."""

    _name = "shora.post.change"
    _description = "Record the holder of a post"

    seat_id = fields.Many2one("shora.seat", required=True, ondelete="cascade")
    post_rule = fields.Selection(related="seat_id.post_rule")
    former_id = fields.Many2one(related="seat_id.post_holder_id", string="Recorded now")
    holder_id = fields.Many2one(
        "res.partner",
        string="Holder of the post",
        domain=[("is_company", "=", False)],
        help="Empty: nobody holds the post.",
    )
    since = fields.Date(
        required=True,
        default=lambda self: self.env["shora.council"]._today(),
        help="First day on which this is so.",
    )
    letter = fields.Char(required=True, help="Number and date of the letter that says so.")

    @api.model
    def _dialog(self, seat):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holder of the post"),
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_seat_id": seat.id},
        }

    def action_confirm(self):
        """Record it.

        :raises UserError: for other roles, for posts that HR keeps, seats without a post and days to come
        """
        self.ensure_one()
        seat = self.seat_id
        seat.check_access("read")
        reason = self._reason_against(seat)
        if reason:
            raise UserError(seat._with_clause(reason))
        # The right to say so was asked above; what follows is done by the rules.
        seat.sudo()._record_holder(self.holder_id.sudo(), self.since, self.letter.strip())

    def _reason_against(self, seat):
        roles = self.env.user._shora_roles(seat.council_id)
        if not roles & RECORDERS:
            labels = self.env["res.users"]._shora_role_labels(sorted(RECORDERS))
            return self.env._("This step belongs to: %(roles)s.", roles=self.env["shora.words"]._join(labels))
        if seat.job_id:
            return self.env._(
                "The holder of this post comes from HR (%(job)s); change the employee's job there.",
                job=seat.job_id.sudo().name,
            )
        if seat.post_rule == "none":
            return self.env._("The seat “%(seat)s” does not go with a post.", seat=seat.display_name)
        if not (self.letter or "").strip():
            return self.env._("Give the letter that says who holds the post.")
        if self.since > self.env["shora.council"]._today():
            return self.env._("A change is recorded on the day on which it takes effect, or later.")
        return None
