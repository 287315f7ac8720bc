from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import clock

ROLES = [
    ("secretary", "Council secretary"),
    ("secretariat", "Secretariat"),
    ("head", "Head of the Secretariat"),
    ("president", "President of the Centre"),
    ("hr", "HR officer"),
    ("admin", "Administrator of councils"),
]


class ShoraFinding(models.Model):
    """A departure from the by-law, with its clause, since when, and who must act.

    Opened and closed by facts only: ``_check`` computes what should be open and makes the rows agree, so that twice
    gives nothing twice. What is watched is the methods ``_expect_*``; each returns ``{key: values}``.
    """

    _name = "shora.finding"
    _description = "Finding"
    _inherit = ["shora.state.mixin"]
    _order = "state desc, date_since, id"

    _initial_state = "open"
    _deletable_states = ()
    _transitions = {"open": {"closed": ("system",)}, "closed": {}}
    _frozen_states = ("open", "closed")
    _fact_fields = frozenset({"opened_at", "closed_at"})

    council_id = fields.Many2one("shora.council", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="council_id.company_id", store=True, index=True)
    clause_id = fields.Many2one("shora.bylaw.clause", ondelete="restrict")
    code = fields.Selection(
        [
            ("total_min", "Too few members"),
            ("total_max", "Too many members"),
            ("expert_min", "Too few experts"),
            ("expert_max", "Too many experts"),
            ("ex_officio_seats", "Ex-officio seat vacant"),
            ("one_chair", "No chair"),
            ("notice_late", "Notice late"),
            ("minutes_overdue", "Minutes overdue"),
            ("resignation_open", "Seat taken after a voided resignation"),
            ("approval_date", "Approval date of the by-law missing"),
        ],
        required=True,
        string="What",
    )
    severity = fields.Selection(
        [("block", "Blocks"), ("warn", "Warns"), ("info", "Informs")], required=True, default="warn"
    )
    actor = fields.Selection(ROLES, required=True, string="Who acts")
    res_model = fields.Char(required=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True)
    subject = fields.Char(compute="_compute_subject", string="Concerns")
    date_since = fields.Date(required=True, string="Since")
    state = fields.Selection(
        [("open", "Unresolved"), ("closed", "Resolved")], required=True, default="open", copy=False
    )
    opened_at = fields.Datetime(copy=False, string="Found", help="When the check found it; it may last longer.")
    closed_at = fields.Datetime(copy=False)
    age = fields.Integer(compute="_compute_age", string="Days", help="Tehran days from its first day on; today counts.")

    _one_open = models.UniqueIndex(
        "(council_id, code, res_model, res_id) WHERE state = 'open'", "This finding is already open."
    )

    def init(self):
        """Findings of before ``opened_at`` was kept."""
        self.env.cr.execute("UPDATE shora_finding SET opened_at = create_date WHERE opened_at IS NULL")

    @api.depends("code", "council_id")
    def _compute_display_name(self):
        labels = dict(self._fields["code"]._description_selection(self.env))
        for finding in self:
            finding.display_name = f"{labels[finding.code]} · {finding.council_id.short_name}"

    @api.depends("res_model", "res_id")
    def _compute_subject(self):
        for model, findings in self.grouped("res_model").items():
            records = {}
            if model in self.env:
                # Who may read the finding may know what it concerns; opening it asks for access of its own.
                concerned_sudo = self.env[model].sudo().browse(findings.mapped("res_id"))
                records = {record.id: record for record in concerned_sudo.exists()}
            for finding in findings:
                finding.subject = records[finding.res_id].display_name if finding.res_id in records else ""

    @api.depends("date_since", "closed_at", "state")
    def _compute_age(self):
        today = self.env["shora.council"]._today()
        for finding in self:
            last = clock.tehran_day(finding.closed_at) if finding.closed_at else today
            finding.age = max((last - finding.date_since).days + 1, 0) if finding.date_since else 0

    def _closed_values(self):
        return {"closed_at": fields.Datetime.now()}

    # --- what should be open ---

    @api.model
    def _check(self, councils):
        """Make the open findings of ``councils`` agree with the facts; twice gives nothing twice.

        Nothing is locked as long as nothing differs. What differs is written only after the councils are claimed: of
        two checks at once the later one starts again, and finds what the earlier one wrote.
        """
        if not councils:
            return
        system = self._as_system()
        councils = councils.with_user(system.env.user)
        system.env.flush_all()
        expected = system._expected(councils)
        present = {
            (f.council_id.id, f.code, f.res_model, f.res_id): f
            for f in system.search(Domain("council_id", "in", councils.ids) & Domain("state", "=", "open"))
        }
        gone = {key: finding for key, finding in present.items() if key not in expected}
        new = {key: values for key, values in expected.items() if key not in present}
        changed = {
            key: present[key] for key in expected.keys() & present.keys() if present[key]._differs(expected[key])
        }
        differing = {key[0] for key in (*gone, *new, *changed)}
        if not differing:
            return
        councils.browse(differing)._claim()
        system.browse([finding.id for finding in gone.values()]).write({"state": "closed"})
        for key, finding in changed.items():
            finding._store_facts({name: expected[key][name] for name in ("clause_id", "severity", "actor")})
        now = fields.Datetime.now()
        names = ("council_id", "code", "res_model", "res_id")
        system._create_as_fact(
            [{**dict(zip(names, key, strict=True)), "opened_at": now, **values} for key, values in new.items()]
        )

    def _expected(self, councils):
        """{(council id, code, model, id): values} of everything that departs from the by-law now."""
        expected = {}
        bodies = councils._bodies()
        own = councils - bodies
        for expect in self._expectations() if own else ():
            expected.update(expect(own))
        for expect in self._joint_expectations() if bodies else ():
            for key, values in expect(bodies).items():
                # What a council's secretary does in the own council, the head of the Secretariat does here.
                expected[key] = {**values, "actor": "head"} if values["actor"] == "secretary" else values
        return expected

    def _differs(self, values):
        """A version of the by-law that begins may judge what is open by another clause, or more severely. Since when
        it lasts does not change with it.
        """
        self.ensure_one()
        return (self.clause_id.id, self.severity, self.actor) != (
            values["clause_id"],
            values["severity"],
            values["actor"],
        )

    def _expectations(self):
        """Everything that is watched: functions of the councils, each returning {key: values}."""
        return [
            self._expect_composition,
            self._expect_notice,
            self._expect_minutes,
            self._expect_resignations,
            self._expect_approval,
        ]

    def _joint_expectations(self):
        """What is watched of the coordination body: the by-law of a council does not bind it (5-10)."""
        return []

    def _values(self, rule, actor, since):
        return {
            "clause_id": rule.clause_id.id if rule else False,
            "severity": rule.severity if rule else "info",
            "actor": actor,
            "date_since": since,
        }

    def _expect_notice(self, councils):
        """5-1: the notice of a coming session was late, or its last day passed without it; or somebody who became a
        member after the dispatch, and by then, has not been given it.
        """
        found = {}
        sessions = self.env["shora.session"].search(
            [("council_id", "in", councils.ids), ("state", "in", ("scheduled", "invited", "open", "held"))]
        )
        uninvited = sessions.filtered(lambda session: session.state == "invited")._uninvited()
        for session in sessions:
            last = session.notice_last_day
            if not last:
                continue
            late = session.notice_id.is_late if session.notice_id else councils._today() > last
            late = late or (councils._today() > last and bool(uninvited.get(session)))
            if late:
                key = (session.council_id.id, "notice_late", "shora.session", session.id)
                found[key] = self._values(session._notice_rule(), "secretary", fields.Date.add(last, days=1))
        return found

    def _expect_minutes(self, councils):
        """5-5: held, the week is over, nothing at the Secretariat."""
        found = {}
        sessions = self.env["shora.session"].search(
            [("council_id", "in", councils.ids), ("minutes_awaited", "=", True)]
        )
        for session in sessions:
            if session.minutes_last_day and session.minutes_days_left < 0:
                rule = session.council_id._rule("minutes_days", session.day)
                key = (session.council_id.id, "minutes_overdue", "shora.session", session.id)
                found[key] = self._values(rule, "secretary", fields.Date.add(session.minutes_last_day, days=1))
        return found

    def _expect_resignations(self, councils):
        """5-6: a voided resignation whose seat somebody else holds waits for the Secretariat."""
        records = self.env["shora.deemed.resignation"].search(
            [("council_id", "in", councils.ids), ("needs_decision", "=", True)]
        )
        return {
            (record.council_id.id, "resignation_open", record._name, record.id): self._values(
                record.council_id._rule("absence_limit", record.date), "secretariat", record.date
            )
            for record in records
        }

    def _expect_approval(self, councils):
        """Closing clause: the date of approval is blank in the source."""
        found = {}
        for council in councils:
            bylaw = council.bylaw_id
            if bylaw and not bylaw.approval_date:
                clause = bylaw._clause("closing")
                found[council.id, "approval_date", "shora.bylaw", bylaw.id] = {
                    "clause_id": clause.id,
                    "severity": "info",
                    "actor": "head",
                    "date_since": bylaw.date_from,
                }
        return found

    def action_open_subject(self):
        """Go to the record the finding concerns."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }
