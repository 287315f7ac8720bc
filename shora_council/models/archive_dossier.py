from odoo import models
from odoo.tools import SQL

#: files of a dossier that every council in it has a copy of: model → (field, link to the dossier, link to its line)
DOSSIER_SOURCES = {
    "shora.dossier": ("pdf", SQL("r.id"), SQL("NULL::int")),
    "shora.dossier.scan": ("file", SQL("r.dossier_id"), SQL("r.line_id")),
}


class ShoraSession(models.Model):
    """A dossier, and what the President wrote on it, belong to every session whose minutes it presents: a copy is
    kept with each (5-7). The file itself is stored once, whatever the number of copies.
    """

    _name = "shora.session"
    _inherit = "shora.session"

    def _archive_queries(self):
        return [*super()._archive_queries(), *(self._archive_dossier_query(model) for model in DOSSIER_SOURCES)]

    def _archive_dossier_query(self, model):
        field, dossier, line = DOSSIER_SOURCES[model]
        return SQL(
            """
            SELECT DISTINCT l.session_id, a.id AS original_id
              FROM ir_attachment a
              JOIN %(table)s r ON r.id = a.res_id
              JOIN shora_dossier_line l ON l.dossier_id = %(dossier)s AND l.id = COALESCE(%(line)s, l.id)
             WHERE a.res_model = %(model)s AND a.res_field = %(field)s AND a.checksum IS NOT NULL
               AND l.session_id IN %(ids)s
               AND NOT EXISTS (
                   SELECT FROM whole c
                    WHERE c.original_id = a.id AND c.checksum = a.checksum AND c.session_id = l.session_id)
            """,
            table=SQL.identifier(self.env[model]._table),
            dossier=dossier,
            line=line,
            model=model,
            field=field,
            ids=tuple(self.ids),
        )


class ShoraArchiveCopy(models.Model):
    _name = "shora.archive.copy"
    _inherit = "shora.archive.copy"

    # a dossier's file is kept with each of its sessions
    _once = models.UniqueIndex("(original_id, checksum, folder_id)", "This file is kept already.")
