import os
from datetime import UTC
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import config

from ..rules import clock
from ..tools import pades

#: Where the settings are looked for: first the environment, then odoo.conf; never the database, whose copies travel.
CERTIFICATE = ("SHORA_PKCS12", "shora_pkcs12")
SECRET = ("SHORA_PKCS12_SECRET", "shora_pkcs12_secret")
#: file with the certificates whose holders' signatures are believed (PEM, one or several)
ROOTS = ("SHORA_TRUST_ROOTS", "shora_trust_roots")


def setting(names):
    """Value of a setting of the server; empty when it is not set."""
    variable, option = names
    return os.environ.get(variable) or config.get(option) or ""


class ShoraPdf(models.AbstractModel):
    """The organisation's own signature on sealed documents, and the judging of signatures made elsewhere.

    Without a configured certificate documents are sealed all the same (hash and chain); with one, a document that
    cannot be signed is not sealed: nobody can tell later why one of them lacks the signature.
    """

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    @api.model
    def _sign(self, pdf, reason):
        """``pdf`` with the organisation's signature (PAdES); unchanged where no certificate is configured.

        :param pdf: bytes
        :param reason: what the signature says it was made for
        :raises UserError: a certificate is configured and cannot sign
        """
        path = setting(CERTIFICATE)
        if not path:
            return pdf
        try:
            return pades.sign_pdf(pdf, path, setting(SECRET), reason, self._aware_now())
        except pades.CertificateRefused as refused:
            raise UserError(self._certificate_refusal(refused)) from None  # the cause may quote the file
        except pades.NotReadable as error:
            raise UserError(self.env._("The PDF cannot be signed: %(detail)s", detail=error)) from error

    @api.model
    def _signature_refusal(self):
        """Why the configured certificate cannot sign now; empty when it can, or when there is none."""
        path = setting(CERTIFICATE)
        try:
            if path:
                pades.load(path, setting(SECRET), self._aware_now())
        except pades.CertificateRefused as refused:
            return self._certificate_refusal(refused)
        return ""

    def _certificate_refusal(self, refused):
        """The sentence for a :class:`tools.pades.CertificateRefused`; it names the setting, never the secret."""
        day = (
            self.env["shora.words"]._day(clock.tehran_day(refused.moment.replace(tzinfo=None)))
            if refused.moment
            else ""
        )
        reasons = {
            "missing": self.env._("its file is missing or cannot be read by the server"),
            "format": self.env._("its file is no PKCS#12 file"),
            "secret": self.env._("the secret of its file is wrong"),
            "key": self.env._("its file holds no private key that can sign"),
            "usage": self.env._("it is not made for signing documents"),
            "early": self.env._("it is not valid before %(day)s", day=day),
            "expired": self.env._("it has expired on %(day)s", day=day),
        }
        return self.env._(
            "The document is not sealed: the organisation's certificate cannot sign, for %(reason)s. Whoever runs the "
            "server corrects %(option)s and %(secret)s in odoo.conf, or takes them out.",
            reason=reasons[refused.why],
            option=CERTIFICATE[1],
            secret=SECRET[1],
        )

    # --- signatures made elsewhere ---

    @api.model
    def _check_signatures(self, pdf):
        """What the signatures of ``pdf`` (bytes) are worth.

        :return: list of :class:`tools.pades.Signature`
        :raises UserError: no PDF that can be read, or the configured roots cannot be read
        """
        try:
            return pades.check_pdf(pdf, self._trust_roots(), self._aware_now())
        except pades.NotReadable as error:
            raise UserError(
                self.env._("The file is no PDF that can be read, or it is locked by a password.")
            ) from error

    def _trust_roots(self):
        """
        :raises UserError: roots are configured and cannot be read
        """
        path = setting(ROOTS)
        if not path:
            return []
        try:
            return pades.load_roots(Path(path).read_bytes())
        except (OSError, ValueError) as error:
            raise UserError(
                self.env._(
                    "Signatures cannot be judged: the file of trusted certificates (%(option)s in odoo.conf) is "
                    "missing or holds no certificate.",
                    option=ROOTS[1],
                )
            ) from error

    def _aware_now(self):
        return fields.Datetime.now().replace(tzinfo=UTC)
