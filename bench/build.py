"""What is measured on: a council built by the rules' own steps, and years of attendance written past them."""

from datetime import timedelta

from odoo.tools import SQL

from tests.common import CouncilBuilder, tehran

SESSIONS_A_YEAR = 26
#: appointed so long ago: memberships last one Jalali year
SINCE = 300


def builder(env):
    """The tests' builder over ``env``, for Persian readers, with all offices."""

    class Builder(CouncilBuilder):
        pass

    Builder.env = env(user=env.ref("base.user_root"), context={"lang": "fa_IR", "tz": "Asia/Tehran"})
    Builder.make_offices()
    return Builder()


def staffed(build, code, members=14):
    """A council of ``members`` of whom four sit by their office; ten experts are the most (4 B).

    Return (council, user of the secretary).
    """
    since = build.env["shora.council"]._today() - timedelta(days=SINCE)
    with tehran(f"{since} 08:00"):
        council = build.make_council(code)
        secretary, _people = build.staff_council(council, members - 4, prefix=code.lower(), date_from=str(since))
    return council, secretary


def add_history(env, council, first, last):
    """Closed ordinary sessions number ``first`` to ``last``, each a fortnight before the one before, for the members
    of now, whose memberships are made as old; nobody is absent three times in a row.
    """
    env.flush_all()
    env.cr.execute(
        SQL(
            """
            UPDATE shora_membership SET date_from = date_from - 7300 WHERE council_id = %(council)s;
            WITH held AS (
                INSERT INTO shora_session (council_id, company_id, kind, state, number, start, stop, day,
                                           attendance_confirmed_at)
                SELECT id, company_id, 'ordinary', 'closed', 10000 - n, moment, moment + interval '2 hours',
                       moment::date, moment + interval '3 hours'
                  FROM shora_council,
                       generate_series(%(first)s, %(last)s) n,
                       LATERAL (SELECT (now() AT TIME ZONE 'UTC')::date + time '06:30' - n * interval '14 days')
                            AS m(moment)
                 WHERE id = %(council)s
             RETURNING id, council_id, company_id, number, start
            )
            INSERT INTO shora_attendance (session_id, council_id, company_id, session_start, kind, membership_id,
                                          seat_sequence, partner_id, status, counted)
            SELECT s.id, s.council_id, s.company_id, s.start, 'member', m.id, m.seat_sequence, m.partner_id,
                   CASE WHEN (s.number + m.id) %% 5 = 0 THEN 'absent' ELSE 'present' END, TRUE
              FROM held s JOIN shora_membership m ON m.council_id = s.council_id AND m.state = 'current';
            ANALYZE shora_session; ANALYZE shora_attendance
            """,
            council=council.id,
            first=first,
            last=last,
        )
    )
    env.invalidate_all()


def coming(build, council, secretary, days=20):
    """A scheduled session so many days from today."""
    day = build.env["shora.council"]._today() + timedelta(days=days)
    return build.plan(council, str(day), user=secretary)


def held(build, council, secretary):
    """Today's session: invited in time, marked, held, and not closed yet."""
    today = build.env["shora.council"]._today()
    with tehran(f"{today - timedelta(days=9)} 09:00"):
        session = build.plan(council, str(today), user=secretary)
        build.dispatch(session)
    session.write({"presiding_ground": "chair", "state": "open"})
    for row in session.attendance_ids:
        row.status = "present"
    session.agenda_item_ids.action_discuss()
    session.action_hold()
    return session
