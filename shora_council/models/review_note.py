from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: states of signed minutes in which the Secretariat may note something of them: there, and not yet presented
NOTED = ("forwarded", "received", "returned", "reviewed")
#: who reads the notes; a council's secretary has no rights in the Secretariat (5-8)
READERS = (
    "shora_council.group_shora_secretariat,shora_council.group_shora_auditor,"
    "shora_council.group_shora_president,shora_council.group_shora_president_office"
)


class ShoraReviewNote(models.Model):
    """What the Secretariat notes of minutes, or of one resolution in them: summary and recommendation (5-9).

    Rows are kept by author and time; the latest one of its subject is what a dossier begins with. They stand beside
    what the council signed and change nothing of it. Councils do not read them, neither before nor after the
    presentation: they advise the President; what reaches the council is his decision.
    """

    _name = "shora.review.note"
    _description = "Review note"
    _inherit = ["shora.kept.mixin"]
    _order = "id desc"

    minutes_id = fields.Many2one("shora.minutes", required=True, index=True, ondelete="restrict")
    session_id = fields.Many2one(related="minutes_id.session_id", store=True, index=True)
    council_id = fields.Many2one(related="minutes_id.council_id", store=True, index=True)
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    resolution_id = fields.Many2one(
        "shora.resolution", index="btree_not_null", ondelete="restrict", help="Empty: of the minutes as a whole."
    )
    summary = fields.Text()
    recommendation = fields.Text()
    author_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    author_name = fields.Char(required=True, readonly=True, string="By")
    noted_at = fields.Datetime(required=True, readonly=True, string="When")

    @api.depends("minutes_id", "resolution_id")
    def _compute_display_name(self):
        for note in self:
            subject = note.resolution_id or note.minutes_id
            note.display_name = self.env._("Review note: %(subject)s", subject=subject.display_name)

    @api.model
    def _check_by_rules(self):
        """Written by the Secretariat's people, unlike other kept rows: rights and the checks of ``create`` decide."""

    @api.model_create_multi
    def create(self, vals_list):
        author = {"author_id": self.env.uid, "author_name": self.env.user.name, "noted_at": fields.Datetime.now()}
        for vals in vals_list:
            vals.update(author)  # who notes it and when is nobody's to say
        notes = super().create(vals_list)
        for note in notes:
            note._check_note()
        return notes

    def _check_note(self):
        """
        :raises UserError: nothing is noted, another council's resolution, or minutes that are not with it
        """
        if not (self.summary or "").strip() and not (self.recommendation or "").strip():
            raise UserError(self.env._("Write a summary or a recommendation."))
        if self.resolution_id and self.resolution_id.session_id != self.session_id:
            raise UserError(self.env._("This resolution is not of these minutes."))
        if self.minutes_id.state not in NOTED:
            raise UserError(
                self.minutes_id._by_5_9(
                    self.env._(
                        "“%(minutes)s” is “%(state)s”: notes are written while the minutes are at the Secretariat and "
                        "not yet presented.",
                        minutes=self.minutes_id.display_name,
                        state=self.minutes_id._state_label(self.minutes_id.state),
                    )
                )
            )

    @api.model
    def _latest(self, minutes):
        """{minutes or resolution: its latest note}, one query; with the reader's own rights."""
        latest = {}
        for note in self.search(Domain("minutes_id", "in", minutes.ids), order="id"):
            latest[note.resolution_id or note.minutes_id] = note
        return latest


class ShoraMinutes(models.Model):
    """Signed minutes and what the Secretariat notes of them."""

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    review_note_ids = fields.One2many(
        "shora.review.note", "minutes_id", string="Review notes", readonly=True, groups=READERS
    )

    def _by_5_9(self, text):
        """``text`` with the citation of the clause that gives the Secretariat the review, the President the word."""
        clause = self.council_id._bylaw_on(self.session_id.day).sudo()._clause("5-9")  # a refusal names its clause
        return f"({clause.citation}) {text}" if clause else text

    def action_note(self):
        """Ask for summary and recommendation, of the minutes and of each resolution (Secretariat)."""
        return self.env["shora.minutes.review"]._dialog(self)
