from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: what a plan line says; an amendment says the same of the lines that it adds or changes
CONTENT = ("name", "goal", "need", "duty_ids", "theme_ids", "responsible_ids", "date_from", "date_to")


class ShoraPlanContentMixin(models.AbstractModel):
    """What a line of the annual plan says (5-4): goal, duty, theme, the management's need, who and when."""

    _name = "shora.plan.content.mixin"
    _description = "Content of a plan line"

    name = fields.Char(required=True, string="Title")
    goal = fields.Text()
    need = fields.Text(string="Need of the management")
    duty_ids = fields.Many2many("shora.duty", string="Duties")
    theme_ids = fields.Many2many("shora.theme", string="Themes")
    responsible_ids = fields.Many2many("res.partner", string="Responsible members")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")

    def _content_plan(self):
        """The plan whose year and council bind the content."""
        raise NotImplementedError

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for line in self:
            plan = line._content_plan()
            days = [day for day in (line.date_from, line.date_to) if day]
            if any(not plan.date_from <= day <= plan.date_to for day in days):
                raise ValidationError(
                    self.env._(
                        "“%(line)s”: its days lie within the year of the plan, %(first)s to %(last)s.",
                        line=line.name,
                        first=self.env["shora.words"]._day(plan.date_from),
                        last=self.env["shora.words"]._day(plan.date_to),
                    )
                )
            if len(days) == 2 and days[0] > days[1]:
                raise ValidationError(
                    self.env._("“%(line)s”: its last day is not before its first day.", line=line.name)
                )

    def _amended(self, vals):
        """Write what a confirmed amendment says into a row that is frozen for everybody."""
        return super().write(vals)

    @api.model
    def _create_amended(self, vals_list):
        """New rows with facts: by a confirmed amendment, or taken over from the year before."""
        return super().create(vals_list)

    def _reasons_incomplete(self):
        """What clause 5-4 wants of these lines and is missing, one sentence a line; and who is no member."""
        reasons = []
        members = {council: council.sudo()._members_on(council._today()).partner_id for council in self.council_id}
        for line in self:
            wanting = [
                self._fields[name]._description_string(self.env)
                for name in CONTENT
                if name not in ("name", "need") and not line[name]
            ]
            if wanting:
                reasons.append(
                    self.env._(
                        "“%(line)s” lacks: %(fields)s.",
                        line=line.name,
                        fields=self.env["shora.words"]._join(wanting),
                    )
                )
            strangers = line.responsible_ids.sudo() - members[line.council_id]
            if strangers:
                reasons.append(
                    self.env._(
                        "“%(line)s”: %(names)s: no member of the council today.",
                        line=line.name,
                        names=self.env["shora.words"]._join(strangers.mapped("name")),
                    )
                )
        return reasons

    def _content_values(self):
        """The content as values for another record of the same shape."""
        self.ensure_one()
        return {
            name: [(6, 0, self[name].ids)] if self._fields[name].type == "many2many" else self[name] for name in CONTENT
        }

    def _content_text(self, name):
        """One part of the content in words."""
        value, kind = self[name], self._fields[name].type
        if kind == "many2many":
            return self.env["shora.words"]._join(value.sudo().mapped("name"))
        return self.env["shora.words"]._day(value) if kind == "date" else value or ""
