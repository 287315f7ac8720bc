from odoo import models
from odoo.fields import Domain


class ShoraDesk(models.AbstractModel):
    """The way to the President on the desk: what the Secretariat puts into a dossier, what its head presents, what the
    President decides on and his office records (5-9).
    """

    _name = "shora.desk"
    _inherit = "shora.desk"

    def _session_lines(self, councils, today):
        return super()._session_lines(councils, today) + self._dossier_lines(councils, today)

    def _dossier_lines(self, councils, today):
        dossiers = self.env["shora.dossier"]
        if not dossiers.has_access("read"):
            return []  # the Secretariat's papers
        lines = []
        held = Domain("dossier_part_ids", "any", Domain("is_withdrawn", "=", False))
        waiting = councils._find("shora.minutes", Domain("state", "=", "reviewed") & ~held)
        for minutes in waiting:
            label = self.env._("Put the minutes into a dossier")
            lines.append(
                self._cited_5_9(
                    self._line(minutes, minutes.council_id, label, False, today, "secretariat", today), minutes
                )
            )
        for dossier in dossiers.search(Domain("state", "in", ("draft", "presented"))):
            lines.append(self._dossier_line(dossier, today))
        return lines

    def _dossier_line(self, dossier, today):
        council = dossier.council_ids if len(dossier.council_ids) == 1 else self.env["shora.council"]
        if dossier.state == "draft":
            line = self._line(dossier, council, self.env._("Present the dossier"), False, today, "head", today)
        else:
            line = self._line(dossier, council, self.env._("Decide on the dossier"), False, today, "president", today)
            line["mine"] = line["mine"] or "office" in self._roles(council)  # the office records his decision
            line["action"] = {"tag": "shora_council.president_desk", "params": {"dossier_id": dossier.id}}
        line["council"] = self.env["shora.words"]._join(dossier.council_ids.mapped("short_name"))
        return self._cited_5_9(line, dossier.line_ids.minutes_id[:1])

    def _cited_5_9(self, line, minutes):
        clause = minutes and minutes.council_id._bylaw_on(minutes.session_id.day).sudo()._clause("5-9")
        line["clause"] = clause.citation if clause else ""
        return line
