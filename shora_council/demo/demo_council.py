import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..rules import clock
from .demo_words import AGENDAS

# Seat code → demo person; experts come in two groups so that some terms end soon and the renewal shows on the desk.
EX_OFFICIO = {"A1": "a1", "A2": "secretary", "A3": "a3", "A4": "a4"}
EXPERTS = {"B1": "chair", "B2": "member", "B3": "portal", "B4": "b3", "B5": "b4", "B6": "b5", "B7": "b6", "B8": "b7"}


class ShoraDemo(models.AbstractModel):
    """Builds the demonstration through the very steps people take, each as the user whose step it is.

    Nothing here is public and nothing runs outside the loading of demonstration data.
    """

    _name = "shora.demo"
    _description = "Demonstration of a council"

    @api.model
    def _build(self):
        self._speak_persian()
        self._make_people()
        first = self.env.ref("shora_council.council_irud")
        first.write({"staff_user_ids": [(4, self._user("staff").id)], "place": "سالن جلسات مرکز، طبقه سوم"})
        councils = first | self._make_second_council()
        letters = self.env["mail.mail"].search([])
        self._live(councils)
        for council in councils:
            self._ahead(council)
        self.env["shora.finding"]._check(councils)
        # A demonstration has no mail server: what it wrote in a year is not sent in one night.
        (self.env["mail.mail"].search([("state", "=", "outgoing")]) - letters).write({"state": "cancel"})

    def _user(self, name):
        return self.env.ref(f"shora_council.demo_user_{name}")

    def _partner(self, name):
        return self.env.ref(f"shora_council.demo_partner_{name}")

    def _as(self, name, records):
        """``records`` in the hands of the demo user ``name``, without mail side effects of the demonstration."""
        return records.with_user(self._user(name)).with_context(mail_notrack=True, lang="fa_IR", tz="Asia/Tehran")

    def _speak_persian(self):
        lang = self.env["res.lang"]._activate_lang("fa_IR")
        # The platform loads terms after demonstration data; what is written here must be Persian already.
        self.env["ir.module.module"]._load_module_terms(["web_jalali", "shora_council"], ["fa_IR"])
        self.env.company.name = "مرکز مطالعات و برنامه‌ریزی شهر تهران"
        people = self.env["res.users"].search([("login", "in", [user.login for user in self._all_users()])])
        people.partner_id.write({"lang": lang.code})
        people.filtered(lambda user: not user.share).action_id = self.env.ref("shora_council.shora_desk_action").id

    def _all_users(self):
        names = self.env["ir.model.data"].search([("module", "=", "shora_council"), ("model", "=", "res.users")])
        return self.env["res.users"].browse(names.mapped("res_id"))

    # --- people ---

    def _decree(self, council, kind, code, name, first, issue=True):
        seat = council.seat_ids.filtered(lambda s: s.code == code)
        decree = self._as("office", self.env["shora.decree"]).create(
            {
                "council_id": council.id,
                "kind": kind,
                "seat_id": seat.id,
                "partner_id": self._partner(name).id,
                "date_from": first,
                **(self._expertise(code) if seat.kind == "expert" else {}),
            }
        )
        decree.action_propose()
        if issue:
            self._as("president", decree).action_issue()
        return decree

    def _expertise(self, code):
        """What the secretary's proposal says of an expert: each covers another part of the themes and tendencies."""
        number = int(code[1:])
        themes = self.env["shora.theme"].search(Domain.TRUE)
        tendencies = self.env["shora.tendency"].search(Domain.TRUE)
        return {
            "proposal_note": f"۱۴۰۵/د/{self.env['shora.words']._digits(40 + number)}",
            "academic_rank": ("استاد", "دانشیار", "استادیار")[number % 3],
            "field_of_study": ("روابط بین‌الملل", "مطالعات شهری", "حقوق بین‌الملل")[number % 3],
            "theme_ids": [(6, 0, themes[number * 2 - 2 : number * 2].ids)],
            "tendency_ids": [(6, 0, tendencies[number - 1 : number + 1].ids)],
        }

    # --- sessions ---

    def _session(self, council, day, items):
        start = clock.day_start_utc(day) + timedelta(hours=council.session_hour)
        sessions = self._as(self._secretary_name(council), self.env["shora.session"])
        session = sessions.create({"council_id": council.id, "start": start})
        for sequence, (title, minutes) in enumerate(items, start=1):
            item = session.env["shora.agenda.item"].create(
                {"session_id": session.id, "sequence": sequence, "name": title, "minutes_planned": minutes}
            )
            item.action_accept()
        session.action_schedule()
        return session

    def _invite(self, session):
        """Dispatch on paper, handed over at once: a demonstration has no mail server."""
        session = self._as(self._secretary_name(session.council_id), session)
        notice = session.env["shora.notice"]._prepare_for(session)
        for rows in notice.recipient_ids.grouped("partner_id").values():
            rows[1:].unlink()
        notice.recipient_ids.write({"channel": "paper"})
        notice.action_dispatch()
        for row in notice.recipient_ids:
            row.write({"state": "handed", "sent_at": notice.dispatched_at})
        return notice

    def _ahead(self, council):
        """What comes: the next session, in the first council with its notice still to dispatch, and the one after."""
        today = council._today()
        if council.code == "ENV":
            next_session = self._session(council, fields.Date.add(today, days=8), [(AGENDAS["ENV"][0], 45)])
            self._invite(next_session)
            self._session(council, fields.Date.add(today, days=22), [(AGENDAS["ENV"][1], 30)])
            return
        self._decree(council, "appointment", "B9", "b8", fields.Date.add(today, days=10), issue=False)
        titles = AGENDAS["IRUD"]
        session = self._session(council, fields.Date.add(today, days=10), [(titles[1], 30), (titles[2], 20)])
        reported, invited_to = session.agenda_item_ids
        reported.write(
            {"presenter_id": self._partner("a3").id, "attachment_ids": [(6, 0, self._last_minutes(council).ids)]}
        )
        invited_to.guest_ids = self._user("guest").partner_id
        self._as("portal", session).propose_item(
            {
                "name": "میزبانی نشست شهرداران خواهرخوانده",
                "description": "<p>پیشنهاد می‌شود زمان و محل نشست در این جلسه بررسی شود.</p>",
            }
        )
        self._session(council, fields.Date.add(today, days=24), [(titles[0], 40)])

    def _last_minutes(self, council):
        """A document for the agenda: the sealed minutes of the first session, as a copy."""
        minutes = self.env["shora.minutes"].search(
            [("council_id", "=", council.id), ("pdf_sha256", "!=", False)], limit=1, order="id desc"
        )
        return self._as("staff", self.env["ir.attachment"]).create(
            {"name": "صورتجلسه جلسه اول.pdf", "raw": base64.b64decode(minutes.with_context(bin_size=False).pdf)}
        )
