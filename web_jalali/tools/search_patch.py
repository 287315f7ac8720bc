"""Searches of Persian readers find what is spelt otherwise: ي or ی, ك or ک, with or without half-space, ۵ or 5.

A field that compares text with ``ilike`` is the one place through which searches and name searches go.
"""

import functools
import logging

from odoo.fields import Char, Domain, Html, Integer, Text
from odoo.tools import SQL

from . import persian, reader, sql_functions

_logger = logging.getLogger(__name__)

_OPERATORS = ("ilike", "not ilike", "=ilike", "not =ilike")


def is_folded(operator, value, env):
    """Whether the condition is compared without differences of spelling: a Persian reader's, for such a text."""
    return (
        operator in _OPERATORS
        and isinstance(value, str)
        and reader.speaks_persian(env)
        and reader.is_installed(env)
        and persian.is_touched(value)
    )


def condition(field, field_expr, operator, value, model, alias, query):
    """The SQL of a folded comparison. It can use an index on the folded column."""
    if field.translate and model.env.context.get("prefetch_langs"):
        model = model.with_context(prefetch_langs=False)
    column = model._field_to_sql(alias, field_expr, query)
    unaccent = model.env.registry.unaccent
    digits = persian.has_digits(value)

    def like(left, pattern, digits):
        pattern = persian.fold_digits(pattern) if digits else persian.fold(pattern)
        return SQL("%s ILIKE %s", left, unaccent(SQL("%s", pattern)))

    def left(digits):
        return sql_functions.folded(unaccent(column), digits)

    if "=" in operator:
        sql = like(left(digits), value, digits)
    else:
        patterns = persian.search_patterns(value)
        joined = SQL("regexp_replace(%s, '\\s', '', 'g')", left(digits))
        columns = {"letters": left(False), "digits": left(True), "tight": joined}
        parts = [like(columns[kind], pattern, digits) for kind, pattern in patterns.items()]
        sql = SQL("(%s)", SQL(" AND ").join(parts))
    if operator in Domain.NEGATIVE_OPERATORS:
        sql = SQL("(NOT (%s) OR %s IS NULL)", sql, column)
    if field.company_dependent:
        sql = field._condition_to_sql_company(sql, field_expr, operator, value, model, alias, query)
    return sql


def post_load():
    """Patch the fields' comparison once per process; without the seam log it and stay inactive."""
    # What texts have in common and other fields have not; none where the platform dropped it.
    owner = next((part for part in Char.__mro__ if "condition_to_sql" in vars(part)), None)
    if owner is None or not all(issubclass(kind, owner) for kind in (Text, Html)) or issubclass(Integer, owner):
        _logger.info("text fields have no condition_to_sql of their own any more; searches stay literal")
        return
    stock = owner.condition_to_sql
    if getattr(stock, "_web_jalali", False):
        return

    @functools.wraps(stock)
    def condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if field_expr == self.name and is_folded(operator, value, model.env):
            return condition(self, field_expr, operator, value, model, alias, query)
        return stock(self, field_expr, operator, value, model, alias, query)

    condition_to_sql._web_jalali = True
    owner.condition_to_sql = condition_to_sql
