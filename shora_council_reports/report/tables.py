"""The reports there are."""

from .attendance_matrix import AttendanceMatrix
from .attendance_register import AttendanceRegister
from .attended_sessions import AttendedSessions
from .compliance_report import ComplianceReport
from .composition_history import CompositionHistory
from .council_register import CouncilRegister
from .council_summary import CouncilSummary
from .deadline_register import DeadlineRegister
from .decree_register import DecreeRegister
from .finding_register import FindingRegister
from .minutes_register import MinutesRegister
from .notice_register import NoticeRegister
from .plan_actual import PlanActual
from .resolution_tracker import ResolutionTracker
from .yearly_report import YearlyReport

#: {key: report} in the order in which they are offered
TABLES = {
    table.code: table
    for table in (
        AttendedSessions,
        AttendanceMatrix,
        AttendanceRegister,
        DecreeRegister,
        ResolutionTracker,
        NoticeRegister,
        MinutesRegister,
        FindingRegister,
        PlanActual,
        DeadlineRegister,
        CompositionHistory,
        CouncilSummary,
        CouncilRegister,
        YearlyReport,
        ComplianceReport,
    )
}
