"""Input of ``odoo-bin shell``: eight councils, fifty members with a login and the sessions of a day under load.

Commits, and prints what the clients of ``load.py`` need to know.
"""

import json
import os
from datetime import timedelta

from lxml import etree
from odoo import Command

from tests.common import tehran

from .build import builder, coming, staffed
from .dispatch import without_layout
from .lists import List

COUNCILS, MEMBERS, SESSIONS = 8, 50, 7
#: seat of each council whose member is always marked absent: deemed resigned with the third closing
ABSENT = "B5"


def main(env):
    """Fill the database and write the clients' file, named in ``SHORA_LOAD``."""
    build = builder(env)
    build.TODAY = build.env["shora.council"]._today()
    logins, secretaries = [], []
    for number in range(COUNCILS):
        with without_layout(build.env):  # decrees are not read either
            council, secretary = staffed(build, f"LOAD{number}")
        share = MEMBERS // COUNCILS + (number < MEMBERS % COUNCILS)
        members = give_logins(build.env, council, share, number)
        with without_layout(build.env):  # nor are these notices
            waiting = [invited(build, council, secretary, SESSIONS - back) for back in range(SESSIONS)]
        session = with_documents(build, council, secretary)
        build.dispatch(session)
        logins += [{"login": member.login, "session": session.id} for member in members]
        secretaries.append(
            {
                "login": secretary.login,
                "council": council.id,
                "sessions": [one.id for one in waiting],
                "absent": council.membership_ids.filtered(lambda one: one.seat_id.code == ABSENT).partner_id.id,
                "chair": council.chair_id.id,
            }
        )
        build.env.cr.commit()
    facts = {"members": logins, "secretaries": secretaries, **views(build.env(user=secretary))}
    with open(os.environ["SHORA_LOAD"], "w", encoding="utf-8") as file:
        json.dump(facts, file)
    print("LOAD filled")


def give_logins(env, council, number, council_number):
    """Portal users for so many members that have none; the login is the password."""
    partners = council.membership_ids.partner_id.filtered(lambda partner: not partner.user_ids)[:number]
    group = env.ref("base.group_portal")
    return (
        env["res.users"]
        .with_context(no_reset_password=True)
        .create(
            [
                {
                    "partner_id": partner.id,
                    "login": f"load_member_{council_number}_{place}",
                    "password": f"load_member_{council_number}_{place}",
                    "group_ids": [Command.set(group.ids)],
                    "lang": "fa_IR",
                }
                for place, partner in enumerate(partners)
            ]
        )
    )


def invited(build, council, secretary, back):
    """A session of ``back`` days ago, invited in time and not opened yet."""
    day = build.TODAY - timedelta(days=back)
    with tehran(f"{day - timedelta(days=10)} 09:00"):
        session = build.plan(council, str(day), user=secretary)
        build.dispatch(session)
    return session


def with_documents(build, council, secretary):
    """A coming session with a report of thirty pages on its agenda."""
    session = coming(build, council, secretary)
    text = "گزارش عملکرد سه‌ماههٔ نخست سال و برنامهٔ دوره‌های آینده در همکاری با شهرهای خواهرخوانده. " * 12
    raw = build.env["shora.pdf"]._laid_out(f'<html lang="fa" dir="rtl"><body>{f"<p>{text}</p>" * 60}</body></html>')[0]
    item = session.agenda_item_ids
    document = session.env["ir.attachment"].create(
        {"name": "گزارش.pdf", "raw": raw, "res_model": item._name, "res_id": item.id}
    )
    item.attachment_ids = document
    return session


def views(env):
    """What the web client asks for: {list: specification, form: specification} of sessions."""
    return {"list": List(env, "shora.session", False, []).asked, "form": form_of(env, "shora.session")}


def form_of(env, model):
    """The specification of a form's fields, embedded lists included."""
    arch = etree.fromstring(env[model].get_view(False, "form")["arch"])
    asked = {}
    for node in arch.xpath("//field[not(ancestor::field)]"):
        field = env[model]._fields[node.get("name")]
        inner = {one.get("name"): {} for one in node.xpath("./list/field")}
        asked[field.name] = {"fields": inner or {"display_name": {}}} if field.relational else {}
    return asked
