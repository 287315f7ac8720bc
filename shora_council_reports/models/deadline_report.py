from odoo import api, fields, models
from odoo.addons.shora_council.models.resolution_life import OPEN
from odoo.tools import SQL


class ShoraDeadlineReport(models.Model):
    """Every last day there is: written notice (5-1), forwarding of the minutes (5-5), the answer to what the
    Secretariat returned (5-5), the due dates of resolutions (5-9) and of the plan's lines; met or not.

    Days of the by-law are those of its version in force on the session's day, as ``shora.session`` counts them. Access:
    the offices see every council, secretaries and staff their own.
    """

    _name = "shora.deadline.report"
    _description = "Deadlines on screen"
    _inherit = ["shora.screen.mixin"]
    _auto = False
    _depends = {
        "shora.session": ["council_id", "company_id", "day", "kind", "state", "minutes_awaited"],
        "shora.notice": ["session_id", "state", "effective_at"],
        "shora.minutes": ["session_id", "council_id", "company_id", "state", "forwarded_at"],
        "shora.minutes.step": ["minutes_id", "kind", "due"],
        "shora.resolution": ["session_id", "council_id", "company_id", "state", "date_due", "done_on"],
        "shora.annual.plan.line": ["council_id", "company_id", "date_to", "progress", "progress_on", "plan_state"],
        "shora.bylaw": ["state", "date_from", "council_ids"],
        "shora.bylaw.rule": ["bylaw_id", "code", "value", "is_active", "clause_id"],
    }
    _order = "due, council_id, id"

    council_id = fields.Many2one("shora.council", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    kind = fields.Selection(
        [
            ("notice", "Written notice"),
            ("minutes", "Forwarding of the minutes"),
            ("answer", "Answer to the Secretariat"),
            ("resolution", "Execution of a resolution"),
            ("plan", "Line of the annual plan"),
        ],
        readonly=True,
        string="Deadline",
    )
    clause_id = fields.Many2one("shora.bylaw.clause", readonly=True)
    session_id = fields.Many2one("shora.session", readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(readonly=True, model_field="res_model", aggregator=False)
    subject = fields.Char(compute="_compute_subject", string="Concerns")
    due = fields.Date(readonly=True)
    met_on = fields.Date(readonly=True, string="Met on")
    state = fields.Selection(
        [("open", "Open"), ("overdue", "Overdue"), ("in_time", "Met in time"), ("late", "Late")], readonly=True
    )
    days_left = fields.Integer(
        readonly=True, aggregator="min", help="Tehran days: 0 on the last day, negative when overdue."
    )
    days_late = fields.Integer(
        readonly=True,
        aggregator="avg",
        help="Of what is overdue, until today; of a notice nobody was given, until the session.",
    )

    @api.depends("kind", "council_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["kind"]._description_selection(self.env))
        for row in self:
            row.display_name = f"{labels[row.kind]} · {row.subject}"

    @api.depends("res_model", "res_id")
    @api.depends_context("lang")
    def _compute_subject(self):
        for model, rows in self.grouped("res_model").items():
            # Who may read the deadline may know what it concerns; opening it asks for access of its own.
            concerned_sudo = self.env[model].sudo().browse(rows.mapped("res_id"))
            names = {record.id: record.display_name for record in concerned_sudo.exists()}
            for row in rows:
                row.subject = names.get(row.res_id, "")

    def _record(self):
        return self.env[self.res_model].browse(self.res_id)

    # --- where they come from ---

    @property
    def _table_query(self):
        today = SQL("%s::date", self.env["shora.council"]._today())
        return SQL(
            """
            SELECT x.id, x.council_id, x.company_id, x.kind, x.clause_id, x.session_id, x.res_model, x.res_id, x.due,
                   x.met_on,
                   CASE WHEN x.met_on <= x.due THEN 'in_time' WHEN COALESCE(x.met_on, x.over_on) IS NOT NULL THEN 'late'
                        WHEN x.due < %(today)s THEN 'overdue' ELSE 'open' END AS state,
                   CASE WHEN COALESCE(x.met_on, x.over_on) IS NULL THEN x.due - %(today)s END AS days_left,
                   GREATEST(COALESCE(x.met_on, x.over_on, %(today)s) - x.due, 0) AS days_late
              FROM (%(notices)s UNION ALL %(minutes)s UNION ALL %(others)s) x
            """,
            today=today,
            notices=self._notices(),
            minutes=self._minutes(),
            others=self._others(),
        )

    @staticmethod
    def _rule(code):
        """JOIN: value and clause of the rule in the version in force on the session's day; none where it is not set.

        :param code: SQL text of the rule's code, ``s`` being the session
        """
        return SQL(
            """
            JOIN (
                SELECT l.council_id, l.bylaw_id, b.date_from,
                       LEAD(b.date_from) OVER (PARTITION BY l.council_id ORDER BY b.date_from) AS until
                  FROM shora_council_bylaw_rel l JOIN shora_bylaw b ON b.id = l.bylaw_id AND b.state = 'in_force'
            ) version ON version.council_id = s.council_id AND version.date_from <= s.day
                     AND (version.until IS NULL OR s.day < version.until)
            JOIN shora_bylaw_rule rule ON rule.bylaw_id = version.bylaw_id AND rule.is_active AND rule.code = %s
            """,
            code,
        )

    def _notices(self):
        """Met when the last member was served (``shora.notice.effective_at``); over, and late, with a session that
        began although somebody was not.
        """
        return SQL(
            """
            SELECT s.id::bigint * 8 AS id, s.council_id, s.company_id, 'notice' AS kind, rule.clause_id,
                   s.id AS session_id, 'shora.session' AS res_model, s.id AS res_id, s.day - rule.value AS due,
                   %(served)s AS met_on,
                   CASE WHEN s.state IN ('open', 'held', 'closed') THEN s.day END AS over_on
              FROM shora_session s
              %(rule)s
              LEFT JOIN shora_notice n ON n.session_id = s.id AND n.state = 'dispatched'
             WHERE s.state IN ('scheduled', 'invited', 'open', 'held', 'closed')
               AND (s.state = 'scheduled' OR n.id IS NOT NULL)
            """,
            served=self._day("n.effective_at"),
            rule=self._rule(
                SQL("CASE s.kind WHEN 'extraordinary' THEN 'extraordinary_notice_days' ELSE 'notice_days' END")
            ),
        )

    def _minutes(self):
        return SQL(
            """
            SELECT s.id::bigint * 8 + 1, s.council_id, s.company_id, 'minutes', rule.clause_id, s.id,
                   CASE WHEN m.id IS NULL OR m.state = 'draft' THEN 'shora.session' ELSE 'shora.minutes' END,
                   CASE WHEN m.id IS NULL OR m.state = 'draft' THEN s.id ELSE m.id END, s.day + rule.value, %(sent)s,
                   NULL
              FROM shora_session s
              %(rule)s
              LEFT JOIN shora_minutes m ON m.session_id = s.id
             WHERE s.state IN ('held', 'closed')
            """,
            sent=self._day("m.forwarded_at"),
            rule=self._rule(SQL("'minutes_days'")),
        )

    def _others(self):
        return SQL(
            """
            SELECT m.id::bigint * 8 + 2, m.council_id, m.company_id, 'answer', NULL, m.session_id, 'shora.minutes',
                   m.id, back.due, NULL, NULL
              FROM shora_minutes m
              JOIN LATERAL (
                SELECT t.kind, t.due FROM shora_minutes_step t WHERE t.minutes_id = m.id ORDER BY t.id DESC LIMIT 1
              ) back ON back.kind = 'returned' AND back.due IS NOT NULL
             WHERE m.state = 'returned'
             UNION ALL
            SELECT r.id::bigint * 8 + 3, r.council_id, r.company_id, 'resolution', NULL, r.session_id,
                   'shora.resolution', r.id, r.date_due, r.done_on, NULL
              FROM shora_resolution r
             WHERE r.date_due IS NOT NULL AND r.state IN %s
             UNION ALL
            SELECT p.id::bigint * 8 + 4, p.council_id, p.company_id, 'plan', NULL, NULL, 'shora.annual.plan.line',
                   p.id, p.date_to, CASE WHEN p.progress >= 100 THEN COALESCE(p.progress_on, p.date_to) END, NULL
              FROM shora_annual_plan_line p
             WHERE p.date_to IS NOT NULL AND p.dropped_by_id IS NULL AND p.plan_state IN ('confirmed', 'in_execution')
            """,
            (*OPEN, "done"),
        )

    @staticmethod
    def _day(moment):
        """The Tehran day of a stored (UTC) moment."""
        return SQL("(%s AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tehran')::date", SQL(moment))
