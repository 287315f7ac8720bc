from . import council, ir_actions_report, ir_attachment, year_file, year_file_sources, year_file_unit, year_file_zip
