from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

#: states of a session that took place or still may; in the others an item waits for another session
OFF = ("cancelled", "not_held")


class ShoraJointPush(models.Model):
    """A theme raised in a joint session and put to one council (5-10): what became of it there.

    Made by ``push_to`` of the joint session's item, once for each item and council. In the council it is a proposed
    item on the next session whose agenda is still open, or waits for one; that item may be carried on from session to
    session, this record stays. What is followed is told in words, so that the secretaries of the other councils, who
    belong to the joint meeting, read of it what concerns them and none of the council's papers.
    """

    _name = "shora.joint.push"
    _description = "Theme put to a council"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "item_id desc, council_sequence, council_id"
    _mail_post_access = "read"

    item_id = fields.Many2one(
        "shora.agenda.item", string="Theme raised", required=True, index=True, ondelete="restrict", readonly=True
    )
    joint_session_id = fields.Many2one(related="item_id.session_id", store=True, index=True, string="Joint session")
    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict", readonly=True)
    council_sequence = fields.Integer(related="council_id.sequence", store=True, aggregator=False)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    with_documents = fields.Boolean(readonly=True, help="The documents of the joint session's item went along.")
    pushed_by_id = fields.Many2one("res.users", string="Put by", readonly=True)
    pushed_at = fields.Datetime(string="Put at", readonly=True)
    council_item_ids = fields.One2many("shora.agenda.item", "joint_push_id", string="Items in the council")

    council_item_id = fields.Many2one(
        "shora.agenda.item", compute="_compute_followed", compute_sudo=True, string="Item in the council"
    )
    state = fields.Selection(
        [
            ("waiting", "Waits for a session"),
            ("proposed", "Proposed"),
            ("accepted", "Accepted"),
            ("discussed", "Discussed"),
            ("postponed", "Postponed"),
            ("withdrawn", "Withdrawn"),
        ],
        compute="_compute_followed",
        compute_sudo=True,
    )
    session_text = fields.Char(compute="_compute_followed", compute_sudo=True, string="Session")
    session_day = fields.Date(compute="_compute_followed", compute_sudo=True, string="Day of the session")
    decision_text = fields.Char(compute="_compute_followed", compute_sudo=True, string="Decision")
    resolution_text = fields.Char(compute="_compute_followed", compute_sudo=True, string="Resolution")
    resolution_state_text = fields.Char(
        compute="_compute_followed", compute_sudo=True, string="State of the resolution"
    )

    _once = models.UniqueIndex("(item_id, council_id)", "This theme has been put to this council already.")

    @api.depends("item_id", "council_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for push in self:
            push.display_name = f"{push.sudo().item_id.name or ''} · {push.sudo().council_id.short_name or ''}"

    @api.depends(
        "council_item_ids.state",
        "council_item_ids.carried_to_id",
        "council_item_ids.decision",
        "council_item_ids.session_id.state",
        "council_item_ids.session_id.day",
        "council_item_ids.resolution_ids.state",
    )
    @api.depends_context("lang")
    def _compute_followed(self):
        """Three queries for any number of rows: items, their sessions, their resolutions."""
        items = self._chains()
        resolutions = self.env["shora.resolution"].sudo()  # what is shown of them is said in words below
        resolutions = resolutions.search(
            Domain("agenda_item_id", "in", [item.id for chain in items.values() for item in chain])
            & Domain("state", "!=", "draft"),
            order="id",
        )
        by_item = resolutions.grouped("agenda_item_id")
        states = dict(resolutions._fields["state"]._description_selection(self.env))
        words = self.env["shora.words"]
        for push in self:
            chain = items.get(push.id, self.env["shora.agenda.item"].sudo())
            item = chain[-1:]
            found = [one for link in chain for one in by_item.get(link, ())]
            session = item.session_id
            push.council_item_id = item.id
            push.state = item.state if item and not push._is_lost(item) else "waiting"
            push.session_text = session.display_name if session else False
            push.session_day = session.day
            decided = chain.filtered("decision")[-1:]
            push.decision_text = html2plaintext(decided.decision).strip() if decided else False
            push.resolution_text = words._join(one.display_name for one in found) or False
            push.resolution_state_text = words._join(states[one.state] for one in found) or False

    def _chains(self):
        """{id: items of the council, the one that counts now last}; one query, superuser mode."""
        items = self.env["shora.agenda.item"].sudo()  # who follows a theme need not read the council's agenda
        items = items.search(Domain("joint_push_id", "in", self.ids), order="id")
        chains = {}
        for push, chain in items.grouped("joint_push_id").items():
            chains[push.id] = chain.sorted(lambda item: (not item.carried_to_id, item.id))
        return chains

    @api.model
    def _is_lost(self, item):
        """It was never put before the council, for its session does not take place."""
        return item.state in ("proposed", "accepted") and item.session_id.state in OFF

    def action_open_item(self):
        """The item in the council, with the reader's own rights."""
        self.ensure_one()
        return self.council_item_id._get_records_action() if self.council_item_id else None
