def migrate(cr, version):
    """The dialog by which 19.0.0.1.0 ended decrees is gone; the platform leaves the table of a model it cannot find."""
    cr.execute("DROP TABLE IF EXISTS shora_decree_end")
