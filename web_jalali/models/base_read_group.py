"""Groups of dates by Jalali years, quarters, months and weeks, for Jalali readers, in what the web client calls."""

from collections import defaultdict
from datetime import datetime, time

import pytz
from odoo import api, models
from odoo.fields import Date
from odoo.tools import SQL, date_utils

from ..tools import babel_patch, group_spec, periods, reader, sql_functions
from ..tools.group_spec import JalaliSpec

DATES = ("date", "datetime")


class Base(models.AbstractModel):
    _inherit = "base"

    # What clients call: here the reader is known, and nowhere below.

    @api.model
    @api.readonly
    def web_read_group(self, domain, groupby, aggregates=(), limit=None, offset=0, order=None, **kwargs):
        groupby = self._jalali_specs(groupby)
        return super().web_read_group(domain, groupby, aggregates, limit, offset, order, **kwargs)

    @api.model
    @api.readonly
    def formatted_read_group(self, domain, groupby=(), aggregates=(), having=(), offset=0, limit=None, order=None):
        groupby = self._jalali_specs(groupby)
        return super().formatted_read_group(domain, groupby, aggregates, having, offset, limit, order)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), *, order=None):
        grouping_sets = [self._jalali_specs(groupby) for groupby in grouping_sets]
        return super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, order=order)

    @api.model
    @api.readonly
    def read_progress_bar(self, domain, group_by, progress_bar):
        (spec,) = self._jalali_specs([group_by])
        if not isinstance(spec, JalaliSpec):
            return super().read_progress_bar(domain, group_by, progress_bar)
        rows = self._read_group(domain, [spec, progress_bar["field"]], ["__count"])
        formatter = self._web_read_group_groupby_formatter(spec, [row[0] for row in rows])
        result = defaultdict(lambda: dict.fromkeys(progress_bar["colors"], 0))
        for start, value, count in rows:
            if value in progress_bar["colors"]:
                group, _domain = formatter(start)
                # the client finds its column by the value web_read_group gave it
                result[group[0] if group else str(group)][value] += count
        return result

    def _jalali_specs(self, groupby):
        """``groupby`` with its periods asking for Jalali ones where the reader is Jalali."""
        return group_spec.jalali(groupby) if reader.reads_jalali(self.env) else groupby

    # Below them only the specification tells.

    def _jalali_leaf(self, path):
        """(model, field) at the end of a groupby path."""
        model, names = self, path.split(".")
        field = model._fields[names[0]]
        for name in names[1:]:
            if field.type != "many2one":
                break  # the rest is a property
            model = self.env[field.comodel_name]
            field = model._fields[name]
        return model, field

    def _read_group_groupby(self, alias, groupby_spec, query):
        if not isinstance(groupby_spec, JalaliSpec) or groupby_spec.unit not in periods.MONTHS:
            return super()._read_group_groupby(alias, groupby_spec, query)
        day = super()._read_group_groupby(alias, f"{groupby_spec.path}:day", query)
        _model, field = self._jalali_leaf(groupby_spec.path)
        if field.type == "date":
            return sql_functions.period_start(groupby_spec.unit, day)
        start = sql_functions.period_start(groupby_spec.unit, SQL("(%s)::date", day))
        return SQL("%s::timestamp", start)

    def _web_read_group_groupby_formatter(self, groupby_spec, values):
        path, _colon, unit = groupby_spec.partition(":")
        if not isinstance(groupby_spec, JalaliSpec):
            formatter = super()._web_read_group_groupby_formatter(groupby_spec, values)
            return self._in_gregorian(formatter) if unit in group_spec.UNITS else formatter
        name, _dot, rest = path.partition(".")
        field = self._fields[name]
        if rest and field.type == "many2one":
            return self._jalali_path_formatter(name, JalaliSpec(groupby_spec.split(".", 1)[1]), values)
        kind = field.type
        if kind == "properties":
            kind = self.get_property_definition(path).get("type")
        if kind not in DATES:
            return super()._web_read_group_groupby_formatter(str(groupby_spec), values)
        zone = self._group_zone() if field.type == "datetime" else None

        def jalali(value):
            if not value:
                return value, [(path, "=", value)]
            bounds, label = self._jalali_period(value, unit, kind, zone)
            # a group needs a value of its own also where it has no beginning
            return (bounds[0] or str(value), label), self._period_domain(path, bounds)

        return jalali

    def _jalali_path_formatter(self, name, spec, values):
        formatter = self.env[self._fields[name].comodel_name]._web_read_group_groupby_formatter(spec, values)

        def follow(value):
            value, domain = formatter(value)
            if not value:
                return value, ["|", (name, "not any", []), (name, "any", domain)]
            return value, [(name, "any", domain)]

        return follow

    def _in_gregorian(self, formatter):
        """``formatter`` of Gregorian periods, whose names must not be taken for Jalali ones."""

        def gregorian(value):
            with babel_patch.settled(False):
                return formatter(value)

        return gregorian

    def _group_zone(self):
        """The zone by whose days moments are grouped; None for UTC, as stock."""
        name = self.env.context.get("tz")
        return pytz.timezone(name) if name in pytz.all_timezones_set else None

    @api.model
    def _jalali_period(self, start, unit, kind, zone):
        """((first, first after) as texts of the wire, label) of the period that begins on ``start``.

        What has no beginning or no end, before and after the years counted, has None there.

        :param kind: type of the field, ``date`` or ``datetime``
        :param zone: whose midnight ``start`` is; None for UTC
        """
        begin = start
        if unit in periods.MONTHS:
            end = periods.next_start(start, unit)
            begin = None if end == periods.FIRST_DAY else start
        else:
            try:
                end = start + date_utils.get_timedelta(1, unit)
            except OverflowError:
                end = None  # there is no day after
        return (self._wire(begin, kind, zone), self._wire(end, kind, zone)), periods.label(start, unit)

    @staticmethod
    def _wire(moment, kind, zone):
        if moment is None:
            return None
        if kind == "date":
            return moment.isoformat()[:10]
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time())
        if zone:
            moment = date_utils.to_timezone(None)(zone.localize(moment))
        return moment.isoformat(" ", "seconds")

    @staticmethod
    def _period_domain(path, bounds):
        """Exactly the records of the group; the first and the last period have no other end."""
        terms = [(path, operator, bound) for operator, bound in zip((">=", "<"), bounds, strict=True) if bound]
        return ["&", *terms] if len(terms) == 2 else terms

    # Empty periods between the others.

    def _web_read_group_fill_temporal(
        self, groups, groupby, aggregates, fill_from=False, fill_to=False, min_groups=False
    ):
        spec = groupby[0]
        if not isinstance(spec, JalaliSpec) or spec.unit not in periods.MONTHS:
            return super()._web_read_group_fill_temporal(groups, groupby, aggregates, fill_from, fill_to, min_groups)
        rows = defaultdict(list)
        for group in groups:
            rows[group[0]].append(group)
        empty = tuple(self._read_group_empty_value(part) for part in (*groupby[1:], *aggregates))
        starts = self._jalali_starts(rows, spec, fill_from, fill_to, min_groups)
        filled = [row for start in starts for row in rows.get(start) or [(start, *empty)]]
        return filled + rows.get(False, [])

    def _jalali_starts(self, existing, spec, fill_from, fill_to, min_groups):
        """Sorted first days of the periods ``existing`` and those missing between them, or from and to the days given.

        The periods before and after the years that are counted are no ends to fill up to.
        """
        unit = spec.unit
        found = sorted(start for start in existing if start)
        is_moment = self._jalali_leaf(spec.path)[1].type != "date"

        def typed(day):
            return datetime.combine(day, time()) if is_moment else day

        first, last = (day and typed(periods.start_of(Date.to_date(day), unit)) for day in (fill_from, fill_to))
        inside = [start for start in found if typed(periods.BEFORE) < start < typed(periods.AFTER)]
        first = first or (inside[0] if inside else last)
        last = last or (inside[-1] if inside else first)
        filled, start = set(), first
        while start and (start <= last or len(filled) < (min_groups or 0)) and start < typed(periods.AFTER):
            filled.add(start)
            start = typed(periods.next_start(start, unit))
        return sorted({*found, *filled})
