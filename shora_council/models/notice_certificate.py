import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import email_split

from ..rules import notice as rules
from ..rules import sealing
from ..tools.uninstall import is_uninstalling
from .notice_recipient import SERVED

TEMPLATE = "shora_council.document_certificate"
#: who may put a certificate on file; staff signs and issues nothing
ISSUERS = frozenset({"secretary", "head"})


class ShoraNoticeCertificate(models.Model):
    """A certificate of notice (گواهی ابلاغ) put on file: what was dispatched to whom, how and when, as it stood then.

    The facts may change afterwards (a mail bounces, a receipt comes in), so there may be several; each is sealed.
    """

    _name = "shora.notice.certificate"
    _description = "Certificate of notice"
    _order = "id desc"
    _frozen_states = ("issued",)

    notice_id = fields.Many2one("shora.notice", required=True, index=True, ondelete="restrict", readonly=True)
    session_id = fields.Many2one(related="notice_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="notice_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    state = fields.Selection([("issued", "Issued")], required=True, default="issued", readonly=True)
    number = fields.Char(required=True, readonly=True)
    issued_at = fields.Datetime(required=True, readonly=True)
    issued_by_id = fields.Many2one("res.users", required=True, readonly=True)
    pdf = fields.Binary(attachment=True, readonly=True, string="File")
    pdf_name = fields.Char(compute="_compute_pdf_name")
    pdf_sha256 = fields.Char(readonly=True, string="SHA-256")

    @api.depends("number")
    def _compute_display_name(self):
        for certificate in self:
            certificate.display_name = certificate.number or ""

    @api.depends("number")
    def _compute_pdf_name(self):
        for certificate in self:
            certificate.pdf_name = f"certificate-{(certificate.number or '').replace('/', '-')}.pdf"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_by_rules()
        return super().create(vals_list)

    def write(self, vals):
        if self:
            self._refuse()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env) and self:
            self._refuse()
        return super().unlink()

    def _check_by_rules(self):
        if not self.env.su:
            self._refuse()

    def _refuse(self):
        raise UserError(self.env._("(Clause 5-1) A certificate of notice is issued once and never changed or deleted."))

    @api.model
    def _issue(self, notice):
        """Put a certificate of the dispatched ``notice`` on file, as things stand now."""
        certificate = self.sudo().create(  # who may was judged by action_issue_certificate
            {
                "notice_id": notice.id,
                "number": self.env["ir.sequence"].sudo().next_by_code("shora.letter"),
                "issued_at": fields.Datetime.now(),
                "issued_by_id": self.env.uid,
            }
        )
        pdf = self.env["shora.pdf"]._certificate(notice, certificate)
        super(ShoraNoticeCertificate, certificate).write(
            {"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)}
        )
        return certificate.sudo(False)

    def action_open(self):
        """Show the file beside the form, which then lists it."""
        download = self.env["shora.pdf"]._action(self, "pdf")
        return {**download, "url": download["url"].removesuffix("?download=true"), "target": "new"}


class ShoraNotice(models.Model):
    _name = "shora.notice"
    _inherit = "shora.notice"

    certificate_ids = fields.One2many(
        "shora.notice.certificate",
        "notice_id",
        string="Certificates on file",
        readonly=True,
        groups="shora_council.group_shora_staff,shora_council.group_shora_secretariat,shora_council.group_shora_auditor,"
        "shora_council.group_shora_president,shora_council.group_shora_president_office",
    )

    def action_print_certificate(self):
        """The certificate as things stand now, nothing kept."""
        return self.env["shora.pdf"]._action_render(TEMPLATE, self)

    def action_issue_certificate(self):
        """Issue a numbered certificate, keep it with the notice and open it.

        :raises AccessError: the user is neither the council's secretary nor the head of the Secretariat
        :raises UserError: nothing was dispatched
        """
        self.ensure_one()
        if not ISSUERS & self.env.user._shora_roles(self.council_id):
            raise AccessError(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(self.env["res.users"]._shora_role_labels(sorted(ISSUERS))),
                )
            )
        self._check_certifiable()
        return self.env["shora.notice.certificate"]._issue(self).action_open()

    def _check_certifiable(self):
        """
        :raises UserError: nothing was dispatched
        """
        if self.state != "dispatched":
            raise UserError(
                self._refusal(self.session_id._notice_rule(), self.env._("Only a dispatched notice is certified."))
            )

    def _deadline_kept(self):
        """Whether the last day for dispatch was kept: ``kept``, ``late``, ``open`` (somebody is not served yet) or
        ``free`` (no day is set, 5-1 note).
        """
        days = self.session_id._notice_days()
        if days is None:
            return "free"
        if not self.effective_at:
            return "open"
        return "kept" if rules.is_in_time(self.effective_at, self.session_id.start, days) else "late"


