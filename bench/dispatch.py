"""Dispatching the written notice to 5 and to 14 members, the request alone: mails are sent by the queue.

Goal of limits: 30 ms where one message to 15 people takes 15, so at most twice such a message in the same run; at
most 15 queries. It was set for the records of a dispatch: letter and pack are laid out and sealed, and the council's
findings judged, in the same request, so each has a line of its own.
"""

from contextlib import contextmanager
from types import SimpleNamespace
from unittest.mock import patch

from .build import builder, coming, staffed
from .lines import Line, growth, ratio, undone

SIZES = (5, 14)
GOAL, GOAL_QUERIES = 2, 15


def measure(env):
    """Lines for the whole request, for its records alone, and for the growth."""
    build = builder(env)
    env, whole, bare = build.env, {}, {}
    for members in SIZES:
        council, secretary = staffed(build, f"DISPATCH{members}", members)
        session = coming(build, council, secretary)
        notice = session.env["shora.notice"]._prepare_for(session)
        undone(env, notice.action_dispatch, times=1)  # fonts and style sheets are prepared once
        whole[members] = undone(env, notice.action_dispatch)
        with records_alone(env):
            bare[members] = undone(env, notice.action_dispatch)
        floor = undone(env, lambda session=session, council=council: message(session, council))
        title = f"dispatch to {members} members"
        seconds, queries = bare[members]
        yield ratio(f"{title}: its records / one message to all", seconds * 1000, floor[0] * 1000, GOAL, "ms")
        result = f"{queries} (whole request {whole[members][1]}, one message {floor[1]})"
        yield Line(f"{title}: queries of its records", result, f"at most {GOAL_QUERIES}", queries <= GOAL_QUERIES)
    yield growth("dispatch: the whole request, 14 members / 5", whole, SIZES, 1.5)


def message(session, council):
    """One message of the platform to all members, not sent."""
    session.message_notify(
        body="Notice",
        subject="Notice",
        partner_ids=council._members_on(session.day).partner_id.ids,
        force_send=False,
    )


@contextmanager
def records_alone(env):
    """Without laying out letter and pack, and without judging the council's findings."""
    with without_layout(env), patch.object(env.registry["shora.finding"], "_check", lambda *args: None):
        yield


@contextmanager
def without_layout(env):
    """Letter and pack are a few bytes."""
    pdf, pack = env.registry["shora.pdf"], SimpleNamespace(pdf=b"%PDF-1.7", pages=1, entries=[])
    with (
        patch.object(pdf, "_render", lambda *args, **kwargs: b"%PDF-1.7"),
        patch.object(pdf, "_pack", lambda *args: pack),
    ):
        yield
