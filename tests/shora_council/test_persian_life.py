"""A council's months in Persian, jobs included: not one English word in the mails, histories, to-dos, findings and
papers that come of it."""

import contextlib
import re

from odoo.addons.shora_council.models.pdf import ON_DEMAND
from odoo.exceptions import UserError
from odoo.fields import Command

from tests.common import ShoraCase, tagged_post_install, tehran

from .persian_words import latin_words

#: everything that jobs do to people
JOBS = (
    *("cron_terms", "cron_renewals", "cron_session_reminders", "cron_minutes", "cron_absence", "cron_findings"),
    *("cron_compliance_digest", "cron_resolutions", "cron_annual_plan", "cron_archive", "cron_integrity"),
)
#: what is written by whom: the texts of people (names, addresses, titles of the builder) are not ours
GIVEN = ("res.partner", "res.users", "res.company", "shora.council", "shora.seat", "res.groups")


@tagged_post_install
class TestPersianLife(ShoraCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env = cls.env(context={"lang": "fa_IR", "tz": "Asia/Tehran"})
        cls.env["res.users"].search([("share", "=", False)]).lang = "fa_IR"
        cls.env["res.partner"].search([]).lang = "fa_IR"
        cls.council = cls.council.with_env(cls.env)
        for name in ("secretary", "president", "head", "office"):
            setattr(cls, name, getattr(cls, name).with_env(cls.env))
        cls.first = {
            name: cls.env[name].sudo().search([], order="id desc", limit=1).id or 0
            for name in ("mail.message", "mail.mail", "mail.activity", "shora.finding")
        }

    def live(self):
        """Three sessions that one expert misses, with minutes, an addendum, a late document, a decree's end."""
        sessions = self.env["shora.session"]
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            session = self.held_session(self.council, day, absent=self.people["B2"])
            sessions += session
            if day == "2026-10-12":
                continue
            with tehran(f"{day} 15:00"):
                minutes = session.env["shora.minutes"]._draft_for(session)
                minutes.text = "<p>متن</p>"
                minutes._sign("password")
                minutes.action_forward()
        with tehran("2026-10-13 10:00"):
            row = sessions[0].attendance_ids.filtered(lambda r: r.partner_id == self.people["B3"])
            minutes = minutes.search([("session_id", "=", sessions[0].id)])
            addendum = minutes.env["shora.minutes.addendum"].create(
                {
                    "minutes_id": minutes.id,
                    "reason": "نامه",
                    "line_ids": [Command.create({"attendance_id": row.id, "status_to": "excused"})],
                }
            )
            addendum._sign("password")
            self.end(self.council.membership_ids.filtered(lambda m: m.partner_id == self.people["B4"])[:1])
        with tehran("2026-11-02 09:00"):
            coming = self.session(self.council, "2026-11-06")
            coming.agenda_item_ids.name = "موضوع"
            notice = self.env["shora.notice"].with_user(self.secretary)._prepare_for(coming)
            notice.late_reason = "فوریت"
            notice.action_dispatch()
        for day in ("2026-11-04 06:00", "2027-04-25 06:00", "2027-07-02 06:00"):
            with tehran(day):
                for job in JOBS:
                    self.assertIs(self.run_job(job), True, job)

    def known(self):
        """Latin words that people gave: names, addresses, codes, and the English items of the builder."""
        words = {"Item", "Hall", "Urgent", "Law", "Professor", "Odoo", "OdooBot", "T", "session.ics"}
        for model in GIVEN:
            for record in self.env[model].sudo().with_context(active_test=False, lang="en_US").search([]):
                words |= set(re.findall(r"[A-Za-z][\w.'-]*", f"{record.display_name} {record.name}"))
        return words

    def test_what_people_are_told(self):
        self.live()
        known = self.known()
        found, seen = {}, {}

        def look(record, *names):
            seen[record._name] = seen.get(record._name, 0) + 1
            for name in names:
                words = latin_words(str(record[name] or ""), known)
                if words:
                    found.setdefault(" ".join(words)[:150], f"{record}.{name}")

        for model, names in (
            ("mail.message", ("subject", "body", "record_name")),
            ("mail.mail", ("subject", "body_html")),
            ("mail.activity", ("summary", "note", "display_name")),
            ("shora.finding", ("display_name",)),
        ):
            records = self.env[model].sudo().with_context(active_test=False)
            for record in records.search([("id", ">", self.first[model])]):
                look(record, *names)
        for model in ("mail.message", "mail.mail", "mail.activity", "shora.finding"):
            self.assertGreater(seen[model], 5, model)
        lines = [f"{words!r} in {where}" for words, where in sorted(found.items())]
        self.assertFalse(lines, "\n".join(["", *lines]))

    def test_papers(self):
        """Every document that can be asked for, of every record there is one of."""
        self.live()
        known = self.known()
        found, made = {}, {}
        pages = []
        renderer = self.registry["shora.pdf"]
        self.patch(renderer, "_laid_out", lambda model, html: pages.append(html) or (b"%PDF-", 1, {}))
        for model, name in ON_DEMAND:
            if name == "pack" or not self.env[model]._auto:
                continue  # the pack is the notice and the documents themselves
            for record in self.env[model].sudo().search([], limit=6):
                pages.clear()
                with contextlib.suppress(UserError):  # not every record has every paper
                    self.env["shora.pdf"]._made(name, record)
                for html in pages:
                    made[name] = made.get(name, 0) + 1
                    words = latin_words(html[html.find("<body") :], known)
                    if words:
                        found.setdefault(" ".join(words)[:150], f"{name} of {record}")
        needed = {"decree", "notice", "notice_paper", "certificate", "attendance", "minutes", "covering_letter"}
        self.assertLessEqual({*needed, "resignation"}, made.keys())
        self.assertFalse(found, found)

    def test_forms_and_lists_hold_persian_values(self):
        """Computed texts of our records: what stands beside a session, a council, a member, a notice."""
        self.live()
        known = self.known()
        found = {}
        for model in sorted(self.env):
            if not model.startswith("shora.") or self.env[model]._abstract or self.env[model]._transient:
                continue
            fields = [
                name
                for name, field in self.env[model]._fields.items()
                if field.type in ("char", "text", "html")
                and (field.compute or name == "display_name")
                and not name.endswith(("sha256", "_json", "_name", "url", "link", "_icon", "allowed_moves"))
            ]
            for record in self.env[model].sudo().search([], limit=30, order="id desc"):
                for name in fields:
                    words = latin_words(str(record[name] or ""), known)
                    if words:
                        found.setdefault(" ".join(words)[:120], f"{model}.{name} {record.id}")
        self.assertFalse(found, "\n".join(f"{w!r} in {p}" for w, p in sorted(found.items())))
