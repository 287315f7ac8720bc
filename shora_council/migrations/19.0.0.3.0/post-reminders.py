from odoo.tools import SQL
from psycopg2.extras import Json

RULES = {
    "notice_reminder_1": (10, "First reminder to dispatch the notice", "نخستین یادآوری ارسال دعوت‌نامه"),
    "notice_reminder_2": (8, "Second reminder to dispatch the notice", "دومین یادآوری ارسال دعوت‌نامه"),
    "session_reminder": (1, "Reminder of the session to its members", "یادآوری جلسه به اعضا"),
}


def migrate(cr, version):
    """Reminders before notice and session (5-1) for the by-laws that are there already, those in force included: they
    remind and judge nothing.
    """
    for code, (days, name, name_fa) in RULES.items():
        cr.execute(
            SQL(
                """
                INSERT INTO shora_bylaw_rule
                       (bylaw_id, clause_id, clause_sequence, code, name, value, unit, severity, is_active,
                        create_uid, write_uid, create_date, write_date)
                SELECT notice.bylaw_id, notice.clause_id, notice.clause_sequence, %s, %s, %s, 'days', 'info', TRUE,
                       1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM shora_bylaw_rule notice
                 WHERE notice.code = 'notice_days'
                   AND NOT EXISTS (SELECT 1 FROM shora_bylaw_rule r WHERE r.bylaw_id = notice.bylaw_id AND r.code = %s)
                """,
                code,
                Json({"en_US": name, "fa_IR": name_fa}),
                days,
                code,
            )
        )
