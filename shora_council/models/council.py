from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..rules import clock


class ShoraCouncil(models.Model):
    """A strategic council: its mission, seats and the by-law versions that judge it.

    Nothing here stores a figure that attendance or time can change: composition, chair, secretary and deadlines are
    asked of memberships and sessions when they are needed, for the Tehran day concerned.
    Access: members read their own councils; the Centre's offices and the auditor read all; administrators of councils
    configure.
    """

    _name = "shora.council"
    _description = "Strategic Council"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    short_name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short Latin code, used in internal numbers.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    mission = fields.Text(translate=True)
    bylaw_ids = fields.Many2many(
        "shora.bylaw", "shora_council_bylaw_rel", "council_id", "bylaw_id", string="By-law versions"
    )
    bylaw_id = fields.Many2one("shora.bylaw", compute="_compute_bylaw_id", string="By-law in force")
    duty_ids = fields.Many2many("shora.duty", string="Duties")
    theme_ids = fields.Many2many("shora.theme", string="Strategic themes")
    staff_user_ids = fields.Many2many(
        "res.users",
        "shora_council_staff_rel",
        "council_id",
        "user_id",
        string="Expert staff",
        domain=[("share", "=", False)],
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
        string="Weekday of sessions",
    )
    session_hour = fields.Float(string="Hour of sessions", default=10.0, aggregator=False)
    place = fields.Char(string="Place of sessions", translate=True)

    seat_ids = fields.One2many("shora.seat", "council_id", string="Seats")
    membership_ids = fields.One2many("shora.membership", "council_id", string="Memberships")
    session_ids = fields.One2many("shora.session", "council_id", string="Sessions")
    finding_ids = fields.One2many("shora.finding", "council_id", string="Findings")

    current_membership_ids = fields.Many2many("shora.membership", compute="_compute_people", string="Members today")
    member_count = fields.Integer(compute="_compute_people", string="Members")
    expert_count = fields.Integer(compute="_compute_people", string="Experts")
    ex_officio_count = fields.Integer(compute="_compute_people", string="Ex-officio members")
    secretary_id = fields.Many2one("res.partner", compute="_compute_people", help="Or the acting secretary.")
    is_secretary_acting = fields.Boolean(compute="_compute_people", string="Acting secretary")
    chair_id = fields.Many2one("res.partner", compute="_compute_people")
    composition_text = fields.Text(compute="_compute_composition_text", string="Departures from article 4")
    composition_html = fields.Html(compute="_compute_composition_html", sanitize=False, string="Composition")
    proposed_decree_count = fields.Integer(compute="_compute_proposed_decree_count", string="Proposed decrees")
    next_session_id = fields.Many2one("shora.session", compute="_compute_next_session_id", string="Next session")
    next_start = fields.Datetime(compute="_compute_next_session_id", string="Next session at")
    notice_last_day = fields.Date(compute="_compute_next_session_id", string="Invitation due")
    minutes_due_id = fields.Many2one("shora.session", compute="_compute_minutes_due", string="Minutes awaited")
    minutes_last_day = fields.Date(compute="_compute_minutes_due", string="Minutes due")
    open_finding_count = fields.Integer(compute="_compute_open_finding_count", string="Open findings")

    i_am_secretary = fields.Boolean(compute="_compute_i_am", search="_search_i_am_secretary")
    i_am_staff = fields.Boolean(compute="_compute_i_am", search="_search_i_am_staff")
    i_am_member = fields.Boolean(compute="_compute_i_am", search="_search_i_am_member")
    i_am_chair = fields.Boolean(compute="_compute_i_am")

    _code_unique = models.UniqueIndex("(company_id, code)", "The code of a council is unique within its company.")

    @api.constrains("bylaw_ids")
    def _check_one_bylaw_a_day(self):
        """A Many2many checks only the side that is written: the by-law's own constraint does not see this one."""
        self.bylaw_ids._check_one_a_day()

    # --- by-law ---

    @api.model
    def _today(self):
        """The calendar day in Tehran, by which every deadline of the by-law is judged."""
        return clock.tehran_day(fields.Datetime.now())

    def _bylaw_on(self, day):
        """The by-law version of this council in force on ``day`` (empty when there is none)."""
        self.ensure_one()
        return self.sudo().bylaw_ids._in_force_on(day)

    def _lock_row(self):
        """Serialise what must not happen twice in one council (a number, the last free seat): waits, never skips."""
        self.env.cr.execute(SQL("SELECT id FROM shora_council WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids)))

    def _rule(self, code, day=None):
        """The rule ``code`` of the version in force on ``day`` (Tehran; default today); empty when inactive or
        absent.
        """
        self.ensure_one()
        return self._bylaw_on(day or self._today())._rule(code)

    @api.depends("bylaw_ids")
    def _compute_bylaw_id(self):
        today = self._today()
        for council in self:
            council.bylaw_id = council._bylaw_on(today)

    # --- people ---

    def _members_on(self, day):
        """The memberships in force on the Tehran day ``day``, in the order of seats (article 4), one query for all
        councils.
        """
        Membership = self.env["shora.membership"]
        return Membership.search(Domain("council_id", "in", self.ids) & Membership._domain_on(day))

    @api.depends("membership_ids.date_from", "membership_ids.date_to", "membership_ids.state")
    def _compute_people(self):
        today = self._today()
        sudo = self.sudo()  # the roll is public inside the council; a member may not read every decree behind it
        by_council = sudo._members_on(today).grouped("council_id")
        Decree = self.env["shora.decree"].sudo()
        chairs, secretaries = Decree._chairs_on(self, today), Decree._secretaries_on(self, today)
        for council in self:
            secretary = secretaries.get(council.id, Decree)
            members = by_council.get(council.sudo(), sudo.env["shora.membership"])
            experts = members.filtered(lambda m: m.seat_kind == "expert")
            council.current_membership_ids = members.ids
            council.member_count = len(members)
            council.expert_count = len(experts)
            council.ex_officio_count = len(members) - len(experts)
            council.secretary_id = secretary.partner_id.id
            council.is_secretary_acting = secretary.kind == "acting"
            council.chair_id = chairs.get(council.id, Decree).partner_id.id

    # --- what is next ---

    def _find(self, model, domain, order=None):
        """Records of ``model`` in these councils with the reader's rights; none where the role has no access at all
        (HR reads decrees and no sessions, a member no findings).
        """
        records = self.env[model]
        if not records.has_access("read"):
            return records
        return records.search(Domain("council_id", "in", self.ids) & Domain(domain), order=order)

    def _compute_next_session_id(self):
        sessions = self._find(
            "shora.session",
            [("state", "in", ("scheduled", "invited", "open")), ("stop", ">=", fields.Datetime.now())],
            order="start",
        )
        first = {}
        for session in sessions:
            first.setdefault(session.council_id.id, session)
        for council in self:
            session = first.get(council.id, self.env["shora.session"])
            council.next_session_id = session
            council.next_start = session.start
            council.notice_last_day = session.notice_last_day

    def _compute_minutes_due(self):
        sessions = self._find("shora.session", [("minutes_awaited", "=", True)], order="start")
        first = {}
        for session in sessions:
            first.setdefault(session.council_id.id, session)
        for council in self:
            session = first.get(council.id, self.env["shora.session"])
            council.minutes_due_id = session
            council.minutes_last_day = session.minutes_last_day

    def _compute_proposed_decree_count(self):
        by_council = self._find("shora.decree", [("state", "=", "proposed")]).grouped("council_id")
        for council in self:
            council.proposed_decree_count = len(by_council.get(council, ()))

    @api.depends("finding_ids.state")
    def _compute_open_finding_count(self):
        by_council = self._find("shora.finding", [("state", "=", "open")]).grouped("council_id")
        for council in self:
            council.open_finding_count = len(by_council.get(council, ()))

    # --- actions ---

    def action_open_sessions(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_session_action"),
            "domain": [("council_id", "=", self.id)],
            "context": {"default_council_id": self.id},
        }

    def action_open_findings(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_finding_action"),
            "domain": [("council_id", "=", self.id)],
            "context": {"search_default_open": 1},
        }

    def action_open_basket(self):
        """The proposed decrees of this council, together."""
        self.ensure_one()
        decrees = self._find("shora.decree", [("state", "in", ("draft", "proposed"))])
        return self.env["shora.decree.basket"]._dialog(decrees)

    def action_open_roll(self):
        """Who sits in the council, as of any day."""
        self.ensure_one()
        return self.env["shora.roll"]._dialog(self)

    def action_open_register(self):
        """The register of readings of the by-law in force."""
        self.ensure_one()
        return self.bylaw_id._get_records_action()

    def action_open_members(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("shora_council.shora_membership_action"),
            "domain": [("council_id", "=", self.id)],
            "context": {"default_council_id": self.id, "search_default_current": 1},
        }

    def _sequence(self, kind):
        """The sequence of this council for ``kind``, numbered by Jalali year; made on first use.

        :param kind: "resolution"
        """
        self.ensure_one()
        code = f"shora.{kind}.{self.id}"
        sequences = self.env["ir.sequence"].sudo()  # numbers are nobody's to choose
        self._lock_row()
        return sequences.search([("code", "=", code)], limit=1) or sequences.create(
            {
                "name": f"{self.code}: {kind}",
                "code": code,
                "company_id": self.company_id.id,
                "prefix": "%(jyear)s/",
                "padding": 1,
                "use_date_range": True,
                "implementation": "no_gap",
                "calendar": "jalali",
            }
        )
