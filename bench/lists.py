"""Every list that an action of ours opens with, read as its screen reads it, beside the stock list of calendar events.

Data: 500 councils, 195,000 rows of attendance. Goals: for 80 rows at most 1.3 times the stock list of 80 rows in the
same run; queries do not grow with the rows from 15 to 80.
"""

from datetime import timedelta

from lxml import etree
from odoo import fields
from odoo.addons.shora_council.models.calendar_event import QUIET

from . import screens
from .lines import Line, beside
from .xlsx import make

FEW, MANY = 15, 80
#: queries that more rows may add at most, however many they are: a row may be the first to name another kind of record
KINDS = 5
GOAL = 1.3
STOCK = "calendar.event"


def measure(env):
    """One line for the queries of all lists, one for each list that has the rows to be measured."""
    root = env(user=env.ref("base.user_root"), context={"lang": "fa_IR", "tz": "Asia/Tehran"})
    councils = make(root, screens.COUNCILS)
    screens.fill(root, councils)
    root["shora.finding"]._check(councils[:20])
    make_events(root, councils[0].membership_ids.partner_id)
    root.flush_all()
    reader = root["res.users"].create(
        {
            "name": "Reader",
            "login": "bench_reader",
            "group_ids": [(6, 0, root.ref("shora_council.group_shora_secretariat_head").ids)],
            "lang": "fa_IR",
        }
    )
    env = root(user=reader)
    stock = List(env, STOCK, False, [])
    stock.cold(MANY)
    grown, measured = [], 0
    for each in ours(env):
        few, many = each.queries(FEW), each.queries(MANY)
        if many > few + KINDS:
            grown.append(f"{each.model} {few} → {many}")
        if each.rows < MANY:
            continue
        measured += 1
        seconds, floor = beside(lambda each=each: each.cold(MANY), lambda: stock.cold(MANY), 5)
        yield Line(
            f"list {each.model}, {MANY} rows / stock list of events",
            f"{seconds * 1000:.1f} ms / {floor * 1000:.1f} ms = {seconds / floor:.2f} ({many} queries)",
            f"at most {GOAL:g}",
            seconds <= GOAL * floor,
        )
    yield Line(
        f"lists whose queries grow from {FEW} rows to {MANY}",
        ", ".join(grown) or f"none of {measured}",
        "none",
        not grown,
    )


def make_events(env, people):
    now = fields.Datetime.now().replace(microsecond=0)
    env["calendar.event"].with_context(**QUIET).create(
        [
            {
                "name": f"Meeting {n}",
                "start": now + timedelta(hours=n),
                "stop": now + timedelta(hours=n + 1),
                "partner_ids": [(6, 0, people.ids)],
            }
            for n in range(MANY)
        ]
    )


def ours(env):
    """The lists with which actions of ours open, one a model, of those that the user may read."""
    seen = set()
    for action in env["ir.actions.act_window"].sudo().search([("view_mode", "=like", "list%")], order="id"):
        module = next(iter(action.get_external_id().values()), "").split(".")[0]
        model = action.res_model
        if not module.startswith("shora_") or model in seen or not env[model].has_access("read"):
            continue
        if env[model]._transient or env[model]._abstract:
            continue
        view = next((view.id for view in action.view_ids.view_id if view.type == "list"), False)
        seen.add(model)
        yield List(env, model, view, [])


class List:
    """One list view, read as the client reads it."""

    def __init__(self, env, model, view, domain):
        self.env, self.model, self.domain = env, model, domain
        arch = etree.fromstring(env[model].get_view(view, "list")["arch"])
        self.asked = {"id": {}}
        for node in arch.xpath("/list/field"):
            if node.get("column_invisible") not in ("1", "True"):
                field = env[model]._fields[node.get("name")]
                self.asked[field.name] = {"fields": {"display_name": {}}} if field.relational else {}
        self.rows = env[model].search_count(domain, limit=MANY)

    def read(self, limit):
        return self.env[self.model].web_search_read(self.domain, self.asked, limit=limit, count_limit=10001)

    def cold(self, limit):
        self.env.invalidate_all()
        self.read(limit)

    def queries(self, limit):
        self.cold(limit)  # what is fetched once and kept
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.read(limit)
        return self.env.cr.sql_log_count - before
