from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import plaintext2html

NOTES = ("discussion", "decision")


class ShoraAgendaItem(models.Model):
    """An item before a sitting council: when it was taken up, what is noted, what is resolved."""

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    taken_up_at = fields.Datetime(copy=False, readonly=True, help="When the council turned to this item.")
    settled_at = fields.Datetime(copy=False, readonly=True, help="When the item had its outcome.")
    resolution_ids = fields.One2many("shora.resolution", "agenda_item_id", string="Resolutions")

    def take_up(self):
        """Make this accepted item the one before the council; whatever was, waits again.

        :raises AccessError: the user may not write the agenda
        :raises UserError: the session is not open, or the item has its outcome already
        """
        self.ensure_one()
        self.check_access("write")
        if self.session_id.state != "open":
            raise UserError(self.env._("An item is taken up while the session is open."))
        if self.state != "accepted":
            raise UserError(
                self.env._(
                    "“%(item)s” is “%(state)s”; only an accepted item is taken up.",
                    item=self.name,
                    state=self._state_label(self.state),
                )
            )
        if not self.taken_up_at:
            self._store_facts({"taken_up_at": fields.Datetime.now()})
        self.session_id._store_facts({"current_item_id": self.id})

    def add_note(self, text, part="discussion"):
        """Append a paragraph, so that two people who write at once lose nothing.

        :param text: plain text, not empty
        :param part: "discussion" or "decision"
        :return: the whole part as HTML
        :raises AccessError: the user may not write the agenda
        :raises UserError: nothing to note, or the session is not running
        """
        self.ensure_one()
        self.check_access("write")
        if part not in NOTES or not (text or "").strip():
            raise UserError(self.env._("Write what is to be noted."))
        if self.session_id.state not in ("open", "held"):
            raise UserError(self.env._("Notes are taken while the session is running."))
        self._lock()
        self.invalidate_recordset([part])
        self.write({part: (self[part] or "") + plaintext2html(text.strip())})
        return self[part]

    def settle(self, outcome):
        """Give the item its outcome.

        :param outcome: "discussed" or "postponed"
        :raises UserError: the judge's reasons
        """
        if outcome not in ("discussed", "postponed"):
            raise UserError(self.env._("An item is settled as discussed or postponed."))
        self.ensure_one()
        self.write({"state": outcome})

    def _discussed_blockers(self):
        if self.session_id.state not in ("open", "held"):
            return [self.env._("An item is discussed in a session that is open or held and not yet closed.")]
        return []

    def _discussed_values(self):
        return {"settled_at": fields.Datetime.now()}

    def _postponed_values(self):
        return {"settled_at": fields.Datetime.now()}

    def _on_discussed(self):
        self._leave_floor()

    def _on_postponed(self):
        self._leave_floor()

    def _leave_floor(self):
        for session in self.session_id.filtered(lambda s: s.current_item_id in self):
            session._store_facts({"current_item_id": False})

    def decide(self, values, outcome):
        """Record a resolution on this item with its outcome, in one step: both or nothing.

        :param values: ``name`` (required), ``body`` (plain text), and where votes are asked ``ballot`` ("open" or
            "secret") with ``votes`` ({attendance id: "for" | "against" | "abstain"}) or ``votes_for``,
            ``votes_against``, ``votes_abstain``
        :param outcome: "adopted", "rejected", "deferred", or "draft" to leave it open
        :return: id of the resolution
        :raises AccessError: the user may not write resolutions
        :raises UserError: the judge's reasons
        """
        self.ensure_one()
        if not (values.get("name") or "").strip():
            raise UserError(self.env._("Give the resolution its title."))
        resolution = self.env["shora.resolution"].create(
            {
                "session_id": self.session_id.id,
                "agenda_item_id": self.id,
                "name": values["name"].strip(),
                "body": plaintext2html(values["body"].strip()) if (values.get("body") or "").strip() else False,
                "theme_ids": [(6, 0, self.theme_ids.ids)],
                "duty_id": self.duty_ids[:1].id,
            }
        )
        resolution._record_votes(values)
        if outcome != "draft":
            resolution.write({"state": outcome})
        return resolution.id

    def _run_line(self, number, resolutions):
        """This item as the running screen shows it."""
        local = self.env["shora.words"]._local
        item = self.sudo()  # presenter and documents of an item the reader sees
        return {
            "id": self.id,
            "number": number,
            "name": self.name,
            "state": self.state,
            "is_late": self.is_late,
            "presenter": item.presenter_id.name or "",
            "minutes_planned": self.minutes_planned,
            "taken_up": local(self.taken_up_at),
            "elapsed": self._elapsed_minutes(),
            "discussion": self.discussion or "",
            "decision": self.decision or "",
            "documents": [{"id": document.id, "name": document.name} for document in item.attachment_ids],
            "resolutions": [resolution._run_line() for resolution in resolutions],
        }

    def _elapsed_minutes(self):
        if not self.taken_up_at:
            return 0
        return int(((self.settled_at or fields.Datetime.now()) - self.taken_up_at).total_seconds() // 60)
