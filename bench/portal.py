"""The member's pages on the portal, whole requests through Odoo's own WSGI, beside ``/my`` of the same visitor.

A member of a council with 15 past sessions, then with 150; a page shows 20 of them. Goals: at most 1.3 times ``/my``
in the same run; as many queries with 150 sessions as with 20.
"""

import threading

from odoo.http import get_default_session, root
from odoo.service import security
from odoo.tools import SQL
from werkzeug.test import Client

from .build import add_history, builder, coming, staffed
from .lines import Line, best

#: what is measured is committed: requests open cursors of their own
COMMITS = True
SIZES = (20, 150)
GOAL = 1.3
PAGES = {
    "coming and past sessions": "/my/councils",
    "own attendance": "/my/councils/attendance",
    "minutes": "/my/councils/minutes",
    "own decrees": "/my/councils/decrees",
}


def measure(env):
    """Lines for each page with the longer past, and one for the queries."""
    build = builder(env)
    council, secretary = staffed(build, "PORTAL")
    member = visitor(build.env, council)
    session = coming(build, council, secretary)
    build.dispatch(session)
    pages = {**PAGES, "a session": f"/my/councils/session/{session.id}"}
    before, costs = 0, {}
    for sessions in SIZES:
        add_history(build.env, council, before + 1, sessions)
        add_minutes(build.env, council)
        before = sessions
        build.env.cr.commit()
        client = enter(build.env, member)
        costs[sessions] = {path: request(client, path)[1] for path in ("/my", *pages.values())}
    for name, path in pages.items():
        runs = [(request(client, path)[0], request(client, "/my")[0]) for _run in range(5)]
        seconds, floor = (min(run[which] for run in runs) for which in (0, 1))
        result = f"{seconds * 1000:.0f} ms / {floor * 1000:.0f} ms = {seconds / floor:.2f}"
        result += f" ({costs[before][path]} / {costs[before]['/my']} queries)"
        yield Line(f"portal: {name} / the page /my", result, f"at most {GOAL:g}", seconds <= GOAL * floor)
    few, many = (costs[size] for size in SIZES)
    grown = [f"{path} {few[path]} → {many[path]}" for path in few if many[path] > few[path]]
    title = f"portal pages whose queries grow from {SIZES[0]} past sessions to {SIZES[1]}"
    yield Line(title, ", ".join(grown) or f"none of {len(pages)}", "none", not grown)


def visitor(env, council):
    """A portal user for a member of ``council``."""
    partner = council.membership_ids.partner_id.filtered(lambda partner: not partner.user_ids)[-1]
    groups = [(6, 0, env.ref("base.group_portal").ids)]
    values = {"partner_id": partner.id, "login": "bench_member", "group_ids": groups, "lang": "fa_IR"}
    return env["res.users"].with_context(no_reset_password=True).create(values)


def add_minutes(env, council):
    """Forwarded minutes with an adopted resolution for each past session that has none."""
    env.cr.execute(
        SQL(
            """
            INSERT INTO shora_minutes (session_id, council_id, company_id, state, forwarded_at)
            SELECT id, council_id, company_id, 'forwarded', stop + interval '1 day' FROM shora_session s
             WHERE council_id = %s AND state = 'closed'
               AND NOT EXISTS (SELECT FROM shora_minutes m WHERE m.session_id = s.id);
            INSERT INTO shora_resolution (session_id, council_id, company_id, name, state, ballot, number)
            SELECT id, council_id, company_id, 'R', 'adopted', 'open', number || '/1' FROM shora_session s
             WHERE council_id = %s AND state = 'closed'
               AND NOT EXISTS (SELECT FROM shora_resolution r WHERE r.session_id = s.id);
            ANALYZE shora_minutes; ANALYZE shora_resolution
            """,
            council.id,
            council.id,
        )
    )
    env.invalidate_all()


def enter(env, user):
    """A client whose web session is that of ``user``."""
    session = root.session_store.new()
    session.update(get_default_session(), db=env.cr.dbname, _trace_disable=True)
    session.uid, session.login = user.id, user.login
    session.session_token = security.compute_session_token(session, env(user=user))
    session.context = dict(env(user=user)["res.users"].context_get())
    root.session_store.save(session)
    client = Client(root)
    client.set_cookie("session_id", session.sid, domain="localhost")
    request(client, "/my")
    return client


def request(client, path):
    """(seconds, queries) of the page, the second time it is asked for."""
    queries = []

    def get():
        answer = client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        answer.get_data()
        queries.append(threading.current_thread().query_count)

    get()
    return best(get, times=2), queries[-1]
