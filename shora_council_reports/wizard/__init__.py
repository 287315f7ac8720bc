from . import report_choice
