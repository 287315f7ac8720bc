from odoo import api, fields, models
from odoo.addons.shora_council.models.resolution_life import OPEN
from odoo.tools import SQL

#: days up to which a resolution's age counts to a band; what is older is in the last one
BANDS = (30, 90, 180)


class ShoraResolutionReport(models.Model):
    """Resolutions by state and age: a row for each one that was put to the vote (5-9).

    Ages are Tehran days of today; of what is done, the days it took; what is not to be carried out has none. Read by
    the tracker of resolutions and on screen. Access: the offices see every council, secretaries and staff their own.
    """

    _name = "shora.resolution.report"
    _description = "Resolutions on screen"
    _inherit = ["shora.screen.mixin"]
    _auto = False
    _depends = {
        "shora.resolution": [
            *("session_id", "council_id", "company_id", "state", "owner_id", "date_due", "done_on", "progress"),
            *("president_decision", "burden", "number"),
        ],
        "shora.session": ["day"],
    }
    _order = "day desc, id desc"

    council_id = fields.Many2one("shora.council", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    session_id = fields.Many2one("shora.session", readonly=True)
    resolution_id = fields.Many2one("shora.resolution", readonly=True)
    day = fields.Date(readonly=True, string="Adopted on")
    state = fields.Selection(
        selection=lambda self: self.env["shora.resolution"]._fields["state"]._description_selection(self.env),
        readonly=True,
    )
    is_open = fields.Boolean(readonly=True, string="Open", help="Neither done nor abandoned.")
    owner_id = fields.Many2one("res.partner", readonly=True, string="Executor")
    president_decision = fields.Selection(
        selection=lambda self: (
            self.env["shora.resolution"]._fields["president_decision"]._description_selection(self.env)
        ),
        readonly=True,
        string="President's decision",
    )
    burden = fields.Selection(
        selection=lambda self: self.env["shora.resolution"]._fields["burden"]._description_selection(self.env),
        readonly=True,
        string="Financial burden",
    )
    date_due = fields.Date(readonly=True, string="Due date")
    done_on = fields.Date(readonly=True, string="Done on")
    progress = fields.Integer(readonly=True, aggregator="avg", string="Progress (%)")
    age = fields.Integer(readonly=True, aggregator="avg", string="Age in days")
    age_band = fields.Selection(
        # groups are ordered by these keys
        [("030", "Up to 30 days"), ("090", "31 to 90 days"), ("180", "91 to 180 days"), ("older", "Over 180 days")],
        readonly=True,
        string="Age",
    )
    is_overdue = fields.Boolean(readonly=True, string="Overdue")
    days_overdue = fields.Integer(readonly=True, aggregator="max", string="Days overdue")

    @api.depends("resolution_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.resolution_id.display_name

    def _record(self):
        return self.resolution_id

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT x.*,
                   CASE WHEN x.age IS NULL THEN NULL
                        WHEN x.age <= %(first)s THEN '030' WHEN x.age <= %(second)s THEN '090'
                        WHEN x.age <= %(third)s THEN '180' ELSE 'older' END AS age_band,
                   x.days_overdue IS NOT NULL AS is_overdue
              FROM (
                SELECT r.id, r.id AS resolution_id, r.council_id, r.company_id, r.session_id, s.day, r.state,
                       r.state IN %(open)s AS is_open, r.owner_id, r.president_decision, r.burden, r.date_due,
                       r.done_on, r.progress,
                       CASE WHEN r.state = 'done' THEN r.done_on - s.day
                            WHEN r.state IN %(open)s THEN %(today)s - s.day END AS age,
                       CASE WHEN r.state IN %(open)s AND r.date_due < %(today)s
                            THEN %(today)s - r.date_due END AS days_overdue
                  FROM shora_resolution r
                  JOIN shora_session s ON s.id = r.session_id
                 WHERE r.state <> 'draft'
              ) x
            """,
            first=BANDS[0],
            second=BANDS[1],
            third=BANDS[2],
            open=OPEN,
            today=SQL("%s::date", self.env["shora.council"]._today()),
        )
