"""Every document in Persian and in English: not a word of the form left in the other language; what people wrote stays.

The Persian one is the document; in English it is a copy for reading, and says so.
"""

import base64
import re
from datetime import date, datetime
from unittest.mock import patch

from lxml import html
from odoo.addons.shora_council.models.pdf import ON_DEMAND, READING
from odoo.addons.shora_council.tools import mixed_script
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.common import ShoraHttpCase, tehran

from .dossier_case import DossierSteps
from .pdf_text import text_of
from .plan_case import PlanCase
from .resolution_case import ResolutionCase

PERSIAN = re.compile("[\u0600-\u06ff]{2,}")  # single letters are those of numbers: 1405/ح/3
LATIN = re.compile("[A-Za-z]{2,}")
CODES = re.compile(r"http\S+|\S+@\S+|\b[0-9a-f]{2,}\b|\b\w*[0-9۰-۹]\w*\b")
#: what people typed, names and codes, in these tests
TYPED = re.compile(
    r"\b(Council|person|T1|Item|Executor|Mr|Director|Plan of the river valleys|The plan is made|At once|Line|Goal|Need|"
    r"Hall|T (?:head|secretariat|president|office|staff)|Instruct on|The council met on the valleys|The need changed|"
    r"report\.txt|[\w.]+@[\w.]+|[0-9a-f]{64}|Urgent|[Ss]eats?|secretary|verify|example|com)\b"
)


@tagged("post_install", "-at_install")
class TestLanguages(DossierSteps, PlanCase, ResolutionCase):
    def setUp(self):
        super().setUp()
        self.env["res.lang"]._activate_lang("fa_IR")
        self.env["res.lang"]._activate_lang("en_US")

    def documents(self):
        """{name: record} of every document that there is on demand."""
        minutes = self.reviewed(self.meeting)
        dossier = self.drafted(minutes)
        dossier.name = "Instruct on"  # the office's own words otherwise: what is typed stays as it is
        self.notified()
        with tehran("2026-11-12 09:00"):
            paper = self.plan(self.council, "2026-11-30")
            self.dispatch(paper, paper=True)
        for day in ("2026-09-14", "2026-09-28", "2026-10-12"):
            self.held_session(self.council, day, absent=self.people["B3"])
        plan = self.make_plan()
        resignation = self.env["shora.deemed.resignation"].search([("council_id", "=", self.council.id)])
        chair = self.env["shora.decree"].search([("council_id", "=", self.council.id), ("kind", "=", "chair")])
        roll = self.env["shora.roll"].create({"council_id": self.council.id, "day": "2026-11-02"})
        return {
            "decree": chair,
            "notice": self.meeting.notice_id,
            "notice_paper": paper.notice_id,
            "pack": self.meeting.notice_id,
            "certificate": self.meeting.notice_id,
            "attendance": self.meeting,
            "minutes": minutes,
            "covering_letter": minutes,
            "resignation": resignation[:1],
            "roll": roll,
            "resolution": self.resolution,
            "dossier": dossier,
            "annual_plan": plan,
        }

    def made(self, name, record, lang):
        """Text of the document as it comes out."""
        renderer = self.env["shora.pdf"]
        language = renderer._reading_language(lang)
        return text_of(renderer._copied(name, record, language) if language else renderer._made(name, record))

    def test_every_document_in_both(self):
        documents = self.documents()
        self.assertEqual(set(documents) | {"plan_amendment"}, {name for _model, name in ON_DEMAND})
        for name, record in documents.items():
            self.assertTrue(record, name)
            with self.subTest(document=name, lang="en"):
                english = self.made(name, record, "en")
                self.assertEqual(PERSIAN.findall(english), [])
                self.assertIn("A copy for reading", english)
            with self.subTest(document=name, lang="fa"):
                persian = self.made(name, record, "fa")
                ours = TYPED.sub(" ", CODES.sub(" ", persian.replace("SHA-256", "")))
                self.assertEqual(LATIN.findall(ours), [])
                self.assertNotIn("A copy", persian)

    def test_a_clients_context_does_not_change_the_language(self):
        """Only the program asks for a copy: nobody signs an English document by a word in the request."""
        minutes = self.minutes_of(self.meeting)
        renderer = self.env["shora.pdf"].with_context(shora_reading="en_US")
        self.assertEqual(renderer._language(), "fa_IR")
        page = renderer._html("shora_council.document_minutes", minutes.with_env(renderer.env))
        self.assertIn('lang="fa"', page)

    def test_a_copy_says_by_which_hash_the_document_is_sealed(self):
        minutes = self.minutes_of(self.meeting)
        self.assertIn(minutes.pdf_sha256, "".join(self.made("minutes", minutes, "en").split()))
        action = self.env["shora.pdf"]._action_copy("minutes", minutes)
        self.assertEqual(action["url"], f"/shora/document/shora.minutes/{minutes.id}/minutes.pdf?lang=en")

    def test_what_was_typed_in_persian_keeps_its_order_in_a_copy(self):
        """Its full stop ends the sentence, the parts of a number stay in their order, the council has its name."""
        dossier = self.drafted(self.reviewed(self.meeting))
        dossier.introduction = "صورتجلسه‌ها تقدیم می‌شود."
        self.council.with_context(lang="fa_IR").name = "شورای آزمون"
        self.council.with_context(lang="en_US").name = "Council of tests"
        renderer = self.env["shora.pdf"]
        copy = dossier.with_context(**{READING: renderer._reading_language("en")})
        page = html.document_fromstring(copy.env["shora.pdf"]._html("shora_council.document_dossier", copy))
        self.assertEqual(page.xpath("//p[@dir='rtl']/text()"), ["صورتجلسه‌ها تقدیم می‌شود."])
        self.assertEqual(page.xpath("//h2/text()"), ["Council of tests"])
        number = mixed_script.keep_number_order("1405/گ/9")
        self.assertEqual(number.replace(mixed_script.LEFT_MARK, ""), "1405/گ/9")
        self.assertEqual(number.count(mixed_script.LEFT_MARK), 4)
        self.assertEqual(mixed_script.keep_number_order("1405/9"), "1405/9")
        self.assertEqual(copy.env["shora.pdf"].with_context(lang="en_US")._digits("1405/گ/9"), number)
        self.assertEqual(renderer.with_context(lang="fa_IR")._digits("1405/گ/9"), "۱۴۰۵/گ/۹")

    def test_a_draft_is_signed_by_nobody(self):
        dossier = self.drafted(self.reviewed(self.meeting))
        self.head.partner_id.shora_title = "Dr"
        self.assertEqual(dossier.with_user(self.head)._content()["presented_by"], {"title": "", "name": ""})

    def test_the_menu_offers_every_document(self):
        actions = self.env["ir.actions.server"].search([("code", "like", "_action_copy")])
        offered = {
            (action.model_id.model, name) for action in actions for name in re.findall(r'"(\w+)", record', action.code)
        }
        self.assertEqual(offered, set(ON_DEMAND))

    def test_without_persian_there_is_one_language(self):
        """Where Persian is not active documents are in the reader's language, and no copy is called one."""
        self.in_english()
        renderer = self.env["shora.pdf"]
        self.assertIsNone(renderer._reading_language("en"))
        self.assertIsNone(renderer._reading_language("de"))
        self.assertEqual(renderer._reading_language("fa"), "fa_IR")

    def test_days_are_english_where_persian_alone_is_active(self):
        """Odoo formats in another language than was asked for where that one is not active."""
        words = self.env["shora.words"].with_context(lang="en_US")
        persian = self.env["res.lang"]._get_data(code="fa_IR")
        with patch("odoo.addons.shora_council.models.words.get_lang", lambda env: persian):
            self.assertEqual(words._day(date(2026, 11, 23)), "2026-11-23")
            self.assertEqual(words._day(datetime(2026, 11, 23, 9)), "2026-11-23")
            self.assertEqual(words._long_day(date(2026, 11, 23)), "Monday 23 November 2026")


