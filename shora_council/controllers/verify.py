import hashlib

from odoo import http
from odoo.http import request

MAX_BYTES = 32 * 1024 * 1024
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex, nofollow"),
]


class VerifyController(http.Controller):
    """Anybody checks a printed code, a QR or a PDF against the seals; the answer is yes or no, and nothing else (5-5).

    Without a session, so nothing that the page does can be somebody's; it changes nothing but its own counter.
    """

    @http.route(
        "/shora/verify",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        max_content_length=MAX_BYTES,
    )
    def verify(self, n="", d="", c="", pdf=None, hl="", **_kwargs):
        """
        :param n: number of the session
        :param d: Jalali day of the session
        :param c: printed code
        :param pdf: the uploaded file
        :param hl: ``en`` for English; else Persian where it is active
        """
        asked = bool(pdf) or any((n, d, c))
        wait = request.env["shora.seal.verification"]._may_ask(request.httprequest.remote_addr) if asked else 0
        answer = None
        if asked and not wait:
            seals = request.env["shora.seal"]
            answer = seals._verify_file(self._sha256(pdf)) if pdf else seals._verify(n, d, c)
        language = "en_US" if hl == "en" else request.env["shora.pdf"]._language()
        view = request.env["ir.qweb"].with_context(lang=language)
        body = view._render(
            "shora_council.verify_page",
            {
                "answer": answer,
                "wait": wait,
                "typed": {"n": n, "d": d, "c": c},
                "hl": hl,
                "persian": language.startswith("fa"),
                "limit": MAX_BYTES // 1024 // 1024,
            },
        )
        response = request.make_response(
            f"<!DOCTYPE html>\n{body}", [("Content-Type", "text/html; charset=utf-8"), *HEADERS]
        )
        if wait:
            response.status_code = 429
            response.headers["Retry-After"] = str(wait)
        return response

    @staticmethod
    def _sha256(upload):
        """SHA-256 of an uploaded file, read piece by piece."""
        if not hasattr(upload, "read"):
            return ""
        return hashlib.file_digest(upload, "sha256").hexdigest()
