from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.tools import SQL

#: Jalali years that are looked back, beside the one that runs
YEARS_BACK = 10


class ShoraCompositionReport(models.Model):
    """Who sat in a council, over time: a row for each council and Jalali month, as of the month's last day, and as of
    today for the month that runs (article 4).

    A council is in it from its first member on. Read by «composition over time» and on screen. Access: the offices see
    every council, secretaries and staff their own.
    """

    _name = "shora.composition.report"
    _description = "Composition over time on screen"
    _inherit = ["shora.screen.mixin"]
    _auto = False
    _depends = {
        "shora.membership": ["council_id", "company_id", "seat_kind", "date_from", "date_to", "state"],
    }
    _order = "day desc, council_id, id"

    council_id = fields.Many2one("shora.council", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    day = fields.Date(readonly=True, string="As of")
    ex_officio = fields.Integer(readonly=True, aggregator="avg", string="Ex-officio members")
    experts = fields.Integer(readonly=True, aggregator="avg", string="Expert members")
    total = fields.Integer(readonly=True, aggregator="avg", string="All members")

    @api.depends("council_id", "day")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.council_id.short_name} · {self.env['shora.words']._day(row.day)}"

    def _record(self):
        return self.council_id

    def action_open(self):
        """The members of the council on the row's day."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "shora.membership",
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("council_id", "=", self.council_id.id), ("on_day", "=", fields.Date.to_string(self.day))],
        }

    @api.model
    def _days(self):
        """[(months since the year 1, day)]: the last day of each Jalali month, for the running one today."""
        today = self.env["shora.council"]._today()
        year, month, _day = jalali.to_jalali(today)
        this = 12 * year + month - 1
        days = [
            (one, jalali.from_jalali((one + 1) // 12, (one + 1) % 12 + 1, 1) - timedelta(days=1))
            for one in range(12 * (year - YEARS_BACK), this)
        ]
        return [*days, (this, today)]

    @property
    def _table_query(self):
        # Each council has ids of its own: 2^16 months are more than five thousand years.
        return SQL(
            """
            SELECT m.council_id::bigint * 65536 + d.month AS id, m.council_id, m.company_id, d.day,
                   count(*) FILTER (WHERE m.seat_kind = 'ex_officio' AND m.sits)::int AS ex_officio,
                   count(*) FILTER (WHERE m.seat_kind = 'expert' AND m.sits)::int AS experts,
                   count(*) FILTER (WHERE m.sits)::int AS total
              FROM (VALUES %s) AS d (month, day)
              JOIN LATERAL (
                SELECT b.council_id, b.company_id, b.seat_kind, b.date_to IS NULL OR b.date_to >= d.day AS sits
                  FROM shora_membership b WHERE b.state <> 'void' AND b.date_from <= d.day
              ) m ON TRUE
             GROUP BY m.council_id, m.company_id, d.month, d.day
            """,
            SQL(", ").join(SQL("(%s, %s::date)", *day) for day in self._days()),
        )
