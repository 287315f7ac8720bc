from markupsafe import Markup
from odoo import api, fields, models
from odoo.api import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..rules import absence


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

    # --- judging ---

    @api.model
    def _judge_council(self, council, partners, session=None):
        """Make the records of ``partners`` in ``council`` agree with the attendance; twice gives nothing twice.

        :param session: the session just confirmed: who is one absence short because of it is warned
        """
        for each in council:
            self._as_system()._judge_as_system(each, partners, session)

    def _judge_as_system(self, council, partners, session):
        if not partners:
            return
        self._claim_members(council, partners)
        memberships = self.env["shora.membership"].search(
            [("council_id", "=", council.id), ("partner_id", "in", partners.ids), ("state", "!=", "void")]
        )
        records = self.search(
            [("council_id", "=", council.id), ("partner_id", "in", partners.ids), ("state", "=", "in_force")]
        ).grouped("partner_id")
        marks, rows = self._marks(council, partners)
        limit = self._limit_of(council)
        today = council._today()
        for partner, own in memberships.grouped("partner_id").items():
            existing = records.get(partner, self.browse())
            spells = [spell for spell in map(lambda m, e=existing: self._spell(m, e), own) if spell]
            verdict = absence.judge(spells, marks.get(partner.id, []), limit, today=today)
            self._apply_verdict(own, existing, verdict, rows)
            if session and verdict.warning and verdict.timeline and verdict.timeline[-1].mark.session_key == session.id:
                self._warn(own.filtered(lambda m: m.state == "current"), verdict)

    def _claim_members(self, council, partners):
        """Two closings or corrections at once must not each judge by what the other is changing (write skew): touching
        the member's rows makes the later one start again, with the facts of the earlier."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE shora_membership SET judged_at = now() AT TIME ZONE 'UTC'"
                " WHERE council_id = %s AND partner_id IN %s",
                council.id,
                tuple(partners.ids),
            )
        )

    def _spell(self, membership, existing):
        """The membership as decreed; see the docstring of ``rules.absence`` on which ends cut it."""
        by_record = membership.end_reason == "deemed_resigned" and membership in existing.membership_id
        undone = not membership.end_reason
        last = membership.date_decreed_to if by_record or undone else membership.date_to
        return absence.Spell(membership.date_from, last or None)

    def _marks(self, council, partners):
        """({partner id: marks}, {(partner id, session id): attendance id}) of the counted rows, one query."""
        exempt, valid_only = council._rule("absence_exempt_ex_officio"), council._rule("absence_valid_notice_only")
        self.env["shora.attendance"].flush_model()
        found = self.env.execute_query(
            SQL(
                """
                SELECT a.partner_id, a.session_id, a.session_start, a.status, a.id, m.seat_kind
                  FROM shora_attendance a JOIN shora_membership m ON m.id = a.membership_id
                 WHERE a.counted AND a.council_id = %s AND a.partner_id IN %s
                 ORDER BY a.session_start
                """,
                council.id,
                tuple(partners.ids),
            )
        )
        late = set()
        if valid_only:
            sessions = self.env["shora.session"].browse({row[1] for row in found})
            late = {s.id for s in sessions if s.notice_id and s.notice_id.is_late or not s.notice_id}
        marks, rows = {}, {}
        for partner, session, start, status, row, seat_kind in found:
            if (exempt and seat_kind == "ex_officio") or session in late:
                continue
            marks.setdefault(partner, []).append(absence.Mark(session, start, status in ("present", "late")))
            rows[partner, session] = row
        return marks, rows

    def _limit_of(self, council):
        """The rule's value by the version of the day: the last session of a run decides which version judges."""
        cache = {}

        def limit(day):
            if day not in cache:
                rule = council._rule("absence_limit", day)
                cache[day] = rule.value if rule else None
            return cache[day]

        return limit

    def _apply_verdict(self, memberships, existing, verdict, rows):
        by_keys = {tuple(sorted(record.session_ids.ids)): record for record in existing}
        difference = absence.expected_state(by_keys, verdict)
        for keys in difference.void:
            by_keys[tuple(keys)]._void()
        existing.flush_recordset()  # a run that a correction moved is voided and found anew, in this order
        for resignation in difference.create:
            member = memberships.filtered(
                lambda m, day=resignation.day: (
                    m.date_from <= day and (not m.date_decreed_to or day <= m.date_decreed_to)
                )
            )[-1:]
            self._resign(member, resignation)
        self._mark_de_facto(memberships, verdict, rows)

    def _mark_de_facto(self, memberships, verdict, rows):
        """Attendance after a resignation that was found late stays, and says so."""
        partner = memberships.partner_id.id
        Attendance = self.env["shora.attendance"]
        wanted = Attendance.browse([rows[partner, mark.session_key] for mark in verdict.de_facto])
        marked = Attendance.search([("membership_id", "in", memberships.ids), ("is_de_facto", "=", True)])
        if wanted - marked:
            (wanted - marked)._mark_de_facto(True)
        if marked - wanted:
            (marked - wanted)._mark_de_facto(False)

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
        record._withdraw_invitations()
        record._tell_resigned()

    def _withdraw_invitations(self):
        """From the next session on the member is not invited."""
        rows = self.env["shora.notice.recipient"].search(
            [
                ("membership_id", "=", self.membership_id.id),
                ("session_id.state", "in", ("scheduled", "invited")),
                ("session_id.day", ">", self.date),
                ("state", "!=", "withdrawn"),
            ]
        )
        rows._withdraw()
        sessions = self.env["shora.session"].search(
            [
                ("council_id", "=", self.council_id.id),
                ("state", "in", ("scheduled", "invited")),
                ("day", ">", self.date),
            ]
        )
        sessions._project_event()

    def _tell_resigned(self):
        """Member, secretary, Secretariat, HR and the President's office are told; the letter waits for a human's
        signature.
        """
        rule = self.council_id._rule("absence_limit", self.date)
        days = ", ".join(self.env["shora.words"]._day(session.day) for session in self.session_ids.sorted("start"))
        text = self.env._(
            "%(name)s was absent from the ordinary sessions of %(days)s and is deemed resigned.",
            name=self.partner_id.name,
            days=days,
        )
        self._notify(self._refusal(rule, text), self.partner_id)
        secretary = self.council_id.secretary_id.user_ids[:1]
        if secretary:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=secretary.id,
                summary=self.env._("Sign the letter of deemed resignation to %(name)s", name=self.partner_id.name),
            )

    def _warn(self, membership, verdict):
        for member in membership[:1]:
            rule = member.council_id._rule("absence_limit")
            text = self.env._(
                "%(name)s has been absent from %(count)s consecutive ordinary sessions; "
                "one more and the member is deemed resigned.",
                name=member.partner_id.name,
                count=verdict.current_run,
            )
            member.message_notify(
                body=Markup("<p>%s</p>") % self._refusal(rule, text),
                subject=member.display_name,
                partner_ids=(
                    member.partner_id | member.council_id.secretary_id | self._office_partners(("secretariat",))
                ).ids,
            )

    def _office_partners(self, roles):
        users = self.env["res.users"]
        for role in roles:
            users |= self.env["res.users"]._shora_users_with_role(role)
        return users.partner_id

    def _notify(self, text, partners):
        people = partners | self.council_id.secretary_id | self._office_partners(("secretariat", "hr", "office"))
        self.message_notify(body=Markup("<p>%s</p>") % text, subject=self.display_name, partner_ids=people.ids)

    def _void(self):
        """The run does not hold any more: restore the membership, or ask the Secretariat when the seat is taken."""
        for record in self:
            member = record.membership_id
            reason = self.env._("A corrected attendance broke the run of absences.")
            record.write({"state": "void", "void_reason": reason})
            taken = member._seat_taken_since()
            decree = member.decree_id
            if taken:
                record.write({"needs_decision": True})
                record._notify(
                    self.env._(
                        "%(reason)s %(holder)s holds the seat now; the Secretariat decides.",
                        reason=reason,
                        holder=taken.partner_id.name,
                    ),
                    self.env["res.partner"],
                )
                continue
            decree.write({"state": "in_force"})
            member._restore()
            if record.is_chair_lost:
                record._restore_chair()
            record._notify(self.env._("%(reason)s The membership continues.", reason=reason), record.partner_id)
            self.env["shora.decree"].browse(decree.id)._expire_if_over()

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
        if chair and not chair._chair_blockers():
            chair.write({"state": "in_force"})

    def _current_runs(self, memberships):
        """{membership id: absences in a row} of the memberships in force, two queries whatever their number a
        council.
        """
        runs = {}
        today = self.env["shora.council"]._today()
        for council, members in memberships.grouped("council_id").items():
            if not council or not members.partner_id:
                continue
            marks, _rows = self._marks(council, members.partner_id)
            limit = self._limit_of(council)
            own = self.env["shora.membership"].search(
                [("council_id", "=", council.id), ("partner_id", "in", members.partner_id.ids), ("state", "!=", "void")]
            )
            records = self.search([("membership_id", "in", own.ids), ("state", "=", "in_force")])
            for partner, spells in own.grouped("partner_id").items():
                verdict = absence.judge(
                    [self._spell(m, records) for m in spells], marks.get(partner.id, []), limit, today=today
                )
                for member in members.filtered(lambda m, p=partner: m.partner_id == p and m.state == "current"):
                    runs[member.id] = verdict.current_run
        return runs

    # --- the nightly net ---

    @api.model
    def _suspects(self):
        """[(council id, [partner ids])] whom the full check must judge: a streak as long as the shortest limit, or a
        record in force.

        One window over the counted rows; spells and versions are left to the judge.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                WITH shortest AS (
                    SELECT COALESCE(MIN(value), 3) AS least FROM shora_bylaw_rule WHERE code = 'absence_limit' AND
                    value > 0
                ), streaks AS (
                    SELECT council_id, partner_id, status,
                           ROW_NUMBER() OVER w - ROW_NUMBER() OVER (PARTITION BY council_id, partner_id,
                               status IN ('absent', 'excused') ORDER BY session_start, session_id) AS island
                      FROM shora_attendance
                     WHERE counted
                    WINDOW w AS (PARTITION BY council_id, partner_id ORDER BY session_start, session_id)
                )
                SELECT council_id, array_agg(DISTINCT partner_id) FROM (
                    SELECT council_id, partner_id FROM streaks
                     WHERE status IN ('absent', 'excused')
                     GROUP BY council_id, partner_id, island
                    HAVING COUNT(*) >= (SELECT least FROM shortest)
                    UNION
                    SELECT council_id, partner_id FROM shora_deemed_resignation WHERE state = 'in_force'
                ) flagged
                 GROUP BY council_id ORDER BY council_id
                """
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _cron_judge_all(self):
        """The absence rule over everything, council by council: the same answer as at each confirmation (spec section
        4).
        """
        suspects = self._suspects()
        progress = self.env["ir.cron"]._commit_progress
        progress(remaining=len(suspects))
        for council_id, partner_ids in suspects:
            council = self.env["shora.council"].browse(council_id)
            self._judge_council(council, self.env["res.partner"].browse(partner_ids))
            if not progress(1):
                break

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
