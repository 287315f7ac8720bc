from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Domain

from ..models.council_planning import STANDING_STATES
from ..rules import cadence

PLANNERS = {"secretary", "staff"}


class ShoraSessionPlanner(models.TransientModel):
    """A Jalali year of ordinary sessions of one council: proposed, looked at, changed, then created (5-1).

    Planning again moves what is not invited yet; sessions invited, held or closed stay and are counted.
    """

    _name = "shora.session.planner"
    _description = "Planner of a year's sessions"

    council_id = fields.Many2one(
        "shora.council",
        required=True,
        ondelete="cascade",
        default=lambda self: self._default_council(),
        domain="[('is_coordination', '=', False), '|', ('i_am_secretary', '=', True), ('i_am_staff', '=', True)]",
    )
    year = fields.Integer(string="Jalali year", required=True, default=lambda self: self._default_year())
    date_first = fields.Date(
        string="From", compute="_compute_date_first", store=True, readonly=False, required=True, precompute=True
    )
    weekday = fields.Selection(
        [
            ("5", "Saturday"),
            ("6", "Sunday"),
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
        ],
        compute="_compute_from_council",
        store=True,
        readonly=False,
        precompute=True,
    )
    hour = fields.Float(compute="_compute_from_council", store=True, readonly=False, precompute=True)
    duration = fields.Float(string="Length (hours)", required=True, default=2.0)
    place = fields.Char(compute="_compute_from_council", store=True, readonly=False, precompute=True)
    calendar_name = fields.Char(compute="_compute_rhythm", string="Working calendar")
    rhythm = fields.Char(compute="_compute_rhythm")
    gaps = fields.Text(compute="_compute_gaps")
    line_ids = fields.One2many("shora.session.planner.line", "planner_id", string="Days")
    new_count = fields.Integer(compute="_compute_counts", string="New sessions")
    moved_count = fields.Integer(compute="_compute_counts", string="Moved sessions")
    clash_count = fields.Integer(compute="_compute_counts", string="Clashes")

    _hours = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24 AND duration > 0 AND duration <= 12)",
        "The hour lies within the day, and a session lasts up to twelve hours.",
    )

    # --- what is asked ---

    def _default_council(self):
        """The user's council, where there is only one."""
        mine = Domain("i_am_secretary", "=", True) | Domain("i_am_staff", "=", True)
        mine &= Domain("is_coordination", "=", False)  # joint sessions have no rhythm (5-10)
        councils = self.env["shora.council"].search(mine, limit=2)
        return councils if len(councils) == 1 else councils.browse()

    def _default_year(self):
        """The year that runs; the next one from Esfand on, when this one is over."""
        year, month, _day = jalali.to_jalali(self.env["shora.council"]._today())
        return year + 1 if month == 12 else year

    @api.depends("council_id", "year")
    def _compute_display_name(self):
        for planner in self:
            planner.display_name = self.env._("Sessions of a year")

    @api.depends("council_id")
    def _compute_from_council(self):
        for planner in self:
            council = planner.council_id
            planner.weekday = council.weekday
            planner.hour = council.session_hour
            planner.place = council.place

    @api.depends("council_id", "year")
    def _compute_date_first(self):
        """The first day of the year or, in the running one, the first whose notice can still be given in time."""
        for planner in self:
            today = planner.council_id._today()
            rule = planner.council_id._rule("notice_days", today) if planner.council_id else None
            soonest = fields.Date.add(today, days=rule.value if rule else 0)
            first, last = planner._bounds()
            planner.date_first = min(max(first, soonest), last)

    def _bounds(self):
        """(first, last) days of the Jalali year.

        :raises UserError: there is no such year
        """
        try:
            return jalali.jalali_year_bounds(self.year)
        except ValueError as error:
            raise UserError(self.env._("Give a Jalali year, such as 1406.")) from error

    @api.depends("council_id", "date_first")
    def _compute_rhythm(self):
        for planner in self:
            rule = planner.council_id and planner.council_id._interval_rule(planner.date_first)
            planner.calendar_name = planner.council_id.company_id.resource_calendar_id.sudo().name
            planner.rhythm = (
                planner.env._(
                    "every %(days)s days (%(clause)s)",
                    days=self.env["shora.words"]._digits(rule.value),
                    clause=rule._cite(),
                )
                if rule
                else False
            )

    @api.depends("line_ids.day", "line_ids.kind", "council_id")
    def _compute_gaps(self):
        words = self.env["shora.words"]
        for planner in self:
            days = planner.line_ids.filtered("day").mapped("day")
            rule = planner.council_id and days and planner.council_id._interval_rule(min(days))
            planner.gaps = (
                "\n".join(
                    planner._refusal_of(
                        rule,
                        planner.env._(
                            "From %(after)s to %(following)s no session; the next one was due by %(latest)s.",
                            after=words._day(gap.after),
                            following=words._day(gap.following),
                            latest=words._day(gap.latest),
                        ),
                    )
                    for gap in planner._gaps_between(days, rule)
                )
                if rule
                else False
            )

    def _refusal_of(self, rule, text):
        return f"({rule._cite()}) {text}"

    def _gaps_between(self, days, rule):
        council = self.council_id
        first, last = min(days), max(days)
        return cadence.gaps(days, rule.value, council._off(first, last), council._pauses(first, last))

    @api.depends("line_ids.kind", "line_ids.clash")
    def _compute_counts(self):
        for planner in self:
            kinds = planner.line_ids.mapped("kind")
            planner.new_count = kinds.count("new")
            planner.moved_count = len(planner.line_ids.filtered("is_moving"))
            planner.clash_count = len(planner.line_ids.filtered("clash"))

    # --- whose it is ---

    def _may_plan(self):
        return bool(self.council_id) and bool(self.env.user._shora_roles(self.council_id) & (PLANNERS | {"system"}))

    @api.constrains("council_id")
    def _check_planners(self):
        """
        :raises AccessError: somebody else's council
        """
        for planner in self:
            if not planner._may_plan():
                raise AccessError(self.env._("A council's sessions are planned by its own secretary and expert staff."))

    @api.model
    def _dialog(self, council):
        planner = self.create({"council_id": council.id})
        return planner._again()

    def _again(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Plan a year of sessions"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "current",
        }

    # --- creating ---

    def action_create(self):
        """Create, move and schedule what the preview says, through the session's own steps.

        :raises ValidationError: two sessions on one day, or a day that is over or outside the year
        """
        self.ensure_one()
        self._check_planners()
        lines = self.line_ids.filtered(lambda line: line.kind != "kept")
        if not lines:
            raise UserError(self.env._("There is nothing to create; let days be proposed first."))
        self._check_days()
        sessions = self.env["shora.session"]
        for line in lines.filtered("is_moving"):
            # Judged again here: it may have been invited since the preview.
            if line._session_state() not in ("draft", "scheduled"):
                raise UserError(
                    self.env._(
                        "“%(session)s” has been invited meanwhile; propose again.", session=line.session_id.display_name
                    )
                )
            line.session_id.write({"start": line.start, "stop": line.stop})
        new = lines.filtered(lambda line: line.kind == "new").sorted("day")
        created = sessions.create([line._session_values() for line in new])
        planned = created | lines.session_id
        planned.filtered(lambda session: session.state == "draft").sorted("start").action_schedule()
        self.env["shora.finding"]._check(self.council_id.sudo())
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_session_action"),
            "domain": Domain("id", "in", (planned | self.line_ids.session_id).ids),
            "context": {},
        }

    def _check_not_planned_since(self):
        """
        :raises ValidationError: a day of a new session has got one since the preview; two people plan, or one twice
        """
        new = self.line_ids.filtered(lambda line: line.kind == "new")
        self.council_id._claim()  # whoever plans at the same time starts again and finds these sessions
        since = self.env["shora.session"].search(
            Domain("council_id", "=", self.council_id.id)
            & Domain("kind", "=", "ordinary")
            & Domain("day", "in", new.mapped("day"))
            & Domain("state", "in", STANDING_STATES)
            & Domain("id", "not in", self.line_ids.session_id.ids)
        )
        if since:
            names = self.env["shora.words"]._join(since.mapped("display_name"))
            raise ValidationError(self.env._("Planned since the preview: %(names)s; propose again.", names=names))

    def _check_days(self):
        self._check_not_planned_since()
        first, last = self._bounds()
        days = self.line_ids.mapped("day")
        twice = sorted({day for day in days if days.count(day) > 1})
        words = self.env["shora.words"]
        if twice:
            raise ValidationError(
                self.env._("Two sessions on one day: %(days)s.", days=words._join(words._day(day) for day in twice))
            )
        today = self.council_id._today()
        changing = self.line_ids.filtered(lambda line: line.kind == "new" or line.is_moving).mapped("day")
        wrong = [day for day in changing if day < today or not first <= day <= last]
        if wrong:
            raise ValidationError(
                self.env._(
                    "Over already, or outside the year: %(days)s.", days=words._join(words._day(day) for day in wrong)
                )
            )
