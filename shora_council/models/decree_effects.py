import base64

from odoo import fields, models

from ..rules import sealing
from .decree import KIND_ORDER, MEMBER_KINDS, OFFICES


class ShoraDecree(models.Model):
    """What becomes fact with a decree, and what follows from it (article 4)."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _proposed_values(self):
        return {"proposed_by_id": self.env.uid, "proposed_at": fields.Datetime.now()}

    def _issued_values(self):
        self.ensure_one()
        return {
            "internal_number": self.env["ir.sequence"].sudo().next_by_code("shora.decree"),
            "issued_at": fields.Datetime.now(),
            "issued_by_id": self.env.uid,
            "recipient_title": self.partner_id.shora_title or "",
            "recipient_name": self.partner_id.name,
            "recipient_position": self.partner_id.function or "",
        }

    def _on_issued(self):
        """Ends first, then members, the chair last: a set of decrees may vacate a seat and fill it again."""
        ordered = self.sorted(lambda decree: KIND_ORDER.index(decree.kind))
        for decree in ordered:
            decree._take_leave()
        for decree in ordered.filtered(lambda d: d.kind in MEMBER_KINDS):
            decree._give_membership()
        for decree in ordered.filtered(lambda d: d.kind == "chair"):
            member = decree._expert_membership()
            decree._store_facts({"membership_id": member.id, "date_to": member.date_to})
        for decree in ordered:
            pdf = self.env["shora.pdf"]._render("shora_council.document_decree", decree)
            decree._store_facts({"pdf": base64.b64encode(pdf), "pdf_sha256": sealing.sha256_hex(pdf)})
        ordered._enter_into_force()
        self.env["shora.finding"]._check(self.council_id)

    def _take_leave(self):
        """Fix the last day of what this decree ends or supersedes; on the day itself it is over, without any job."""
        last = fields.Date.subtract(self.date_from, days=1)
        if self.kind == "end":
            self._store_facts({"membership_id": self.ends_decree_id.membership_id.id})
        if self.ends_decree_id and self.end_ground != "deemed_resigned":
            self.ends_decree_id._stop(last, self.end_ground)
        if self.supersedes_id:
            self.supersedes_id._stop(last, "superseded")

    def _stop(self, last, reason):
        """What this decree gave is over after ``last``; before its first day it never begins."""
        system = self._as_system()
        system._store_facts({"date_ended": last, "end_reason": reason})
        if system.gives_membership:
            system.membership_id._shorten(last, reason)
        system._expire_if_over()

    def _give_membership(self):
        memberships = self.env["shora.membership"]._as_system()
        if self.kind == "acting":
            own = memberships.search(
                memberships._domain_on(self.date_from)
                & fields.Domain("council_id", "=", self.council_id.id)
                & fields.Domain("partner_id", "=", self.partner_id.id),
                limit=1,
            )
            if own:  # a member acts as secretary beside the own seat
                self._store_facts({"membership_id": own.id})
                return
        member = memberships.create(self._membership_values())
        self._store_facts({"membership_id": member.id, "gives_membership": True})

    def _membership_values(self):
        return {
            "council_id": self.council_id.id,
            "seat_id": self.seat_id.id,
            "partner_id": self.partner_id.id,
            "decree_id": self.id,
            "date_from": self.date_from,
            "date_decreed_to": self.date_to,
            "date_to": self.date_to,
        }

    def _ended_blockers(self):
        return [] if self.end_reason else [self.env._("Say why the decree ends.")]

    def _ended_values(self):
        return {} if self.date_ended else {"date_ended": self.env["shora.council"]._today()}

    def _on_ended(self):
        """End what the decree gave; chair and acting secretary fall with the membership they rest on (note 2)."""
        for decree in self.filtered("gives_membership"):
            decree.membership_id._end(decree.date_ended, decree.end_reason)
            resting = self.sudo().search(  # the fall of the chair is no choice of the user's
                [
                    ("kind", "in", ("chair", "acting")),
                    ("membership_id", "=", decree.membership_id.id),
                    ("id", "!=", decree.id),
                    ("state", "in", ("issued", "in_force")),
                ]
            )
            resting._as_system().write(
                {"state": "ended", "end_reason": decree.end_reason, "date_ended": decree.date_ended}
            )
        self.env["shora.finding"]._check(self.council_id)

    def _in_force_values(self):
        # Restored (5-6), it is no longer ended; entering into force, it may carry the last day of a later decree.
        return {"end_reason": False, "date_ended": False} if self.state == "ended" else {}

    def _check_frozen(self, vals):
        """The office's number may come after the President's signature: it is filled in once."""
        late = {"official_number", "official_date"}
        if set(vals) <= late and self._may_register() and not any(self.mapped("official_number")):
            return None
        return super()._check_frozen(vals)

    def _may_register(self):
        return bool(self.env.user._shora_roles(self.env["shora.council"]) & OFFICES)
