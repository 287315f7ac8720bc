from odoo import api, models
from odoo.tools import SQL


class ShoraDeemedResignation(models.Model):
    """The absence rule over everything, as a safety net (spec, section 4)."""

    _name = "shora.deemed.resignation"
    _inherit = "shora.deemed.resignation"

    # --- the nightly net ---

    @api.model
    def _suspects(self):
        """[(council id, [partner ids])] whom the full check must judge: a streak as long as the shortest limit, or a
        record in force.

        One window over the counted rows; spells and versions are left to the judge. Where sessions without valid
        notice do not count, presence at one breaks no streak: then all absences are taken together.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH shortest AS (
                    SELECT COALESCE(MIN(value), 1000000) AS least
                      FROM shora_bylaw_rule WHERE code = 'absence_limit' AND value > 0
                ), streaks AS (
                    SELECT council_id, partner_id,
                           COUNT(*) FILTER (WHERE status IN ('absent', 'excused')) OVER (
                               PARTITION BY council_id, partner_id ORDER BY session_start, session_id
                               ROWS (SELECT least - 1 FROM shortest) PRECEDING
                           ) AS absences
                      FROM shora_attendance
                     WHERE counted AND (status IN ('absent', 'excused') OR NOT EXISTS (
                               SELECT FROM shora_bylaw_rule WHERE code = 'absence_valid_notice_only' AND is_active))
                )
                SELECT council_id, array_agg(DISTINCT partner_id) FROM (
                    SELECT council_id, partner_id FROM streaks WHERE absences >= (SELECT least FROM shortest)
                    UNION
                    SELECT council_id, partner_id FROM shora_deemed_resignation WHERE state = 'in_force'
                ) flagged
                 GROUP BY council_id ORDER BY council_id
                """
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _cron_judge_all(self):
        """The absence rule over everything, council by council: the same answer as at each confirmation (spec section
        4).
        """
        suspects = self._suspects()
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(suspects))
        for council_id, partner_ids in suspects:
            council = self.env["shora.council"].browse(council_id)
            self._judge_council(council, self.env["res.partner"].browse(partner_ids))
            if not progress(1):
                break
