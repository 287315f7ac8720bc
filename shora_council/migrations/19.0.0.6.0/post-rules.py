from odoo.tools import SQL

#: rules that earlier upgrades added to the shipped by-law
CODES = ("notice_reminder_1", "notice_reminder_2", "session_reminder", "presenting_days", "decision_days")


def migrate(cr, version):
    """They get the external names that they have in a new installation: uninstalling goes by names."""
    cr.execute(
        SQL(
            """
            INSERT INTO ir_model_data (module, name, model, res_id, noupdate, create_uid, write_uid)
            SELECT 'shora_council', 'bylaw_rule_' || r.code, 'shora.bylaw.rule', r.id, TRUE, 1, 1
              FROM shora_bylaw_rule r
              JOIN ir_model_data d ON d.model = 'shora.bylaw' AND d.res_id = r.bylaw_id
               AND d.module = 'shora_council' AND d.name = 'bylaw_irud'
             WHERE r.code IN %s
                ON CONFLICT DO NOTHING
            """,
            CODES,
        )
    )
