from . import screen  # isort: skip  (first: the rows on screen inherit from it)
from . import (
    attendance_report,
    composition_report,
    dashboard,
    dashboard_composition,
    dashboard_sections,
    deadline_report,
    open_formats,
    resolution_report,
)
