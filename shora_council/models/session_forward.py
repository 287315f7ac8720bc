from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

#: resolved or put off, and not finished: put before the next session until done
OPEN_RESOLUTIONS = ("deferred", "adopted", "notified", "in_execution")
PLANNED = ("draft", "scheduled", "invited")


class ShoraSession(models.Model):
    """What comes onto a session's agenda from elsewhere: earlier sessions, open resolutions, members, the President."""

    _name = "shora.session"
    _inherit = "shora.session"

    may_propose = fields.Boolean(compute="_compute_may_propose")

    @api.depends("state", "start")
    @api.depends_context("uid")
    def _compute_may_propose(self):
        now = fields.Datetime.now()
        for session in self:
            session.may_propose = (
                session.state in PLANNED
                and bool(session.start and session.start > now)
                and "member" in self.env.user._shora_roles(session.council_id)
            )

    def action_bring_forward(self):
        """Put postponed items of earlier sessions and open resolutions on this agenda; twice gives nothing twice."""
        self.ensure_one()
        self._check_keeper()
        if self.state not in PLANNED:
            raise UserError(self.env._("Items are brought forward while the session is being prepared."))
        self.council_id._lock_row()
        items = self._bring_postponed() + self._bring_resolutions()
        message = (
            self.env._("Brought forward: %(names)s", names=self.env["shora.words"]._join(items.mapped("name")))
            if items
            else self.env._("Nothing waits to be brought forward.")
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if items else "info",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _bring_postponed(self):
        """Accepted anew, with their documents; the old item says where it went."""
        Item = self.env["shora.agenda.item"]
        brought = Item
        waiting = Item.search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("state", "=", "postponed")
            & Domain("carried_to_id", "=", False)
            & Domain("session_id.start", "<", self.start),
            order="session_id, sequence, id",
        )
        for item in waiting:
            copied = item.copy({"session_id": self.id, "proposer_id": item.proposer_id.id})
            # Guests were invited to that sitting; whom to invite to this one is the secretary's to say.
            copied._store_facts(
                {
                    "carried_from_id": item.id,
                    "source": "carried",
                    "followed_resolution_id": item.followed_resolution_id.id,
                }
            )
            item._store_facts({"carried_to_id": copied.id})
            copied.write({"state": "accepted"})
            brought |= copied
        return brought

    def _bring_resolutions(self):
        """One proposed item for each resolution that was deferred or is still to be carried out."""
        Item = self.env["shora.agenda.item"]
        waiting = self.env["shora.resolution"].search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("state", "in", OPEN_RESOLUTIONS)
            & Domain("session_id.start", "<", self.start),
            order="id",
        )
        planned = Item.search(
            Domain("followed_resolution_id", "in", waiting.ids) & Domain("session_id.state", "in", (*PLANNED, "open"))
        )
        here = self.agenda_item_ids.followed_resolution_id
        items = Item
        for resolution in waiting - planned.followed_resolution_id - here:
            item = Item.create(
                {
                    "session_id": self.id,
                    **resolution._follow_values(),
                    "presenter_id": resolution.owner_id.id,
                    "theme_ids": [(6, 0, resolution.theme_ids.ids)],
                    "duty_ids": [(6, 0, resolution.duty_id.ids)],
                    "minutes_planned": 10,
                }
            )
            item._store_facts({"source": "resolution", "followed_resolution_id": resolution.id})
            items |= item
        return items

    def propose_item(self, values):
        """A member of the council proposes an item for a session that has not begun (article 4: members propose).

        :param values: ``name`` (required), ``description`` (HTML, sanitised), ``minutes_planned`` (whole minutes),
            ``theme_ids`` (ids; themes that are not the council's are left out)
        :return: id of the proposed item, which waits for the secretary
        :raises AccessError: the user is no member of the session's council
        :raises UserError: no title, or the session is no longer being prepared
        """
        self.ensure_one()
        self.check_access("read")
        if "member" not in self.env.user._shora_roles(self.council_id):
            raise AccessError(self.env._("Items are proposed by the members of the council."))
        if self.state not in PLANNED or self.start <= fields.Datetime.now():
            raise UserError(self.env._("Items are proposed while the session is being prepared."))
        if not (values.get("name") or "").strip():
            raise UserError(self.env._("Give the item its title."))
        themes = self.council_id.theme_ids.ids
        item = (
            self.env["shora.agenda.item"]
            .sudo()
            .create(  # members propose, they do not write the agenda
                {
                    "session_id": self.id,
                    "name": values["name"].strip(),
                    "description": values.get("description") or False,
                    "minutes_planned": int(values.get("minutes_planned") or 20),
                    "proposer_id": self.env.user.partner_id.id,
                    "theme_ids": [(6, 0, [one for one in values.get("theme_ids") or () if one in themes])],
                }
            )
        )
        item._store_facts({"source": "member"})
        return item.id

    def action_propose_item(self):
        """Ask a member what to put before this session."""
        self.ensure_one()
        return self.env["shora.agenda.propose"]._dialog(self)
