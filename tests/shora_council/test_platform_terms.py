"""Terms of the platform's own screens for which its Persian has no word: ours reach the client and the views."""

import re

from lxml import etree
from odoo.tests import TransactionCase
from odoo.tools.misc import file_path
from odoo.tools.translate import PoFileReader, code_translations

from tests.common import tagged_post_install

from .persian_words import latin_words

PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+?(?: title=| aria-label=|/?>)|\{\{.*?\}\}")


@tagged_post_install
class TestPlatformTerms(TransactionCase):
    def test_places_of_values_and_markup_are_kept(self):
        rows = list(PoFileReader(file_path("shora_council/i18n_extra/fa.po")))
        self.assertGreater(len(rows), 300)
        for row in rows:
            self.assertEqual(sorted(PLACE.findall(row["src"])), sorted(PLACE.findall(row["value"])), row["src"])
            self.assertFalse(re.search("[يك]", row["value"]), row["value"])

    def test_client_terms(self):
        """The client falls back to the terms of any addon when the term's own addon has none."""
        terms = code_translations.get_web_translations("shora_council", "fa_IR")["messages"]
        self.assertIn({"id": "Missing required fields", "string": "فیلدهای اجباری خالی است"}, terms)

    def test_new_event_from_the_calendar(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        view = self.env.ref("calendar.view_calendar_event_form_quick_create")
        arch = self.env["calendar.event"].with_context(lang="fa_IR").get_view(view.id, "form")["arch"]
        for node in etree.fromstring(arch).iter(etree.Element):
            for text in (node.text, node.tail, node.get("title"), node.get("placeholder"), node.get("string")):
                self.assertFalse(latin_words(text), etree.tostring(node, encoding="unicode")[:200])
