"""Planning half a year and a year of sessions of 14 members, beside bare calendar events for the same days and people.

Goals: one query a session; 6 ms a session where a bare event takes 4 (limits), so at most 1.5 times the bare events.
"""

from odoo.addons.shora_council.models.calendar_event import QUIET

from .build import builder, staffed
from .lines import Line, ratio, undone

GOAL = 1.5


def measure(env):
    """Lines for both sizes: time beside the floor, and queries."""
    build = builder(env)
    council, secretary = staffed(build, "PLANNING")
    planner = build.env["shora.session.planner"].with_user(secretary)
    planner = planner.create({"council_id": council.id, "year": planner._default_year() + 1})
    planner.action_propose()
    lines = planner.line_ids.sorted("day")
    found = {}
    for share, size in ((2, "half a year"), (1, "a year")):
        ours, queries, floor, number = beside(build.env, planner, lines[len(lines) // share :])
        found[number] = queries
        yield ratio(f"planning {size}, {number} sessions of 14 / bare events", ours * 1000, floor * 1000, GOAL, "ms")
    (few, of_few), (many, of_many) = found.items()
    each = (of_many - of_few) / (many - few)
    result = f"{each:.2f} ({of_few} for {few}, {of_many} for {many})"
    yield Line("planning: queries for one session more", result, "at most 1", each <= 1)


def beside(env, planner, left_out):
    """(seconds of ours, its queries, seconds of bare events, sessions) without the lines ``left_out``."""
    env.cr.execute("SAVEPOINT size")
    left_out.unlink()
    env.flush_all()
    planned = planner.line_ids
    people = planner.council_id._members_on(planned[0].day).partner_id
    values = [
        {
            "name": "Session",
            "start": line.start,
            "stop": line.stop,
            "partner_ids": [(6, 0, people.ids)],
            "privacy": "private",
        }
        for line in planned
    ]
    events = env["calendar.event"].with_context(**QUIET)
    runs = [
        (undone(env, planner.action_create, times=1), undone(env, lambda: events.create(values), times=1))
        for _run in range(4)
    ]
    env.cr.execute("ROLLBACK TO SAVEPOINT size")
    env.invalidate_all(flush=False)
    ours, floor = (min(run[which][0] for run in runs) for which in (0, 1))
    return ours, runs[-1][0][1], floor, len(values)
