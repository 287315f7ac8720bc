"""A council with a past, a coming session, and everybody to whom it is closed; what is secret carries ``SECRET``."""

import json
from datetime import timedelta

from odoo import fields
from odoo.addons.shora_council.rules import clock
from odoo.tests import tagged

from tests.common import ShoraHttpCase, tehran

QUIET = ("odoo.http", "odoo.addons.base.models.ir_rule", "odoo.addons.base.models.ir_model", "odoo.models")
#: in every title, text and file of the council that outsiders may not see
SECRET = "Nihan-Raaz"
PDF = f"%PDF-1.4 {SECRET}".encode()
OUTSIDERS = ("other", "guest", "former", "colleague", "employee", "anonymous")


@tagged("post_install", "-at_install")
class RefusedCase(ShoraHttpCase):
    """``member``, on the portal, and ``fellow``, an employee, may see the council; the others are:

    other: member of another council; guest: of one item of a session that is closed by now; former: whose membership
    ended yesterday; colleague: the same, an employee who kept the group; employee: without any role; anonymous.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context={**cls.env.context, "lang": "en_US"})
        cls.make_offices()
        cls.today = clock.tehran_day(fields.Datetime.now())
        first = cls.day(-90)
        cls.council = cls.make_council("REF")
        cls.council.name = f"{SECRET} council"
        cls.secretary, cls.people = cls.staff_council(cls.council, experts=2, prefix="rf", date_from=first)
        cls.outsiders = {"employee": cls.employee, "anonymous": None}
        members = {}
        for seat, name, group in (
            ("B4", "member", "base.group_portal"),
            ("B5", "former", "base.group_portal"),
            ("B6", "colleague", "shora_council.group_shora_member"),
            ("B7", "fellow", "shora_council.group_shora_member"),
        ):
            user = cls.make_user(f"t_ref_{name}", group)
            members[name] = cls.appoint(cls.council, seat, user.partner_id, first)
            cls.outsiders[name] = user
        cls.member, cls.fellow = cls.outsiders.pop("member"), cls.outsiders.pop("fellow")
        cls.outsiders["guest"] = cls.make_user("t_ref_guest", "base.group_portal")
        cls.make_other(first)
        cls.make_past()
        cls.make_coming()
        cls.feeds = {
            name: cls.env["shora.ics.token"].with_user(user)._renew()
            for name, user in (*cls.outsiders.items(), ("member", cls.member))
            if user
        }
        for name in ("former", "colleague"):
            cls.end(members[name], day=cls.day(-1))
        cls.keys = {name: cls.make_key(user) for name, user in cls.outsiders.items() if user}
        cls.keys.update({"member": cls.make_key(cls.member), "fellow": cls.make_key(cls.fellow)})
        cls.env.flush_all()

    @classmethod
    def day(cls, days):
        return str(cls.today + timedelta(days=days))

    @classmethod
    def make_key(cls, user):
        soon = fields.Datetime.now() + timedelta(hours=12)
        return cls.env["res.users.apikeys"].with_user(user)._generate("rpc", "test", soon)

    @classmethod
    def make_other(cls, first):
        council = cls.make_council("REF2")
        secretary, _people = cls.staff_council(council, experts=1, prefix="rg", date_from=first)
        cls.other_secretary = secretary
        secretary.password = secretary.login
        cls.outsiders["other"] = cls.make_user("t_ref_other", "base.group_portal")
        cls.appoint(council, "B2", cls.outsiders["other"].partner_id, first)
        cls.others_session = cls.plan(cls, council, cls.day(12), user=secretary)

    @classmethod
    def give_document(cls, item, name):
        document = cls.env["ir.attachment"].create(
            {"name": f"{SECRET}-{name}.pdf", "raw": PDF, "res_model": item._name, "res_id": item.id}
        )
        item.write({"name": f"{SECRET} {name}", "description": SECRET, "attachment_ids": [(4, document.id)]})
        return document

    @classmethod
    def make_past(cls):
        """A session that was held and closed, with resolution and signed minutes; the guest was at its only item."""
        with tehran(f"{cls.day(-30)} 09:00"):
            cls.past = cls.plan(cls, cls.council, cls.day(-20))
            cls.past_item = cls.past.agenda_item_ids
            cls.past_document = cls.give_document(cls.past_item, "past")
            cls.past_item.guest_ids = cls.outsiders["guest"].partner_id
            cls.dispatch(cls, cls.past)
        with tehran(f"{cls.day(-20)} 12:30"):
            cls.past.write({"presiding_ground": "chair", "state": "open"})
            resolution = {"session_id": cls.past.id, "agenda_item_id": cls.past_item.id, "name": f"{SECRET} resolution"}
            cls.resolution = cls.past.env["shora.resolution"].create(resolution)
            cls.resolution._store_facts({"state": "adopted"})  # how it was adopted is not what is tested here
            cls.close(cls, cls.past)
            cls.minutes = cls.past.env["shora.minutes"]._draft_for(cls.past)
            cls.minutes._sign("password")

    @classmethod
    def make_coming(cls):
        """A session whose notice is out, answered and opened by the member."""
        cls.coming = cls.plan(cls, cls.council, cls.day(10), place=f"{SECRET} hall")
        cls.item = cls.coming.agenda_item_ids
        cls.document = cls.give_document(cls.item, "coming")
        cls.dispatch(cls, cls.coming)
        cls.note = cls.coming.message_post(
            body=f"{SECRET} note", message_type="comment", subtype_xmlid="mail.mt_comment"
        )
        membership = cls.coming._membership_of(cls.member.partner_id)
        cls.coming._store_reply(membership, "not_attending", SECRET)
        cls.env["shora.document.opening"]._record(cls.coming, cls.member.partner_id, cls.document)

    def records(self):
        """What a member of the council reads, one record of each kind."""
        mine = self.member.partner_id.shora_membership_ids
        return [
            self.council,
            self.council.seat_ids[0],
            mine,
            self.past,
            self.coming,
            self.past_item,
            self.item,
            self.resolution,
            self.past.attendance_ids.filtered(lambda row: row.partner_id == self.member.partner_id),
            self.minutes,
            self.coming.reply_ids,
            self.coming.opening_ids,
            self.past.notice_id.document_ids,
            self.coming.notice_id.document_ids,
            self.past_document,
            self.document,
            *self.files(),
            *self.files().directory_id,
        ]

    def files(self):
        """The documents of both items as the documents app shows them."""
        documents = self.past_document | self.document
        return self.env["dms.file"].search([("attachment_id", "in", documents.ids)])

    def reader(self, record):
        """Who of the council reads ``record`` by any way; files the portal reads on its own pages only."""
        return "member" if record._name.startswith("shora.") else "fellow"

    # --- ways in ---

    def enter(self, name):
        """Log in as one of the outsiders, as ``member`` or ``fellow``; ``anonymous`` logs out."""
        user = {**self.outsiders, "member": self.member, "fellow": self.fellow}[name]
        self.authenticate(user and user.login, user and user.login)
        self.env.invalidate_all()

    def rpc(self, model, method, *args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def json2(self, name, model, method, **body):
        """(status, text) of a call by API key; the anonymous visitor has none, or a made-up one."""
        key = self.keys.get(name, "0" * 40)
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        answer = self.url_open(f"/json/2/{model}/{method}", data=json.dumps(body), headers=headers)
        return answer.status_code, answer.text

    def address(self, tail="", session=None):
        return f"/my/councils/session/{(session or self.coming).id}{tail}"
