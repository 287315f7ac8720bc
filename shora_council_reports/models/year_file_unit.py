import base64
import hashlib
import io
import logging
from datetime import datetime, time

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..report import TABLES, Scope
from ..report.printed import printed
from ..report.workbook import fill, open_workbook

_logger = logging.getLogger(__name__)


class ShoraYearFileUnit(models.Model):
    """One paper of a year's file: a stored document as it is, or one that is made for it, each in a commit of its own.

    What is made is kept here until the ZIP is bound.
    """

    _name = "shora.year.file.unit"
    _description = "Paper of a year's file"
    _order = "file_id, sequence, id"

    file_id = fields.Many2one("shora.year.file", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="file_id.company_id", store=True, index=True)
    sequence = fields.Integer(required=True)
    path = fields.Char(required=True, help="Within the ZIP.")
    kind = fields.Selection(
        [
            ("stored", "As it was sealed or filed"),
            ("document", "Document printed for this file"),
            ("printed", "Report (PDF)"),
            ("workbook", "Register (Excel)"),
            ("integrity", "Integrity result"),
        ],
        required=True,
    )
    original_id = fields.Many2one("ir.attachment", ondelete="set null")
    res_model = fields.Char()
    res_id = fields.Many2oneReference(model_field="res_model")
    code = fields.Char(help="Document or report.")
    state = fields.Selection(
        [("waiting", "Waiting"), ("made", "Made"), ("missing", "Missing")], required=True, default="waiting"
    )
    reason = fields.Char(string="Why it is missing")
    content = fields.Binary(attachment=True)
    size = fields.Integer()
    sha256 = fields.Char(string="SHA-256")

    _waiting = models.Index("(file_id, sequence) WHERE state = 'waiting'")

    def _make(self):
        """Make this paper; one that cannot be made is missing, with the reason, and stops no other."""
        self.ensure_one()
        make = getattr(self, f"_make_{self.kind}")
        try:
            with self.env.cr.savepoint():
                make()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except AccessError:
            raise  # who ordered it has lost the right: none of it is for that person
        except Exception as error:
            _logger.info("Missing in the file of the year %s: %s", self.file_id.id, self.path, exc_info=True)
            told = isinstance(error, UserError)
            self.write(
                {
                    "state": "missing",
                    "reason": str(error) if told else self.env._("An error of the server; its log says more."),
                }
            )

    def _keep(self, raw):
        self.write(
            {
                "state": "made",
                "content": base64.b64encode(raw),
                "size": len(raw),
                "sha256": hashlib.sha256(raw).hexdigest(),
            }
        )

    def _make_stored(self):
        """The bytes stay where they are; here they are measured."""
        if not self.original_id:
            raise UserError(self.env._("The file no longer exists."))
        with self._opened() as file:
            self.write(
                {
                    "state": "made",
                    "sha256": hashlib.file_digest(file, "sha256").hexdigest(),
                    "size": file.seek(0, io.SEEK_END),
                }
            )

    def _make_document(self):
        record = self.file_id._reader().env[self.res_model].browse(self.res_id)
        renderer = record.env["shora.pdf"]
        renderer._check_makeable(self.code, record)
        self._keep(renderer._made(self.code, record))

    def _make_printed(self):
        tables = self._tables()
        self._keep(printed(tables[0].env, tables))

    def _make_workbook(self):
        tables = self._tables()
        target = io.BytesIO()
        with open_workbook(target, tables[0].env) as workbook:
            # The same facts give the same file on the same day.
            ordered = datetime.combine(self.file_id.ordered_at, time.min)
            fill(workbook, tables[0].env, tables, created=ordered)
        self._keep(target.getvalue())

    def _make_integrity(self):
        self._keep(self.file_id._integrity_text().encode())

    def _tables(self):
        file = self.file_id._reader()
        return TABLES[self.code].tables(file.env, Scope.of_year(file.council_id, file.year))

    def _opened(self):
        """What goes into the ZIP, open for reading in binary."""
        if self.kind == "stored":
            return self.original_id.sudo()._opened()  # looked for with the rights of who ordered it
        return io.BytesIO(base64.b64decode(self.with_context(bin_size=False).content))
