"""The yearly report of a council, put together from the tables of the other reports."""

from dataclasses import replace

from .attended_sessions import AttendedSessions
from .council_register import CouncilRegister
from .excerpt import Excerpt
from .finding_register import FindingRegister
from .minutes_register import MinutesRegister
from .plan_actual import PlanActual
from .resolution_tracker import ResolutionTracker
from .session_rhythm import SessionRhythm
from .table import Table
from .yearly_parts import Composition, Coverage, FindingsByClause, KeyFigures, ResolutionStates, report_name

#: columns of the other tables that are shown
ATTENDED = ("seat", "person", "capacity", "sessions", "attended", "late", "absent", "excused", "share")
RESOLUTIONS = ("number", "adopted", "session", "title", "state", "owner", "due", "overdue", "progress")
MINUTES = ("session", "day", "present", "absent", "state", "signed", "due", "forwarded", "taken", "in_time", "number")
PLAN = ("year", "line", "responsible", "last", "expected", "progress", "status", "discussed", "resolutions")
FINDINGS = ("clause", "what", "subject", "severity", "actor", "since", "state", "closed", "days")
MEMBERS = ("seat", "person", "seat_name", "office", "decree", "first", "last")
RHYTHM = ("number", "day", "kind", "state", "after", "latest", "rhythm", "present", "absent")


class YearlyReport(Table):
    """Sections on a council's period: figures, sessions against the rhythm, attendance, resolutions, minutes, plan,
    findings by clause, composition with coverage.

    Every section is a table of its own or some columns of one, so neither sheets nor the single reports can disagree.
    """

    code = "yearly_report"
    reads = tuple(
        {
            name
            for table in (
                *(AttendedSessions, CouncilRegister, FindingRegister, MinutesRegister, PlanActual),
                *(ResolutionTracker, SessionRhythm),
            )
            for name in table.reads
        }
        | {"shora.notice", "shora.deemed.resignation"}
    )

    @classmethod
    def name(cls, env):
        return report_name(env)

    @classmethod
    def tables(cls, env, scope):
        cls.check_access(env, scope)
        return [table for council in scope.councils for table in cls._of_council(env, replace(scope, councils=council))]

    @classmethod
    def _of_council(cls, env, scope):
        def part(table, names, title=None):
            return Excerpt(table(env, scope), names, title, cls)

        return [
            KeyFigures(env, scope),
            part(SessionRhythm, RHYTHM),
            part(AttendedSessions, ATTENDED, env._("Attendance")),
            ResolutionStates(env, scope),
            part(ResolutionTracker, RESOLUTIONS, env._("Resolutions")),
            part(MinutesRegister, MINUTES, env._("Minutes and the days they took")),
            part(PlanActual, PLAN),
            FindingsByClause(env, scope),
            part(FindingRegister, FINDINGS),
            Composition(env, scope),
            Coverage(env, scope),
            part(CouncilRegister, MEMBERS, env._("Members")),
        ]
