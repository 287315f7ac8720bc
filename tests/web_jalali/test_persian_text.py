"""Persian text: one stored form, one form to compare, and searches that find every spelling."""

import pytest
from odoo.addons.web_jalali.tools import persian, sql_functions
from odoo.tests import tagged

from .common import JalaliCase


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("كتاب علي", "کتاب علی"),
        ("مصطفى", "مصطفی"),
        ("شـــورا", "شورا"),
        ("١٤٠٥", "۱۴۰۵"),
        ("No. 12/34", "No. 12/34"),
        ("می\u200c\u200cشود", "می\u200cشود"),
        ("\u200cشورا \u200cها\u200c", "شورا ها"),
        ("صورت\u200cجلسه", "صورت\u200cجلسه"),
        ("", ""),
    ],
)
def test_normalise(typed, stored):
    assert persian.normalise(typed) == stored
    assert persian.normalise(stored) == stored


def test_normalise_html_leaves_tags():
    html = '<p class="كلاس"><a href="https://example.com/ملي/١">ملي ١</a></p>'
    assert persian.normalise_html(html) == '<p class="كلاس"><a href="https://example.com/ملي/١">ملی ۱</a></p>'


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كريمي", "کریمی"),
        ("صورت\u200cجلسه", "صورت جلسه"),
        ("صورت\u200cجلسه", "صورتجلسه"),
        ("۱۲٣", "123"),
        ("جـــلسه", "جلسه"),
        ("مؤسسهٔ", "موسسهٔ"),
        ("ABC ۱", "abc1"),
    ],
)
def test_one_key(one, other):
    assert persian.key(one) == persian.key(other)


def test_only_what_can_vary_is_touched():
    assert persian.is_touched("علی") and persian.is_touched("12") and persian.is_touched("a\u200cb")
    assert not persian.is_touched("Smith & Co.")


@tagged("post_install", "-at_install")
class TestSearch(JalaliCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.names = [
            "شركت ملي نفت",  # Arabic letters
            "شرکت ملی گاز",
            "صورت\u200cجلسه شماره ۱۲",
            "صورت جلسه شماره 13",
            "صورتجلسه شماره ١٤",
            "دانـشگاه تهران",
            "Plain Company 15",
        ]
        cls.partners = cls.env["res.partner"].create([{"name": name} for name in cls.names])

    def found(self, text, operator="ilike", field="name", env=None):
        partners = self.partners.with_env((env or self.persian)(user=self.reader))
        records = partners.search([(field, operator, text), ("id", "in", self.partners.ids)])
        return {self.names[self.partners.ids.index(record.id)] for record in records}

    def test_letters(self):
        for text in ("ملی", "ملي", "شرکت", "شركت", "شركت ملی"):
            self.assertEqual(self.found(text), set(self.names[:2]), text)

    def test_half_space_and_tatweel(self):
        for text in ("صورت\u200cجلسه", "صورت جلسه", "صورت  جلسه شماره"):
            self.assertEqual(self.found(text), set(self.names[2:5]), text)
        self.assertEqual(self.found("صورتجلسه"), {self.names[2], self.names[4]})
        self.assertEqual(self.found("دانشگاه"), {self.names[5]})
        self.assertEqual(self.found("دان\u200cشگـاه"), {self.names[5]})
        self.assertEqual(self.found("جلسه صورت"), set(), "words keep their order")

    def test_digits(self):
        for text in ("12", "۱۲", "١٢"):
            self.assertEqual(self.found(text), {self.names[2]}, text)
        self.assertEqual(self.found("۱۵"), {self.names[6]})
        self.assertEqual(self.found("شماره ۱۳"), {self.names[3]})
        self.assertEqual(self.found("ماره 1"), set(self.names[2:5]))
        self.assertEqual(self.found("شماره 1۲"), {self.names[2]}, "forms may be mixed")

    def test_operators(self):
        self.assertEqual(self.found("ملی", "not ilike"), set(self.names[2:]))
        self.assertEqual(self.found("شرکت ملی نفت", "=ilike"), {self.names[0]})
        self.assertEqual(self.found("شرکت%", "=ilike"), set(self.names[:2]))
        self.assertEqual(self.found("شرکت%گاز"), {self.names[1]})
        self.assertEqual(self.found("ملی", "like"), {self.names[1]}, "like compares as it is written")
        self.partners[0].ref = False
        self.assertEqual(self.found("۹۹", "not ilike", "ref"), set(self.names), "empty is not alike")

    def test_name_search_and_translated_fields(self):
        partners = self.persian["res.partner"].with_user(self.reader)
        names = partners.name_search("شرکت ملی نفت", [("id", "in", self.partners.ids)])
        self.assertEqual([id_ for id_, _name in names], self.partners[0].ids)
        title = self.env["res.partner.category"].create({"name": "Experts"})
        title.with_context(lang="fa_IR").name = "كارشناسان"
        found = self.persian["res.partner.category"].search([("name", "ilike", "کارشناس")])
        self.assertIn(title, found)

    def test_what_is_in_the_query_is_a_parameter(self):
        self.assertEqual(self.found("'; DROP TABLE res_partner; --۱"), set())

    def test_everybody_else_searches_as_before(self):
        model = self.partners.with_env(self.english(user=self.reader))
        for text in ("ملی", "12", "صورت جلسه"):
            sql = model._search([("name", "ilike", text)]).select().code
            self.assertNotIn(sql_functions.FOLD, sql)
        self.assertEqual(self.found("ملی", env=self.english), {self.names[1]})
        persian_env = self.partners.with_env(self.persian(user=self.reader))
        self.assertNotIn(sql_functions.FOLD, persian_env._search([("name", "ilike", "Smith")]).select().code)

    def test_sql_and_python_fold_alike(self):
        text = "".join(map(chr, range(0x600, 0x700))) + "\u200c\u200d abc 123"
        self.env.cr.execute("SELECT persian_fold(%s), persian_fold_digits(%s)", [text, text])
        self.assertEqual(self.env.cr.fetchone(), (persian.fold(text), persian.fold_digits(text)))

    def test_index_is_used(self):
        if not self.registry.has_trigram:
            self.skipTest("this server has no pg_trgm")
        self.assertTrue(sql_functions.create_search_index(self.env, "res_partner", "name"))
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        for text in ("شرکت ملی", "دانشگاه", "شماره ۱۲"):
            query = self.persian["res.partner"]._search([("name", "ilike", text)], active_test=False)
            self.env.cr.execute("EXPLAIN " + query.select().code, query.select().params)
            plan = "\n".join(row[0] for row in self.env.cr.fetchall())
            self.assertIn("res_partner_name_persian_fold", plan)
