from markupsafe import Markup
from odoo import api, fields, models
from odoo.fields import Domain

#: sessions whose agenda has not been sent out
UNSENT = ("draft", "scheduled")


class ShoraResolution(models.Model):
    """What the President's word means for the council (5-9).

    Seen or instruct: it is notified to its executor. Return: it comes back to the council: the secretary has a to-do,
    the next session whose invitation is not sent gets an item with the President's words, and the resolution adopted
    under that item takes the returned one's place, goes its own way to the President, and ends the returned one.
    Refer: it waits for whom the President named; the Secretariat presents it again, with what came of it, in a later
    dossier. While it is before the President it is neither notified nor abandoned.
    """

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    before_president = fields.Boolean(compute="_compute_before_president", string="Before the President")

    @api.depends("state")
    def _compute_before_president(self):
        lines = self.env["shora.dossier.line"].sudo()  # that it is before the President is no secret, the dossier is
        waiting = lines.search(
            Domain("resolution_id", "in", self.ids)
            & Domain("is_final", "=", False)
            & Domain("dossier_id.state", "=", "presented")
        ).resolution_id.ids
        for resolution in self:
            resolution.before_president = resolution.id in waiting

    @api.model
    def _referred(self, companies):
        """Resolutions that the President referred and that wait in no dossier to come before him again."""
        referred = self.search(
            Domain("company_id", "in", companies.ids)
            & Domain("state", "=", "adopted")
            & Domain("president_decision", "=", "refer"),
            order="president_decided_on, id",
        )
        waiting = self.env["shora.dossier.line"].search(
            Domain("resolution_id", "in", referred.ids)
            & Domain("is_final", "=", False)
            & Domain("is_withdrawn", "=", False)
        )
        return (referred - waiting.resolution_id).filtered("session_id.minutes_ids")

    def _notified_blockers(self):
        return super()._notified_blockers() + self._president_blockers()

    def _abandoned_blockers(self):
        return super()._abandoned_blockers() + self._president_blockers()

    def _president_blockers(self):
        if self.state == "adopted" and self.before_president:
            return [self._by_5_9(self.env._("It is before the President again; wait for his decision."))]
        return []

    # --- returned ---

    def _record_decision(self, decision, text, day):
        result = super()._record_decision(decision, text, day)
        if decision == "return":
            for resolution in self:
                resolution._back_to_council()
        return result

    def _back_to_council(self):
        """The item of the next session that follows it says what the President said, now or as soon as there is one."""
        items = self.env["shora.agenda.item"].search(
            Domain("followed_resolution_id", "=", self.id)
            & Domain("state", "in", ("proposed", "accepted"))
            & Domain("session_id.state", "in", UNSENT)
        )
        if items:
            items.write(self._follow_values())
        else:
            self.env["shora.reader"]._of_office(self._as_system())._put_before_next_session()

    def _follow_values(self):
        values = super()._follow_values()
        if self.president_decision != "return":
            return values
        office = self.env["shora.reader"]._of_office(self)
        day = office.env["shora.pdf"]._short_day(self.president_decided_on)
        said = office.env._("Returned by the President of the Centre on %(day)s:", day=day)
        lines = Markup("<br/>").join((self.president_text or "").split("\n"))
        return {
            **values,
            "name": office.env._("Returned by the President: %(resolution)s", resolution=office.display_name),
            "description": Markup("<p>%s</p><blockquote>%s</blockquote>") % (said, lines) + (self.body or ""),
        }

    def _on_adopted(self):
        """What the council resolves under the item that brought a returned resolution back takes its place."""
        for resolution in self:
            returned = resolution.agenda_item_id.followed_resolution_id
            if returned.state == "adopted" and returned.president_decision == "return":
                office = self.env["shora.reader"]._of_office(resolution)
                reason = office.env._("Replaced by %(resolution)s", resolution=office.display_name)
                returned._as_system().write({"state": "abandoned", "abandon_reason": reason})