class ShoraPdf(models.AbstractModel):
    """The certificate's sentences."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _made(self, name, record):
        return self._certificate(record) if name == "certificate" else super()._made(name, record)

    def _check_makeable(self, name, record):
        if name == "certificate":
            record.env["shora.notice.recipient"].check_access("read")  # it names every recipient with the address
            record.recipient_ids.check_access("read")
        return super()._check_makeable(name, record)

    def _certificate(self, notice, certificate=None):
        """PDF of the certificate; ``certificate`` is the record that is put on file, None for a mere print."""
        notice._check_certifiable()
        issued = certificate.sudo() if certificate else self.env["shora.notice.certificate"]
        return self._render(TEMPLATE, notice, certificate=issued, written=issued.issued_at)

    def _phrases(self):
        return {
            **super()._phrases(),
            "certified": self._certified_phrase,
            "deadline": self._deadline_phrase,
            "served": self._served_rows,
            "certifier": self._certifier_phrase,
            "address": lambda row: next(iter(email_split(row.address)), row.address),
            "late": lambda notice: [notice._late_sentence(one) for one in notice._late()],
        }

    def _certified_phrase(self, notice):
        session = notice.session_id
        return self.env._(
            "It is certified that by virtue of %(clause)s of the by-law of the %(council)s, the invitation to "
            "%(session)s, to be held on %(day)s at %(hour)s, was dispatched in writing on %(sent)s at %(sent_hour)s, "
            "with its agenda and the documents named below, to the members named below.",
            clause=self._cite(session.council_id, "notice_agenda", session.day) or self.env._("Article 5"),
            council=session.council_id.name,
            session=self._session_phrase(session.number, session.kind),
            day=self._long_day(session.day),
            hour=self._digits(self.env["shora.words"]._local(session.start)),
            sent=self._long_day(self._vocabulary_day(notice.dispatched_at)),
            sent_hour=self._digits(self.env["shora.words"]._local(notice.dispatched_at)),
        )

    def _deadline_phrase(self, notice):
        """Whether the last day was kept, in a sentence."""
        moment = notice.effective_at
        facts = {
            "day": self._long_day(self._vocabulary_day(moment)),
            "hour": self._digits(self.env["shora.words"]._local(moment)),
        }
        kept = notice._deadline_kept()
        if kept == "free":
            return self.env._("No last day for dispatch is set for this session.")
        if kept == "open":
            missing = self._unserved(notice)
            return self.env._(
                "The notice is not complete: no written channel has reached %(names)s.",
                names=self.env["shora.words"]._join(missing.mapped("name")),
            )
        if kept == "kept":
            return self.env._("Kept: the last recipient was served on %(day)s at %(hour)s.", **facts)
        return self.env._("Not kept: the last recipient was served on %(day)s at %(hour)s.", **facts)

    def _certifier_phrase(self, notice, certificate):
        """What whoever issues the certificate is."""
        council = notice.council_id
        issuer = certificate.issued_by_id
        if issuer and "secretary" not in issuer._shora_roles(council):
            return self.env._("Head of the Secretariat of Strategic Councils")
        return self._secretary_phrase(council.name)

    def _labels(self):
        row = self.env["shora.notice.recipient"]
        names = {"channel": "channel", "delivery": "state", "answer": "phone_answer"}
        return {
            **super()._labels(),
            **{group: dict(row._fields[field]._description_selection(self.env)) for group, field in names.items()},
        }

    def _unserved(self, notice):
        rows = notice.recipient_ids.filtered(lambda row: row.state != "withdrawn")
        return rows.partner_id - rows.filtered(lambda row: row.sent_at and row.state in SERVED).partner_id

    def _vocabulary_day(self, moment):
        return self._vocabulary()["today_of"](moment)

    def _served_rows(self, notice):
        """[(number of the person, rows of that person by channel)], in the order of seats."""
        people = notice.recipient_ids.grouped("partner_id")
        return list(enumerate(people.values(), start=1))
