from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..rules import voting

KEEPERS = frozenset({"secretary", "staff"})
NEXT = {"scheduled": "open", "invited": "open", "open": "held", "held": "closed"}
RUNNING = ("open", "held")


class ShoraSession(models.Model):
    """The running session on one screen: everybody in the order of seats, who presides and why, the item before the
    council, and what still stands in the way of holding and closing it.
    """

    _name = "shora.session"
    _inherit = "shora.session"

    current_item_id = fields.Many2one(
        "shora.agenda.item", copy=False, readonly=True, ondelete="set null", string="Before the council"
    )

    minutes_planned = fields.Integer(compute="_compute_minutes_planned", string="Minutes on the agenda")
    minutes_over = fields.Integer(compute="_compute_minutes_planned", string="Minutes beyond the session's length")

    @api.depends("agenda_item_ids.minutes_planned", "agenda_item_ids.state", "start", "stop")
    def _compute_minutes_planned(self):
        for session in self:
            live = session.agenda_item_ids.filtered(lambda item: item.state not in ("withdrawn", "postponed"))
            session.minutes_planned = sum(live.mapped("minutes_planned"))
            length = (session.stop - session.start).total_seconds() / 60 if session.start and session.stop else 0
            session.minutes_over = max(0, int(session.minutes_planned - length))

    def action_run(self):
        """The running screen of this session."""
        self.ensure_one()
        return {
            **self.env["ir.actions.actions"]._for_xml_id("shora_council.shora_session_run_action"),
            "name": self.display_name,
            "context": {"active_id": self.id, "active_model": self._name},
        }

    def get_run(self):
        """What the running screen shows, read with the reader's own rights; as many queries for 15 members as for 5.

        :return: dict of ``session``, ``presiding``, ``members`` and ``others`` (attendance rows, see
            ``attendance.mark()``), ``expected`` (guests invited to items who have not come), ``items``, ``next``
            (``state``, ``label``, ``reasons`` in words; None when nothing follows here), ``quorum`` (None where the
            by-law sets none), ``votes_asked``, ``may_mark``
        :raises AccessError: the user may not read this session
        """
        self.ensure_one()
        self.check_access("read")
        rows = self.attendance_ids.sorted(lambda row: (row.kind != "member", row.seat_sequence, row.id))
        rows.sudo().partner_id.fetch(["name"])  # names of those on the roll are known in the council
        lines = [row._run_line() for row in rows]
        return {
            "session": self._run_head(),
            "presiding": self._run_presiding(),
            "members": [line for line in lines if line["kind"] == "member"],
            "others": [line for line in lines if line["kind"] != "member"],
            "expected": self._run_expected(rows),
            "items": self._run_items(),
            "next": self._run_next(),
            "quorum": self._run_quorum(),
            "votes_asked": bool(self.council_id._rule("majority", self.day)),
            "may_mark": self.state in RUNNING and self._is_keeper(),
        }

    def add_present(self, kind, partner_id=None, name=None, note=None):
        """Put a guest, or somebody present who is no member, on the list of a running session (4 notes 3 and 4).

        :param kind: "guest" or "non_member"
        :param partner_id: id of a known person, or
        :param name: of one who is not known yet
        :param note: such as for whom a stand-in came
        :return: the row as ``get_run()`` gives it
        :raises AccessError: neither the secretary nor the council's staff
        :raises UserError: the session is not running, the person is a member or on the list already
        """
        self.ensure_one()
        self._check_keeper()
        if kind not in ("guest", "non_member"):
            raise UserError(self.env._("Somebody else who is present is a guest, or no member."))
        partner = self._present_partner(partner_id, name)
        if partner in self.attendance_ids.sudo().partner_id.sudo(False):
            raise UserError(self.env._("%(name)s is on the list already.", name=partner.sudo().name))
        row = self.env["shora.attendance"].create(
            {
                "session_id": self.id,
                "partner_id": partner.id,
                "kind": kind,
                "status": "present",
                "arrived_at": fields.Datetime.now().replace(second=0),
                "note": note or False,
            }
        )
        return row._run_line()

    def _present_partner(self, partner_id, name):
        if partner_id:
            partner = self.env["res.partner"].browse(int(partner_id)).exists()
            partner.check_access("read")
            return partner
        if not (name or "").strip():
            raise UserError(self.env._("Say who came."))
        # A secretary keeps no address book; who came is written down by name, the role was judged above.
        return self.env["res.partner"].browse(self.env["res.partner"].sudo().create({"name": name.strip()}).id)

    def find_people(self, text):
        """People whose name holds ``text`` and who are not on the list of this session.

        :return: up to 8 of ``{"id", "name"}``
        :raises AccessError: neither the secretary nor the council's staff
        """
        self.ensure_one()
        self._check_keeper()
        if len((text or "").strip()) < 2:
            return []
        found = self.env["res.partner"].search(
            Domain("name", "ilike", text.strip())
            & Domain("is_company", "=", False)
            & Domain("id", "not in", self.attendance_ids.partner_id.ids),
            limit=8,
        )
        return [{"id": partner.id, "name": partner.name} for partner in found]

    def _is_keeper(self):
        return bool(KEEPERS & self.env.user._shora_roles(self.council_id))

    def _check_keeper(self):
        """
        :raises AccessError: neither the secretary nor the council's staff
        """
        self.check_access("write")
        if not self._is_keeper():
            raise AccessError(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(("secretary", "staff"))
                    ),
                )
            )

    # --- parts of the screen ---

    def _run_head(self):
        words = self.env["shora.words"]
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "state_label": self._state_label(self.state),
            "day": words._day(self.day),
            "place": self.place or "",
            "start": words._local(self.start),
            "stop": words._local(self.stop),
            "opened": words._local(self.opened_at),
            "length": int((self.stop - self.start).total_seconds() // 60),
            "elapsed": int((fields.Datetime.now() - self.opened_at).total_seconds() // 60) if self.opened_at else 0,
            "planned": self.minutes_planned,
            "current_item_id": self.current_item_id.id,
        }

    def _run_presiding(self):
        grounds = dict(self._fields["presiding_ground"]._description_selection(self.env))
        rule = self.council_id._rule("presiding", self.day)
        return {
            "name": self.sudo().presiding_partner_id.name or "",
            "why": grounds.get(self.presiding_ground, ""),
            "note": self.delegation_note or "",
            "clause": rule._cite() if rule else "",
        }

    def _run_expected(self, rows):
        invited = self.agenda_item_ids.sudo().guest_ids - rows.sudo().partner_id
        return [{"partner_id": guest.id, "name": guest.name} for guest in invited]

    def _run_items(self):
        items = self.agenda_item_ids.filtered(lambda item: item.state not in ("proposed", "withdrawn"))
        resolutions = self.resolution_ids.sorted("id").grouped("agenda_item_id")
        none = self.env["shora.resolution"]
        return [item._run_line(number, resolutions.get(item, none)) for number, item in enumerate(items, start=1)]

    def _run_next(self):
        """The step that follows on this screen; None for who may not take it. Opening asks who presides (5-2) first."""
        new = NEXT.get(self.state)
        if not new or f"[{new}]" not in self.allowed_moves:
            return None
        labels = {
            "open": self.env._("Open the session"),
            "held": self.env._("End the sitting"),
            "closed": self.env._("Confirm attendance and close"),
        }
        return {
            "state": new,
            "label": labels[new],
            "reasons": [] if new == "open" else self._reasons_against(new),
        }

    # --- quorum, where the by-law sets one ---

    def _present_members(self):
        return len(self.attendance_ids.filtered(lambda r: r.kind == "member" and r.status in ("present", "late")))

    def _run_quorum(self):
        rule = self.council_id._rule("quorum", self.day)
        if not rule:
            return None
        needed, present = self._quorum_needed(rule), self._present_members()
        return {"needed": needed, "present": present, "reached": present >= needed, "clause": rule._cite()}

    def _quorum_needed(self, rule):
        members = self.attendance_ids.filtered(lambda row: row.kind == "member")
        return voting.quorum_needed(len(members), rule.value, "members" if rule.unit == "members" else "percent")

    def _quorum_blockers(self):
        """Too few members for a session, where the rule “quorum” is set and blocks.

        Presence is counted on the roll, which comes with the opening: so the sitting may open, and without a quorum it
        can be neither held nor closed; it becomes «not held» (clause of the rule).
        """
        rule = self.council_id._rule("quorum", self.day)
        if not rule or rule.severity != "block":
            return []
        quorum = self._run_quorum()
        if quorum["reached"]:
            return []
        text = self.env._(
            "%(present)s members are present; the quorum is %(needed)s. Without it the session is not held.",
            present=quorum["present"],
            needed=quorum["needed"],
        )
        return [self._refusal(rule, self.env["shora.words"]._digits(text))]

    def _held_blockers(self):
        return self._quorum_blockers()

    def _closed_blockers(self):
        return super()._closed_blockers() + self._quorum_blockers()
