from markupsafe import Markup
from odoo import fields, models
from odoo.exceptions import UserError


class ShoraDossier(models.Model):
    """The President's decisions become final: from here on they are facts and reach the resolutions (5-9).

    One transaction: resolutions, their executors and secretaries, the minutes, the dossier and the to-dos follow
    together or not at all.
    """

    _name = "shora.dossier"
    _inherit = "shora.dossier"

    def finalize(self, seen):
        """Make the recorded decisions of the lines named final; the others of the dossier go on waiting.

        :param seen: {line id: revision that the author's screen shows}
        :return: number of lines that became final now
        :raises AccessError: neither the President nor his office
        :raises UserError: a line was recorded otherwise meanwhile, has no decision, or is recorded by the office
            without a scan of what the President wrote
        """
        self.ensure_one()
        self.check_access("read")
        self.env["shora.dossier.line"]._check_decider()
        dossier = self.sudo()  # judged by role
        dossier._lock()
        seen = {int(line_id): revision for line_id, revision in dict(seen).items()}
        lines = dossier.line_ids.filtered(lambda line: line.id in seen)
        if len(lines) != len(seen):
            raise UserError(self.env._("These lines are not of this dossier."))
        lines._lock()
        for line in lines:
            line._check_seen(seen[line.id])
        lines = lines.filtered(lambda line: not line.is_final)  # a second click finds nothing to do
        lines._check_final()
        if lines:
            lines._finalize()
            dossier._close_decided(lines)
        return len(lines)

    def _close_decided(self, lines):
        """Minutes and dossier of which everything is final now."""
        presented = lines.minutes_id.filtered(lambda minutes: minutes.state == "presented")
        waiting = self.line_ids.filtered(lambda line: not line.is_final)
        presented = presented - waiting.minutes_id
        if presented:
            presented.write({"state": "closed"})
        if not waiting:
            self.write({"state": "decided"})
        self.env["shora.finding"]._check(lines.council_id)


class ShoraDossierLine(models.Model):
    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    def _check_final(self):
        """
        :raises UserError: as ``finalize``
        """
        for line in self:
            line._check_waits()
            if not line.decision:
                raise UserError(
                    line.dossier_id._by_5_9(
                        self.env._("There is no decision on “%(line)s” yet.", line=line.display_name)
                    )
                )
        unproven = self.filtered(lambda line: line.on_behalf and not line._scans())
        if unproven:
            raise UserError(
                self.env._(
                    "File the scan of what the President wrote first, of the whole dossier or of these "
                    "lines:\n%(lines)s",
                    lines="\n".join(f"• {line.display_name}" for line in unproven),
                )
            )

    def _finalize(self):
        self._store({"is_final": True, "final_at": fields.Datetime.now(), "final_name": self.env.user.name})
        for line in self:
            if line.resolution_id:
                line.resolution_id._record_decision(line.decision, line.text, line.decided_on)
            else:
                line._tell_of_minutes()

    def _tell_of_minutes(self):
        """Minutes without resolutions: what the President says of them reaches the council's secretary."""

        def speak(told):
            line = self.with_env(told.env)
            return told.env._(
                "President of the Centre on “%(resolution)s”, %(day)s: %(decision)s",
                resolution=told.display_name,
                day=told.env["shora.words"]._day(line.decided_on),
                decision=line._decision_labels()[line.decision],
            )

        self.minutes_id._tell_secretary(speak, self.text or "")
        kept = self.env["shora.reader"]._of_office(self.minutes_id)  # the history of the minutes
        body = Markup("<p>%s</p>") % speak(kept)
        if self.text:
            body += Markup("<blockquote>%s</blockquote>") % Markup("<br/>").join(self.text.split("\n"))
        kept.message_post(body=body)
