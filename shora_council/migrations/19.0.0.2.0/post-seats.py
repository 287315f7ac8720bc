from odoo.tools import SQL

RULES = {"a1": "ends", "a3": "decree", "a4": "decree"}


def migrate(cr, version):
    """The shipped seats go with posts (4-A1, 4-A3, 4-A4); data that is never updated does not say so by itself."""
    for seat, rule in RULES.items():
        cr.execute(
            SQL(
                """
                UPDATE shora_seat s SET post_rule = %s
                  FROM ir_model_data d
                 WHERE d.module = 'shora_council' AND d.model = 'shora.seat' AND d.name = %s AND d.res_id = s.id
                   AND s.post_rule = 'none' AND s.kind = 'ex_officio'
                """,
                rule,
                f"seat_irud_{seat}",
            )
        )
