from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..tools.uninstall import is_uninstalling

BYLAW = "shora_council.bylaw_joint"
BODY = "shora_council.council_joint"
#: clauses of the councils' by-law that bind the coordination body too: burden, copies, Secretariat, President's word
BINDING = frozenset({"5-3", "5-7", "5-8", "5-9"})


class ShoraCouncil(models.Model):
    """The coordination body (5-10): the joint meeting of the secretaries of a company's councils.

    It runs on the machinery of a council under a by-law version of its own, and nobody is appointed to it: who belongs
    to it on a day is asked of the decrees of secretaries in force on that day. The Secretariat organises it, its head
    presides. One a company; it comes with the company's first council and is never made by hand.
    """

    _name = "shora.council"
    _inherit = "shora.council"

    is_coordination = fields.Boolean(
        readonly=True, copy=False, string="Joint meeting of secretaries", help="The coordination body of 5-10."
    )

    _one_coordination = models.UniqueIndex(
        "(company_id) WHERE is_coordination", "A company has one joint meeting of secretaries (clause 5-10)."
    )

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.uid != SUPERUSER_ID:
            for vals in vals_list:
                vals["is_coordination"] = False  # a default of the client's must not win
        councils = super().create(vals_list)
        councils.filtered(lambda council: not council.is_coordination).company_id._ensure_coordination()
        return councils

    def write(self, vals):
        self._check_body_stays(vals)
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_body_stays({"company_id": False})
        return super().unlink()

    def _check_body_stays(self, vals):
        """
        :raises UserError: the coordination body would become a council, or go, or a council would become the body
        """
        if "is_coordination" in vals and any(council.is_coordination != vals["is_coordination"] for council in self):
            raise UserError(self.env._("The joint meeting of secretaries is made by the councils themselves (5-10)."))
        if "company_id" in vals and any(council.is_coordination for council in self):
            raise UserError(self.env._("The joint meeting of secretaries stays (clause 5-10)."))

    @api.model
    def _install_coordination(self):
        """With installation and each update: its by-law is in force, and every company with councils has its body."""
        bylaw = self.env.ref(BYLAW)
        if bylaw.state == "draft":
            bylaw._as_system().write({"state": "in_force"})
        self.search(Domain("is_coordination", "=", False)).company_id._ensure_coordination()

    # --- which are which ---

    def _bodies(self):
        return self.filtered("is_coordination")

    @api.model
    def _coordination_of(self, companies):
        """The coordination bodies of ``companies``, in superuser mode; archived ones, where nobody meets, too."""
        found = (
            self.sudo()
            .with_context(active_test=False)
            .search(Domain("company_id", "in", companies.ids) & Domain("is_coordination", "=", True))
        )
        return self.sudo().browse(found.ids)

    def _councils_of_body(self):
        """The councils whose secretaries meet here, in their order, in superuser mode."""
        return self.sudo().search(
            Domain("company_id", "in", self.company_id.ids) & Domain("is_coordination", "=", False),
            order="sequence, id",
        )

    def _clause_of_councils(self, code):
        """The clause ``code`` in the by-law of the first council of these bodies that has it; superuser mode."""
        today = self._today()
        for council in self._councils_of_body():
            clause = council._bylaw_on(today)._clause(code)
            if clause:
                return clause
        return self.env["shora.bylaw.clause"].sudo()

    # --- members ---

    def _secretary_decrees_on(self, day):
        """The decrees by which people belong to this body on the Tehran day ``day``, one a council, in the order of
        councils; two queries.
        """
        councils = self._councils_of_body()
        found = councils.env["shora.decree"]._secretaries_on(councils, day)
        return [found[council.id] for council in councils if council.id in found]

    def _secretaries_sitting(self, day):
        """The memberships, in their own councils, of those who belong to this body on ``day``; a person once."""
        sitting = {}
        for decree in self._secretary_decrees_on(day):
            sitting.setdefault(decree.partner_id.id, decree.membership_id.id)
        return self.env["shora.membership"].browse(filter(None, sitting.values()))

    def _capacities_on(self, day):
        """{partner id: «secretary of …»} of those who belong to this body on ``day``; a person may be it twice."""
        texts = {}
        for decree in self._secretary_decrees_on(day):
            council = decree.council_id.name
            text = (
                self.env._("Acting secretary of the %(council)s", council=council)
                if decree.kind == "acting"
                else self.env._("Secretary of the %(council)s", council=council)
            )
            texts.setdefault(decree.partner_id.id, []).append(text)
        return {partner: self.env["shora.words"]._join(found) for partner, found in texts.items()}

    def _members_on(self, day):
        bodies = self._bodies()
        members = super(ShoraCouncil, self - bodies)._members_on(day)
        for body in bodies:
            members |= body._secretaries_sitting(day)
        return members

    @api.model
    def _members_by_slot(self, slots):
        joint = {key: slot for key, slot in slots.items() if slot[0].is_coordination and slot[1]}
        found = super()._members_by_slot({key: slot for key, slot in slots.items() if key not in joint})
        sitting = {slot: slot[0].sudo()._secretaries_sitting(slot[1]) for slot in set(joint.values())}
        return {**found, **{key: sitting[slot] for key, slot in joint.items()}}

    @api.depends_context("uid")
    def _compute_people(self):
        result = super()._compute_people()
        today = self._today()
        for body in self._bodies():
            members = body.sudo()._secretaries_sitting(today)
            # memberships of several councils: a secretary reads the own one and is told how many there are
            body.current_membership_ids = members.with_env(self.env)._filtered_access("read").ids
            body.member_count = len(members)
            body.expert_count = body.ex_officio_count = 0
            body.secretary_id = body._secretariat_head().partner_id
        return result

    def _compute_composition_html(self):
        councils = self - self._bodies()
        (self - councils).composition_html = False
        return super(ShoraCouncil, councils)._compute_composition_html()

    # --- a secretary changes ---

    def _follow_secretaries(self):
        """The secretary of one of these councils changed: whoever no longer belongs to the coordination body on the day
        of a coming session is no longer invited to it, whoever does now is.
        """
        bodies = self._coordination_of(self.company_id)
        sessions = bodies.env["shora.session"].search(
            Domain("council_id", "in", bodies.ids)
            & Domain("state", "in", ("draft", "scheduled", "invited"))
            & Domain("day", ">=", self._today())
        )
        if sessions:
            members = sessions._members_by_session()
            for notice in sessions.notice_id:
                notice._follow_members(members[notice.session_id])
            sessions.filtered(lambda session: session.state != "draft")._project_event()

    # --- what a body never has ---

    def action_open_members(self):
        """Those in office today; the memberships are those of their own councils."""
        if not self.is_coordination:
            return super().action_open_members()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_membership_action"),
            "domain": [("id", "in", self.current_membership_ids.ids)],
            "context": {"create": False},
        }

    def _refuse_body(self):
        """
        :raises ValidationError: this is the coordination body, which has neither seats nor a plan of its own
        """
        body = self._bodies()[:1]
        if body:
            rule = body.sudo()._rule("joint_meetings")
            raise ValidationError(
                self.env["shora.state.mixin"]._refusal(
                    rule,
                    self.env._(
                        "“%(body)s” has no seats, no appointments and no annual plan: its members are always the "
                        "secretaries in office.",
                        body=body.short_name,
                    ),
                )
            )


