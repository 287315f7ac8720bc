"""SQL functions of the addon: first days of Jalali periods, and text without the differences of Persian spelling.

All are plain SQL expressions that PostgreSQL inlines into the query; the calendar is in constant arrays.
"""

from odoo.tools import SQL

from . import jalali, periods, persian

PERIOD_FUNCTIONS = {unit: f"jalali_{unit}_start" for unit in periods.MONTHS}
FOLD = "persian_fold"
FOLD_DIGITS = "persian_fold_digits"


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
    for name, inner, table in ((FOLD, "$1", persian.LETTERS), (FOLD_DIGITS, f"{FOLD}($1)", persian.DIGITS)):
        # Letter by letter: for texts in which most of them do not occur, twice as fast as one translate().
        body = inner
        for source, target in table.items():
            body = f"replace({body}, '{source}', '{target}')"
        body = f"SELECT {body}"
        cr.execute(
            SQL(
                "CREATE OR REPLACE FUNCTION %s(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %s",
                SQL.identifier(name),
                body,
            )
        )


def drop(cr):
    """Remove the functions and what was built on them, indexes for instance."""
    date, text = SQL("date"), SQL("text")
    functions = [*((name, date) for name in PERIOD_FUNCTIONS.values()), (FOLD_DIGITS, text), (FOLD, text)]
    for name, kind in functions:
        cr.execute(SQL("DROP FUNCTION IF EXISTS %s(%s) CASCADE", SQL.identifier(name), kind))


def period_start(unit, day_sql):
    """Expression of the first day of the Jalali ``unit`` in which ``day_sql``, a date, lies."""
    return SQL("%s(%s)", SQL.identifier(PERIOD_FUNCTIONS[unit]), day_sql)


def folded(text_sql, digits=False):
    """Expression of ``text_sql`` without differences of spelling, with ``digits`` also of digits; indexable."""
    return SQL("%s(%s)", SQL.identifier(FOLD_DIGITS if digits else FOLD), text_sql)


def create_search_index(env, table, column):
    """An index that searches of Persian readers in ``table.column`` (char or text, not translated) can use.

    :return: whether there is one: without trigrams, or with an ``unaccent`` that cannot be indexed, there is none
    """
    from odoo.modules.db import FunctionStatus

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
