from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..rules import voting

CHOICES = [("for", "In favour"), ("against", "Against"), ("abstain", "Abstained")]


class ShoraResolutionVote(models.Model):
    """One member's open vote on a resolution; guests and stand-ins have none (4 note 3 and 4)."""

    _name = "shora.resolution.vote"
    _description = "Vote of a member"
    _order = "resolution_id, seat_sequence, id"

    resolution_id = fields.Many2one("shora.resolution", required=True, index=True, ondelete="cascade")
    council_id = fields.Many2one(related="resolution_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    attendance_id = fields.Many2one("shora.attendance", required=True, index=True, ondelete="restrict")
    partner_id = fields.Many2one(related="attendance_id.partner_id", string="Member")
    seat_sequence = fields.Integer(related="attendance_id.seat_sequence", store=True, aggregator=False)
    choice = fields.Selection(CHOICES, required=True)

    _once = models.UniqueIndex("(resolution_id, attendance_id)", "A member votes once on a resolution.")

    @api.model_create_multi
    def create(self, vals_list):
        votes = super().create(vals_list)
        votes._check_votes()
        return votes

    def write(self, vals):
        self._check_votes()
        result = super().write(vals)
        self._check_votes()
        return result

    def unlink(self):
        self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        self.resolution_id._check_votes_open()

    def _check_votes(self):
        self.resolution_id._check_votes_open()
        self.resolution_id._check_ballot()
        for vote in self:
            row = vote.attendance_id
            if row.session_id != vote.resolution_id.session_id or row.kind != "member":
                raise ValidationError(
                    self.env._(
                        "(Article 4, note 4) %(name)s is no member in this session and has no vote.",
                        name=row.sudo().partner_id.name,
                    )
                )
            if row.status not in ("present", "late"):
                raise ValidationError(
                    self.env._(
                        "(Article 4, note 3) %(name)s is not marked present; nobody votes for a member.",
                        name=row.sudo().partner_id.name,
                    )
                )


class ShoraResolution(models.Model):
    """Votes on a resolution, asked for only where the by-law's rule “majority” is set."""

    _name = "shora.resolution"
    _inherit = "shora.resolution"

    votes_asked = fields.Boolean(compute="_compute_votes_asked")
    ballot = fields.Selection([("open", "Open vote"), ("secret", "Secret vote")], default="open", required=True)
    vote_ids = fields.One2many("shora.resolution.vote", "resolution_id", string="Votes", copy=False)
    votes_for = fields.Integer(string="In favour", copy=False)
    votes_against = fields.Integer(string="Against", copy=False)
    votes_abstain = fields.Integer(string="Abstained", copy=False)
    votes_text = fields.Char(compute="_compute_votes_text", string="Outcome of the vote")

    _votes_positive = models.Constraint(
        "CHECK (votes_for >= 0 AND votes_against >= 0 AND votes_abstain >= 0)", "Votes cannot be negative."
    )

    @api.depends("session_id")
    def _compute_votes_asked(self):
        for resolution in self:
            resolution.votes_asked = bool(resolution.session_id and resolution._majority_rule())

    @api.depends("ballot", "vote_ids.choice", "votes_for", "votes_against", "votes_abstain")
    @api.depends_context("lang")
    def _compute_votes_text(self):
        digits = self.env["shora.words"]._digits
        for resolution in self:
            tally = resolution._tally()
            resolution.votes_text = (
                digits(
                    self.env._(
                        "%(pro)s in favour, %(contra)s against, %(abstained)s abstained",
                        pro=tally["for"],
                        contra=tally["against"],
                        abstained=tally["abstain"],
                    )
                )
                if any(tally.values())
                else False
            )

    @api.constrains("ballot", "vote_ids")
    def _check_ballot(self):
        """Of a secret vote only the totals exist: who voted how is written down nowhere."""
        for resolution in self:
            if resolution.ballot == "secret" and resolution.vote_ids:
                raise ValidationError(
                    self.env._(
                        "“%(resolution)s”: a secret vote has totals only; remove the members' votes before you make it "
                        "secret.",
                        resolution=resolution.name,
                    )
                )

    def _majority_rule(self):
        return self.council_id._rule("majority", self.session_id.day)

    def _tally(self):
        """{choice: number of votes}; the totals of a secret vote, or the members' open votes counted."""
        self.ensure_one()
        if self.ballot == "secret":
            return {"for": self.votes_for, "against": self.votes_against, "abstain": self.votes_abstain}
        choices = self.vote_ids.mapped("choice")
        return {choice: choices.count(choice) for choice, _label in CHOICES}

    def _check_votes_open(self):
        """
        :raises UserError: the resolution has its outcome, or its session is over
        """
        for resolution in self:
            if resolution.state in resolution._frozen_states:
                resolution._check_frozen({"vote_ids": True})
            reasons = resolution._session_blockers()
            if reasons:
                raise UserError("\n".join(reasons))

    def _record_votes(self, values):
        """Take the votes out of what ``decide()`` was given; nothing where no rule asks for votes."""
        self.ensure_one()
        if not self._majority_rule():
            return
        if values.get("ballot") == "secret":
            totals = {name: int(values.get(name) or 0) for name in ("votes_for", "votes_against", "votes_abstain")}
            self.write({"ballot": "secret", **totals})
            return
        votes = values.get("votes") or {}
        self.env["shora.resolution.vote"].create(
            [
                {"resolution_id": self.id, "attendance_id": int(row), "choice": choice}
                for row, choice in votes.items()
                if choice
            ]
        )

    # --- judged with the outcome ---

    def _adopted_blockers(self):
        return super()._adopted_blockers() + self._vote_blockers(adopting=True)

    def _rejected_blockers(self):
        return super()._rejected_blockers() + self._vote_blockers(adopting=False)

    def _vote_blockers(self, adopting):
        """Whether the recorded votes say what the outcome says; silent where the rule is not set."""
        rule = self._majority_rule()
        if not rule or rule.severity != "block":
            return []
        tally, present = self._tally(), self.session_id._present_members()
        if not any(tally.values()):
            return [self._refusal(rule, self.env._("Record the votes: in favour, against, abstained."))]
        if sum(tally.values()) > present:
            text = self.env._("More votes are recorded than members are present (%(present)s).", present=present)
            return [self._refusal(rule, self.env["shora.words"]._digits(text))]
        needed = voting.majority_needed(present, rule.value, self._share_unit(rule))
        if adopting == (tally["for"] >= needed):
            return []
        text = (
            self.env._("%(votes)s votes in favour; %(needed)s are needed.", votes=tally["for"], needed=needed)
            if adopting
            else self.env._(
                "%(votes)s votes in favour reach the majority of %(needed)s.", votes=tally["for"], needed=needed
            )
        )
        return [self._refusal(rule, self.env["shora.words"]._digits(text))]

    @api.model
    def _share_unit(self, rule):
        return "members" if rule.unit == "members" else "percent"

    def _run_line(self):
        """This resolution as the running screen shows it."""
        return {
            "id": self.id,
            "name": self.display_name,
            "state": self.state,
            "state_label": self._state_label(self.state),
            "body": self.body or "",
            "votes": self.votes_text or "",
        }
