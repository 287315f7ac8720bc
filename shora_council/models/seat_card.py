from odoo import api, fields, models
from odoo.tools import SQL


class ShoraSeat(models.Model):
    """What a seat's card shows at a glance: who sits since when and until when, and since when nobody does."""

    _name = "shora.seat"
    _inherit = "shora.seat"

    holder_membership_id = fields.Many2one(
        "shora.membership", compute="_compute_holder_membership_id", string="Membership today"
    )
    holder_from = fields.Date(compute="_compute_holder_membership_id", string="Member since")
    holder_to = fields.Date(compute="_compute_holder_membership_id", string="Member until")
    principal_id = fields.Many2one("res.partner", compute="_compute_holder_membership_id", string="Representative of")
    vacant_since = fields.Date(compute="_compute_vacant_since", string="Vacant since")

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state")
    def _compute_holder_membership_id(self):
        # The roll is public inside the council; the decree behind it is not everybody's to read.
        Membership = self.env["shora.membership"].sudo()
        today = self.env["shora.council"]._today()
        members = Membership.search(Membership._domain_on(today) & fields.Domain("seat_id", "in", self.ids))
        by_seat = {member.seat_id.id: member for member in members}
        for seat in self:
            member = by_seat.get(seat.id, Membership)
            seat.holder_membership_id = member.id
            seat.holder_from = member.date_from
            seat.holder_to = member.date_to
            seat.principal_id = member.decree_id.principal_id.id

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state")
    def _compute_vacant_since(self):
        """The day after the last membership, or the council's first day when nobody ever held the seat; one query."""
        since = self._vacancies(self.env["shora.council"]._today())
        for seat in self:
            seat.vacant_since = since.get(seat.id, False)

    def _vacancies(self, day):
        """{id of a seat vacant on the Tehran day ``day``: the day since which it has been}."""
        if not self.ids:
            return {}
        self.env["shora.membership"].flush_model(["seat_id", "council_id", "state", "date_from", "date_to"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT s.id,
                       COALESCE(MAX(m.date_to) + 1,
                                (SELECT MIN(f.date_from) FROM shora_membership f
                                  WHERE f.council_id = s.council_id AND f.state <> 'void' AND f.date_from <= %(day)s))
                  FROM shora_seat s
                  LEFT JOIN shora_membership m
                         ON m.seat_id = s.id AND m.state <> 'void' AND m.date_from <= %(day)s
                 WHERE s.id IN %(seats)s
                 GROUP BY s.id
                HAVING NOT BOOL_OR(m.id IS NOT NULL AND (m.date_to IS NULL OR m.date_to >= %(day)s))
                """,
                day=day,
                seats=tuple(self.ids),
            )
        )
        return {seat: since for seat, since in rows if since}

    def action_new_decree(self):
        """A decree of appointment for the holder of the post, to be completed and issued like any other."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New decree"),
            "res_model": "shora.decree",
            "views": [(False, "form")],
            "context": {
                "default_kind": "appointment",
                "default_council_id": self.council_id.id,
                "default_seat_id": self.id,
                "default_partner_id": self.post_holder_id.id,
                "default_date_from": self.env["shora.council"]._today(),
            },
        }
