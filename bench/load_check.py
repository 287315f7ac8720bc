"""Input of ``odoo-bin shell`` after ``load.py``: is what the clients were told was done in the database, once?"""

import json
import os
from collections import Counter

from odoo.fields import Domain

LIMIT = 3  # absences in a row, clause 5-6


def main(env):
    """Print one line for each thing that is not as the clients left it, and how much was compared."""
    with open(os.environ["SHORA_LOAD"], encoding="utf-8") as file:
        told = json.load(file)
    wrong = [*marks(env, told), *closings(env, told), *resignations(env, told), *openings(env, told)]
    wrong += [f"client never came back: {login}" for login in told["stuck"]]
    for one in wrong:
        print(f"WRONG {one}")
    compared = {
        "marks": sum(len(one["marks"]) for one in told["secretaries"]),
        "closings": sum(len(one["closed"]) for one in told["secretaries"]),
        "packs": sum(one["packs"] for one in told["members"]),
    }
    print(f"LOAD {json.dumps(compared)}")


def marks(env, told):
    """Every mark that was answered is what is recorded."""
    for one in told["secretaries"]:
        wanted = {int(row): status for row, status in one["marks"].items()}
        for row in env["shora.attendance"].browse(wanted):
            if row.status != wanted[row.id]:
                yield f"attendance {row.id} is {row.status}, was marked {wanted[row.id]}"


def closings(env, told):
    """Closed sessions are closed, and became so once."""
    state = env["shora.session"]._fields["state"]
    languages = (env(context={"lang": lang}) for lang in ("fa_IR", "en_US"))
    labels = [dict(state._description_selection(reader))["closed"] for reader in languages]
    for one in told["secretaries"]:
        sessions = env["shora.session"].browse(one["closed"])
        steps = env["mail.tracking.value"].search(
            Domain("field_id", "=", env["ir.model.fields"]._get("shora.session", "state").id)
            & Domain("mail_message_id.model", "=", "shora.session")
            & Domain("mail_message_id.res_id", "in", sessions.ids)
            & Domain("new_value_char", "in", labels)
        )
        times = Counter(step.mail_message_id.res_id for step in steps)
        for session in sessions:
            if session.state != "closed" or times[session.id] != 1:
                yield f"session {session.id} is {session.state} and was closed {times[session.id]} times"


def resignations(env, told):
    """Who missed three closed sessions in a row is deemed resigned, once; nobody else is."""
    records = env["shora.deemed.resignation"].search([("state", "=", "in_force")])
    wanted = Counter((one["council"], one["absent"]) for one in told["secretaries"] if len(one["closed"]) >= LIMIT)
    wanted.update(others(env, told))
    found = Counter((record.council_id.id, record.partner_id.id) for record in records)
    if found != wanted:
        yield f"deemed resigned {dict(found - wanted)}, not deemed resigned {dict(wanted - found)}"


def others(env, told):
    """(council, person) of those whom chance made absent three times in a row, counted from the recorded marks."""
    for one in told["secretaries"]:
        runs = Counter()
        for session in env["shora.session"].browse(one["closed"]).sorted("start"):
            for row in session.attendance_ids.filtered(lambda row: row.kind == "member"):
                away = row.status in ("absent", "excused")
                runs[row.partner_id.id] = runs[row.partner_id.id] + 1 if away else 0
                if runs[row.partner_id.id] == LIMIT and row.partner_id.id != one["absent"]:
                    yield one["council"], row.partner_id.id


def openings(env, told):
    """Each download of a pack was counted, and the last answer is the one that is kept."""
    for one in told["members"]:
        partner = env["res.users"].search([("login", "=", one["login"])]).partner_id
        session = env["shora.session"].browse(one["session"])
        times = sum(session.opening_ids.filtered(lambda row, who=partner: row.partner_id == who).mapped("times"))
        if times != one["packs"]:
            yield f"{one['login']} opened the pack {one['packs']} times, {times} are recorded"
        replies = session.reply_ids.filtered(lambda row, who=partner: row.partner_id == who)
        if one["answer"] and replies.mapped("answer") != [one["answer"]]:
            yield f"{one['login']} answered {one['answer']}, {replies.mapped('answer')} is recorded"
