def migrate(cr, version):
    """Memberships that exist were each given by the decree they name (19.0.0.1.0 had no other kinds)."""
    cr.execute(
        """
        UPDATE shora_decree d SET gives_membership = TRUE
          FROM shora_membership m
         WHERE m.decree_id = d.id AND d.membership_id = m.id AND d.gives_membership IS NOT TRUE
        """
    )
