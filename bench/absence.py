"""Clause 5-6 over 195,000 rows of attendance (500 councils, 26 sessions, 15 members), and the check over everything.

Two sizes show the growth. Goals: ``_suspects`` at most 1.5 times one bare window over the same rows; the nightly check
of a council hardly dearer among 500 councils than among 100.
"""

from odoo.tools import SQL

from .lines import Line, beside, best, ratio
from .xlsx import make

SIZES = (100, 500)
WINDOW = SQL(
    """
    SELECT COUNT(*) FROM (
        SELECT status, ROW_NUMBER() OVER (PARTITION BY council_id, partner_id ORDER BY session_start, session_id) AS n
          FROM shora_attendance WHERE counted
    ) rows WHERE n > 0 AND status = 'absent'
    """
)


def measure(env):
    """Lines for the window of the absence rule and for the nightly check, at both sizes."""
    env = env(user=env.ref("base.user_root"))
    councils, costs = env["shora.council"], {}
    for size in SIZES:
        councils |= make(env, size - len(councils), len(councils) + 1)
        env.cr.execute("SELECT COUNT(*) FROM shora_attendance")
        (rows,) = env.cr.fetchone()
        yield ratio(
            f"{rows:,} rows of attendance judged in SQL / bare window",
            *beside(env["shora.deemed.resignation"]._suspects, lambda: env.cr.execute(WINDOW)),
            1.5,
        )
        env["shora.finding"]._check(councils)  # opens what is found: the nights after it are measured
        env.flush_all()
        costs[size] = best(lambda councils=councils: check(env, councils), times=2) / size
    few, many = SIZES
    yield Line(
        f"nightly check of {many} councils, each beside one of {few}",
        f"{costs[many] * 1000:.1f} ms / {costs[few] * 1000:.1f} ms = {costs[many] / costs[few]:.2f}",
        "at most 1.25",
        costs[many] <= 1.25 * costs[few],
    )


def check(env, councils):
    """One night's check, from a cold cache."""
    env.invalidate_all()
    env["shora.finding"]._check(councils)
    env.flush_all()
