"""Odoo's import wizard reads typed Jalali dates of Jalali readers, and refuses impossible ones with their rows."""

import re
from datetime import date, datetime

from odoo import api, fields, models
from odoo.addons.base_import.models.base_import import ImportValidationError

from ..tools import jalali, reader, typed

NAMED_ROWS = 10  #: faulty rows an error lists; the rest is counted
_EIGHT = re.compile(r"1[2-4]\d{6}")


class BaseImport(models.TransientModel):
    _inherit = "base_import.import"

    @api.model
    def _extract_header_types(self, preview_values, options):
        if not reader.reads_jalali(self.env):
            return super()._extract_header_types(preview_values, options)
        texts = [value.strip() for value in preview_values if isinstance(value, str) and value.strip()]
        numbers = [text for text in texts if text.isdigit()]
        may_be_days = all(_EIGHT.fullmatch(jalali.latin_digits(text)) for text in numbers)
        kinds = self._jalali_kinds(texts, options) if may_be_days else []
        if kinds and len(numbers) < len(texts):
            return kinds
        # 14050902 may as well be a number
        return [*kinds, *super()._extract_header_types(preview_values, options)]

    def _jalali_kinds(self, texts, options):
        """Types of field for a column of typed dates, and the format to show for it in ``options``; none otherwise."""
        day_first = self._is_day_first(options)
        try:
            found = [typed.read(text, day_first) for text in texts]
        except ValueError as error:
            # Written as dates, one of them impossible: still a column of dates, whose fault the import names.
            if isinstance(error, typed.Unreadable) or not self._all_written_as_dates(texts, day_first):
                return []
            found = []
        if not texts:
            return []
        if any(hour is not None for _day, hour in found):
            options["datetime_format"] = "%Y/%m/%d %H:%M:%S"
            return ["datetime"]
        options["date_format"] = "%d/%m/%Y" if day_first else "%Y/%m/%d"
        return ["date", "datetime"]

    @staticmethod
    def _all_written_as_dates(texts, day_first):
        for text in texts:
            try:
                typed.read(text, day_first)
            except typed.Unreadable:
                return False
            except ValueError:
                continue
        return True

    @staticmethod
    def _is_day_first(options):
        pattern = options.get("date_format") or options.get("datetime_format") or ""
        return 0 <= pattern.find("%d") < max(pattern.find("%Y"), pattern.find("%y"))

    def _parse_date_from_data(self, data, index, name, field_type, options):
        if not reader.reads_jalali(self.env):
            return super()._parse_date_from_data(data, index, name, field_type, options)
        day_first = self._is_day_first(options)
        first_row = 1 + int(options.get("skip") or 0) + bool(options.get("has_headers"))
        faults = []
        for number, line in enumerate(data, first_row):
            value = line[index]
            if not value:
                continue
            try:
                line[index] = self._wire_date(value, field_type, day_first)
            except ValueError as error:
                faults.append(self._date_fault(number, value, error))
        if faults:
            raise ImportValidationError(self._date_faults(name, faults), field=name, field_type=field_type)
        return None

    @staticmethod
    def _wire_date(value, field_type, day_first):
        """The Gregorian text of a cell; a true date before 1700 is one that the sheet took for Gregorian."""
        if isinstance(value, date):
            if value.year >= typed.GREGORIAN_FROM:
                return value
            moment = value if isinstance(value, datetime) else datetime.combine(value, datetime.min.time())
            day = jalali.from_jalali(value.year, value.month, value.day)
            moment = datetime.combine(day, moment.time())
        else:
            moment = typed.read_datetime(value, day_first)
        return fields.Date.to_string(moment.date()) if field_type == "date" else fields.Datetime.to_string(moment)

    def _date_fault(self, number, value, error):
        if isinstance(error, typed.Unreadable):
            return self.env._("Row %(row)s: “%(value)s” is no date; write it as 1405/09/02.", row=number, value=value)
        return self.env._("Row %(row)s: “%(value)s” is not in the calendar.", row=number, value=value)

    def _date_faults(self, name, faults):
        shown = faults[:NAMED_ROWS]
        if len(faults) > NAMED_ROWS:
            shown.append(self.env._("And %(count)s more rows.", count=len(faults) - NAMED_ROWS))
        return "\n".join([self.env._("Column %(column)s holds dates that cannot be read:", column=name), *shown])
