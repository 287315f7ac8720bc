from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..rules import clock

#: to-dos on minutes: the Secretariat registers and checks, the secretary answers
INCOMING_TODO = "shora_council.activity_minutes_incoming"
ANSWER_TODO = "shora_council.activity_minutes_answer"
SIGNED = ("signed", "forwarded", "received", "returned", "reviewed")


class ShoraMinutes(models.Model):
    """Signed minutes at the Secretariat (5-5): received under a number, returned with defects or reviewed.

    Each step is one transaction: number, letter, history, to-dos and state come together or not at all, so that
    whatever breaks off leaves the state before it, from which the next click goes on.
    """

    _name = "shora.minutes"
    _inherit = "shora.minutes"

    _transitions = {
        "draft": {"signed": ("secretary",)},
        # «system»: joint minutes, which the Secretariat itself writes (5-10)
        "signed": {"forwarded": ("secretary",), "reviewed": ("system",)},
        "forwarded": {"received": ("secretariat",)},
        "received": {"returned": ("secretariat",), "reviewed": ("secretariat",)},
        "returned": {"forwarded": ("secretary",)},
        "reviewed": {},
    }
    _frozen_states = SIGNED

    state = fields.Selection(
        selection_add=[("received", "Received"), ("returned", "Returned"), ("reviewed", "Reviewed")],
        ondelete={"received": "cascade", "returned": "cascade", "reviewed": "cascade"},
    )
    step_ids = fields.One2many("shora.minutes.step", "minutes_id", string="Way through the Secretariat")
    receipt_number = fields.Char(compute="_compute_steps", search="_search_receipt_number", string="Receipt number")
    received_at = fields.Datetime(compute="_compute_steps", string="Received at")
    answer_due = fields.Date(compute="_compute_steps", string="Answer due")
    open_defects = fields.Text(compute="_compute_steps", string="Defects to be answered")

    @api.depends("step_ids")
    def _compute_steps(self):
        for minutes in self:
            steps = minutes.sudo().step_ids  # whoever reads the minutes may know where they are
            received = steps.filtered(lambda step: step.kind == "received")[-1:]
            returned = steps[-1:].filtered(lambda step: step.kind == "returned")
            minutes.receipt_number = received.number
            minutes.received_at = received.at
            minutes.answer_due = returned.due
            minutes.open_defects = "\n".join(f"• {name}" for name in returned.defect_ids.mapped("name"))

    def _search_receipt_number(self, operator, value):
        if operator not in ("in", "ilike", "=ilike", "like"):
            return NotImplemented
        steps = self.env["shora.minutes.step"].sudo()  # as above
        found = steps.search(Domain("kind", "=", "received") & Domain("number", operator, value))
        return Domain("id", "in", found.minutes_id.ids)

    # --- forwarding, first and again ---

    def write(self, vals):
        if vals.get("state") == "forwarded":
            self._check_letter_of_answer(vals)
        return super().write(vals)

    def _check_letter_of_answer(self, vals):
        """
        :raises UserError: the official number of the first letter would be replaced by that of an answer
        """
        if {"official_number", "official_date"} & set(vals) and any(minutes.forwarded_at for minutes in self):
            raise UserError(self.env._("The official number of the first covering letter stays as it is."))

    def _forwarded_blockers(self):
        reasons = super()._forwarded_blockers()
        returned = self.sudo().step_ids[-1:]  # the secretary reads it anyway
        if self.state == "returned" and self._signed_addenda() <= returned.addenda:
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            reasons.append(
                self._refusal(rule, self.env._("Answer the defects first: sign an addendum, then forward again."))
            )
        return reasons

    def _signed_addenda(self):
        return self.env["shora.minutes.addendum"].search_count(
            Domain("minutes_id", "=", self.id) & Domain("state", "=", "signed")
        )

    def _forwarded_values(self):
        # The first forwarding satisfies 5-5 and stays; an answer has its own row.
        return {} if self.forwarded_at else super()._forwarded_values()

    def _on_forwarded(self):
        first = self.filtered(lambda minutes: not minutes.with_context(bin_size=True).covering_pdf)
        result = super(ShoraMinutes, first)._on_forwarded() if first else None
        for minutes in first:
            session = minutes.session_id
            minutes._add_step(
                "forwarded",
                1,
                number=minutes.covering_number,
                at=minutes.forwarded_at,
                due=session.minutes_last_day,
                is_late=minutes.is_late,
            )
        for minutes in self - first:
            minutes._forward_answer()
        self.env["shora.todo"]._close(self, ANSWER_TODO)
        self.session_id._close_minutes_todos()
        self._ask_secretariat(lambda told: told.env._("Register the receipt of the minutes"))
        return result

    def _forward_answer(self):
        returned = self.sudo().step_ids.filtered(lambda step: step.kind == "returned")[-1]  # as above
        now = fields.Datetime.now()
        step = self._add_step(
            "forwarded",
            returned.round + 1,
            number=self.env["ir.sequence"].sudo().next_by_code("shora.letter"),  # numbers are nobody's to choose
            at=now,
            due=returned.due,
            is_late=bool(returned.due) and clock.tehran_day(now) > returned.due,
            letter=("shora_council.document_answer_letter", {"returned": returned}),
        )
        self._tell_offices(
            self._secretariat_users().partner_id,
            lambda told: told.env._(
                "%(minutes)s were forwarded again, with the answer to the defects.", minutes=told.display_name
            ),
        )
        self.env["shora.finding"]._check(self.council_id)
        return step

    # --- at the Secretariat ---

    def action_receive(self):
        """Register the receipt under the next number (Secretariat)."""
        self.check_access("read")
        self.sudo().write(
            {"state": "received"}
        )  # a step of the Secretariat's, judged by role; minutes stay closed to it

    def action_review(self):
        """Accept: nothing is wanting (Secretariat)."""
        self.check_access("read")
        self.sudo().write({"state": "reviewed"})  # as above

    def action_return(self):
        """Ask for the list of defects."""
        return self.env["shora.minutes.return"]._dialog(self)

    def _return_with(self, defects, due, note=False):
        """Back to the secretary with what is wanting; a second click gives nothing twice.

        :param defects: list of texts, at least one
        :param due: last Tehran day of the answer
        :raises UserError: somebody else has returned them meanwhile, with other defects
        """
        self.ensure_one()
        self.check_access("read")
        minutes = self.sudo()  # as above
        minutes._lock()
        if minutes.state == "returned":
            minutes._check_same_return(defects)
            return
        if minutes.state == "received" and defects:
            minutes._add_step("returned", minutes._round(), due=due, note=note, defects=defects)
        minutes.write({"state": "returned"})

    def _check_same_return(self, defects):
        """
        :raises UserError: the list of defects with which they were returned is another one
        """
        last = self.step_ids[-1:]
        if last.defect_ids.mapped("name") != list(defects):
            raise UserError(
                self.env._(
                    "%(name)s has returned these minutes already; what you named was not sent.", name=last.by_name
                )
            )

    def _returned_blockers(self):
        step = self.sudo().step_ids[-1:]
        if step.kind != "returned" or not step.defect_ids:
            rule = self.council_id._rule("minutes_days", self.session_id.day)
            return [self._refusal(rule, self.env._("Name the defects: minutes are returned with a list of them."))]
        return []

    def _on_received(self):
        for minutes in self:
            minutes._note_first_forwarding()
            number = self.env["ir.sequence"].sudo().next_by_code("shora.receipt")  # numbers are nobody's to choose
            minutes._add_step("received", minutes._round(), number=number)
            minutes._tell_secretary(
                lambda told, number=number: told.env._(
                    "The Secretariat received %(minutes)s under the number %(number)s.",
                    minutes=told.display_name,
                    number=number,
                )
            )
        self._ask_secretariat(lambda told: told.env._("Check the minutes: review or return them"))

    def _on_returned(self):
        self.env["shora.todo"]._close(self, INCOMING_TODO)
        for minutes in self:
            minutes._tell_secretary(
                lambda told: told.env._(
                    "The Secretariat returned %(minutes)s; the answer is due on %(day)s.",
                    minutes=told.display_name,
                    day=told.env["shora.words"]._day(told.answer_due),
                ),
                minutes.open_defects,
            )
        self._ask_for_answers()
        self.env["shora.finding"]._check(self.council_id)

    def _on_reviewed(self):
        self.env["shora.todo"]._close(self, INCOMING_TODO)
        for minutes in self:
            minutes._add_step("reviewed", minutes._round())
            minutes._tell_secretary(
                lambda told: told.env._("The Secretariat reviewed %(minutes)s.", minutes=told.display_name)
            )

    # --- telling and asking ---

    @api.model
    def _secretary_of(self, council):
        """The council's secretary of today, as a partner: who signed may have left."""
        council = council.sudo()  # who is secretary is no secret of the decree's
        if council.is_coordination:
            return self.env["res.partner"].browse(council._secretariat_head().partner_id.ids)
        decrees = council.env["shora.decree"]
        found = decrees._secretaries_on(council, council._today()).get(council.id, decrees)
        return self.env["res.partner"].browse(found.partner_id.ids)

    def _tell_secretary(self, speak, more=""):
        self._tell_offices(self._secretary_of(self.council_id), speak, more)

    def _tell_offices(self, partners, speak, more=""):
        rest = Markup("<p>%s</p>") % Markup("<br/>").join(more.split("\n")) if more else Markup()
        self._tell_readers(partners, lambda told: Markup("<p>%s</p>") % speak(told) + rest)

    def _ask_secretariat(self, speak):
        today = self.env["shora.council"]._today()
        self.env["shora.todo"]._open(
            self,
            INCOMING_TODO,
            {minutes: minutes._secretariat_users() for minutes in self},
            speak,
            dict.fromkeys(self, today),
        )

    def _ask_for_answers(self):
        """A to-do for the secretary; from the day after the last one for the head of the Secretariat as well."""
        today = self.env["shora.council"]._today()
        heads = self.env["res.users"]._shora_users_with_role("head")
        users, days = {}, {}
        for minutes in self.filtered(lambda m: m.state == "returned"):
            users[minutes] = (
                self._secretary_of(minutes.council_id).sudo().user_ids.filtered(lambda u: u.active and not u.share)
            )
            if minutes.answer_due and minutes.answer_due < today:
                users[minutes] |= heads.filtered(lambda user, m=minutes: m.company_id in user.company_ids)
            days[minutes] = minutes.answer_due or today
        self.env["shora.todo"]._open(
            self.browse([one.id for one in users]),
            ANSWER_TODO,
            users,
            lambda told: told.env._("Answer the defects of %(minutes)s", minutes=told.display_name),
            days,
        )
