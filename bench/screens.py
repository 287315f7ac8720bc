"""What is looked at on screen: the database's time, planning and execution, for one council among many and for eighty,
and the page of a dashboard with everything.

Goal (195,000 rows of attendance, 500 councils): one council at most 5 ms of SQL for all its screens together.
"""

from odoo.tools import SQL

from .lines import Line, best
from .xlsx import MEMBERS, SESSIONS, make

COUNCILS, MANY = 500, 80
#: screen → (groups, sums) as pivots and dashboards ask for them
ASKED = {
    "shora.attendance.report": (["day:month"], ["__count", "attended:sum", "absent:sum"]),
    "shora.resolution.report": (["state", "age_band"], ["__count"]),
    "shora.deadline.report": (["state"], ["__count"]),
    "shora.composition.report": (["day:month"], ["ex_officio:sum", "experts:sum"]),
}


def measure(env):
    """Lines of ``make bench``."""
    councils = make(env, COUNCILS)
    fill(env, councils)
    env.flush_all()
    rows = f"{COUNCILS * SESSIONS * MEMBERS:,} rows of attendance"
    one = {model: sql_time(env, model, councils[7]) for model in ASKED}
    total = sum(one.values())
    parts = ", ".join(f"{model.split('.')[1]} {seconds * 1000:.1f}" for model, seconds in one.items())
    yield Line(f"{rows}: screens of one council", f"{total * 1000:.1f} ms ({parts})", "at most 5 ms", total <= 0.005)
    many = sum(sql_time(env, model, councils[:MANY]) for model in ASKED)
    yield Line(f"{rows}: screens of {MANY} councils", f"{many * 1000:.0f} ms", "at most 150 ms", many <= 0.150)
    page = best(lambda: open_page(env, councils[7]))
    yield Line(f"{rows}: page of one council, with everything", f"{page * 1000:.0f} ms", "at most 300 ms", page <= 0.3)


def fill(env, councils):
    """By-law, resolutions and minutes of the councils, written past the rules as their attendance is."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO shora_council_bylaw_rel (bylaw_id, council_id) SELECT %s, c FROM unnest(%s) c;
            INSERT INTO shora_resolution (session_id, council_id, company_id, name, state, ballot, number, date_due,
                                          done_on)
            SELECT s.id, s.council_id, s.company_id, 'R',
                   (ARRAY['adopted', 'in_execution', 'done'])[n], 'open', s.number || '/' || n, s.day + 60,
                   CASE WHEN n = 3 THEN s.day + 30 END
              FROM shora_session s, generate_series(1, 3) n WHERE s.council_id = ANY(%s);
            INSERT INTO shora_minutes (session_id, council_id, company_id, state, forwarded_at)
            SELECT s.id, s.council_id, s.company_id, 'forwarded', s.stop + (s.number %% 9) * interval '1 day'
              FROM shora_session s WHERE s.council_id = ANY(%s);
            ANALYZE shora_resolution; ANALYZE shora_minutes; ANALYZE shora_council_bylaw_rel
            """,
            env.ref("shora_council.bylaw_irud").id,
            councils.ids,
            councils.ids,
            councils.ids,
        )
    )
    env.invalidate_all()


def sql_time(env, model, councils):
    """Seconds that the database takes for what a screen asks of ``councils``."""
    groups, sums = ASKED[model]
    asked = [("council_id", "in", councils.ids)]
    total = 0
    plain = env.cr.execute

    def explained(query, *args, **kwargs):
        nonlocal total
        text = env.cr.mogrify(query, *args).decode()
        total += min(explain(env.cr, plain, text) for _run in range(5))
        return plain(query, *args, **kwargs)

    env[model]._read_group(asked, groups, sums)  # what is flushed and cached is not measured
    env.cr.execute = explained
    try:
        env[model]._read_group(asked, groups, sums)
    finally:
        del env.cr.execute
    return total


def explain(cr, execute, text):
    """Seconds of planning and execution, as the database counts them."""
    execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {text}")
    ((plan,),) = cr.fetchall()
    return (plan[0]["Planning Time"] + plan[0]["Execution Time"]) / 1000


def open_page(env, council):
    env.invalidate_all()
    return env["shora.dashboard"].get_council(council.id)
