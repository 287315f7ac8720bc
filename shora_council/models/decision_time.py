from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .resolution_life import ADOPTED


class ShoraDecisionTime(models.Model):
    """How long it takes from the session to the President's decision: a row for each adopted resolution of minutes that
    were forwarded, or one for the minutes where there is none (5-5, 5-9).

    Days are calendar days in Tehran; a stage that has not been reached is empty. Return and answer lie within the
    review: the first receipt counts. A resolution that was referred counts from its first presentation to its last
    decision; a dossier that was withdrawn does not count. Computed by the database from the steps, the dossiers and the
    decisions; nothing is stored.
    """

    _name = "shora.decision.time"
    _description = "Time from session to decision"
    _auto = False
    #: what must be in the database before the query reads it
    _depends = {
        "shora.minutes": ["council_id", "company_id", "session_id", "forwarded_at"],
        "shora.session": ["day"],
        "shora.resolution": ["session_id", "state"],
        "shora.minutes.step": ["minutes_id", "kind", "at"],
        "shora.dossier": ["presented_at"],
        "shora.dossier.line": ["dossier_id", "minutes_id", "resolution_id", "decided_on", "is_final", "is_withdrawn"],
    }
    _order = "session_day desc, id desc"

    council_id = fields.Many2one("shora.council", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    session_id = fields.Many2one("shora.session", readonly=True)
    minutes_id = fields.Many2one("shora.minutes", readonly=True)
    resolution_id = fields.Many2one("shora.resolution", readonly=True)
    session_day = fields.Date(readonly=True, string="Day of the session")
    forwarded_on = fields.Date(readonly=True, string="Forwarded on")
    received_on = fields.Date(readonly=True, string="Received on")
    reviewed_on = fields.Date(readonly=True, string="Reviewed on")
    presented_on = fields.Date(readonly=True, string="Presented on")
    decided_on = fields.Date(readonly=True, string="Decided on")
    days_forwarding = fields.Integer(readonly=True, aggregator="avg", string="To forwarding")
    days_receipt = fields.Integer(readonly=True, aggregator="avg", string="To receipt")
    days_review = fields.Integer(readonly=True, aggregator="avg", string="To review")
    days_presenting = fields.Integer(readonly=True, aggregator="avg", string="To presentation")
    days_decision = fields.Integer(readonly=True, aggregator="avg", string="To decision")
    days_total = fields.Integer(readonly=True, aggregator="avg", string="Session to decision")

    @api.depends("minutes_id", "resolution_id")
    def _compute_display_name(self):
        for row in self:
            row.display_name = (row.resolution_id or row.minutes_id).display_name

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT x.*,
                   x.forwarded_on - x.session_day AS days_forwarding,
                   x.received_on - x.forwarded_on AS days_receipt,
                   x.reviewed_on - x.received_on AS days_review,
                   x.presented_on - x.reviewed_on AS days_presenting,
                   x.decided_on - x.presented_on AS days_decision,
                   x.decided_on - x.session_day AS days_total
              FROM (
                SELECT 2 * COALESCE(r.id, m.id) + (r.id IS NULL)::int AS id,
                       m.council_id, m.company_id, m.session_id, m.id AS minutes_id, r.id AS resolution_id,
                       s.day AS session_day,
                       (m.forwarded_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tehran')::date AS forwarded_on,
                       (t.received_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tehran')::date AS received_on,
                       (t.reviewed_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tehran')::date AS reviewed_on,
                       (d.presented_at AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tehran')::date AS presented_on,
                       d.decided_on
                  FROM shora_minutes m
                  JOIN shora_session s ON s.id = m.session_id
                  LEFT JOIN shora_resolution r ON r.session_id = s.id AND r.state IN %(adopted)s
                  LEFT JOIN (
                    SELECT minutes_id,
                           MIN(at) FILTER (WHERE kind = 'received') AS received_at,
                           MAX(at) FILTER (WHERE kind = 'reviewed') AS reviewed_at
                      FROM shora_minutes_step GROUP BY minutes_id
                  ) t ON t.minutes_id = m.id
                  LEFT JOIN (
                    SELECT l.minutes_id, l.resolution_id, MIN(o.presented_at) AS presented_at,
                           MAX(l.decided_on) FILTER (WHERE l.is_final) AS decided_on
                      FROM shora_dossier_line l JOIN shora_dossier o ON o.id = l.dossier_id
                     WHERE l.is_withdrawn IS NOT TRUE
                     GROUP BY l.minutes_id, l.resolution_id
                  ) d ON d.minutes_id = m.id AND d.resolution_id IS NOT DISTINCT FROM r.id
                 WHERE m.forwarded_at IS NOT NULL
              ) x
            """,
            adopted=ADOPTED,
        )

    @api.model
    def _of_minutes(self, minutes):
        """{minutes id: {field: days}}: of each its slowest resolution; one query, with the reader's own rights."""
        names = ("forwarding", "receipt", "review", "presenting", "decision", "total")
        fields_ = [f"days_{name}" for name in names]
        rows = self._read_group(
            Domain("minutes_id", "in", minutes.ids), ["minutes_id"], [f"{name}:max" for name in fields_]
        )
        return {row[0].id: dict(zip(fields_, row[1:], strict=True)) for row in rows}
