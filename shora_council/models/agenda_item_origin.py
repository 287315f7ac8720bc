from odoo import api, fields, models
from odoo.exceptions import UserError


class ShoraAgendaItem(models.Model):
    """Where an item comes from, who is invited to it (4 note 4), and whose its documents are."""

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    source = fields.Selection(
        [
            ("secretary", "Secretary"),
            ("member", "Member"),
            ("referral", "President's referral"),
            ("carried", "Carried from an earlier session"),
            ("resolution", "Open resolution"),
            ("plan", "Annual plan"),
        ],
        required=True,
        default="secretary",
        copy=False,
        string="Origin",
    )
    guest_ids = fields.Many2many(
        "res.partner",
        "shora_agenda_item_guest_rel",
        "item_id",
        "partner_id",
        string="Guests",
        copy=False,
        help="See this item and its documents until the session is closed; never counted, never voting.",
    )
    followed_resolution_id = fields.Many2one(
        "shora.resolution", copy=False, index="btree_not_null", ondelete="restrict", string="Open resolution"
    )

    _followed_once = models.UniqueIndex(
        "(session_id, followed_resolution_id) WHERE followed_resolution_id IS NOT NULL",
        "An open resolution is put before a session once.",
    )
    _carried_once = models.UniqueIndex(
        "(carried_from_id) WHERE carried_from_id IS NOT NULL", "An item is carried forward once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        items._own_documents()
        return items

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._own_documents()
        return result

    @api.constrains("guest_ids")
    def _check_guests(self):
        """A member is no guest of the own council (4 note 4)."""
        for item in self.filtered("guest_ids"):
            members = item.council_id.sudo()._members_on(item.session_id.day).partner_id
            wrong = item.guest_ids.sudo() & members
            if wrong:
                raise UserError(
                    self.env._(
                        "(Article 4, note 4) %(name)s is a member of the council and needs no invitation as a guest.",
                        name=wrong[0].name,
                    )
                )

    def _carried_values(self):
        """A session that moves takes origin, guests and the resolution that is followed along."""
        return {
            **super()._carried_values(),
            "source": self.source,
            "followed_resolution_id": self.followed_resolution_id.id,
            "guest_ids": [(6, 0, self.guest_ids.ids)],
        }

    def _own_documents(self):
        """Make each document the item's own, so that whoever reads the item reads it and nobody else.

        What belongs to another record is copied, and only by who may read it there.

        :raises AccessError: a document was named that the user may not read
        """
        for item in self:
            foreign = item.attachment_ids.sudo().filtered(
                lambda document, item=item: (document.res_model, document.res_id) != (item._name, item.id)
            )
            if not foreign:
                continue
            foreign.with_env(self.env).check_access("read")
            loose = foreign.filtered(lambda document: not document.res_id)
            loose.write({"res_model": item._name, "res_id": item.id})
            copies = [
                document.copy({"res_model": item._name, "res_id": item.id, "name": document.name})
                for document in foreign - loose
            ]
            if copies:
                keep = (item.attachment_ids.sudo() - (foreign - loose)).ids + [copy.id for copy in copies]
                item._store_facts({"attachment_ids": [(6, 0, keep)]})

    def _accepted_values(self):
        """Accepted after the members had their notice: late (5-1). Reopened: without an outcome again."""
        values = {"settled_at": False}
        session = self.session_id
        if (
            self.state == "proposed"
            and session.notice_id.state == "dispatched"
            and session.state in ("invited", "open", "held")
        ):
            values["is_late"] = True
        return values
