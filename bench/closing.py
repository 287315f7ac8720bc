"""Closing a session of 14 members, all that four offices and ten experts make, whose past is one year or ten (5-6).

Goal: the members judged in at most 8 queries, as many after ten years as after one. Limits set no time; here the whole
closing must not take more than half as long again with ten times the past.
"""

import time
from unittest.mock import patch

from .build import SESSIONS_A_YEAR, add_history, builder, held, staffed
from .lines import Line, growth, undone

YEARS = (1, 10)
GOAL = 8


def measure(env):
    """Lines for the judging alone and for the whole request of closing."""
    build = builder(env)
    env = build.env
    council, secretary = staffed(build, "CLOSING")
    session = held(build, council, secretary)
    members = session.attendance_ids.partner_id
    judged, closed, before = {}, {}, 0
    for years in YEARS:
        add_history(env, council, before + 1, years * SESSIONS_A_YEAR)
        before = years * SESSIONS_A_YEAR
        judged[years] = judging_of(env, session.with_user(secretary))
        closed[years] = undone(env, session.with_user(secretary).action_close)
    few, many = (judged[years][1] for years in YEARS)
    yield Line(
        f"closing: {len(members)} members judged, history of 1 / 10 years",
        f"{few} / {many} queries",
        f"at most {GOAL}",
        max(few, many) <= GOAL,
    )
    yield growth("closing: judging, 10 years / 1 year of history", judged, YEARS, 10)
    yield growth("closing: the whole request, 10 years / 1 year of history", closed, YEARS, 1.5)


def judging_of(env, session):
    """(seconds, queries) of judging the members while ``session`` is closed, where the by-law has been read already."""
    model = env.registry["shora.deemed.resignation"]
    judge, found = model._judge_as_system, []

    def counted(*args):
        env.flush_all()
        queries, begun = env.cr.sql_log_count, time.perf_counter()
        judge(*args)
        env.flush_all()
        found.append((time.perf_counter() - begun, env.cr.sql_log_count - queries))

    with patch.object(model, "_judge_as_system", counted):
        undone(env, session.action_close)
    return min(seconds for seconds, _queries in found), found[-1][1]
