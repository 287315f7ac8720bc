from bisect import bisect_right

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ShoraBylaw(models.Model):
    """One dated version of a council's by-law: clauses, rules and the register of readings (spec, section 2).

    Code asks the version in force on the day concerned for a rule's value, never a constant. In force means frozen:
    another value is a new version, and the past keeps the version of its day. Only what the organisation still owes
    may be added later: official texts, the approval date, the confirmation of readings.
    """

    _name = "shora.bylaw"
    _description = "By-law"
    _inherit = ["shora.state.mixin", "mail.thread"]
    _order = "date_from desc, id desc"

    _transitions = {"draft": {"in_force": ("admin", "head", "system")}, "in_force": {}}
    _frozen_states = ("in_force",)
    _frozen_exempt = frozenset({"approval_date", "approved_by", "council_ids", "clause_ids", "interpretation_ids"})

    name = fields.Char(required=True, translate=True)
    state = fields.Selection(
        [("draft", "Draft"), ("in_force", "In force")], required=True, default="draft", copy=False, tracking=True
    )
    date_from = fields.Date(string="Effective from", required=True, tracking=True)
    approval_date = fields.Date(string="Approved on", tracking=True, help="Blank in the source; open until entered.")
    approved_by = fields.Char(string="Approved by")
    clause_ids = fields.One2many("shora.bylaw.clause", "bylaw_id", string="Clauses", copy=False)
    rule_ids = fields.One2many("shora.bylaw.rule", "bylaw_id", string="Rules", copy=False)
    interpretation_ids = fields.One2many(
        "shora.bylaw.interpretation", "bylaw_id", string="Register of readings", copy=False
    )
    council_ids = fields.Many2many(
        "shora.council", "shora_council_bylaw_rel", "bylaw_id", "council_id", string="Councils"
    )
    article_count = fields.Integer(compute="_compute_counts", string="Articles")
    clause_count = fields.Integer(compute="_compute_counts", string="Clauses and notes")

    @api.depends("name", "date_from")
    def _compute_display_name(self):
        for bylaw in self:
            bylaw.display_name = f"{bylaw.name or ''} · {self.env['shora.words']._day(bylaw.date_from)}"

    @api.depends("clause_ids.kind")
    def _compute_counts(self):
        """Counted from the data, as the closing clause leaves the numbers blank."""
        for bylaw in self:
            kinds = bylaw.clause_ids.mapped("kind")
            bylaw.article_count = kinds.count("article")
            bylaw.clause_count = kinds.count("clause") + kinds.count("note")

    @api.constrains("state", "date_from", "council_ids")
    def _check_one_a_day(self):
        for bylaw in self.filtered(lambda b: b.state == "in_force"):
            same = (bylaw.council_ids.bylaw_ids - bylaw).filtered(
                lambda b, d=bylaw.date_from: b.state == "in_force" and b.date_from == d
            )
            if same:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” is in force from the same day; a council has one version on a day.",
                        other=same[0].name,
                    )
                )

    def _state_council(self):
        return self.env["shora.council"]

    # --- asked by the code ---

    def _in_force_on(self, day):
        """The version among these in force on the Tehran day ``day``: the latest that had begun; empty when none
        had.
        """
        begun = self.filtered(lambda bylaw: bylaw.state == "in_force" and bylaw.date_from <= day)
        return begun.sorted("date_from")[-1:]

    def _in_force_by_day(self, days):
        """{day: the version among these in force on it}, sorted once for all of ``days``."""
        begun = self.filtered(lambda bylaw: bylaw.state == "in_force").sorted("date_from")
        firsts = begun.mapped("date_from")
        places = {day: bisect_right(firsts, day) for day in days}
        return {day: begun[place - 1] if place else self.browse() for day, place in places.items()}

    def _rule(self, code):
        """The active rule ``code`` of this version; empty when the by-law does not set it."""
        for rule in self.rule_ids:  # asked hundreds of times in a closing: stops at the first
            if rule.code == code and rule.is_active:
                return rule
        return self.rule_ids.browse()

    def _clause(self, code):
        return self.clause_ids.filtered(lambda clause: clause.code == code)[:1]

    # --- actions ---

    def action_put_in_force(self):
        self.write({"state": "in_force"})

    def action_new_version(self):
        """A draft copy with clauses, rules and readings, to begin on another day."""
        self.ensure_one()
        version = self.copy({"date_from": self.env["shora.council"]._today(), "approval_date": False})
        clauses = {}
        for clause in self.clause_ids:
            clauses[clause] = clause.copy({"bylaw_id": version.id, "parent_id": False})
        for clause, copied in clauses.items():
            if clause.parent_id:
                copied.parent_id = clauses[clause.parent_id]
        for part in (*self.rule_ids, *self.interpretation_ids):
            copied = clauses.get(part.clause_id)
            part.copy({"bylaw_id": version.id, "clause_id": copied.id if copied else False})
        return version._get_records_action(view_mode="form")
