from . import report_choice, year_order
