"""A million rows grouped by Jalali month, through what the web client calls, beside the same by Gregorian month."""

from .lines import beside, ratio

ROWS = 1_000_000
GOAL = 2
UNITS = ("month", "quarter", "year")


def _fill(env):
    sequence = env["ir.sequence"].create({"name": "Bench", "use_date_range": True})
    env.cr.execute(
        """
        INSERT INTO ir_sequence_date_range (sequence_id, date_from, date_to, number_next)
        SELECT %s, date '1985-01-01' + n %% 15000, date '2040-01-01' + n / 15000, 1 FROM generate_series(0, %s - 1) n
        """,
        [sequence.id, ROWS],
    )
    calendar = env["resource.calendar"].create({"name": "Bench", "attendance_ids": [(5,)]})
    env.cr.execute(
        """
        INSERT INTO resource_calendar_leaves (calendar_id, date_from, date_to, time_type)
        SELECT %s, moment, moment, 'leave'
          FROM (SELECT timestamp '1985-01-01' + (n::bigint * 7919 %% %s) * interval '20 minutes' AS moment
                  FROM generate_series(0, %s - 1) n) x
        """,
        [calendar.id, ROWS, ROWS],
    )
    env.cr.execute("ANALYZE ir_sequence_date_range; ANALYZE resource_calendar_leaves")
    return (
        ("dates", "ir.sequence.date_range", [("sequence_id", "=", sequence.id)]),
        ("moments", "resource.calendar.leaves", [("calendar_id", "=", calendar.id)]),
    )


def measure(env):
    """Lines for dates and moments (Tehran's days) by each unit."""
    gregorian = env(context={"lang": "en_US", "tz": "Asia/Tehran"})
    jalali = env(context={"lang": "fa_IR", "tz": "Asia/Tehran"})
    for kind, model, domain in _fill(env):
        for unit in UNITS:

            def group(reader, model=model, domain=domain, unit=unit):
                groups = reader[model].formatted_read_group(domain, [f"date_from:{unit}"], ["__count"])
                assert sum(one["__count"] for one in groups) == ROWS
                return groups

            assert group(jalali)[0][f"date_from:{unit}"][1] != group(gregorian)[0][f"date_from:{unit}"][1]
            yield ratio(
                f"{ROWS:,} {kind} by Jalali {unit} / by date_trunc",
                *beside(lambda: group(jalali), lambda: group(gregorian)),
                GOAL,
            )
