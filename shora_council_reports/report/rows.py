"""Rows of a query, portion by portion, whatever their number."""

from itertools import count

from odoo.tools import SQL

#: rows of one portion: what one trip to the database brings, and all that is held at a time
PORTION = 2000

_names = count(1)


def stream(env, query):
    """Yield the rows of ``query`` through a cursor of the server's: 1 + rows / 2000 queries and constant memory.

    The query says itself whose rows these are: record rules are the sub-selects of ``_search`` in it. Left half-read,
    the cursor is closed with the transaction.
    """
    env.flush_all()
    cr, name = env.cr, SQL.identifier(f"shora_rows_{next(_names)}")
    fetch = SQL("FETCH %s FROM %s", PORTION, name)
    cr.execute(SQL("DECLARE %s NO SCROLL CURSOR FOR %s; %s", name, query, fetch))
    while rows := cr.fetchall():
        yield from rows
        if len(rows) < PORTION:
            break
        cr.execute(fetch)
    cr.execute(SQL("CLOSE %s", name))
