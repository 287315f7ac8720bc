"""Searches of Persian readers, blind to spelling, beside the platform's own over the same rows."""

from odoo.addons.web_jalali.tools import sql_functions

from .lines import best, ratio

ROWS = 200_000
GOAL = 3
GOAL_DIGITS = 6
GOAL_INDEXED = 0.5


def _fill(env):
    """Names with Arabic letters and half-spaces; one in a thousand is what is searched."""
    env.cr.execute(
        """
        INSERT INTO res_partner (name, complete_name, active, type)
        SELECT text, text, true, 'contact'
          FROM (SELECT CASE WHEN n %% 1000 = 0 THEN 'دبيرخانهٔ ' ELSE 'شركت بازرگاني ' END
                       || n || ' صورت' || chr(8204) || 'جلسه' AS text
                  FROM generate_series(1, %s) n) x
        """,
        [ROWS],
    )
    env.cr.execute("ANALYZE res_partner")


def measure(env):
    """Lines for a word and for two words, and for the word once the column has its index."""
    _fill(env)
    persian = env(context={"lang": "fa_IR", "active_test": False})
    stock = env(context={"lang": "en_US", "active_test": False})

    def search(reader, text):
        return len(env.execute_query(reader["res.partner"]._search([("name", "ilike", text)], order="id").select()))

    assert search(persian, "دبیرخانه") == ROWS // 1000
    assert search(stock, "دبیرخانه") == 0
    floor = best(lambda: search(stock, "دبيرخانه"))
    yield ratio(
        f"{ROWS:,} names, a Persian word in any spelling / ilike",
        best(lambda: search(persian, "دبیرخانه")),
        floor,
        GOAL,
    )
    yield ratio(
        f"{ROWS:,} names, a number in any digits / ilike",
        best(lambda: search(persian, "۵۰۰۰")),
        floor,
        GOAL_DIGITS,
    )
    yield ratio(
        f"{ROWS:,} names, two words however joined / ilike",
        best(lambda: search(persian, "دبیرخانه صورت جلسه")),
        floor,
        GOAL,
    )
    if sql_functions.create_search_index(env, "res_partner", "name"):
        env.cr.execute("ANALYZE res_partner")
        yield ratio(
            f"{ROWS:,} names, the word by the folded index / ilike",
            best(lambda: search(persian, "دبیرخانه")),
            floor,
            GOAL_INDEXED,
        )
