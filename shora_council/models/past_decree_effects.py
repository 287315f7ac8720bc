from odoo import models
from odoo.addons.web_jalali.tools import jalali
from odoo.api import SUPERUSER_ID

from .decree import MEMBER_KINDS

#: nobody is told of what happened years ago
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
}


class ShoraPastDecree(models.Model):
    """Judged rows become final decrees and memberships: imported, unsealed, silent (section 6)."""

    _name = "shora.past.decree"
    _inherit = "shora.past.decree"

    def _system_env(self):
        """The rules themselves, with nothing of the client's context but its language."""
        context = {"lang": self.env.lang, "tz": self.env.context.get("tz"), **QUIET}
        return self.env(user=SUPERUSER_ID, su=True, context=context)

    def _jalali_year(self, day):
        return jalali.jalali_year(day)

    def _first_row(self):
        """Number of the first row of data: a file's own first row holds the headings."""
        return 2 if self.env.context.get("import_file") else 1

    def _write_decrees(self, items):
        """Write everything the rows mean; every item gets its decree.

        :param items: without faults
        """
        env = self._system_env()
        self._make_people([person for item in items for person in (item.person, item.principal) if person])
        today = env["shora.council"]._today()
        decrees = env["shora.decree"]._create_as_fact([self._decree_values(item, today) for item in items])
        for item, decree in zip(items, decrees, strict=True):
            item.decree = decree
        self._write_memberships(env, [item for item in items if item.gives_membership], today)
        for item in items:
            if item.member is not None:
                member = getattr(item.member, "decree", None)
                membership = member.membership_id if member is not None else item.member
                item.decree._store_facts({"membership_id": membership.id})
        env.flush_all()

    def _state_on(self, item, today):
        if item.last and item.last < today:
            return "ended"
        return "issued" if item.first > today else "in_force"

    def _decree_values(self, item, today):
        state = self._state_on(item, today)
        partner, cells = item.person.partner, item.cells
        return {
            "council_id": item.council.id,
            "seat_id": item.seat.id,
            "partner_id": partner.id,
            "kind": item.kind,
            "principal_id": item.principal.partner.id if item.principal else False,
            "ends_decree_id": False,
            "end_ground": False,
            "supersedes_id": False,
            "date_from": item.first,
            "date_to": item.last or False,
            "post_until": False if item.is_expert else item.last or False,
            "state": state,
            "end_reason": item.reason if state == "ended" else False,
            "date_ended": item.last if state == "ended" else False,
            "official_number": jalali.latin_digits(cells["official_number"]) or False,
            "official_date": item.official_date or False,
            "recipient_title": cells["title"] or partner.shora_title or "",
            "recipient_name": cells["person"],
            "academic_rank": cells["academic_rank"] or False,
            "field_of_study": cells["field_of_study"] or False,
            "copies_to": False,
            "is_imported": True,
            "gives_membership": item.gives_membership,
        }

    def _write_memberships(self, env, items, today):
        states = {"ended": "ended", "issued": "upcoming", "in_force": "current"}
        memberships = env["shora.membership"]._create_as_fact(
            [
                {
                    "council_id": item.council.id,
                    "seat_id": item.seat.id,
                    "partner_id": item.person.partner.id,
                    "decree_id": item.decree.id,
                    "date_from": item.first,
                    "date_decreed_to": item.last or False,
                    "date_to": item.last or False,
                    "state": states[self._state_on(item, today)],
                    "end_reason": item.decree.end_reason,
                    "academic_rank": item.cells["academic_rank"] or False,
                    "field_of_study": item.cells["field_of_study"] or False,
                }
                for item in items
                if item.kind in MEMBER_KINDS
            ]
        )
        for item, membership in zip(items, memberships, strict=True):
            item.decree._store_facts({"membership_id": membership.id})
