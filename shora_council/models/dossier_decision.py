from datetime import date

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import persian
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ..rules import clock
from .resolution_decision import DECISIONS

#: who decides, and who records what was decided on paper
DECIDERS = ("president", "office")


class ShoraDossierDecision(models.Model):
    """Every decision as it was recorded: the history of a line, kept (5-9). The last row is what the line says."""

    _name = "shora.dossier.decision"
    _description = "Recorded decision"
    _inherit = ["shora.kept.mixin"]
    _order = "line_id, revision"

    line_id = fields.Many2one("shora.dossier.line", required=True, index=True, ondelete="restrict")
    dossier_id = fields.Many2one(related="line_id.dossier_id", store=True, index=True)
    council_id = fields.Many2one(related="line_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="dossier_id.company_id", store=True, index=True)
    revision = fields.Integer(required=True, aggregator=False)
    decision = fields.Selection(DECISIONS, help="Empty: taken back.")
    text = fields.Text(string="Marginal note")
    decided_on = fields.Date(string="Decided on")
    recorded_by_id = fields.Many2one("res.users", required=True, ondelete="restrict")
    recorded_name = fields.Char(required=True, string="Recorded by")
    on_behalf = fields.Char(string="On behalf of")
    recorded_at = fields.Datetime(required=True, string="Recorded at")

    _once = models.UniqueIndex("(line_id, revision)", "This decision has been recorded meanwhile.")


class ShoraDossierLine(models.Model):
    """The President's word on a line: recorded at once, corrected until it is made final (``dossier_final``).

    He decides himself, or his office records what he wrote on paper: on whose behalf is kept with it. Both ways are
    the same method and lead to the same effects. Whoever records says which state of the line was on the screen, so
    that of two people at once the second is told what the first recorded.
    """

    _name = "shora.dossier.line"
    _inherit = "shora.dossier.line"

    decision_ids = fields.One2many("shora.dossier.decision", "line_id", string="As recorded", readonly=True)

    def decide(self, decision, text, seen, day=None):
        """Record the President's decision on this line (5-9); it can be corrected until it is made final.

        :param decision: "seen", "instruct", "return", "refer"; False takes back what is recorded
        :param text: the marginal note (plain text); may be empty with "seen" only
        :param seen: the revision of the line that the author's screen shows
        :param day: day of the decision as "YYYY-MM-DD", from the presentation to today; default today
        :return: the line as ``get_page()`` of the President's desk gives it
        :raises AccessError: neither the President nor his office
        :raises UserError: somebody recorded something else meanwhile, the line is final or not before the President,
            no text, or no such day
        """
        self.ensure_one()
        self.check_access("read")
        self._check_decider()
        line = self.sudo()  # judged by role; the Secretariat's papers are nobody else's to write
        line._lock()
        values = line._decision_values(decision, text, day)
        if line._is_recorded(values, seen):
            return self._page_line()
        line._check_seen(seen)
        line._check_waits()
        record = {
            **values,
            "revision": line.revision + 1,
            "recorded_by_id": self.env.uid,
            "recorded_name": self.env.user.name,
            "recorded_at": fields.Datetime.now(),
            "on_behalf": self._on_behalf(),
        }
        line.env["shora.dossier.decision"].create({"line_id": line.id, **record})
        line._store(record)
        return self._page_line()

    # --- who ---

    def _decider_roles(self):
        return self.env.user._shora_roles(self.env["shora.council"])

    def _check_decider(self):
        """
        :raises AccessError: neither the President nor his office
        """
        if not self._decider_roles().intersection(DECIDERS):
            labels = self.env["res.users"]._shora_role_labels(DECIDERS)
            raise AccessError(
                self.env._("This step belongs to: %(roles)s.", roles=self.env["shora.words"]._join(labels))
            )

    def _on_behalf(self):
        """Whose decision the office records; False for the President himself."""
        if "president" in self._decider_roles():
            return False
        presidents = self.env["res.users"]._shora_users_with_role("president")
        presidents = presidents.filtered(lambda user: self.company_id in user.company_ids)
        name = presidents.name if len(presidents) == 1 else ""
        return name or self.env["shora.reader"]._of_office(self).env._("President of the Centre")

    # --- what ---

    def _lock(self):
        """Whoever decides on the same line waits here, is replayed by Odoo and then meets the comparison."""
        self.flush_recordset()
        self.env.cr.execute(
            SQL("SELECT id FROM shora_dossier_line WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids))
        )
        self.invalidate_recordset()

    def _decision_values(self, decision, text, day):
        """
        :raises UserError: no such decision, no text, or no such day
        """
        text = persian.normalise(text or "").strip()  # as whatever is typed into the councils' records
        if not decision:
            return {"decision": False, "text": False, "decided_on": False}
        if decision not in dict(DECISIONS):
            raise UserError(self.env._("There is no such decision."))
        if decision != "seen" and not text:
            raise UserError(
                self.dossier_id._by_5_9(
                    self.env._(
                        "Write the marginal note: what is instructed, why it is returned, to whom it is referred."
                    )
                )
            )
        return {"decision": decision, "text": text or False, "decided_on": self._decision_day(day)}

    def _decision_day(self, day):
        today = self.env["shora.council"]._today()
        if not day:
            return today
        try:
            day = date.fromisoformat(day) if isinstance(day, str) else fields.Date.to_date(day)
        except (TypeError, ValueError):
            day = None
        presented = self.dossier_id.presented_at
        if not day or not presented or not clock.tehran_day(presented) <= day <= today:
            words = self.env["shora.words"]
            raise UserError(
                self.env._(
                    "The day of the decision lies between the presentation (%(first)s) and today (%(today)s).",
                    first=words._day(presented and clock.tehran_day(presented)),
                    today=words._day(today),
                )
            )
        return day

    def _is_recorded(self, values, seen):
        """Whether this very decision of this very user is what the line says: a second click says nothing new."""
        return (
            bool(self.revision)
            and seen in (self.revision, self.revision - 1)
            and self.recorded_by_id.id == self.env.uid
            and all(self[name] == value for name, value in values.items())
        )

    def _check_seen(self, seen):
        """
        :raises UserError: what the author saw is no longer what is recorded
        """
        if self.revision == seen:
            return
        labels = dict(self._fields["decision"]._description_selection(self.env))
        raise UserError(
            self.env._(
                "“%(line)s”: %(user)s recorded “%(decision)s” meanwhile; look again before you change it.",
                line=self.display_name,
                user=self.recorded_name or "",
                decision=labels.get(self.decision, "–"),
            )
        )

    def _check_waits(self):
        """
        :raises UserError: not before the President, or final
        """
        if self.is_final:
            raise UserError(
                self.dossier_id._by_5_9(
                    self.env._("The decision on “%(line)s” is final and is not changed.", line=self.display_name)
                )
            )
        if self.dossier_state != "presented":
            raise UserError(
                self.dossier_id._by_5_9(
                    self.env._(
                        "“%(dossier)s” is not before the President: it is “%(state)s”.",
                        dossier=self.dossier_id.display_name,
                        state=self.dossier_id._state_label(self.dossier_state),
                    )
                )
            )

    @api.model
    def _decision_labels(self):
        return dict(self._fields["decision"]._description_selection(self.env))
