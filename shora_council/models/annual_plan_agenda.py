from markupsafe import Markup
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from .session_forward import PLANNED


class ShoraAgendaItem(models.Model):
    """What the annual plan has to do with an item: it is drawn from a line, or it puts the plan itself, or an
    amendment of it, before the council (5-4).
    """

    _name = "shora.agenda.item"
    _inherit = "shora.agenda.item"

    plan_line_id = fields.Many2one(
        "shora.annual.plan.line", copy=False, index="btree_not_null", ondelete="restrict", string="Line of the plan"
    )
    annual_plan_id = fields.Many2one(
        "shora.annual.plan", copy=False, index="btree_not_null", ondelete="restrict", string="Plan to approve"
    )
    plan_amendment_id = fields.Many2one(
        "shora.annual.plan.amendment",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        string="Amendment to approve",
    )

    _line_once = models.UniqueIndex(
        "(session_id, plan_line_id) WHERE plan_line_id IS NOT NULL AND state NOT IN ('withdrawn', 'postponed')",
        "A line of the plan is put before a session once.",
    )

    def _plan_links(self):
        return {
            "plan_line_id": self.plan_line_id.id,
            "annual_plan_id": self.annual_plan_id.id,
            "plan_amendment_id": self.plan_amendment_id.id,
        }

    def _attach_plan(self, record):
        """The plan or amendment as it was presented, on paper: members get it with the notice (5-1)."""
        name = "annual_plan" if record._name == "shora.annual.plan" else "plan_amendment"
        paper = self.env["ir.attachment"].create(
            {
                "name": f"{record._for_office().display_name}.pdf",
                "raw": self.env["shora.pdf"]._made(name, record),
                "mimetype": "application/pdf",
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        self.attachment_ids = [(4, paper.id)]

    def _carried_values(self):
        return {**super()._carried_values(), **self._plan_links()}


class ShoraResolution(models.Model):
    """Which line of the plan a resolution serves: that of its item."""

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    plan_line_id = fields.Many2one(
        related="agenda_item_id.plan_line_id", store=True, index="btree_not_null", string="Line of the plan"
    )


class ShoraSession(models.Model):
    """Items from the annual plan."""

    _name = "shora.session"
    _inherit = "shora.session"

    def _bring_postponed(self):
        """Postponed items keep what ties them to the plan."""
        items = super()._bring_postponed()
        for item in items:
            item._store_facts(item.carried_from_id._plan_links())
        return items

    def action_from_plan(self):
        """Ask which lines of the council's plan in execution are put on this agenda."""
        self.ensure_one()
        lines = self.env["shora.annual.plan.line"].search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("plan_state", "=", "in_execution")
            & Domain("dropped_by_id", "=", False)
            & Domain("progress", "<", 100)
        )
        return self.env["shora.plan.agenda"]._dialog_of_lines(lines._to_draw(), session=self)

    def _check_takes_items(self):
        """
        :raises AccessError: neither the secretary nor the council's staff
        :raises UserError: the session is no longer being prepared
        """
        self._check_keeper()
        if self.state not in PLANNED:
            raise UserError(self.env._("Items are put on the agenda while the session is being prepared."))

    def _take_lines(self, lines):
        """One proposed item for each line of the plan; twice gives nothing twice.

        :raises ValidationError: the plan is not in execution (5-4)
        """
        self.ensure_one()
        self._check_takes_items()
        lines.plan_id._check_execution()
        if lines.council_id - self.council_id:
            raise UserError(self.env._("The plan is another council's."))
        if dropped := lines.filtered("dropped_by_id"):
            raise UserError(self.env._("“%(line)s” is no longer in the plan.", line=dropped[0].name))
        self.council_id._lock_row()
        items = self.env["shora.agenda.item"]
        here = self.agenda_item_ids.filtered(lambda item: item.state != "withdrawn").plan_line_id
        for line in lines - here:
            item = items.create({"session_id": self.id, **line._item_values()})
            item._store_facts({"source": "plan", "plan_line_id": line.id})
            items |= item
        return items

    def _take_for_approval(self, record):
        """The item that asks the council to approve a presented plan or amendment; twice gives nothing twice.

        :raises UserError: it is not presented, or it is another council's
        """
        self.ensure_one()
        self._check_takes_items()
        if record.state != "presented" or record.council_id != self.council_id:
            raise UserError(record._cited(self.env._("What the secretary has presented is put before the council.")))
        self.council_id._lock_row()
        Item = self.env["shora.agenda.item"]
        item = Item.search(
            Domain(record._item_domain())
            & Domain("session_id", "=", self.id)
            & Domain("state", "in", ("proposed", "accepted")),
            limit=1,
        )
        if not item:
            item = Item.create(
                {
                    "session_id": self.id,
                    "name": self.env._("Approval: %(plan)s", plan=record.display_name),
                    "presenter_id": self._officers()[1].id,
                    "minutes_planned": 30,
                }
            )
            link = "annual_plan_id" if record._name == "shora.annual.plan" else "plan_amendment_id"
            item._store_facts({"source": "plan", link: record.id})
            item._attach_plan(record)
        return item


class ShoraAnnualPlanLine(models.Model):
    """What a line gives to an agenda."""

    _name = "shora.annual.plan.line"
    _inherit = "shora.annual.plan.line"

    def _item_values(self):
        return {
            "name": self.name,
            "description": Markup("").join(Markup("<p>%s</p>") % text for text in (self.goal, self.need) if text),
            "presenter_id": (self.responsible_ids - self.left_ids)[:1].id,
            "theme_ids": [(6, 0, self.theme_ids.ids)],
            "duty_ids": [(6, 0, self.duty_ids.ids)],
        }

    def _to_draw(self):
        """Lines that are not done, those that are due first; without those that wait on an agenda already."""
        items = self.env["shora.agenda.item"].search(
            Domain("plan_line_id", "in", self.ids)
            & Domain("state", "in", ("proposed", "accepted"))
            & Domain("session_id.state", "in", (*PLANNED, "open"))
        )
        return (self - items.plan_line_id).filtered(lambda line: line.progress < 100).sorted("date_to")
