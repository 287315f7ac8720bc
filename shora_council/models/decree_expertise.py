from odoo import api, fields, models
from odoo.fields import Domain

EXPERTISE = ("theme_ids", "tendency_ids", "academic_rank", "field_of_study", "cv", "cv_name")


class ShoraDecree(models.Model):
    """What an expert is appointed for (4-B: rank, field and CV on file; note 1: themes and tendencies).

    The membership takes it over when the decree is issued; a renewal starts from what the last membership says.
    """

    _name = "shora.decree"
    _inherit = "shora.decree"

    theme_ids = fields.Many2many(
        "shora.theme", string="Themes of expertise", compute="_compute_expertise", store=True, readonly=False
    )
    tendency_ids = fields.Many2many(
        "shora.tendency",
        string="Tendencies",
        compute="_compute_expertise",
        store=True,
        readonly=False,
        groups="shora_council.group_shora_secretary,shora_council.group_shora_president,"
        "shora_council.group_shora_president_office",
    )
    academic_rank = fields.Char(compute="_compute_expertise", store=True, readonly=False)
    field_of_study = fields.Char(compute="_compute_expertise", store=True, readonly=False)
    cv = fields.Binary(attachment=True, string="CV", copy=False)
    cv_name = fields.Char(copy=False)

    def _is_expertise_asked(self):
        return self.kind in ("appointment", "renewal") and self.seat_id.kind == "expert"

    @api.depends("partner_id", "seat_id", "kind")
    def _compute_expertise(self):
        drafts = self.filtered(lambda decree: decree.state not in decree._frozen_states)
        asked = drafts.filtered(lambda decree: decree._is_expertise_asked())
        members = self.env["shora.membership"].search(
            Domain("partner_id", "in", asked.partner_id.ids)
            & Domain("council_id", "in", asked.council_id.ids)
            & Domain("seat_kind", "=", "expert")
            & Domain("state", "!=", "void"),
            order="date_from",
        )
        last = {(member.council_id, member.partner_id): member for member in members}
        for decree in drafts:
            known = last.get((decree.council_id, decree.partner_id))
            for name in ("theme_ids", "tendency_ids", "academic_rank", "field_of_study"):
                # What somebody typed stays; what nobody typed comes from the last membership.
                decree[name] = decree[name] or (known[name] if known and decree in asked else False)

    def _expertise_blockers(self):
        """4-B: rank and field are on file before an expert is appointed; a missing CV is shown, it does not block."""
        self.ensure_one()
        if not self._is_expertise_asked():
            return []
        labels = {
            "academic_rank": self.env._("academic rank"),
            "field_of_study": self.env._("field of study"),
        }
        missing = [label for name, label in labels.items() if not (self[name] or "").strip()]
        if not missing:
            return []
        text = self.env._("An expert's %(fields)s must be on file.", fields=self.env._(" and ").join(missing))
        return [self._seat_refusal(text)]

    def _issued_blockers(self):
        return super()._issued_blockers() + self._expertise_blockers()

    def _membership_values(self):
        values = super()._membership_values()
        if self._is_expertise_asked():
            own = self.sudo()  # issued by whoever may; the tendencies stay readable to the few
            values.update(
                theme_ids=[(6, 0, own.theme_ids.ids)],
                tendency_ids=[(6, 0, own.tendency_ids.ids)],
                academic_rank=own.academic_rank,
                field_of_study=own.field_of_study,
                cv=own.cv,
                cv_name=own.cv_name,
            )
        return values
