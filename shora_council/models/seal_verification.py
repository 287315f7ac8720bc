import hmac
import ipaddress
import re

import qrcode
import qrcode.image.svg
from markupsafe import Markup
from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import sealing

#: hexadecimal digits of the content's SHA-256 that are printed: 80 bits, which nobody finds by trying
CODE_DIGITS = 20
#: tries from one address in one minute, and in one hour
LIMITS = ((60, 20), (3600, 200))
PATH = "/shora/verify"


def _network(remote):
    """Whom a question is counted for: an IPv4 address, or the network of an IPv6 one, of which whoever has one has
    2⁶⁴.
    """
    try:
        address = ipaddress.ip_address(remote or "")
    except ValueError:
        return remote or ""
    if address.version == 6 and not address.ipv4_mapped:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(getattr(address, "ipv4_mapped", None) or address)


class ShoraSeal(models.Model):
    """What is printed on a sealed document to check it by, and the answer of the public page (5-5)."""

    _name = "shora.seal"
    _inherit = "shora.seal"

    @api.model
    def _code(self, content_sha256):
        """«1a2b 3c4d …»: the printed code of a content."""
        digits = (content_sha256 or "")[:CODE_DIGITS]
        return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))

    @api.model
    def _address(self, number, day, content_sha256):
        """The address in the printed QR: number, Jalali day and code, and nothing of the content."""
        day = "{:04}-{:02}-{:02}".format(*jalali.to_jalali(day))
        code = (content_sha256 or "")[:CODE_DIGITS]
        return f"{self._page()}?n={number}&d={day}&c={code}"

    @api.model
    def _page(self):
        """The address of the public page."""
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        return f"{base.rstrip('/')}{PATH}"

    @api.model
    def _qr(self, address):
        """The QR of ``address`` as SVG to stand in a page; nothing is loaded from anywhere."""
        image = qrcode.make(address, image_factory=qrcode.image.svg.SvgPathImage, border=0)
        return Markup(image.to_string(encoding="unicode"))

    @api.model
    def _verify(self, number, day, code):
        """Whether a document with this session number, day and code is sealed here.

        :param number: as typed
        :param day: as typed, Jalali
        :param code: printed code or the whole SHA-256, with or without spaces
        :return: True or False; never why
        """
        code = re.sub(r"[\s-]", "", jalali.latin_digits(code or "")).lower()
        number = jalali.latin_digits(number or "").strip()
        if not re.fullmatch(r"[0-9a-f]{20,64}", code) or not re.fullmatch(r"[0-9]{1,6}", number):
            return False
        try:
            day = jalali.parse_jalali(day)
        except ValueError:
            return False
        found = self.sudo().search(  # the public reads nothing of it but yes or no
            Domain("number", "=", int(number)) & Domain("day", "=", day) & Domain("content_sha256", "=like", f"{code}%")
        )
        return any(seal._holds() for seal in found)

    @api.model
    def _verify_file(self, sha256):
        """Whether a file with this SHA-256 is sealed here, as it is, byte by byte."""
        return any(seal._holds() for seal in self.sudo().search([("pdf_sha256", "=", sha256)]))  # as above

    def _holds(self):
        """Whether the row is the one that was linked: one slipped in by hand vouches for nothing."""
        try:
            link = sealing.link(self.previous, self.content_sha256, self.pdf_sha256, self._place())
        except ValueError:  # something else was written in place of a fingerprint
            return False
        return hmac.compare_digest(link, self.link)


class ShoraSealVerification(models.Model):
    """How often an address has asked the public page lately; the address is kept as a fingerprint, for a day."""

    _name = "shora.seal.verification"
    _description = "Questions to the public page"
    _inherit = ["shora.kept.mixin"]

    address = fields.Char(required=True)
    period = fields.Integer(required=True, help="Length in seconds.", aggregator=False)
    begin = fields.Integer(required=True, help="Beginning of the period, in periods since 1970.", aggregator=False)
    tries = fields.Integer(required=True)

    _once = models.UniqueIndex("(address, period, begin)", "A period of an address is counted once.")

    @api.model
    def _may_ask(self, remote):
        """Count a question from ``remote`` and tell whether it is within the limits; safe in several workers.

        :param remote: IP address
        :return: 0, or the seconds to wait
        """
        secret = self.env["ir.config_parameter"].sudo().get_param("database.secret", "")
        address = hmac.new(secret.encode(), _network(remote).encode(), "sha256").hexdigest()
        now = int(fields.Datetime.now().timestamp())
        wait = 0
        for period, limit in LIMITS:
            [[tries]] = self.env.execute_query(
                SQL(
                    """
                    INSERT INTO shora_seal_verification (address, period, begin, tries) VALUES (%s, %s, %s, 1)
                    ON CONFLICT (address, period, begin) DO UPDATE SET tries = shora_seal_verification.tries + 1
                    RETURNING tries
                    """,
                    address,
                    period,
                    now // period,
                )
            )
            if tries > limit:
                wait = max(wait, period - now % period)
        return wait

    @api.autovacuum
    def _gc(self):
        """Counts of yesterday are nobody's business."""
        now = int(fields.Datetime.now().timestamp())
        self.env.cr.execute(SQL("DELETE FROM shora_seal_verification WHERE (begin + 1) * period < %s", now - 24 * 3600))


class ShoraPdf(models.AbstractModel):
    """The code and QR of a sealed document, for its templates."""

    _name = "shora.pdf"
    _inherit = "shora.pdf"

    def _phrases(self):
        return {
            **super()._phrases(),
            "seal_code": self._seal_code,
            "seal_qr": self._seal_qr,
            "seal_page": self.env["shora.seal"]._page,
        }

    def _seal_code(self, doc):
        return self.env["shora.seal"]._code(doc.content_sha256)

    def _seal_qr(self, doc):
        seals = self.env["shora.seal"]
        return seals._qr(seals._address(doc.session_id.number, doc.session_id.day, doc.content_sha256))
