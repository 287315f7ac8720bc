"""Every document in Persian and in English: not a word of the form left in the other language; what people wrote stays.

The Persian one is the document; in English it is a copy for reading, and says so.
"""

import re

from odoo.addons.shora_council.models.pdf import ON_DEMAND
from odoo.tests import tagged

from tests.common import tehran

from .dossier_case import DossierSteps
from .plan_case import PlanCase
from .resolution_case import ResolutionCase
from .test_pdf import text_of

PERSIAN = re.compile("[\u0600-\u06ff]+")
LATIN = re.compile("[A-Za-z]{2,}")
#: what people typed, names and codes, in these tests
TYPED = re.compile(
    r"\b(Council|person|T1|Item|Executor|Mr|Director|Plan of the river valleys|The plan is made|At once|Line|Goal|Need|"
    r"Hall|T (?:head|secretariat|president|office|staff)|Instruct on|The council met on the valleys|The need changed|"
    r"report\.txt|[\w.]+@[\w.]+|[0-9a-f]{64}|Urgent|seat)\b"
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
                self.assertEqual(LATIN.findall(TYPED.sub(" ", persian.replace("SHA-256", ""))), [])
                self.assertNotIn("A copy", persian)
