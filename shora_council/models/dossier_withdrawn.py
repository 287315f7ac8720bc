from types import SimpleNamespace

from odoo import fields, models
from odoo.fields import Domain

from .dossier import DECIDE_TODO


class ShoraDossier(models.Model):
    """A dossier that was presented too early, or wrongly, is withdrawn by the head of the Secretariat while no decision
    in it is final (5-9).

    It keeps its number, its file and whatever was recorded on it, with the reason; the President and his office are
    told. Its minutes are at the Secretariat again as reviewed ones, to be put into another dossier.
    """

    _name = "shora.dossier"
    _inherit = "shora.dossier"

    withdrawn_at = fields.Datetime(copy=False, string="Withdrawn at")
    withdrawn_by_id = fields.Many2one("res.users", copy=False, string="Withdrawn by", ondelete="restrict")
    withdrawn_name = fields.Char(copy=False, string="Withdrawn by (as told)")
    withdraw_reason = fields.Text(copy=False, string="Reason of the withdrawal", tracking=True)

    def _withdrawn_blockers(self):
        reasons = []
        if any(self.line_ids.mapped("is_final")):
            reasons.append(
                self._by_5_9(
                    self.env._("The President has decided on a part of it; that stays, and the rest is his to decide.")
                )
            )
        if not (self.withdraw_reason or "").strip():
            reasons.append(self._by_5_9(self.env._("Give the reason of the withdrawal; the President is told.")))
        return reasons

    def _withdrawn_values(self):
        return {
            "withdrawn_at": fields.Datetime.now(),
            "withdrawn_by_id": self.env.uid,
            "withdrawn_name": self.env.user.name,
        }

    def _on_withdrawn(self):
        self.env["shora.todo"]._close(self, DECIDE_TODO)
        for dossier in self:
            # Whoever decides on a line now meets the changed row and is judged again.
            dossier.line_ids.sudo()._store({"is_withdrawn": True})
            dossier.part_ids.sudo()._store({"is_withdrawn": True})
            # The minutes are closed to the Secretariat; the head's step on them is judged by role.
            dossier.part_ids.minutes_id.sudo().write({"state": "reviewed"})
            dossier._tell_withdrawn()

    def _tell_withdrawn(self):
        """The President and his office, before whom it was."""
        self._tell_readers(
            self._deciders().partner_id,
            lambda told: told.env._(
                "“%(dossier)s” was withdrawn by %(user)s: %(reason)s",
                dossier=told.display_name,
                user=told.withdrawn_name,
                reason=told.withdraw_reason,
            ),
        )

    def action_withdraw(self):
        """Ask for the reason of the withdrawal (head of the Secretariat)."""
        self.ensure_one()
        self.check_access("write")
        return self.env["shora.dossier.withdraw"]._dialog(self)


class ShoraDossierMinutes(models.Model):
    """Minutes are in one dossier at a time; those in which they were withdrawn stay."""

    _name = "shora.dossier.minutes"
    _inherit = "shora.dossier.minutes"

    is_withdrawn = fields.Boolean(readonly=True, copy=False, string="Withdrawn")
    minutes_id = fields.Many2one(
        domain="[('state', '=', 'reviewed'), ('dossier_part_ids', 'not any', [('is_withdrawn', '=', False)])]"
    )

    _once = models.UniqueIndex("(minutes_id) WHERE is_withdrawn IS NOT TRUE", "These minutes are in a dossier already.")

    def _texts(self):
        """The next dossier begins with what the withdrawn one said, unless something was noted since."""
        texts = super()._texts()
        domain = Domain("minutes_id", "in", self.minutes_id.ids) & Domain("is_withdrawn", "=", True)
        for part in self.search(domain, order="id"):
            since = part.dossier_id.withdrawn_at
            for subject, values in part._written().items():
                note = texts.get(subject)
                if not note or note.noted_at < since:
                    texts[subject] = SimpleNamespace(**values, noted_at=since)
        return texts

    def _written(self):
        """{minutes or resolution: summary and recommendation of this dossier}."""
        own = self.line_ids.filtered(lambda line: not line.resolution_id)
        return {
            self.minutes_id: {"summary": self.summary, "recommendation": own.recommendation},
            **{
                line.resolution_id: {"summary": line.summary, "recommendation": line.recommendation}
                for line in self.line_ids - own
            },
        }


class ShoraDossierLine(models.Model):
    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    is_withdrawn = fields.Boolean(readonly=True, copy=False, string="Withdrawn")

    _one_waits = models.UniqueIndex(
        "(resolution_id) WHERE resolution_id IS NOT NULL AND is_final IS NOT TRUE AND is_withdrawn IS NOT TRUE",
        "This resolution waits for the President in another dossier.",
    )


class ShoraMinutesStep(models.Model):
    _name = "shora.minutes.step"
    _inherit = "shora.minutes.step"

    kind = fields.Selection(selection_add=[("withdrawn", "Withdrawn")], ondelete={"withdrawn": "cascade"})

    # what was withdrawn is presented again, without another forwarding
    _once_a_round = models.UniqueIndex(
        "(minutes_id, round, kind) WHERE kind NOT IN ('presented', 'withdrawn')", "This step has been taken already."
    )


class ShoraMinutes(models.Model):
    """Minutes of a withdrawn dossier are the Secretariat's again, reviewed as they were (5-9)."""

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    def _reviewed_blockers(self):
        parts = self.sudo().dossier_part_ids  # asked by the judge, whoever reads dossiers
        if self.state == "presented" and not all(parts.mapped("is_withdrawn")):
            return [self._by_5_9(self.env._("They are before the President: withdraw their dossier."))]
        return []

    def _on_reviewed(self):
        back = self.filtered(lambda minutes: minutes.sudo().step_ids[-1:].kind == "presented")
        for minutes in back:
            minutes._add_step("withdrawn", minutes._round())
            minutes._tell_secretary(
                lambda told: told.env._(
                    "%(minutes)s were withdrawn from the President's desk.", minutes=told.display_name
                )
            )
        if back:
            self.env["shora.finding"]._check(back.council_id)
        return super(ShoraMinutes, self - back)._on_reviewed()
