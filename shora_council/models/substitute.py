from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..tools.uninstall import is_uninstalling
from .council_roles import SECRETARIAT, STAFF

#: who names a substitute, beside the secretary (for the head: the head)
NAMING = frozenset({"secretary", "president", "office"})
#: what a substitution is: fixed once it has begun
OFFICE_FIELDS = frozenset({"council_id", "principal_id", "user_id", "date_from"})


class ShoraSubstitute(models.Model):
    """Who stands in for a council's secretary, or for the head of the Secretariat, while he is on leave (spec, 6).

    Named with first and last day, both Tehran days and inclusive. A substitute does what the office does, and signs
    nothing: minutes, addenda, decrees and letters of notification wait for the secretary, or for an acting secretary
    by decree. The right begins and ends with its days, asked when it is needed; nobody's groups change.
    """

    _name = "shora.substitute"
    _description = "Substitute"
    _inherit = ["mail.thread"]
    _order = "date_from desc, id desc"

    council_id = fields.Many2one(
        "shora.council",
        required=True,
        index=True,
        ondelete="restrict",
        help="For the head of the Secretariat: the joint meeting of secretaries.",
    )
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    office = fields.Selection(
        [("secretary", "Council secretary"), ("head", "Head of the Secretariat")], compute="_compute_office", store=True
    )
    principal_id = fields.Many2one(
        "res.partner", string="Stands in for", readonly=True, copy=False, ondelete="restrict", help="Whose leave it is."
    )
    user_id = fields.Many2one(
        "res.users",
        string="Substitute",
        required=True,
        index=True,
        ondelete="restrict",
        tracking=True,
        domain=[("share", "=", False)],
    )
    date_from = fields.Date(string="First day", required=True, tracking=True)
    date_to = fields.Date(string="Last day", required=True, tracking=True)
    note = fields.Char(string="Remark", help="Such as the number of the leave.")
    is_running = fields.Boolean(compute="_compute_is_running", string="Today")

    _dates = models.Constraint("CHECK (date_to >= date_from)", "The last day is not before the first.")
    _one_a_day = models.Constraint(
        "EXCLUDE USING gist (int4range(council_id, council_id, '[]') WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "An office has one substitute on a day.",
    )

    @api.depends("user_id", "date_from", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        day = self.env["shora.words"]._day
        for one in self:
            one.display_name = f"{one.sudo().user_id.name or ''} · {day(one.date_from)} – {day(one.date_to)}"

    @api.depends("council_id.is_coordination")
    def _compute_office(self):
        for one in self:
            one.office = "head" if one.council_id.is_coordination else "secretary"

    @api.depends("date_from", "date_to")
    def _compute_is_running(self):
        today = self.env["shora.council"]._today()
        for one in self:
            one.is_running = bool(one.date_from and one.date_to) and one.date_from <= today <= one.date_to

    @api.model
    def _domain_on(self, day):
        """Domain of the substitutions that include the Tehran day ``day``."""
        return Domain("date_from", "<=", day) & Domain("date_to", ">=", day)

    @api.constrains("user_id", "council_id")
    def _check_user(self):
        for one in self:
            user, council = one.sudo().user_id, one.council_id
            group = SECRETARIAT if one.office == "head" else STAFF
            if user.share or not user.has_group(group):
                name = self.env["res.groups"].sudo().env.ref(group).name
                text = self.env._("%(name)s has no access as “%(group)s” yet.", name=user.name, group=name)
                raise ValidationError(text)
            if user.partner_id == one.principal_id:
                raise ValidationError(self.env._("Nobody is the own substitute."))
            if one.office == "head" and user in council._secretaries_among(user):
                text = self.env._("%(name)s is a council's secretary and has no rights in it.", name=user.name)
                raise ValidationError(council._cited_by_5_8(text))

    # --- the guard ---

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            council = self.env["shora.council"].browse(vals.get("council_id"))
            self._check_may_name(council)
            for name in ("date_from", "date_to"):
                if vals.get(name):
                    self._check_not_past(fields.Date.to_date(vals[name]))
            vals["principal_id"] = council._office_holder().id
        return super().create(vals_list)

    def write(self, vals):
        for one in self:
            self._check_may_name(one.council_id)
            one._check_change(vals)
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_may_unlink()
        return super().unlink()

    def _check_may_unlink(self):
        for one in self:
            self._check_may_name(one.council_id)
            one._check_not_past(one.date_from, begun=True)

    def _check_may_name(self, council):
        """
        :raises AccessError: neither the office's holder nor the President
        """
        user = self.env.user
        roles = user._shora_roles(council) if council else set()
        if not roles & NAMING:
            raise AccessError(
                self.env._(
                    "This step belongs to: %(roles)s.",
                    roles=self.env["shora.words"]._join(
                        self.env["res.users"]._shora_role_labels(("secretary", "president", "office"), council)
                    ),
                )
            )

    def _check_change(self, vals):
        """What has been is a fact: a substitution that has begun is made shorter or longer from today on, no more.

        :raises UserError: another person, council or first day, or a last day that has passed
        """
        changed = {
            name
            for name in OFFICE_FIELDS & vals.keys()
            if self._fields[name].convert_to_cache(vals[name], self)
            != self._fields[name].convert_to_cache(self[name], self)
        }
        if changed & {"council_id", "principal_id"}:
            raise UserError(self.env._("A substitution stays with its office; name another one."))
        today = self.env["shora.council"]._today()
        if changed and self.date_from <= today:
            raise UserError(self.env._("The substitution has begun; end it and name another one."))
        if vals.get("date_from"):
            self._check_not_past(fields.Date.to_date(vals["date_from"]))
        if vals.get("date_to"):
            self._check_not_past(fields.Date.add(fields.Date.to_date(vals["date_to"]), days=1))
            if self.date_to < fields.Date.subtract(today, days=1):
                raise UserError(self.env._("The substitution is over; name another one."))

    def _check_not_past(self, day, begun=False):
        """
        :param begun: today counts as past
        :raises UserError: ``day`` is over
        """
        today = self.env["shora.council"]._today()
        if day < today or (begun and day == today):
            raise UserError(self.env._("Rights are not given or taken for days that have passed."))

    # --- asked by the code ---

    @api.model
    def _users_on(self, council, day):
        """The user who stands in for the office of ``council`` on the Tehran day ``day``; superuser mode."""
        found = self.sudo().search(Domain("council_id", "=", council.id) & self._domain_on(day), limit=1)
        user = found.user_id.filtered("active")
        if found.office == "head":  # a council's secretary has no rights in the Secretariat (5-8)
            user -= council._secretaries_among(user)
        return user

    @api.model
    def _of_heads_today(self):
        """The users who stand in for a head of the Secretariat today."""
        found = self.sudo().search(Domain("office", "=", "head") & self._domain_on(self.env["shora.council"]._today()))
        users = found.user_id.filtered(lambda user: user.active and user.has_group(SECRETARIAT))
        return users - found.council_id._secretaries_among(users)


class ShoraCouncil(models.Model):
    """The office of a council and who stands in for its holder."""

    _name = "shora.council"
    _inherit = "shora.council"

    substitute_ids = fields.One2many("shora.substitute", "council_id", string="Substitutes")

    def _office_holder(self):
        """Who is secretary today; for the coordination body, the head of the Secretariat; as a partner."""
        self.ensure_one()
        if self.is_coordination:
            return self._secretariat_head().partner_id
        return self.env["shora.minutes"]._secretary_of(self)

    def _office_users(self):
        """{council id: users whose to-do it is today, signatures apart}: the secretary, and whoever stands in while he
        is on leave; three queries for any number of councils.
        """
        today = self._today()
        decrees = self.env["shora.decree"].sudo()._secretaries_on(self, today)  # no secret of the decree's
        substitutes = self.env["shora.substitute"].sudo()  # as above
        running = substitutes.search(Domain("council_id", "in", self.ids) & substitutes._domain_on(today))
        by_council = running.grouped("council_id")
        found = {}
        for council in self:
            holder = decrees[council.id].partner_id.user_ids if council.id in decrees else running.user_id.browse()
            users = holder | by_council.get(council.sudo(), substitutes.browse()).user_id
            found[council.id] = users.filtered(lambda user: user.active and not user.share)
        return found
