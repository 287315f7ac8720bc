"""Jalali periods in ``read_group``, which scripts still call though the web client does not."""

from collections import defaultdict
from contextlib import nullcontext

from odoo import api, models
from odoo.fields import Domain

from ..tools import babel_patch, group_spec, periods, reader
from ..tools.group_spec import JalaliSpec

ASKED = "web_jalali_periods"


class Base(models.AbstractModel):
    _name = "base"
    _inherit = "base"

    @api.model
    @api.readonly
    @api.deprecated("Since 19.0, as in the platform; use formatted_read_group")
    def read_group(self, domain, fields, groupby, offset=0, limit=None, orderby=False, lazy=True):
        if not reader.reads_jalali(self.env):
            return super().read_group(domain, fields, groupby, offset, limit, orderby, lazy)
        specs = [self._jalali_legacy_spec(spec) for spec in ([groupby] if isinstance(groupby, str) else groupby)]
        asked = self.with_context(**{ASKED: True})
        rows = super(Base, asked).read_group(domain, fields, specs, offset, limit, orderby, lazy)
        for row in rows:
            if "group_by" in row.get("__context", {}):
                row["__context"]["group_by"] = [str(spec) for spec in row["__context"]["group_by"]]
        return rows

    def _jalali_legacy_spec(self, spec):
        name, _colon, unit = spec.partition(":")
        field = self._fields.get(name)
        is_period = field is not None and field.type in ("date", "datetime") and (not unit or unit in group_spec.UNITS)
        return JalaliSpec(spec) if is_period else spec

    @api.model
    def _read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        if self.env.context.get(ASKED):
            # read_group spells its specifications anew; what they lead to must not see the wish.
            self = self.with_context(**{ASKED: False})
            groupby = group_spec.jalali(groupby) if reader.reads_jalali(self.env) else groupby
        return super()._read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    def _read_group_fill_temporal(
        self, data, groupby, annoted_aggregates, fill_from=False, fill_to=False, min_groups=False
    ):
        spec = groupby[0]
        if not isinstance(spec, JalaliSpec) or spec.unit not in periods.MONTHS:
            return super()._read_group_fill_temporal(data, groupby, annoted_aggregates, fill_from, fill_to, min_groups)
        rows = defaultdict(list)
        for row in data:
            rows[row[spec]].append(row)
        empty = {name: self._read_group_empty_value(part) for name, part in annoted_aggregates.items()}
        empty |= {part: self._read_group_empty_value(part) for part in groupby[1:]}
        starts = self._jalali_starts(rows, spec, fill_from, fill_to, min_groups)
        filled = [row for start in starts for row in rows.get(start) or [{**empty, spec: start}]]
        return filled + rows.get(False, [])

    @api.model
    def _read_group_format_result(self, rows_dict, lazy_groupby):
        for spec in lazy_groupby:
            if isinstance(spec, JalaliSpec):
                self._jalali_format_rows(rows_dict, spec)
        others = [spec for spec in lazy_groupby if not isinstance(spec, JalaliSpec)]
        gregorian = any(self._jalali_legacy_spec(spec) is not spec for spec in others)
        with babel_patch.settled(False) if gregorian else nullcontext():
            return super()._read_group_format_result(rows_dict, others)

    def _jalali_format_rows(self, rows, spec):
        field = self._fields[spec.path]
        zone = self._group_zone() if field.type == "datetime" else None
        for row in rows:
            start = row[spec]
            domain, span = [(spec.path, "=", False)], False
            if start:
                bounds, row[spec] = self._jalali_period(start, spec.unit, field.type, zone)
                domain, span = self._period_domain(spec.path, bounds), {"from": bounds[0], "to": bounds[1]}
            row.setdefault("__range", {})[spec] = span
            row["__domain"] &= Domain(domain)
