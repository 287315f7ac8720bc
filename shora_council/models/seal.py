import logging
from functools import partial

from odoo import api, fields, models
from odoo.tools import SQL

from ..rules import sealing

_logger = logging.getLogger(__name__)

IDENTITIES = [
    ("password", "Password"),
    ("password_code", "Password and second factor"),
    ("filed", "Filed by a user who was logged in"),
    ("before_chain", "Signed before the chain existed"),
]
#: what a link binds beside the fingerprints
PLACE = (
    "council_id",
    "position",
    "res_model",
    "res_id",
    "name",
    "session_id",
    "number",
    "day",
    "sealed_at",
    "signer",
    "identity",
)


class ShoraSeal(models.Model):
    """The chain of a council's sealed documents (5-5, 5-7): one row for each, bound to all rows before it.

    A row is written by the step that seals and never again. What it says of its document (``_place``) is in its link,
    so that a changed, missing or added row is found; see ``shora.integrity.check``.
    """

    _name = "shora.seal"
    _description = "Seal"
    _inherit = ["shora.kept.mixin"]
    _order = "council_id, position"

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    position = fields.Integer(required=True, string="Position in the chain", aggregator=False)
    name = fields.Char(required=True, string="Document")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    session_id = fields.Many2one("shora.session", required=True, index=True, ondelete="restrict")
    number = fields.Integer(required=True, string="Number of the session", aggregator=False)
    day = fields.Date(required=True, string="Day of the session")
    content_sha256 = fields.Char(required=True, index=True, string="SHA-256 of the content")
    pdf_sha256 = fields.Char(required=True, index=True, string="SHA-256 of the file")
    previous = fields.Char(required=True, string="Link before")
    link = fields.Char(required=True, help="SHA-256 over this row and the link before it.")
    sealed_at = fields.Datetime(required=True)
    signer = fields.Char(required=True, string="Signed or filed by")
    identity = fields.Selection(IDENTITIES, required=True, string="Identity proven by")

    _one_position = models.UniqueIndex("(council_id, position)", "This position of the chain is taken.")
    _one_record = models.UniqueIndex("(res_model, res_id)", "This document is sealed already.")

    @api.depends("name")
    def _compute_display_name(self):
        for seal in self:
            seal.display_name = seal.name

    @api.model
    def _append(self, record, identity):
        """Bind ``record`` as the newest link of its council's chain; once a record.

        :param record: one record with ``_seal_values()``: content_sha256, pdf_sha256, session_id, name, signer,
            sealed_at (naive UTC)
        :param identity: one of ``IDENTITIES``
        :raises IntegrityError: the record is sealed already
        """
        record.ensure_one()
        rows = self.sudo()  # nobody writes the chain by hand
        values = record._seal_values()
        session = values["session_id"]
        council = session.council_id
        position = rows.env["shora.seal.count"]._next(council, "seals")
        before = rows.search([("council_id", "=", council.id), ("position", "<", position)])[-1:]
        previous = before.link or sealing.GENESIS
        place = {
            "council_id": council.id,
            "position": position,
            "res_model": record._name,
            "res_id": record.id,
            "name": values["name"],
            "session_id": session.id,
            "number": session.number,
            "day": session.day,
            "sealed_at": values["sealed_at"],
            "signer": values["signer"],
            "identity": identity,
        }
        marks = {name: values[name] for name in ("content_sha256", "pdf_sha256")}
        seal = rows.create(
            {**place, **marks, "previous": previous, "link": sealing.link(previous, *marks.values(), place)}
        )
        # Told outside the database, once it is true: see rules/anchors.py.
        self.env.cr.postcommit.add(
            partial(_logger.info, "%s: %s seals, head %s", council.sudo().code, position, seal.link)
        )
        return seal

    def _place(self):
        """What the link binds beside the fingerprints, as plain data, in the row as it is stored now."""
        self.ensure_one()
        row = {name: self[name] for name in PLACE}
        return {name: value.id if isinstance(value, models.BaseModel) else value for name, value in row.items()}

    def _breaks(self, council):
        """Where the chain of ``council`` does not hold: see :func:`rules.sealing.breaks`."""
        rows = self.sudo().search([("council_id", "=", council.id)], order="position, id")
        return sealing.breaks(
            (
                (seal.position, seal.previous, seal.content_sha256, seal.pdf_sha256, seal.link, seal._place())
                for seal in rows
            ),
            self.env["shora.seal.count"]._length(council, "seals"),
        )

    def action_open_record(self):
        """The sealed document itself."""
        self.ensure_one()
        return self.env[self.res_model].browse(self.res_id)._get_records_action()


class ShoraSealCount(models.Model):
    """How many positions of a council's chains were given out: so that a missing end of one is found as well."""

    _name = "shora.seal.count"
    _description = "Length of a chain"
    _inherit = ["shora.kept.mixin"]

    council_id = fields.Many2one("shora.council", required=True, ondelete="restrict")
    chain = fields.Selection(
        [("seals", "Sealed documents"), ("copies", "Copies in the Secretariat's archive")],
        required=True,
        default="seals",
    )
    positions = fields.Integer(required=True, aggregator=False)

    _one_a_council = models.UniqueIndex("(council_id, chain)", "A council has one chain of each kind.")

    @api.model
    def _next(self, council, chain):
        """The next position; whoever wants one of the same chain at the same moment waits and is replayed by Odoo."""
        [[position]] = self.env.execute_query(
            SQL(
                """
                INSERT INTO shora_seal_count (council_id, chain, positions) VALUES (%s, %s, 1)
                ON CONFLICT (council_id, chain) DO UPDATE SET positions = shora_seal_count.positions + 1
                RETURNING positions
                """,
                council.id,
                chain,
            )
        )
        return position

    @api.model
    def _length(self, council, chain):
        """How many were given out."""
        return self.sudo().search([("council_id", "=", council.id), ("chain", "=", chain)]).positions
