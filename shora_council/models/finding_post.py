from odoo import api, fields, models
from odoo.fields import Domain

TODO = "shora_council.activity_new_decree"


class ShoraFinding(models.Model):
    """Posts that changed hands without the decree that follows from it (article 4, part A)."""

    _name = "shora.finding"
    _inherit = "shora.finding"

    code = fields.Selection(
        selection_add=[("post_changed", "Holder of the post changed; a new decree is needed")],
        ondelete={"post_changed": "cascade"},
    )

    def _expectations(self):
        return [*super()._expectations(), self._expect_posts]

    def _expect_posts(self, councils):
        """The holder of the post is neither a member nor represented by one."""
        late = self._seats_with_posts(councils)._post_mismatches()
        return {
            (seat.council_id.id, "post_changed", seat._name, seat.id): {
                "clause_id": seat.clause_id.id,
                "severity": "warn",
                "actor": "hr",
                "date_since": since,
            }
            for seat, since in late.items()
        }

    @api.model
    def _check(self, councils):
        """The to-dos of HR come and go with the findings."""
        result = super()._check(councils)
        if councils:
            system = self._as_system()
            system._seats_with_posts(councils.with_user(system.env.user))._sync_post_todos()
        return result

    def _seats_with_posts(self, councils):
        return self.env["shora.seat"].search(
            Domain("council_id", "in", councils.ids) & Domain("post_rule", "!=", "none")
        )


class ShoraSeat(models.Model):
    _name = "shora.seat"
    _inherit = "shora.seat"

    def _sync_post_todos(self):
        """One to-do for every HR officer and seat whose post waits for a decree; gone with the reason for it."""
        late = self._post_mismatches()
        waiting = self.browse([seat.id for seat in late])
        todos = self.env["shora.todo"]
        todos._close(self - waiting, TODO)
        if not waiting:
            return
        officers = self.env["res.users"]._shora_users_with_role("hr")
        todos._open(
            waiting,
            TODO,
            {seat: officers.filtered(lambda user, seat=seat: seat.company_id in user.company_ids) for seat in waiting},
            lambda told: told._post_todo_text(),
            dict(late),
        )

    def _post_todo_text(self):
        if self.post_holder_id:
            return self.env._(
                "New decree for the seat %(seat)s: %(holder)s holds the post",
                seat=self._label(),
                holder=self.post_holder_id.name,
            )
        return self.env._("Decree for the seat %(seat)s: the holder of the post is not clear", seat=self._label())
