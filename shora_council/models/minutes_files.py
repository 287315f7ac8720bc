import unicodedata

from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools.mimetypes import guess_mimetype

from ..rules import sealing
from ..tools import pdf_pages
from .item_documents import _short

#: who files beside the minutes
FILERS = frozenset({"secretary", "secretariat"})
#: bytes of one file: a hundred scanned pages, and what one request carries
LIMIT = 32 * 1024 * 1024
PDF = "application/pdf"
#: ending of a file by what it is, whatever it was called
ENDINGS = {PDF: ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}

#: marks of direction, by which a name shows another ending than it has
BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class ShoraMinutes(models.Model):
    """Scans of wet signatures and PDFs signed elsewhere, filed beside signed minutes at any later time.

    Their absence blocks nothing (5-5): minutes are the minutes by the secretary's signature.
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    file_ids = fields.One2many(
        "shora.minutes.file",
        "minutes_id",
        string="Files beside the minutes",
        readonly=True,
        groups="shora_council.group_shora_staff,shora_council.group_shora_secretariat,shora_council.group_shora_auditor,"
        "shora_council.group_shora_president,shora_council.group_shora_president_office",
    )
    may_file = fields.Boolean(compute="_compute_may_file")

    def _compute_may_file(self):
        for minutes in self:
            minutes.may_file = minutes.state != "draft" and bool(FILERS & minutes._roles_of_user())

    def action_new_file(self):
        """Ask for the file.

        :raises AccessError, UserError: as :meth:`_file`
        """
        self.ensure_one()
        self._check_filing()
        return self.env["shora.minutes.file.add"]._dialog(self)

    def _file(self, kind, name, raw):
        """File ``raw`` beside the minutes, for good.

        :param kind: ``scan``: pictures or PDF, as they are; ``signed``: a PDF with signatures, which are judged now
        :param name: of the file, as the user has it
        :param raw: bytes
        :return: ``shora.minutes.file``
        :raises AccessError: the user is neither the council's secretary nor of the Secretariat
        :raises UserError: the minutes are not signed, or the file is none that can be filed
        """
        self.ensure_one()
        self.check_access("read")
        self._check_filing()
        self._check_size(raw)
        mimetype = guess_mimetype(raw)
        if kind == "signed":
            signatures = self._signatures_of(raw, mimetype)
        else:
            signatures = []
            self._check_scan(raw, mimetype)
        self._check_new(raw)
        file = self.env["shora.minutes.file"]._file(
            self,
            raw,
            signatures=signatures,
            kind=kind,
            name=_file_name(name, ENDINGS[mimetype]),
            filed_at=fields.Datetime.now(),
            filed_by_id=self.env.uid,
            filed_name=self.env.user.name,
        )
        self.invalidate_recordset(["file_ids"])
        return file

    # --- what may be filed ---

    def _check_filing(self):
        """
        :raises AccessError, UserError: as :meth:`_file`
        """
        if not FILERS & self._roles_of_user():
            labels = self.env["res.users"]._shora_role_labels(sorted(FILERS))
            raise AccessError(
                self.env._("This step belongs to: %(roles)s.", roles=self.env["shora.words"]._join(labels))
            )
        if self.state == "draft":
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            raise UserError(self._refusal(rule, self.env._("Files are filed beside signed minutes; sign them first.")))

    def _check_new(self, raw):
        """
        :raises UserError: this very file is there already
        """
        if sealing.sha256_hex(raw) in self.sudo().file_ids.mapped("pdf_sha256"):
            raise UserError(self.env._("This file is filed beside the minutes already."))

    def _check_size(self, raw):
        """
        :raises UserError: the file is empty or too large
        """
        size_of = self.env["shora.pdf"]._size_phrase
        if not raw:
            raise UserError(self.env._("The file is empty."))
        if len(raw) > LIMIT:
            raise UserError(
                self.env._(
                    "The file is too large: %(size)s; up to %(limit)s can be filed.",
                    size=size_of(len(raw)),
                    limit=size_of(LIMIT),
                )
            )

    def _check_scan(self, raw, mimetype):
        """
        :raises UserError: neither a picture nor a PDF that can be shown
        """
        try:
            if mimetype == PDF:
                pdf_pages.pages_of(raw)
            elif mimetype in ENDINGS:
                pdf_pages.picture_of(raw)
            else:
                raise pdf_pages.Unusable("format")
        except pdf_pages.Unusable as error:
            reasons = {
                "format": self.env._("A scan is a PDF or a picture (PNG, JPEG); this file is neither."),
                "encrypted": self.env._("The file is locked by a password. File one that anybody may open."),
                "long": self.env._("The file has too many pages."),
                "broken": self.env._("The file is damaged and cannot be shown."),
            }
            raise UserError(reasons[error.code]) from error

    def _signatures_of(self, raw, mimetype):
        """What the signatures of ``raw`` are worth now, as rows of ``shora.minutes.file.signature``.

        :raises UserError: no PDF, or nobody has signed it
        """
        if mimetype != PDF:
            raise UserError(self.env._("What is signed elsewhere is filed as a PDF; this file is none."))
        found = self.env["shora.pdf"]._check_signatures(raw)
        if not found:
            raise UserError(
                self.env._("The PDF bears no digital signature. A scan of wet signatures is filed as a scan.")
            )
        return [
            {
                "signer": one.signer,
                "issuer": one.issuer,
                "serial": one.serial,
                "signed_at": one.signed_at,
                "is_valid": one.valid,
                "is_whole": one.whole,
                "why": one.why,
                "trust": one.trust,
            }
            for one in found
        ]


def _file_name(name, ending):
    """``name`` without directories and what cannot be seen, with the ending of what the file is."""
    base = (name or "").replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in base if unicodedata.category(char) not in ("Cc", "Co", "Cs") and char not in BIDI)
    stem, dot, old = shown.rpartition(".")
    return f"{_short(stem if dot and len(old) <= 5 else shown)}{ending}"
