from odoo.tools import SQL
from psycopg2.extras import Json

NOTE = ("House rule, not set by the by-law", "ضابطه داخلی؛ در آیین‌نامه تعیین نشده")
RULES = {
    "presenting_days": (
        "warn",
        "House rule: days from the review of minutes to their presentation to the President",
        "ضابطه داخلی: مهلت ارائه صورتجلسه بررسی‌شده به رئیس مرکز",
    ),
    "decision_days": (
        "info",
        "House rule: days from the presentation of minutes to the President's decision",
        "ضابطه داخلی: مهلت تصمیم رئیس مرکز درباره صورتجلسه ارائه‌شده",
    ),
}


def migrate(cr, version):
    """The house rules of the way to the President (5-9) for the by-laws that are there already, those in force
    included: they are not set and judge nothing until a new version sets them.
    """
    for code, (severity, name, name_fa) in RULES.items():
        cr.execute(
            SQL(
                """
                INSERT INTO shora_bylaw_rule
                       (bylaw_id, code, name, note, value, unit, severity, is_active,
                        create_uid, write_uid, create_date, write_date)
                SELECT b.id, %s, %s, %s, 0, 'days', %s, FALSE,
                       1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
                  FROM shora_bylaw b
                 WHERE NOT EXISTS (SELECT 1 FROM shora_bylaw_rule r WHERE r.bylaw_id = b.id AND r.code = %s)
                """,
                code,
                Json({"en_US": name, "fa_IR": name_fa}),
                Json(dict(zip(("en_US", "fa_IR"), NOTE, strict=True))),
                severity,
                code,
            )
        )
