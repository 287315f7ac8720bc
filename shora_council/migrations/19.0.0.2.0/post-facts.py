POSTS = {"seat_irud_a1": "ends", "seat_irud_a3": "decree", "seat_irud_a4": "decree"}


def migrate(cr, version):
    """Memberships that exist were each given by the decree they name, and the shipped seats go with posts (4-A)."""
    for name, rule in POSTS.items():
        cr.execute(
            """
            UPDATE shora_seat s SET post_rule = %s FROM ir_model_data d
             WHERE d.module = 'shora_council' AND d.name = %s AND d.res_id = s.id AND s.post_rule = 'none'
            """,
            (rule, name),
        )
    cr.execute(
        """
        UPDATE shora_decree d SET gives_membership = TRUE
          FROM shora_membership m
         WHERE m.decree_id = d.id AND d.membership_id = m.id AND d.gives_membership IS NOT TRUE
        """
    )