@tagged("post_install", "-at_install")
class TestAddress(ShoraHttpCase):
    """The address of a copy is guarded as the document's; the sealed file stays what the plain address gives."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.make_offices()
        with tehran("2026-09-01 08:00"):
            cls.council = cls.make_council()
            cls.secretary, cls.people = cls.staff_council(cls.council)
        case = cls()
        cls.meeting = case.held_session(cls.council, "2026-11-02")
        cls.stranger = cls.make_user("t_stranger", "shora_council.group_shora_member")
        for user in (cls.auditor, cls.stranger):
            user.password = user.login

    def test_document_and_copy(self):
        notice = self.meeting.notice_id
        address = f"/shora/document/shora.notice/{notice.id}/notice.pdf"
        self.authenticate(self.auditor.login, self.auditor.login)
        sealed = base64.b64decode(notice.sudo().with_context(bin_size=False).pdf)
        for same in (address, f"{address}?lang=fa", f"{address}?lang=xx"):
            self.assertEqual(self.url_open(same).content, sealed, same)
        copy = self.url_open(f"{address}?lang=en")
        self.assertEqual((copy.status_code, copy.content[:5]), (200, b"%PDF-"))
        self.assertNotEqual(copy.content, sealed)
        self.assertIn("A copy for reading", text_of(copy.content))
        with mute_logger("odoo.http", "odoo.addons.base.models.ir_rule"):
            self.authenticate(self.stranger.login, self.stranger.login)
            self.assertEqual(self.url_open(f"{address}?lang=en").status_code, 403)
