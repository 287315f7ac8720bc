from odoo import fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import plan as rules

#: fewest councils that treat a theme for it to be one of several (5-10)
SEVERAL = 2


class ShoraJointSuggestion(models.Model):
    """Themes that several councils of the user's company treat: on their agendas in the Jalali year that ends today, on
    those to come, or in this year's plans. Suggested for the next joint session (5-10); nothing is stored, and what a
    joint session put to the councils itself is not counted.

    The id is the theme's.
    """

    _name = "shora.joint.suggestion"
    _description = "Theme treated by several councils"
    _auto = False
    _rec_name = "theme_id"
    _order = "council_count desc, item_count desc, theme_id"
    _depends = {
        "shora.agenda.item": ["session_id", "council_id", "state", "theme_ids", "joint_push_id"],
        "shora.session": ["state", "day", "kind"],
        "shora.council": ["short_name", "is_coordination", "active", "company_id"],
        "shora.annual.plan": ["council_id", "year", "state"],
        "shora.annual.plan.line": ["plan_id", "theme_ids", "dropped_by_id"],
    }

    theme_id = fields.Many2one("shora.theme", readonly=True)
    council_count = fields.Integer(readonly=True, string="Councils", aggregator=None)
    council_names = fields.Char(readonly=True, string="Which councils")
    item_count = fields.Integer(readonly=True, string="Treated in the last year", aggregator=None)
    coming_count = fields.Integer(readonly=True, string="On coming agendas", aggregator=None)
    line_count = fields.Integer(readonly=True, string="Lines of this year's plans", aggregator=None)
    joint_item_id = fields.Many2one("shora.agenda.item", readonly=True, string="On the joint agenda")

    @property
    def _table_query(self):
        today = self.env["shora.council"]._today()
        return SQL(
            """
            WITH council AS (
                SELECT id, COALESCE(short_name->>%(lang)s, short_name->>'en_US') AS name
                  FROM shora_council WHERE active AND NOT COALESCE(is_coordination, FALSE) AND company_id = %(company)s
            ), treated AS (
                SELECT r.shora_theme_id AS theme_id, i.council_id,
                       CASE WHEN s.state IN ('held', 'closed') THEN 'item' ELSE 'coming' END AS what
                  FROM shora_agenda_item i
                  JOIN shora_session s ON s.id = i.session_id
                  JOIN shora_agenda_item_shora_theme_rel r ON r.shora_agenda_item_id = i.id
                 WHERE i.joint_push_id IS NULL
                   AND (s.state IN ('held', 'closed') AND s.day BETWEEN %(first)s AND %(today)s
                        AND i.state IN ('accepted', 'discussed', 'postponed')
                        OR s.state IN ('draft', 'scheduled', 'invited', 'open') AND i.state IN ('proposed', 'accepted'))
                UNION ALL
                SELECT r.shora_theme_id, p.council_id, 'line'
                  FROM shora_annual_plan_line l
                  JOIN shora_annual_plan p ON p.id = l.plan_id
                  JOIN shora_annual_plan_line_shora_theme_rel r ON r.shora_annual_plan_line_id = l.id
                 WHERE p.year = %(year)s AND l.dropped_by_id IS NULL
                   AND p.state IN ('presented', 'approved', 'confirmed', 'in_execution')
            )
            SELECT t.theme_id AS id, t.theme_id,
                   COUNT(DISTINCT t.council_id) AS council_count,
                   STRING_AGG(DISTINCT c.name, %(comma)s) AS council_names,
                   COUNT(*) FILTER (WHERE t.what = 'item') AS item_count,
                   COUNT(*) FILTER (WHERE t.what = 'coming') AS coming_count,
                   COUNT(*) FILTER (WHERE t.what = 'line') AS line_count,
                   (SELECT MAX(i.id)
                      FROM shora_agenda_item i
                      JOIN shora_session s ON s.id = i.session_id
                      JOIN shora_council b ON b.id = i.council_id AND b.is_coordination AND b.company_id = %(company)s
                      JOIN shora_agenda_item_shora_theme_rel r ON r.shora_agenda_item_id = i.id
                     WHERE r.shora_theme_id = t.theme_id AND i.state IN ('proposed', 'accepted')
                       AND s.state IN ('draft', 'scheduled', 'invited', 'open')) AS joint_item_id
              FROM treated t JOIN council c ON c.id = t.council_id
             GROUP BY t.theme_id
            HAVING COUNT(DISTINCT t.council_id) >= %(several)s
            """,
            lang=self.env.lang or "en_US",
            company=self.env.company.id,
            first=jalali.add_jalali_years(today, -1),
            today=today,
            year=rules.year_of(today),
            comma=self.env["shora.words"]._join(["", ""]),
            several=SEVERAL,
        )

    def action_put_on_agenda(self):
        """Put the theme on the agenda of the next joint session (5-10); twice gives nothing twice.

        :return: that session
        :raises AccessError: the user is not of the Secretariat
        :raises UserError: no joint session is planned
        """
        self.ensure_one()
        self.check_access("read")
        sessions = self.env["shora.session"]
        body = sessions.env["shora.council"]._coordination_of(self.env.company).with_env(self.env)
        if not body or not sessions._keeps(body):
            raise AccessError(self.env._("The Secretariat sets the agenda of joint sessions (clause 5-10)."))
        session = sessions._next_joint(self.env.company)
        if not session:
            raise UserError(self.env._("No joint session is planned; plan one first (clause 5-10)."))
        body._lock_row()
        items = self.env["shora.agenda.item"]
        live = Domain("session_id", "=", session.id) & Domain("state", "in", ("proposed", "accepted"))
        if not items.search_count(live & Domain("theme_ids", "in", self.theme_id.ids), limit=1):
            item = items.create(
                {"session_id": session.id, "name": self.theme_id.name, "theme_ids": [(6, 0, self.theme_id.ids)]}
            )
            item.action_accept()
        return session._get_records_action()
