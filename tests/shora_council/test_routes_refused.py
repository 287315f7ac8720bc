"""Every route of our addons, read off the routing map, asked by everybody outside with the council's own ids.

A new route is asked too: numbers in its address are the ids of the council's records, words those that it may know.
"""

import re
from itertools import product

import pytest
from odoo.addons.shora_council.models.pdf import ON_DEMAND
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from tests.shora_council.matrix_case import ADDONS
from tests.shora_council.refused_case import OUTSIDERS, PDF, QUIET, SECRET, RefusedCase

pytestmark = pytest.mark.dear

#: <kind:name> or <name> in the rule of a route
PART = re.compile(r"<(?:(\w+)(?:\([^)]*\))?:)?(\w+)>")
#: a former member keeps the own decrees, which name the council
EXCEPTIONS = {("former", "/my/councils/decrees"), ("colleague", "/my/councils/decrees")}
PACKAGES = tuple(f"odoo.addons.{addon}." for addon in ADDONS)


@tagged("post_install", "-at_install")
class TestRoutes(RefusedCase):
    def routes(self):
        """{rule: endpoint} of what is written or overridden by one of our addons."""
        web, found = self.env["ir.http"], {}
        installed = sorted(self.registry._init_modules)
        for rule, endpoint in web._generate_routing_rules(installed, converters=web._get_converters()):
            method = endpoint.func
            writers = [cls for cls in type(method.__self__).mro() if method.__name__ in vars(cls)]
            if any(cls.__module__.startswith(PACKAGES) for cls in writers):
                found[rule] = endpoint
        return found

    def known(self):
        """{model: ids of the council's records}"""
        foreign = self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B1"]).decree_id
        found = {"shora.notice": self.coming.notice_id.ids}
        for record in (*self.records(), foreign):
            found.setdefault(record._name, []).extend(record.ids)
        for model in {model for model, _name in ON_DEMAND} - set(found):
            records = self.env[model].sudo()
            if "council_id" in records._fields and not records._transient:
                found[model] = records.search([("council_id", "=", self.council.id)]).ids
        return {model: sorted(set(ids)) for model, ids in found.items()}

    def addresses(self, rule, known):
        """The route's addresses with the council's ids in them."""
        parts = {name: kind for kind, name in PART.findall(rule)}
        if {"model", "res_id", "name"} <= parts.keys():
            filled = [
                {"model": model, "res_id": number, "name": name}
                for model, name in ON_DEMAND
                for number in known.get(model, ())
            ]
        elif "reportname" in parts:
            reports = self.env["ir.actions.report"].sudo().search([("report_name", "=like", "shora_council%")])
            filled = [
                {"reportname": one.report_name, "docids": ",".join(map(str, ids)), "converter": converter}
                for one in reports
                for ids in [known.get(one.model) or [1]]
                for converter in ("xlsx", "html")
            ]
        else:
            choices = [self.numbers(name, known) if kind == "int" else ["0" * 64] for name, kind in parts.items()]
            filled = [dict(zip(parts, values, strict=True)) for values in product(*choices)]
        return {PART.sub(lambda part, values=values: str(values[part[2]]), rule) for values in filled}

    def numbers(self, name, known):
        """Ids of the council's records of the model that a part of an address speaks of, or of all of them."""
        stem = name.removesuffix("_id")
        mine = [ids for model, ids in known.items() if model.replace(".", "_").endswith(stem)]
        return sorted(set().union(*(mine or known.values())))

    def ask(self, endpoint, address, token):
        methods = endpoint.routing.get("methods")
        if endpoint.routing.get("type") in ("json", "jsonrpc"):
            try:
                return 200, str(self.make_jsonrpc_request(address, {}))
            except JsonRpcException:
                return 403, ""
        data = None if not methods or "GET" in methods else {"csrf_token": token, "answer": "attending"}
        answer = self.url_open(address, data=data)
        return answer.status_code, answer.text if PDF not in answer.content else SECRET

    @mute_logger(*QUIET)
    def test_every_route(self):
        routes, known = self.routes(), self.known()
        self.assertIn("/my/councils/session/<int:session_id>/reply", routes)
        self.assertIn("/report/<converter>/<reportname>/<docids>", routes)
        wrong, asked = [], 0
        for who in OUTSIDERS:
            self.enter(who)
            token = re.search(r'csrf_token(?:" value=|: )"([^"]+)"', self.url_open("/my/account").text).group(1)
            for rule, endpoint in routes.items():
                for address in sorted(self.addresses(rule, known)):
                    status, text = self.ask(endpoint, address, token)
                    asked += 1
                    if status == 500 or (SECRET in text and (who, address) not in EXCEPTIONS):
                        wrong.append(f"{who} {address}: {status}")
        self.assertFalse(wrong, "\n".join(wrong))
        self.assertGreater(asked, len(OUTSIDERS) * len(routes))
        self.assertEqual(self.coming.reply_ids.mapped("answer"), ["not_attending"])

    @mute_logger(*QUIET)
    def test_links_of_the_calendar(self):
        """Any employee reads the tokens of attendees; by one anybody would read a session and answer for members."""
        event = self.coming.event_id
        attendee = event.attendee_ids.filtered(lambda one: one.partner_id == self.member.partner_id)
        attendee.sudo().access_token = "known"
        before = attendee.state
        other = self.env["calendar.event"].create({"name": "Stock", "partner_ids": [(4, self.member.partner_id.id)]})
        other.attendee_ids.filtered(lambda one: one.partner_id == self.member.partner_id).access_token = "stock"
        for who in ("anonymous", "employee", "member"):
            self.enter(who)
            for page in (
                "meeting/view",
                "meeting/accept",
                "meeting/decline",
                "recurrence/accept",
                "recurrence/decline",
            ):
                with self.subTest(who=who, page=page):
                    answer = self.url_open(f"/calendar/{page}?token=known&id={event.id}")
                    self.assertEqual(answer.status_code, 400)
                    self.assertNotIn(SECRET, answer.text)
        self.assertEqual(attendee.state, before)
        self.enter("anonymous")
        self.assertIn("Stock", self.url_open(f"/calendar/meeting/view?token=stock&id={other.id}").text)
