import datetime

from odoo import models
from odoo.addons.base_import.models.base_import import ImportValidationError

from ..tools import past_cells, spreadsheet

PAST = "shora.past.decree"
ROW_LIMIT = 10_000


class BaseImport(models.TransientModel):
    """Odoo's import: no file is unpacked before its size is known; a council's past is read whole, as it was typed."""

    _inherit = "base_import.import"

    # --- every model: the size first ---

    def _read_xlsx(self, options):
        self._check_unpacked()
        content = self.file or b""
        if spreadsheet.unpacked_size(content) and spreadsheet.spanned_cells(content) > spreadsheet.CELL_LIMIT:
            raise ImportValidationError(
                self.env._("A cell lies far outside the table, so the sheet spans too many cells; delete the cell.")
            )
        return super()._read_xlsx(options)

    def _read_ods(self, options):
        self._check_unpacked()
        return super()._read_ods(options)

    def _check_unpacked(self):
        """
        :raises ImportValidationError: the workbook would take more memory than any table needs
        """
        if spreadsheet.unpacked_size(self.file or b"") > spreadsheet.UNPACKED_LIMIT:
            raise ImportValidationError(
                self.env._(
                    "Unpacked, this file takes more than %(number)s MB; import a smaller table.",
                    number=self.env["shora.words"]._digits(spreadsheet.UNPACKED_LIMIT // 2**20),
                )
            )

    # --- a council's past ---

    def _is_past(self):
        return self.res_model == PAST

    def _read_csv(self, options):
        if self._is_past() and self.file and not options.get("encoding"):
            options["encoding"] = spreadsheet.guess_encoding(self.file)
        return super()._read_csv(options)

    def _read_file(self, options):
        if not self._is_past():
            return super()._read_file(options)
        if not self.file:
            raise ImportValidationError(self.env._("The file is empty."))
        length, rows = super()._read_file(options)
        if len(rows) > ROW_LIMIT:
            raise ImportValidationError(
                self.env._(
                    "The file has more than %(number)s rows; is it the right one?",
                    number=self.env["shora.words"]._digits(ROW_LIMIT),
                )
            )
        self._check_shape(rows, options.get("has_headers"))
        return length, rows

    def _check_shape(self, rows, has_headers):
        """
        :raises ImportValidationError: a row is not as long as the first, or a heading occurs twice
        """
        digits = self.env["shora.words"]._digits
        for number, row in enumerate(rows, start=1):
            if len(row) != len(rows[0]):
                text = self.env._(
                    "Row %(row)s has %(count)s cells where the first row has %(first)s; nothing was read.",
                    row=digits(number),
                    count=digits(len(row)),
                    first=digits(len(rows[0])),
                )
                raise ImportValidationError(text)
        seen = set()
        for heading in rows[0] if has_headers and rows else ():
            mark = past_cells.key(heading)
            if mark and mark in seen:
                text = self.env._("The heading “%(heading)s” occurs twice; delete one column.", heading=heading)
                raise ImportValidationError(text)
            seen.add(mark)

    def _get_mapping_suggestion(self, header, fields_tree, header_types, mapping_fields):
        """Our headings in every installed language, whatever keyboard typed them."""
        if self._is_past():
            for code, _name in self.env["res.lang"].get_installed():
                labels = self.env[PAST].with_context(lang=code)._labels()
                for column, label in labels.items():
                    if past_cells.key(label) == past_cells.key(header):
                        return {"field_path": [column], "distance": 0}
        return super()._get_mapping_suggestion(header, fields_tree, header_types, mapping_fields)

    def _stringify_date_like_objects(self, data, options, trim=False):
        """A true date cell is written one way, whatever pattern the screen guessed from other columns. Years before
        1700 are Jalali days that a program took for Gregorian ones, and shifted: shown, and refused by the reader.
        """
        if self._is_past() and isinstance(data, datetime.date):
            day = data.date() if isinstance(data, datetime.datetime) else data
            return day.isoformat() if day.year >= past_cells.GREGORIAN_FROM else f"{day.isoformat()} (date cell)"
        return super()._stringify_date_like_objects(data, options, trim)

    def execute_import(self, fields, columns, options, dryrun=False):
        """A council's past comes in whole or not at all: batches would leave the earlier ones in."""
        if self._is_past():
            reason = self._reason_against_part(fields, options)
            if reason:
                message = {"type": "error", "message": reason, "record": False, "not_matching_error": True}
                return {"ids": False, "messages": [message], "nextrow": 0}
            options = {**options, "limit": None, "skip": 0}
        return super().execute_import(fields, columns, options, dryrun)

    def _reason_against_part(self, names, options):
        """Why the file would be read in part or mixed up; None when it would not."""
        if options.get("skip"):
            return self.env._("The past is imported as a whole file: start at its first row.")
        used = [name for name in names if name]
        for name, label in self.env[PAST]._labels().items():
            if used.count(name) > 1:
                return self.env._("Two columns of the file are both read as “%(column)s”.", column=label)
        return None
