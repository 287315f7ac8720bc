"""SQL functions of the addon: first days of Jalali periods, and text without the differences of Persian spelling.

All are plain SQL expressions that PostgreSQL inlines into the query; the calendar is in constant arrays.
"""

from odoo.tools import SQL

from . import jalali, periods, persian

PERIOD_FUNCTIONS = {unit: f"jalali_{unit}_start" for unit in periods.MONTHS}
FOLD = "persian_fold"


def _first_days(unit):
    step = periods.MONTHS[unit]
    return [
        jalali.from_jalali(year, month, 1)
        for year in range(periods.FIRST_YEAR, periods.LAST_YEAR + 1)
        for month in range(1, 13, step)
    ] + [periods.AFTER]


def create(cr):
    """Create the functions, or bring them up to date."""
    for unit, name in PERIOD_FUNCTIONS.items():
        days = [f"{day:%Y-%m-%d}" for day in _first_days(unit)]
        # Bucket 0 is what lies before the first day, so the array of results counts from 0.
        results = [periods.BEFORE.isoformat(), *days]
        body = (
            f"SELECT ('[0:{len(days)}]={{{','.join(results)}}}'::date[])"
            f"[width_bucket($1, '{{{','.join(days)}}}'::date[])]"
        )
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s(date) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %s",
                SQL.identifier(name),
                body,
            )
        )
    source, target = persian.fold_table()
    body = f"SELECT translate($1, '{source}', '{target}')"
    cr.execute(
        SQL(
            "CREATE OR REPLACE FUNCTION %s(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %s",
            SQL.identifier(FOLD),
            body,
        )
    )


def drop(cr):
    """Remove the functions and what was built on them, indexes for instance."""
    for name, kind in [*((name, "date") for name in PERIOD_FUNCTIONS.values()), (FOLD, "text")]:
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s(%s) CASCADE", SQL.identifier(name), SQL(kind)))


def period_start(unit, day_sql):
    """Expression of the first day of the Jalali ``unit`` in which ``day_sql``, a date, lies."""
    return SQL("%s(%s)", SQL.identifier(PERIOD_FUNCTIONS[unit]), day_sql)


def folded(text_sql):
    """Expression of ``text_sql`` without differences of spelling; indexable."""
    return SQL("%s(%s)", SQL.identifier(FOLD), text_sql)


def create_search_index(env, table, column):
    """An index that searches of Persian readers in ``table.column`` (char or text, not translated) can use.

    :return: whether there is one: without trigrams, or with an ``unaccent`` that cannot be indexed, there is none
    """
    from odoo.modules.db import FunctionStatus  # only here: the rest needs no server

    registry = env.registry
    if not registry.has_trigram or registry.has_unaccent == FunctionStatus.PRESENT:
        return False
    env.cr.execute(
        SQL(
            "CREATE INDEX IF NOT EXISTS %s ON %s USING gin ((%s) gin_trgm_ops)",
            SQL.identifier(f"{table}_{column}_persian_fold"),
            SQL.identifier(table),
            folded(registry.unaccent(SQL.identifier(column))),
        )
    )
    return True
