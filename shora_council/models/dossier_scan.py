import base64
import binascii

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.mimetypes import guess_mimetype

from ..rules import sealing
from .minutes_files import ENDINGS, _file_name


class ShoraDossierScan(models.Model):
    """The scan of what the President wrote: on the dossier as a whole or on one line, kept with its SHA-256 (5-9)."""

    _name = "shora.dossier.scan"
    _description = "Scan of the President's marginal note"
    _inherit = ["shora.kept.mixin"]
    _order = "dossier_id, id"

    dossier_id = fields.Many2one("shora.dossier", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    line_id = fields.Many2one(
        "shora.dossier.line", index="btree_not_null", ondelete="restrict", help="Empty: of the whole dossier."
    )
    name = fields.Char(required=True)
    file = fields.Binary(attachment=True, required=True)
    sha256 = fields.Char(required=True, string="SHA-256")
    filed_at = fields.Datetime(required=True, string="Filed at")
    filed_by_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    filed_name = fields.Char(required=True, string="Filed by")


class ShoraDossier(models.Model):
    _name = "shora.dossier"
    _inherit = "shora.dossier"

    scan_ids = fields.One2many("shora.dossier.scan", "dossier_id", string="Scans", readonly=True)

    def file_scan(self, name, content, line_id=None):
        """File the scan of what the President wrote on this dossier, or on one line of it; the same file once.

        :param name: of the file, as the user has it
        :param content: the file (PDF, PNG or JPEG) in base64
        :param line_id: id of the line; None: of the whole dossier
        :return: id of the scan
        :raises AccessError: neither the President nor his office
        :raises UserError: the dossier is not presented, the line is not of it, or the file is none that can be shown
        """
        self.ensure_one()
        self.check_access("read")
        lines = self.env["shora.dossier.line"]
        lines._check_decider()
        dossier = self.sudo()  # judged by role
        dossier._lock()
        if dossier.state == "draft":
            raise UserError(
                self._by_5_9(
                    self.env._(
                        "“%(dossier)s” is not before the President: it is “%(state)s”.",
                        dossier=self.display_name,
                        state=self._state_label(self.state),
                    )
                )
            )
        line = lines.sudo().browse(line_id or [])
        if line and line not in dossier.line_ids:
            raise UserError(self.env._("These lines are not of this dossier."))
        raw = self._scan_bytes(content)
        mark = sealing.sha256_hex(raw)
        there = dossier.scan_ids.filtered(lambda scan: scan.sha256 == mark and scan.line_id == line)
        if there:
            return there[:1].id
        return (
            dossier.env["shora.dossier.scan"]
            .create(
                {
                    "dossier_id": self.id,
                    "line_id": line.id,
                    "name": _file_name(name or "", ENDINGS[guess_mimetype(raw)]),
                    "file": base64.b64encode(raw),
                    "sha256": mark,
                    "filed_at": fields.Datetime.now(),
                    "filed_by_id": self.env.uid,
                    "filed_name": self.env.user.name,
                }
            )
            .id
        )

    def _scan_bytes(self, content):
        """
        :raises UserError: no file, or none that can be shown
        """
        try:
            raw = base64.b64decode(content or b"", validate=True)
        except (binascii.Error, TypeError, ValueError) as error:
            raise UserError(self.env._("The file is damaged and cannot be shown.")) from error
        minutes = self.env["shora.minutes"]
        minutes._check_size(raw)
        minutes._check_scan(raw, guess_mimetype(raw))
        return raw


class ShoraDossierLine(models.Model):
    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    scan_ids = fields.One2many("shora.dossier.scan", "line_id", string="Scans", readonly=True)

    @api.model
    def _scan_rows(self, scans):
        return [{"id": scan.id, "name": scan.name} for scan in scans]

    def _scans(self):
        """What proves the decision on this line: its own scans and those of the whole dossier."""
        self.ensure_one()
        return self.scan_ids | self.dossier_id.scan_ids.filtered(lambda scan: not scan.line_id)
