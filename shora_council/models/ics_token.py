import hashlib
import secrets

from odoo import api, fields, models
from odoo.tools import SQL, consteq

from ..rules import clock

#: bytes of randomness of an address, and how many of its characters find the row; the rest is compared in constant time
TOKEN_BYTES = 32
LOOKUP_CHARS = 12


def _digest(token):
    return hashlib.sha256(token.encode()).hexdigest()


#: compared with when no row is found, so that an unknown address costs what a wrong one costs
NOBODYS = _digest("")


class ShoraIcsToken(models.Model):
    """The private address of a user's calendar feed: one per user, kept as a SHA-256 only.

    Nobody has access to the rows, administrators neither: the address is made, renewed and revoked by its owner on the
    own page. It opens nothing but days and places of sessions that its owner may read at the moment of asking.
    """

    _name = "shora.ics.token"
    _description = "Private address of a calendar feed"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade", readonly=True)
    lookup = fields.Char(required=True, readonly=True, index=True)
    token_sha256 = fields.Char(required=True, readonly=True)
    made_at = fields.Datetime(required=True, readonly=True)

    _one = models.UniqueIndex("(user_id)", "A user has one calendar address.")

    @api.model
    def _renew(self):
        """Make the current user's address; an earlier one stops working at once.

        :return: the token in clear, this once
        """
        token = secrets.token_hex(TOKEN_BYTES)
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO shora_ics_token
                       (user_id, lookup, token_sha256, made_at, create_uid, write_uid, create_date, write_date)
                VALUES (%(user)s, %(lookup)s, %(digest)s, %(now)s, %(user)s, %(user)s, %(now)s, %(now)s)
                    ON CONFLICT (user_id)
                    DO UPDATE SET lookup = EXCLUDED.lookup, token_sha256 = EXCLUDED.token_sha256,
                                  made_at = EXCLUDED.made_at, write_date = EXCLUDED.write_date
                """,
                user=self.env.uid,
                lookup=token[:LOOKUP_CHARS],
                digest=_digest(token),
                now=fields.Datetime.now(),
            )
        )
        self.invalidate_model()
        return token

    @api.model
    def _revoke(self):
        """The current user's address stops working."""
        self._mine().unlink()

    @api.model
    def _mine(self):
        return self.sudo().search([("user_id", "=", self.env.uid)])  # nobody reads rows; the own one is asked for

    @api.model
    def _card(self):
        """What the page says about the visitor's address: ``may`` (a member of a council today) and ``made``."""
        row = self._mine()
        words = self.env["shora.words"]
        return {
            "may": self._may(self.env.user),
            "made": words._long_day(clock.tehran_day(row.made_at)) if row else "",
        }

    @api.model
    def _may(self, user):
        """Is there anything for ``user`` to subscribe to? A feed lives with the membership, like every right."""
        councils = self.env["shora.council"].with_user(user)
        return councils.has_access("read") and bool(councils.search_count([("i_am_member", "=", True)], limit=1))

    @api.model
    def _user_of(self, token):
        """The user whose address ``token`` is; none when it is unknown, revoked or its owner may see nothing."""
        nobody = self.env["res.users"]
        row = self.sudo().search([("lookup", "=", token[:LOOKUP_CHARS])], limit=1)  # the address is the only credential
        if not consteq(row.token_sha256 or NOBODYS, _digest(token)) or not row:
            return nobody
        user = row.user_id
        return user.sudo(False) if user.active and self._may(user) else nobody
