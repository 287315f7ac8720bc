from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError


class ShoraDeemedResignation(models.Model):
    """A member deemed resigned by clause 5-6: absent from three consecutive ordinary sessions, by itself.

    The record lists the sessions and is dated on the last of them, which is the membership's last day. It is computed
    from attendance, never counted: ``rules/absence.py`` decides, SQL only narrows down whom to ask about. A corrected
    attendance that breaks the run voids the record and restores the membership, unless somebody else has taken the
    seat: then the Secretariat decides.
    """

    _name = "shora.deemed.resignation"
    _description = "Deemed resignation"
    _inherit = ["shora.state.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "date desc, id desc"

    _initial_state = "in_force"
    _deletable_states = ()
    _transitions = {"in_force": {"void": ("system",)}, "void": {}}
    _frozen_states = ("void",)
    _frozen_exempt = frozenset({"needs_decision", "decision_note"})
    _fact_fields = frozenset({"pdf", "pdf_sha256", "is_chair_lost"})
    _fields_with_state = {"void": ("void_reason",)}

    number = fields.Char(required=True)
    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    membership_id = fields.Many2one("shora.membership", required=True, index=True, ondelete="restrict")
    seat_id = fields.Many2one(related="membership_id.seat_id")
    partner_id = fields.Many2one("res.partner", required=True, index=True, ondelete="restrict", string="Member")
    session_ids = fields.Many2many("shora.session", string="Sessions missed")
    date = fields.Date(required=True, help="Tehran day of the last session missed: last day of the membership.")
    state = fields.Selection(
        [("in_force", "In force"), ("void", "Void")], required=True, default="in_force", copy=False, tracking=True
    )
    void_reason = fields.Text(copy=False)
    is_chair_lost = fields.Boolean(string="Was chair", copy=False)
    needs_decision = fields.Boolean(
        copy=False, string="Decision of the Secretariat needed", help="Void, but somebody else holds the seat now."
    )
    decision_note = fields.Text(copy=False)

    _one_in_force = models.UniqueIndex(
        "(membership_id) WHERE state = 'in_force'", "A membership ends by clause 5-6 once."
    )

    @api.depends("number", "partner_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for record in self:
            number = self.env["shora.words"]._digits(record.number or "")
            record.display_name = f"{number} · {record.partner_id.name}"

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if (
            set(vals)
            - self._frozen_exempt
            - {"state", "void_reason"}
            - {n for n in vals if n.startswith(("message_", "activity_"))}
        ):
            self._refuse_by_hand()
        return super().write(vals)

    def _refuse_by_hand(self):
        if self.env.uid != SUPERUSER_ID:
            rule = self.council_id[:1]._rule("absence_limit") if self.council_id else False
            text = self.env._("A deemed resignation follows from attendance; it is not written by hand.")
            raise UserError(self._refusal(rule, text))

    # --- what follows ---

    def _resign(self, membership, resignation):
        chairs = self.env["shora.decree"]._chairs_on(membership.council_id, resignation.day)
        chair = chairs.get(membership.council_id.id)
        record = self.create(
            {
                "number": self.env["ir.sequence"].next_by_code("shora.deemed.resignation"),
                "council_id": membership.council_id.id,
                "membership_id": membership.id,
                "partner_id": membership.partner_id.id,
                "session_ids": [(6, 0, list(resignation.session_keys))],
                "date": resignation.day,
            }
        )
        record._store_facts({"is_chair_lost": bool(chair) and chair.membership_id == membership})
        decree = membership.decree_id
        if decree.state in ("in_force", "issued"):
            decree.write({"state": "ended", "end_reason": "deemed_resigned", "date_ended": resignation.day})
        else:  # the term had run out before the correction; the earlier end is the true one
            membership._store_facts({"date_to": resignation.day, "end_reason": "deemed_resigned"})
            decree._store_facts({"date_ended": resignation.day, "end_reason": "deemed_resigned"})
            membership._withdraw_invitations()
        record._tell_resigned()

    def _tell_resigned(self):
        """Member, secretary, Secretariat, HR and the President's office are told; the letter waits for a human's
        signature.
        """
        self._notify(lambda told: told._resigned_sentence(), self.partner_id)
        secretary = self.council_id.secretary_id.user_ids[:1]
        spoken = self.env["shora.reader"]._spoken(self, secretary.partner_id, lambda told: told._letter_summary())
        for told, _partner, summary in spoken:
            told.activity_schedule("mail.mail_activity_data_todo", user_id=secretary.id, summary=summary)

    def _resigned_sentence(self):
        words = self.env["shora.words"]
        text = self.env._(
            "%(name)s was absent from the ordinary sessions of %(days)s and is deemed resigned.",
            name=self.partner_id.name,
            days=words._join(words._day(session.day) for session in self.session_ids.sorted("start")),
        )
        return self._refusal(self.council_id._rule("absence_limit", self.date), text)

    def _letter_summary(self):
        return self.env._("Sign the letter of deemed resignation to %(name)s", name=self.partner_id.name)

    def _warn(self, membership, verdict):
        for member in membership[:1]:
            council = member.council_id
            member._tell_readers(
                member.partner_id | council.secretary_id | self._office_partners(("secretariat",), council),
                lambda told: self.with_env(told.env)._warning_sentence(told, verdict.current_run),
            )

    def _warning_sentence(self, member, count):
        text = self.env._(
            "%(name)s has been absent from %(count)s consecutive ordinary sessions; "
            "one more and the member is deemed resigned.",
            name=member.partner_id.name,
            count=count,
        )
        return self._refusal(member.council_id._rule("absence_limit"), text)

    def _office_partners(self, roles, council):
        users = self.env["res.users"]
        for role in roles:
            users |= self.env["res.users"]._shora_users_with_role(role, council.company_id)
        return users.partner_id

    def _notify(self, speak, partners):
        council = self.council_id
        people = partners | council.secretary_id | self._office_partners(("secretariat", "hr", "office"), council)
        self._tell_readers(people, speak)

    def _void(self):
        """The run does not hold any more: restore the membership, or ask the Secretariat when the seat is taken."""
        for record in self:
            member = record.membership_id
            reason = self.env["shora.reader"]._of_office(record)._broken_run()
            record.write({"state": "void", "void_reason": reason})
            decree = member.decree_id
            if record._against_restoring():
                record.write({"needs_decision": True})
                record._notify(
                    lambda told: f"{told._broken_run()} {told._against_restoring()}", self.env["res.partner"]
                )
                continue
            decree.write({"state": "in_force"})
            member._restore()
            if record.is_chair_lost:
                record._restore_chair()
            record._notify(
                lambda told: told.env._("%(reason)s The membership continues.", reason=told._broken_run()),
                record.partner_id,
            )
            self.env["shora.decree"].browse(decree.id)._expire_if_over()

    def _broken_run(self):
        return self.env._("A corrected attendance broke the run of absences.")

    def _against_restoring(self):
        """Why the membership cannot simply go on; None when it can."""
        member = self.membership_id
        taken = member._seat_taken_since()
        if taken:
            return self.env._("%(holder)s holds the seat now; the Secretariat decides.", holder=taken.partner_id.name)
        recorded = self.env["shora.decree"].search(
            [
                ("ends_decree_id", "=", member.decree_id.id),
                ("end_ground", "=", "deemed_resigned"),
                ("state", "in", ("issued", "in_force")),
            ],
            limit=1,
        )
        if recorded:
            return self.env._(
                "“%(decree)s” has recorded the end; the Secretariat decides.", decree=recorded.display_name
            )
        return None

    def _restore_chair(self):
        chair = self.env["shora.decree"].search(
            [
                ("kind", "=", "chair"),
                ("membership_id", "=", self.membership_id.id),
                ("state", "=", "ended"),
                ("end_reason", "=", "deemed_resigned"),
            ],
            order="date_from desc",
            limit=1,
        )
        if (
            chair
            and not self.council_id._chair_on(chair.date_from)
            and not self.env["shora.decree"]._chairs_from(self.council_id, chair.date_from)
        ):
            chair.write({"state": "in_force"})

    def action_print(self):
        return self.env["shora.pdf"]._action_render("shora_council.document_resignation", self)

    def action_decided(self):
        """The Secretariat has settled a voided resignation whose seat was taken."""
        for record in self:
            roles = record._roles_of_user()
            if not roles & {"head", "secretariat", "system"} or not (record.decision_note or "").strip():
                raise UserError(self.env._("(Clause 5-6) The Secretariat decides, in writing: fill in the note first."))
        self.write({"needs_decision": False})
        self.env["shora.finding"]._check(self.council_id)
