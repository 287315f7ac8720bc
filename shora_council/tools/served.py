"""Headers of files that are served to their readers."""

from odoo.http import content_disposition


def file_headers(kind, name, disposition_type="attachment"):
    """Headers of a file: taken for what it is, and kept by nobody on the way.

    :param kind: its content type
    :param name: as it is called where it is saved
    :param disposition_type: ``inline`` for what is shown
    """
    return [
        ("Content-Type", kind),
        ("Content-Disposition", content_disposition(name, disposition_type=disposition_type)),
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
    ]
