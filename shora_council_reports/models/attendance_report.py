from odoo import api, fields, models
from odoo.tools import SQL


class ShoraAttendanceReport(models.Model):
    """Who was there: a row for each person of each session that was held, guests and stand-ins too (5-6).

    Read by the register of attendance, by «attended sessions» and on screen. Who came late was there. Access: the
    offices see every council, secretaries and staff their own, members those whose members they are, as the attendance
    itself (``security/``).
    """

    _name = "shora.attendance.report"
    _description = "Attendance on screen"
    _inherit = ["shora.screen.mixin"]
    _auto = False
    #: what must be in the database before the query reads it
    _depends = {
        "shora.attendance": [
            *("session_id", "council_id", "company_id", "session_start", "kind", "membership_id", "seat_sequence"),
            *("partner_id", "status", "arrived_at", "left_at", "note", "is_de_facto"),
        ],
        "shora.session": ["number", "day", "kind", "state", "attendance_confirmed_at"],
        "shora.membership": ["seat_id"],
    }
    _order = "session_start desc, seat_sequence, id"

    council_id = fields.Many2one("shora.council", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    session_id = fields.Many2one("shora.session", readonly=True)
    session_start = fields.Datetime(readonly=True, string="Start of the session")
    session_kind = fields.Selection(
        selection=lambda self: self.env["shora.session"]._fields["kind"]._description_selection(self.env),
        readonly=True,
        string="Kind of session",
    )
    number = fields.Integer(readonly=True, string="Number of the session", aggregator=False)
    day = fields.Date(readonly=True)
    is_confirmed = fields.Boolean(readonly=True, string="Confirmed", help="The session's attendance is confirmed.")
    attendance_id = fields.Many2one("shora.attendance", readonly=True)
    seat_id = fields.Many2one("shora.seat", readonly=True)
    seat_sequence = fields.Integer(readonly=True, aggregator=False)
    partner_id = fields.Many2one("res.partner", readonly=True, string="Person")
    kind = fields.Selection(
        selection=lambda self: self.env["shora.attendance"]._fields["kind"]._description_selection(self.env),
        readonly=True,
        string="Capacity",
    )
    status = fields.Selection(
        selection=lambda self: self.env["shora.attendance"]._fields["status"]._description_selection(self.env),
        readonly=True,
    )
    arrived_at = fields.Datetime(readonly=True, string="Arrived")
    left_at = fields.Datetime(readonly=True, string="Left")
    note = fields.Char(readonly=True, string="Remark")
    is_de_facto = fields.Boolean(readonly=True, string="De facto")
    attended = fields.Integer(readonly=True, string="Present", help="Present, late or in time.")
    late = fields.Integer(readonly=True, string="of which late")
    absent = fields.Integer(readonly=True)
    excused = fields.Integer(readonly=True, string="of which excused")
    share = fields.Float(readonly=True, aggregator="avg", string="Share attended")

    @api.depends("attendance_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.attendance_id.display_name

    def _record(self):
        return self.attendance_id

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT a.id, a.id AS attendance_id, a.council_id, a.company_id, a.session_id, a.session_start,
                   s.kind AS session_kind, s.number, s.day,
                   s.state = 'closed' AND s.attendance_confirmed_at IS NOT NULL AS is_confirmed,
                   m.seat_id, a.seat_sequence, a.partner_id, a.kind, a.status, a.arrived_at, a.left_at, a.note,
                   a.is_de_facto,
                   (a.status IN ('present', 'late'))::int AS attended,
                   (a.status = 'late')::int AS late,
                   (a.status IN ('absent', 'excused'))::int AS absent,
                   (a.status = 'excused')::int AS excused,
                   (a.status IN ('present', 'late'))::int::float AS share
              FROM shora_attendance a
              JOIN shora_session s ON s.id = a.session_id
              LEFT JOIN shora_membership m ON m.id = a.membership_id
             WHERE s.state IN ('held', 'closed')
            """
        )
