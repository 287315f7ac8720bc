import base64
import json

from odoo import api, fields, models

from ..rules import sealing

KINDS = [
    ("scan", "Scan of wet signatures"),
    ("signed", "PDF signed elsewhere"),
]
#: of a signature that is not valid: why (see tools.pades.Signature)
WHY = [
    ("digest", "What it signs was changed"),
    ("forged", "Not made by the holder of the certificate"),
    ("coverage", "Does not cover the whole document"),
    ("added", "Something was added after it"),
    ("weak", "Made by a method that is broken"),
    ("unreadable", "Cannot be read"),
]
TRUST = [
    ("trusted", "Trusted"),
    ("untrusted", "Not issued by a trusted authority"),
    ("expired", "Expired when filed"),
    ("early", "Not valid yet when filed"),
    ("revoked", "Revoked"),
    ("usage", "Not made for signing"),
    ("unknown", "Not judged"),
]
VERDICTS = [
    ("trusted", "Valid"),
    ("valid", "Valid, certificate not trusted"),
    ("invalid", "Not valid"),
]
SIGNATURE_FACTS = ("signer", "issuer", "serial", "signed_at", "is_valid", "is_whole", "why", "trust")


class ShoraMinutesFile(models.Model):
    """A file beside signed minutes (5-5, 5-7): the scan with the attendees' wet signatures, or the PDF as it was signed
    elsewhere, say with a hardware token.

    Filed once, bound into the council's chain, never changed or removed. What the signatures were worth is judged on
    filing and kept: certificates expire, the judgement of that day stays. Written by ``shora.minutes._file``.
    """

    _name = "shora.minutes.file"
    _description = "File beside minutes"
    _inherit = ["shora.kept.mixin"]
    _order = "id desc"
    _frozen_states = ("filed",)
    _seal_schema = "shora.minutes.file/2"

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    state = fields.Selection([("filed", "Filed")], required=True, default="filed")
    kind = fields.Selection(KINDS, required=True)
    name = fields.Char(required=True, string="File name")
    file = fields.Binary(attachment=True, required=True)
    size = fields.Integer(required=True, string="Size (bytes)")
    shown_size = fields.Char(compute="_compute_shown_size", string="Size")
    filed_at = fields.Datetime(required=True)
    filed_by_id = fields.Many2one("res.users", required=True, ondelete="restrict", string="User")
    filed_name = fields.Char(required=True, string="Filed by")
    content_json = fields.Text(required=True, string="Sealed content")
    content_sha256 = fields.Char(required=True, string="SHA-256 of the content")
    pdf_sha256 = fields.Char(required=True, string="SHA-256 of the file")
    has_sealed = fields.Boolean(
        string="Begins with the sealed PDF",
        help="The signature was put on the very file that is sealed here; what was signed otherwise is a file of its "
        "own making.",
    )
    signature_ids = fields.One2many("shora.minutes.file.signature", "file_id", string="Signatures")
    signers = fields.Char(compute="_compute_signers")
    verdict = fields.Selection(VERDICTS, compute="_compute_signers", string="Signatures are")
    seal_id = fields.Many2one("shora.seal", compute="_compute_seal_id")
    seal_position = fields.Integer(compute="_compute_seal_id", string="Position in the chain")
    facts_json = fields.Text(compute="_compute_facts_json")

    _once = models.UniqueIndex("(minutes_id, pdf_sha256)", "This file is filed beside the minutes already.")

    @api.depends("kind", "minutes_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for file in self:
            file.display_name = f"{kinds.get(file.kind, '')} · {file.minutes_id.display_name}"

    @api.depends("size")
    def _compute_shown_size(self):
        for file in self:
            file.shown_size = self.env["shora.pdf"]._size_phrase(file.size)

    @api.depends("signature_ids")
    def _compute_signers(self):
        for file in self:
            signatures = file.signature_ids
            file.signers = self.env["shora.words"]._join(filter(None, signatures.mapped("signer")))
            file.verdict = False
            if signatures:
                trusted = all(one.trust == "trusted" for one in signatures)
                valid = all(signatures.mapped("is_valid"))
                file.verdict = ("trusted" if trusted else "valid") if valid else "invalid"

    def _compute_seal_id(self):
        # Whoever reads the file may read its seal.
        seals = self.env["shora.seal"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        by_record = {seal.res_id: seal for seal in seals}
        for file in self:
            file.seal_id = by_record.get(file.id, seals.browse())
            file.seal_position = file.seal_id.position

    # --- what is sealed ---

    def _compute_facts_json(self):
        """What the rows say now, as text: for the integrity check."""
        for file in self:
            facts, sealed = file._facts(file.signature_ids), file._sealed_names()
            file.facts_json = _as_text({name: value for name, value in facts.items() if name in sealed})

    def _sealed_names(self):
        """What the content of this file names: less in older ones."""
        try:
            return json.loads(self.content_json)["content"].keys()
        except (AttributeError, KeyError, TypeError, ValueError):
            return ()

    def _facts(self, signatures):
        """What the chain binds of a file, as plain data.

        :param signatures: rows, or mappings with the names of ``SIGNATURE_FACTS``
        """
        return {
            "minutes": self.minutes_id.id,
            "kind": self.kind,
            "name": self.name,
            "size": self.size,
            "sha256": self.pdf_sha256,
            "has_sealed": self.has_sealed,
            "filed_by": self.filed_name,
            "filed_by_id": self.filed_by_id.id,
            "filed_at": self.filed_at,
            "signatures": [
                {name: one[name] or (False if name.startswith("is_") else "") for name in SIGNATURE_FACTS}
                for one in signatures
            ],
        }

    @api.model
    def _file(self, minutes, raw, identity="filed", signatures=(), **values):
        """File ``raw`` (bytes) beside ``minutes``, and bind it as the newest link of the council's chain; who may and
        what may be filed is judged before.

        :param identity: one of ``shora.seal``
        :param signatures: mappings with the names of ``SIGNATURE_FACTS``
        :param values: kind, name, filed_at, filed_by_id, filed_name
        """
        values |= {
            "minutes_id": minutes.id,
            "size": len(raw),
            "pdf_sha256": sealing.sha256_hex(raw),
            "has_sealed": self._begins_with_sealed(minutes, raw),
        }
        content = sealing.canonical(self.new(values)._facts(signatures), self._seal_schema)
        file = self.sudo().create(  # written by the step only
            {
                **values,
                "file": base64.b64encode(raw),
                "content_json": content.decode(),
                "content_sha256": sealing.sha256_hex(content),
                "signature_ids": [(0, 0, dict(one)) for one in signatures],
            }
        )
        self.env["shora.seal"]._append(file, identity)
        return file.sudo(False)

    @api.model
    def _begins_with_sealed(self, minutes, raw):
        """Whether ``raw`` is the sealed PDF of ``minutes``, or that with something added after it."""
        sealed = base64.b64decode(minutes.with_context(bin_size=False).pdf or b"")
        return bool(sealed) and raw.startswith(sealed)

    def _seal_values(self):
        """What the chain says of this file."""
        office = self.env["shora.reader"]._of_office(self)
        return {
            "content_sha256": self.content_sha256,
            "pdf_sha256": self.pdf_sha256,
            "session_id": self.session_id,
            "name": office.display_name,
            "signer": self.filed_name,
            "sealed_at": self.filed_at,
        }

    def _sealed_mirror(self, content):
        """{field: value} that the rows must show, from the sealed content; for the integrity check."""
        return {"facts_json": _as_text(content)}

    def _sealed_rows(self, content):
        return []  # the signatures are in the mirror

    # --- buttons ---

    def action_download(self):
        self.ensure_one()
        return self.env["shora.pdf"]._action(self, "file")


class ShoraMinutesFileSignature(models.Model):
    """What one signature of a filed PDF was worth on the day of filing."""

    _name = "shora.minutes.file.signature"
    _description = "Signature of a filed PDF"
    _inherit = ["shora.kept.mixin"]
    _order = "file_id, id"
    _rec_name = "signer"

    file_id = fields.Many2one("shora.minutes.file", required=True, index=True, ondelete="restrict")
    minutes_id = fields.Many2one(related="file_id.minutes_id", store=True, index=True)
    council_id = fields.Many2one(related="file_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    signer = fields.Char(string="Signer by the certificate")
    issuer = fields.Char(string="Issued by")
    serial = fields.Char(string="Serial number")
    signed_at = fields.Datetime(help="By the clock of the signer; no authority has confirmed it.")
    is_valid = fields.Boolean(string="Valid")
    is_whole = fields.Boolean(string="Covers the whole file")
    why = fields.Selection(WHY, string="Why not")
    trust = fields.Selection(
        TRUST,
        required=True,
        string="Certificate",
        help="Judged for valid signatures, where the server knows trusted authorities (shora_trust_roots).",
    )
    result = fields.Selection([("valid", "Valid"), *WHY], compute="_compute_result")

    @api.depends("is_valid", "why")
    def _compute_result(self):
        for signature in self:
            signature.result = "valid" if signature.is_valid else signature.why


def _as_text(content):
    """Plain data as comparable text: as it is read back from the sealed content."""
    plain = json.loads(sealing.canonical(content, ShoraMinutesFile._seal_schema))["content"]
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)
