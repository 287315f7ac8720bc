"""The yearly report of a council, put together from the tables of the other reports."""

from dataclasses import replace

from .attended_sessions import AttendedSessions
from .council_register import CouncilRegister
from .council_summary import CouncilSummary
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
            return Excerpt(table, names, title, cls)

        tracker, findings = ResolutionTracker(env, scope), FindingRegister(env, scope)
        register = CouncilRegister(env, scope)
        composition = Composition(register)
        return [
            KeyFigures(CouncilSummary(env, scope)),
            part(SessionRhythm(env, scope), RHYTHM),
            part(AttendedSessions(env, scope), ATTENDED, env._("Attendance")),
            ResolutionStates(tracker),
            part(tracker, RESOLUTIONS, env._("Resolutions")),
            part(MinutesRegister(env, scope), MINUTES, env._("Minutes and the days they took")),
            part(PlanActual(env, scope), PLAN),
            FindingsByClause(findings),
            part(findings, FINDINGS),
            composition,
            Coverage(composition),
            part(register, MEMBERS, env._("Members")),
        ]
