import base64
import json
from contextvars import ContextVar

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import sealing

#: what signing writes; no hand does
SEAL_FACTS = frozenset(
    {"content_json", "content_sha256", "pdf", "pdf_sha256", "signed_by_id", "signed_name", "signed_at"}
)

# (user, model, ids, how) of those who have just proven who they are; lives as long as the call of ``_sign``, where no
# client's context, value or stored row can reach it.
_proven = ContextVar("shora_identity_proven", default=None)


class ShoraSealedMixin(models.AbstractModel):
    """A record that is signed and sealed: content in canonical form, PDF, and a link of its council's chain (5-5).

    Whoever signs proves who it is first: ``action_sign`` asks (``shora.sign``), ``_sign`` is what follows. The step
    is one transaction, so that whatever breaks off leaves a draft without a trace.

    A model gives ``_seal_schema`` (name and version of the layout), ``_seal_template`` (of the PDF), ``_content`` and,
    for what the screen shows beside the PDF, ``_sealed_mirror``.
    """

    _name = "shora.sealed.mixin"
    _description = "Signed and sealed record"
    _inherit = ["shora.state.mixin"]

    _seal_schema = None
    _seal_template = None

    content_json = fields.Text(copy=False, string="Sealed content")
    content_sha256 = fields.Char(copy=False, string="SHA-256 of the content")
    pdf = fields.Binary(attachment=True, copy=False)
    pdf_sha256 = fields.Char(copy=False, string="SHA-256 of the PDF")
    signed_by_id = fields.Many2one("res.users", copy=False, string="Signed by")
    signed_name = fields.Char(copy=False, string="Signer as printed")
    signed_at = fields.Datetime(copy=False, string="Signed at")
    seal_id = fields.Many2one("shora.seal", compute="_compute_seal_id")
    seal_position = fields.Integer(compute="_compute_seal_id", string="Position in the chain")
    seal_link = fields.Char(compute="_compute_seal_id", string="Link of the chain")

    def _compute_seal_id(self):
        # Whoever reads the document may read its seal.
        seals = self.env["shora.seal"].sudo().search([("res_model", "=", self._name), ("res_id", "in", self.ids)])
        by_record = {seal.res_id: seal for seal in seals}
        for record in self:
            seal = by_record.get(record.id, seals.browse())
            record.seal_id = seal
            record.seal_position = seal.position
            record.seal_link = seal.link

    def copy(self, default=None):
        if self:
            self._refuse_copy()
        return super().copy(default)

    def _refuse_copy(self):
        """
        :raises UserError: always; what is signed under a name is written anew (clause 5-5)
        """
        raise UserError(
            self.env._(
                "“%(record)s” is not copied: what was signed is corrected by an addendum only (clause 5-5).",
                record=self[0].display_name,
            )
        )

    def _claim(self):
        """Serialise a change of what these documents say with their signature.

        A lock alone would let the signature go on with what it had read before. Touching the row makes the database
        refuse the later of the two, and Odoo starts it again with the facts of the first.
        """
        if self.ids:
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET write_date = write_date WHERE id IN %s",
                    SQL.identifier(self._table),
                    tuple(sorted(self.ids)),
                )
            )

    # --- who signs ---

    def action_sign(self):
        """Ask whoever signs to prove who it is; everything else is judged before.

        :raises UserError: why this cannot be signed
        """
        self.ensure_one()
        self.check_access("write")
        self._check_step("signed")
        return self.env["shora.sign"]._dialog(self)

    def _sign(self, identity):
        """Sign as the current user, whose identity the caller has just checked.

        :param identity: how: ``password`` or ``password_code``
        """
        token = _proven.set((self.env.uid, self._name, tuple(self.ids), identity))
        try:
            self.write({"state": "signed"})
        finally:
            _proven.reset(token)

    def _identity(self):
        """How the current user has proven to be who signs these records; None: not at all."""
        uid, model, ids, identity = _proven.get() or (None, None, (), None)
        return identity if (uid, model) == (self.env.uid, self._name) and set(self.ids) <= set(ids) else None

    def _judge(self, new):
        if new == "signed" and self and not self._identity():
            self._check_step(new)
            raise UserError(
                self.env._("(Clause 5-5) Whoever signs proves who it is: sign by the button, with your password.")
            )
        return super()._judge(new)

    def _check_step(self, new):
        """Everything but the identity.

        :raises UserError: as :meth:`_judge`
        """
        return super()._judge(new)

    # --- what is sealed ---

    def _signed_values(self):
        now = fields.Datetime.now()
        content = sealing.canonical(self._content_to_sign(now), self._seal_schema)
        return {
            "content_json": content.decode(),
            "content_sha256": sealing.sha256_hex(content),
            "signed_by_id": self.env.uid,
            "signed_name": self.env.user.name,
            "signed_at": now,
        }

    def _on_signed(self):
        for record in self:
            renderer = self.env["shora.pdf"]
            pdf = renderer._render(self._seal_template, record, content=record._sealed_content())
            pdf = renderer._sign(pdf, record.with_context(lang=renderer._language()).display_name)
            record._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
            self.env["shora.seal"]._append(record, record._identity())

    def _seal_values(self):
        """What the chain says of this record."""
        session = self.session_id
        office = self.env["shora.reader"]._of_office(self)
        return {
            "content_sha256": self.content_sha256,
            "pdf_sha256": self.pdf_sha256,
            "session_id": session,
            "name": office.display_name,
            "signer": self.signed_name,
            "sealed_at": self.signed_at,
        }

    def _sealed_content(self):
        """The sealed content; of a draft, what would be sealed now."""
        self.ensure_one()
        return json.loads(self.content_json)["content"] if self.content_json else self._content_to_sign(None)

    def _sealed_mirror(self, content):
        """{field: value} that a signed record's screen must show, from its sealed content; for the integrity check."""
        signed_at, signer = content["signed_at"].removesuffix("Z"), content["signed_by"]
        mirror = {
            "signed_name": signer["name"],
            "signed_at": fields.Datetime.to_datetime(signed_at.replace("T", " ")),
        }
        if "user" in signer:  # later than the first seals
            mirror["signed_by_id"] = self.env["res.users"].browse(signer["user"])
        return mirror

    def _sealed_rows(self, content):
        """Rows beside the record that show what was sealed: (record, field, value as sealed)."""
        return []

    def _sealed_lists(self, content):
        """Rows beside the record of which none may be missing and none added, as a list of (rows, name of the field
        by which each is found again, {id in it: name of the row as sealed}).
        """
        return []
