from . import screen  # isort: skip  (first: the rows on screen inherit from it)
from . import (
    attendance_report,
    composition_report,
    council,
    dashboard,
    dashboard_composition,
    dashboard_sections,
    deadline_report,
    ir_actions_report,
    ir_attachment,
    open_formats,
    resolution_report,
    year_file,
    year_file_sources,
    year_file_unit,
    year_file_zip,
)
