from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain


class ShoraAgendaItem(models.Model):
    """An item of a joint session that is put to councils, and the item of a council that came from one (5-10)."""

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    source = fields.Selection(
        selection_add=[("joint", "Joint meeting of secretaries"), ("secretariat", "Secretariat")],
        ondelete={"joint": "set default", "secretariat": "set default"},
    )
    is_joint = fields.Boolean(related="council_id.is_coordination")
    joint_push_id = fields.Many2one(
        "shora.joint.push",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        string="Put by the joint meeting",
    )
    push_ids = fields.One2many("shora.joint.push", "item_id", string="Put to councils", readonly=True)
    push_count = fields.Integer(compute="_compute_push_count", string="Councils")
    may_push = fields.Boolean(compute="_compute_may_push")

    @api.depends("push_ids")
    def _compute_push_count(self):
        pushes = self.env["shora.joint.push"]
        counted = dict(pushes._read_group([("item_id", "in", self.ids)], ["item_id"], ["__count"]))
        for item in self:
            item.push_count = counted.get(item._origin, 0)

    @api.depends("state", "council_id")
    @api.depends_context("uid")
    def _compute_may_push(self):
        keeps = {body: self.env["shora.session"]._keeps(body) for body in self.council_id._bodies()}
        for item in self:
            item.may_push = keeps.get(item.council_id, False) and item.state != "withdrawn"

    @api.model_create_multi
    def create(self, vals_list):
        items = super().create(vals_list)
        joint = items.filtered(lambda item: item.is_joint and item.source == "secretary")
        joint._store_facts({"source": "secretariat"})
        return items

    def write(self, vals):
        result = super().write(vals)
        if "state" in vals:
            self.sudo().joint_push_id._ask()  # the to-do follows the item, whoever answers it
        return result

    def _mark_late(self):
        """5-1 does not bind joint sessions."""
        return super(ShoraAgendaItem, self.filtered(lambda item: not item.is_joint))._mark_late()

    def _accepted_values(self):
        values = super()._accepted_values()
        if self.is_joint:
            values.pop("is_late", None)
        return values

    def _carried_values(self):
        return {**super()._carried_values(), "joint_push_id": self.joint_push_id.id}

    # --- in the council: answered, never dropped ---

    def _is_proposal(self):
        put = self.joint_push_id and self.state == "proposed" and not self.carried_to_id
        return bool(put) or super()._is_proposal()

    def _withdrawn_blockers(self):
        if self.joint_push_id and self._is_proposal() and not (self.withdraw_reason or "").strip():
            text = self.env._("Give the reason of the refusal; the Secretariat, which put the theme, is told.")
            return [self._by_5_10(text)]
        return super()._withdrawn_blockers()

    def _check_may_unlink(self):
        if self.joint_push_id or self.push_ids:
            text = self.env._(
                "“%(item)s” is followed by the joint meeting: decline it with its reason.", item=self[0].name
            )
            raise UserError(self._by_5_10(text))
        return super()._check_may_unlink()

    def _by_5_10(self, text):
        """``text`` with the citation of the clause that joint meetings rest on."""
        bodies = self.env["shora.council"]._coordination_of(self.company_id)
        rule = bodies[:1]._rule("joint_meetings") if bodies else None
        return self.env["shora.state.mixin"]._refusal(rule, text)

    # --- in the joint session: put to councils ---

    def action_push(self):
        """Ask to which councils this theme is put."""
        self.ensure_one()
        self._check_may_push()
        return self.env["shora.joint.put"]._dialog(self)

    def push_to(self, council_ids, with_documents=True):
        """Put this item of a joint session to councils (5-10): a proposed item on each one's next session whose agenda
        is still open, or a place on its waiting list, and a to-do of its secretary. A council that has it already
        stays as it is: twice gives nothing twice.

        :param council_ids: ids of councils of the same company
        :param with_documents: copies of the item's documents go along
        :return: ids of the ``shora.joint.push`` of these councils
        :raises AccessError: the user is not of the Secretariat
        :raises UserError: no item of a joint session, withdrawn, or a council that is none
        """
        self.ensure_one()
        self._check_may_push()
        body = self.council_id
        councils = body._councils_of_body().filtered(lambda council: council.id in set(council_ids))
        if not councils or len(councils) < len(set(council_ids)):
            raise UserError(self._by_5_10(self.env._("Choose councils whose secretaries belong to the joint meeting.")))
        body._lock_row()
        pushes = self.env["shora.joint.push"].sudo()  # written by this step only, judged above
        present = pushes.search(Domain("item_id", "=", self.id) & Domain("council_id", "in", councils.ids))
        new = pushes.with_context(mail_create_nolog=True, mail_create_nosubscribe=True).create(
            [
                {
                    "item_id": self.id,
                    "council_id": council.id,
                    "with_documents": with_documents,
                    "pushed_by_id": self.env.uid,
                    "pushed_at": fields.Datetime.now(),
                }
                for council in councils - present.council_id
            ]
        )
        new._place()
        return (present | new).ids

    def _check_may_push(self):
        """
        :raises AccessError: not of the Secretariat
        :raises UserError: no item of a joint session, or one that was withdrawn
        """
        self.check_access("read")
        if not self.is_joint:
            raise UserError(self._by_5_10(self.env._("Themes are put to councils from the agenda of a joint session.")))
        if not self.env["shora.session"]._keeps(self.council_id):
            raise AccessError(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(("secretary", "staff"), self.council_id)
                    ),
                )
            )
        if self.state == "withdrawn":
            raise UserError(self._by_5_10(self.env._("“%(item)s” was withdrawn.", item=self.name)))

    def action_follow(self):
        """What became of this theme in the councils, on one page."""
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_joint_theme_action"),
            "views": [(self.env.ref("shora_council.shora_joint_theme_view_form").id, "form")],
            "res_id": self.id,
        }
