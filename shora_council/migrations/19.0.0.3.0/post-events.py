def migrate(cr, version):
    """Events of sessions are private: colleagues see that people are taken, not by what."""
    cr.execute("UPDATE calendar_event SET privacy = 'private' WHERE id IN (SELECT event_id FROM shora_session)")
