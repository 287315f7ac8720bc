from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError

from .decree import MEMBER_KINDS

#: set by HR's facts or by the dialog that records them, never by hand
POST_FACTS = ("post_holder_id", "post_holder_since", "post_letter", "post_looked_on")
#: what a decree relied on when it was drawn up
STRUCTURE = ("code", "kind", "is_secretary", "is_representable", "council_id")


class ShoraSeat(models.Model):
    """Seats that go with a post (4-A1, 4-A3, 4-A4): who holds the post is a fact, and what follows depends on the seat.

    With a job the holder follows HR; without one the offices record it, with the letter they have it from. The
    appointment itself is a decree's: a change of the post ends a membership only where the by-law says so (4-A1), or
    where somebody represented the holder (4-A4); elsewhere it asks for a new decree.
    """

    _name = "shora.seat"
    _inherit = ["shora.seat", "mail.thread", "mail.activity.mixin"]
    _check_company_auto = True

    job_id = fields.Many2one(
        "hr.job",
        string="Post in HR",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        help="The holder of this job in HR is the holder of the post.",
    )
    post_rule = fields.Selection(
        [
            ("none", "No post"),
            ("decree", "A change of the holder asks for a new decree"),
            ("ends", "The membership ends with the post"),
        ],
        required=True,
        default="none",
        string="When the post changes hands",
        tracking=True,
    )
    post_holder_id = fields.Many2one(
        "res.partner",
        string="Holder of the post",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
    )
    post_holder_since = fields.Date(
        string="Holder since",
        readonly=True,
        copy=False,
        tracking=True,
        help="Tehran day; without a holder, the day since which the post is vacant. Empty: never recorded.",
    )
    post_letter = fields.Char(string="Letter about the post", readonly=True, copy=False, tracking=True)
    post_looked_on = fields.Date(
        string="HR asked on", readonly=True, copy=False, help="Tehran day on which HR was last asked."
    )
    appointed_by = fields.Char(
        translate=True,
        string="Appointed by",
        default=lambda self: self.env._("President of the Centre, by decree"),
    )

    _representable_is_ex_officio = models.Constraint(
        "CHECK (NOT is_representable OR kind = 'ex_officio')",
        "Only the holder of an ex-officio seat can have a standing representative (article 4, note 3).",
    )
    _post_is_ex_officio = models.Constraint(
        "CHECK (kind = 'ex_officio' OR (post_rule = 'none' AND job_id IS NULL))",
        "Only an ex-officio seat goes with a post (article 4, part A).",
    )
    _job_has_rule = models.Constraint(
        "CHECK (job_id IS NULL OR post_rule <> 'none')",
        "Say what follows when the post of this seat changes hands (article 4, part A).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_post_facts(vals)
            vals.update(dict.fromkeys(POST_FACTS, False))  # a default_… of the client's context must not win
        # A seat comes with its council; what is worth telling is who holds it.
        seats = super(ShoraSeat, self.with_context(mail_create_nolog=True)).create(vals_list).with_env(self.env)
        seats.filtered("job_id")._sync_posts()
        return seats

    def write(self, vals):
        self._refuse_post_facts(vals)
        self._refuse_structure(vals)
        moved = self.filtered(lambda seat: seat.job_id.id != vals["job_id"]) if "job_id" in vals else self.browse()
        result = super().write(vals)
        if moved:
            moved._store_post({"post_looked_on": False})  # another post: nothing has changed hands yet
            moved.filtered("job_id")._sync_posts()
        if {"post_rule", "job_id"} & vals.keys():
            self.env["shora.finding"]._check(self.council_id)
        return result

    def _refuse_post_facts(self, vals):
        if any(vals.get(name) or (self and name in vals) for name in POST_FACTS):
            text = self.env._(
                "Who holds a post comes from HR or is recorded with its letter; it is not written by hand."
            )
            raise UserError(self[:1]._with_clause(text) if self else text)

    def _refuse_structure(self, vals):
        """A seat for which decrees exist stays what it was when they were drawn up."""
        names = [name for name in STRUCTURE if name in vals]
        changed = self.filtered(lambda seat: any(seat._differs(name, vals[name]) for name in names))
        if not changed:
            return
        Decree = self.env["shora.decree"].sudo()  # a decree the user may not see binds the seat all the same
        decree = Decree.search([("seat_id", "in", changed.ids)], limit=1)
        if decree:
            labels = self.env["shora.words"]._join(self._fields[name]._description_string(self.env) for name in names)
            text = self.env._(
                "Decrees exist for the seat “%(seat)s”; %(fields)s can no longer be changed.",
                seat=decree.seat_id.display_name,
                fields=labels,
            )
            raise UserError(decree.seat_id._with_clause(text))

    def _differs(self, name, value):
        present = self[name].id if self._fields[name].type == "many2one" else self[name]
        return (present or False) != (value or False)

    def _with_clause(self, text):
        """``text`` with the clause of the seat in front."""
        clause = self.sudo().clause_id.citation or self.env._("Article 4")
        return f"({clause}) {text}"

    def _store_post(self, vals):
        """Write facts about the post, past the refusal of writing them by hand."""
        return super().write(vals)

    # --- what follows from a change ---

    def _record_holder(self, holder, since, letter=False):
        """The post is held by ``holder`` (nobody when empty) since the Tehran day ``since``; what follows, follows.

        :param letter: reference of the letter, for posts that HR does not keep
        """
        self.ensure_one()
        former = self.post_holder_id
        changed = former != holder or not self.post_holder_since
        self._store_post({"post_holder_id": holder.id, "post_holder_since": since, "post_letter": letter})
        if changed:
            self._post_changed(former, since)

    def _post_changed(self, former, since):
        """The post went from ``former`` to whoever is recorded now, on ``since``."""
        last = fields.Date.subtract(since, days=1)
        fallen = self._fallen_decrees(former, last)
        for decree in fallen:
            day = last
            if day < decree.date_from and decree.membership_id._has_attended():
                # Recorded late, for somebody who sat in the meantime: what was attended stays attended.
                day = max(fields.Date.subtract(self.council_id._today(), days=1), decree.date_from)
            decree.write({"state": "ended", "end_reason": "post_lost", "date_ended": day})
        self._tell_post_changed(former, since, fallen)
        self.env["shora.finding"]._check(self.council_id)

    def _fallen_decrees(self, former, last):
        """Decrees that end with the post: of whoever represented another than the present holder (4-A4), and in a seat
        of that rule the former holder's own (4-A1). What ends earlier anyway is left alone.
        """
        decrees = self.env["shora.decree"]._as_system()
        lasting = decrees.search(
            [("seat_id", "=", self.id), ("kind", "in", MEMBER_KINDS), ("state", "in", ("issued", "in_force"))]
        )
        today, holder = self.council_id._today(), self.post_holder_id
        for decree in lasting:
            end = decree._last_effective_day()
            if end and end <= last:
                continue
            person = decree.principal_id or decree.partner_id
            follows = decree.principal_id or (
                self.post_rule == "ends" and (decree.date_from <= today or person == former)
            )
            if follows and person != holder:
                decrees |= decree
        return decrees

    def _tell_post_changed(self, former, since, fallen):
        """HR, the President's office and the council's secretary are told."""
        users = self._users_told("hr") | self._users_told("office")
        seat = self.with_user(SUPERUSER_ID)
        seat._tell_readers(
            users.partner_id | seat.council_id.secretary_id,
            lambda told: told._with_clause(told._post_change_text(former, since, fallen)),
        )

    def _post_change_text(self, former, since, fallen):
        words, nobody = self.env["shora.words"], self.env._("nobody")
        lines = [
            self.env._(
                "The post of the seat “%(seat)s” is held by %(holder)s since %(day)s; before: %(former)s.",
                seat=self.display_name,
                holder=self.post_holder_id.name or nobody,
                day=words._day(since),
                former=former.name or nobody,
            )
        ]
        lines += [
            self.env._(
                "The membership of %(name)s has ended with the post; last day: %(day)s.",
                name=decree.partner_id.name,
                day=words._day(decree.date_ended),
            )
            for decree in fallen
        ]
        if self in self._post_mismatches():
            lines.append(self.env._("A new decree is needed."))
        return " ".join(lines)

    def _users_told(self, role):
        users = self.env["res.users"]._shora_users_with_role(role)
        return users.filtered(lambda user: self.company_id in user.company_ids)

    def action_record_holder(self):
        """The dialog in which the offices record who holds the post."""
        self.ensure_one()
        return self.env["shora.post.change"]._dialog(self)