class ShoraBylaw(models.Model):
    _name = "shora.bylaw"
    _inherit = "shora.bylaw"

    def _clause(self, code):
        """What of the councils' by-law binds the coordination body too is cited by that by-law."""
        clause = super()._clause(code)
        if clause or code not in BINDING:
            return clause
        bodies = self.council_ids._bodies()
        return bodies._clause_of_councils(code) if bodies else clause


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = "res.company"

    def _ensure_coordination(self):
        """Each of these companies has its coordination body; twice gives nothing twice. None while the one that is
        copied is not installed yet.
        """
        shipped = self.env.ref(BODY, raise_if_not_found=False)
        if not shipped:
            return
        councils = shipped.with_user(SUPERUSER_ID).with_context(mail_create_nolog=True)
        for company in self - councils._coordination_of(self).company_id:
            councils.copy({"company_id": company.id, "code": f"JOINT{company.id}", "is_coordination": True})


class ShoraSeat(models.Model):
    _name = "shora.seat"
    _inherit = "shora.seat"

    @api.constrains("council_id")
    def _check_council_has_seats(self):
        """Nobody is appointed to the coordination body (5-10)."""
        for seat in self:
            seat.council_id._refuse_body()


class ShoraAnnualPlan(models.Model):
    _name = "shora.annual.plan"
    _inherit = "shora.annual.plan"

    @api.constrains("council_id")
    def _check_council_plans(self):
        """The annual plan is a council's (5-4)."""
        for plan in self:
            plan.council_id._refuse_body()


class ShoraDecree(models.Model):
    """The coordination body follows the decrees of secretaries (5-10)."""

    _name = "shora.decree"
    _inherit = "shora.decree"

    def _on_issued(self):
        result = super()._on_issued()
        self._councils_of_secretaries()._follow_secretaries()
        return result

    def _on_ended(self):
        result = super()._on_ended()
        self._councils_of_secretaries()._follow_secretaries()
        return result

    def _councils_of_secretaries(self):
        """An acting secretary may rest on any seat: its end ends the office too."""
        return self.filtered(lambda decree: decree.seat_id.is_secretary).council_id


class ShoraMembership(models.Model):
    _name = "shora.membership"
    _inherit = "shora.membership"

    def _restore(self):
        """A secretary whose resignation proved wrong belongs to the coordination body again (5-10)."""
        result = super()._restore()
        self.filtered("seat_id.is_secretary").council_id._follow_secretaries()
        return result
