from dataclasses import replace

from odoo import api, fields, models
from odoo.addons.web_jalali.tools import jalali
from odoo.exceptions import UserError, ValidationError

from ..report import TABLES, Scope
from ..report.printed import check_size

#: Jalali years that are offered, beside the one that runs and the next
YEARS_BACK = 10


class ShoraReportChoice(models.TransientModel):
    """Asks for a report: of which councils, which Jalali year or period, which person, which state.

    Nothing named here widens what the reader may see: the report refuses the councils of others, and reads with the
    reader's rights (``report/table.py``). Access: every role; only one's own choices.
    """

    _name = "shora.report.choice"
    _description = "Choice of a report"

    report = fields.Selection("_select_report", required=True)
    council_ids = fields.Many2many("shora.council", string="Councils", help="Empty: all that you may see.")
    allowed_council_ids = fields.Many2many("shora.council", compute="_compute_allowed_council_ids")
    period = fields.Selection(
        [("year", "Jalali year"), ("days", "From … until"), ("all", "All years")], required=True, default="year"
    )
    year = fields.Selection("_select_year", string="Jalali year", default=lambda self: str(self._this_year()))
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    by_month = fields.Boolean(string="Month by month", help="One line for each Jalali month.")
    partner_ids = fields.Many2many("res.partner", string="People", help="Empty: everybody.")
    day = fields.Date(string="As of", default=lambda self: self.env["shora.council"]._today())
    takes_day = fields.Boolean(compute="_compute_takes")
    takes_person = fields.Boolean(compute="_compute_takes")
    takes_month = fields.Boolean(compute="_compute_takes")
    decree_state = fields.Selection(lambda self: TABLES["decree_register"].states(self.env), string="State of decrees")
    attendance_status = fields.Selection(
        lambda self: TABLES["attendance_register"].states(self.env), string="Attendance"
    )
    resolution_state = fields.Selection(
        lambda self: TABLES["resolution_tracker"].states(self.env), string="State of resolutions"
    )
    delivery_state = fields.Selection(
        lambda self: TABLES["notice_register"].states(self.env), string="State of deliveries"
    )
    minutes_state = fields.Selection(
        lambda self: TABLES["minutes_register"].states(self.env), string="State of minutes"
    )
    finding_state = fields.Selection(
        lambda self: TABLES["finding_register"].states(self.env), string="State of findings"
    )
    deadline_state = fields.Selection(
        lambda self: TABLES["deadline_register"].states(self.env), string="State of deadlines"
    )

    #: report → the field that narrows it down by state
    _STATES = {
        "attendance_register": "attendance_status",
        "decree_register": "decree_state",
        "resolution_tracker": "resolution_state",
        "notice_register": "delivery_state",
        "minutes_register": "minutes_state",
        "finding_register": "finding_state",
        "deadline_register": "deadline_state",
    }

    @api.model
    def _select_report(self):
        return [(code, table.name(self.env)) for code, table in TABLES.items()]

    @api.model
    def _select_year(self):
        this, digits = self._this_year(), self.env["shora.words"]._digits
        return [(str(year), digits(year)) for year in range(this + 1, this - YEARS_BACK - 1, -1)]

    @api.model
    def _this_year(self):
        return jalali.jalali_year(self.env["shora.council"]._today())

    @api.depends("report")
    def _compute_display_name(self):
        names = dict(self._select_report())
        for choice in self:
            choice.display_name = names.get(choice.report, "")

    @api.depends("report")
    @api.depends_context("uid")
    def _compute_allowed_council_ids(self):
        for choice in self:
            table = TABLES.get(choice.report)
            choice.allowed_council_ids = table.councils(self.env) if table else False

    @api.depends("report")
    def _compute_takes(self):
        for choice in self:
            takes = TABLES[choice.report].takes if choice.report else ()
            choice.takes_day = "day" in takes
            choice.takes_person = "person" in takes
            choice.takes_month = "month" in takes

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for choice in self:
            if choice.date_from and choice.date_to and choice.date_from > choice.date_to:
                raise ValidationError(self.env._("The period ends before it begins."))

    # --- what is asked ---

    def _scope(self):
        """The choice as a scope; without a council it means all that the reader may see."""
        self.ensure_one()
        table = TABLES[self.report]
        councils = self.council_ids or table.councils(self.env)
        if not councils:
            table.check_access(self.env, Scope(councils))
            raise UserError(self.env._("There is no council whose report you may see."))
        scope = Scope(
            councils,
            partners=self.partner_ids if "person" in table.takes else None,
            state=self[self._STATES[self.report]] or None if self.report in self._STATES else None,
            by_month=self.by_month and "month" in table.takes,
            day=(self.day or None) if "day" in table.takes else None,
        )
        if scope.day:
            return scope
        if self.period == "all":
            return scope
        if self.period == "year":
            first, last = jalali.jalali_year_bounds(int(self.year or self._this_year()))
            return replace(scope, year=jalali.jalali_year(first), first=first, last=last)
        return replace(scope, first=self.date_from or None, last=self.date_to or None)

    def _tables(self):
        """The tables of this choice.

        :raises AccessError: see ``Table.check_access``
        """
        return TABLES[self.report].tables(self.env, self._scope())

    def _file_name(self):
        """«صورت حضور در جلسات – سال ۱۴۰۵»: the report and its period, or its day."""
        scope = self._scope()
        period = scope.day and self.env["shora.words"]._day(scope.day) or scope.period_text(self.env)
        return f"{self.display_name} – {period.replace('/', '-')}"

    # --- actions ---

    def action_export(self):
        """The report as a workbook; refused here already, before the file is asked for."""
        self._tables()
        return self._download("shora_choice_report")

    def action_print(self):
        """The report as a PDF; refused here already, what is too long too."""
        check_size(self.env, self._tables())
        return self._download("shora_choice_print")

    def _download(self, name):
        return {
            **self.env.ref(f"shora_council_reports.{name}").report_action(self),
            "close_on_report_download": True,
        }
