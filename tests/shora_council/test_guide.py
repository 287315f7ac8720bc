"""The guide of each role names what is on the screens, and nothing that its reader does not have."""

import re

from lxml import etree
from odoo.addons.shora_council.guide import PAGES
from odoo.addons.shora_council.guide.marks import Button, Choice, Menu, Screen, Word
from odoo.tests import tagged
from odoo.tools import file_path, mute_logger
from odoo.tools.translate import code_translations

from tests.common import ShoraHttpCase

from .persian_words import latin_words

#: who reads a page at work: the first has every button that it names, all have its menus
READERS = {
    "secretary": ("secretary", "staff"),
    "secretariat": ("head", "secretariat"),
    "hr": ("hr",),
    "office": ("office", "president"),
    "member": ("member",),
}
GROUPS = {
    "secretary": "shora_council.group_shora_secretary",
    "staff": "shora_council.group_shora_staff",
    "member": "shora_council.group_shora_member",
    "visitor": "base.group_portal",
}
LINK = re.compile(r'href="/odoo/([^"]+)"')


@tagged("post_install", "-at_install")
class TestGuide(ShoraHttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for code in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(code)
        if "راهنما" not in cls.env.ref("shora_council.shora_guide_menu").with_context(lang="fa_IR").name:
            cls.env["ir.module.module"]._load_module_terms(["portal", "web_jalali", "shora_council"], ["fa_IR"])
        cls.make_offices()
        for name, group in GROUPS.items():
            setattr(cls, name, cls.make_user(f"t_guide_{name}", group))
        cls.everybody = (*(getattr(cls, name) for name in GROUPS), *cls.offices())
        for user in cls.everybody:
            user.lang = "fa_IR"

    @classmethod
    def offices(cls):
        return [getattr(cls, name) for name in ("president", "office", "head", "secretariat", "hr", "employee")]

    def marks(self, *kinds):
        """(role, mark) of every mark of these kinds."""
        for role, page in PAGES.items():
            for step in page.steps:
                for mark in step.marks.values():
                    if isinstance(mark, kinds):
                        yield role, mark

    # --- names ---

    def test_every_name_is_found_in_both_languages(self):
        count = 0
        for lang in ("en_US", "fa_IR"):
            env = self.env(context={"lang": lang})
            for role, mark in self.marks(Menu, Button, Word, Screen, Choice):
                count += 1
                with self.subTest(role=role, mark=mark, lang=lang):
                    label = mark.label(env)
                    self.assertTrue(label)
                    self.assertEqual(bool(latin_words(label)), lang == "en_US", label)
        self.assertGreater(count, 200)

    def test_a_name_is_the_one_that_the_screen_has_now(self):
        """Whatever somebody calls it, the guide follows, and what is gone has no name."""
        env = self.env(context={"lang": "fa_IR"})
        self.env.ref("shora_council.shora_session_planner_menu").with_context(lang="fa_IR").name = "تقویم شورا"
        self.assertEqual(Menu("shora_session_planner_menu").label(env), "شوراهای راهبردی › جلسات › تقویم شورا")
        self.assertIn("تقویم شورا", self.text("secretary", self.secretary))
        self.assertEqual(Button("shora_session_view_form", "action_gone").label(env), "")
        self.assertEqual(Button("shora_gone", "action_open").label(env), "")
        self.assertEqual(Menu("shora_gone").label(env), "")
        self.assertEqual(Word("portal_page", "Gone").label(env), "")

    def test_words_of_screens_that_are_drawn_in_the_browser(self):
        persian = {one["id"] for one in code_translations.get_web_translations("shora_council", "fa_IR")["messages"]}
        for role, mark in self.marks(Screen):
            with self.subTest(role=role, mark=mark), open(file_path(f"shora_council/static/src/{mark.file}")) as file:
                self.assertIn(mark.source, persian)
                self.assertIn(mark.source, self.shown(file.read(), mark.file))

    def shown(self, text, name):
        """What a file of ours shows: texts of a template, or what a script has translated."""
        if name.endswith(".js"):
            return re.findall(r'_t\("([^"]+)"', text)
        return [" ".join(part.split()) for part in etree.fromstring(text.encode()).itertext()]

    def test_clauses(self):
        codes = set(self.env.ref("shora_council.bylaw_irud").clause_ids.mapped("code"))
        for role, page in PAGES.items():
            self.assertLessEqual({step.clause for step in page.steps}, codes, role)

    def text(self, role, user):
        page = self.env["shora.guide"].with_user(user).with_context(lang=user.lang)._page(role)
        return "\n".join(step["text"] + step["clause"] for part in page["sections"] for step in part["steps"])

    def test_english_readers_read_english(self):
        for role, page in PAGES.items():
            self.office.lang = "en_US"
            text = self.text(role, self.office)
            self.assertFalse(re.search(r"[\u0600-\u06ff]|%\(|—</", text), role)
            self.assertEqual(text.count("o_shora_mark "), sum(len(step.marks) for step in page.steps))

    # --- whose they are ---

    def test_readers_have_the_menus(self):
        """Each with all above it: a menu below one that is hidden is not reached."""
        for role, mark in self.marks(Menu):
            for name in READERS[role]:
                with self.subTest(role=role, menu=mark.xmlid, reader=name):
                    menus = self.env["ir.ui.menu"].with_user(getattr(self, name))._visible_menu_ids()
                    self.assertLessEqual(set(mark.path(self.env).ids), menus)

    def test_readers_have_the_buttons(self):
        """In the view as the client gets it, from which the buttons of others are taken out."""
        env = self.env(context={"lang": "fa_IR"})
        for role, mark in self.marks(Button):
            with self.subTest(role=role, mark=mark):
                view = self.env.ref(f"shora_council.{mark.view}")
                reader = getattr(self, READERS[role][0])
                model = self.env[view.model].with_user(reader).with_context(lang="fa_IR")
                arch = etree.fromstring(model.get_view(view.id, view.type)["arch"])
                labels = [mark.words(node) for node in arch.xpath("//button[@name=$name]", name=mark.name)]
                self.assertIn(mark.label(env), labels)

    def test_links_open_for_their_readers(self):
        for role, names in READERS.items():
            for name in names:
                user = getattr(self, name)
                links = set(LINK.findall(self.text(role, user)))
                self.assertEqual(bool(links), role != "member", role)
                self.authenticate(user.login, user.login)
                for link in links:
                    with self.subTest(role=role, reader=name, link=link):
                        action = self.make_jsonrpc_request(
                            "/web/action/load", {"action_id": link.removeprefix("action-")}
                        )
                        model = action.get("res_model")
                        if model:
                            self.assertTrue(self.env[model].with_user(user).has_access("read"))
                        else:
                            self.assertEqual(action["type"], "ir.actions.client")

    # --- pages ---

    def page(self, address):
        answer = self.url_open(address)
        return answer.status_code, answer.text

    def test_each_finds_the_own_page_and_may_open_the_others(self):
        menu = self.env.ref("shora_council.shora_guide_menu")
        for role, names in READERS.items():
            for name in names:
                user = getattr(self, name)
                self.authenticate(user.login, user.login)
                with self.subTest(role=role, reader=name):
                    self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
                    status, text = self.page("/shora/guide")
                    self.assertEqual(status, 200)
                    self.assertIn(f'data-role="{role}"', text)
                    self.assertRegex(text, r'id="wrapwrap" class="[^"]*o_rtl')
                    self.assertNotIn("—</span>", text)
                    for other in PAGES:
                        self.assertIn(f"/shora/guide/{other}", text)
        for role in PAGES:
            self.assertEqual(self.page(f"/shora/guide/{role}")[0], 200, role)
        self.assertEqual(self.page("/shora/guide/nobody")[0], 404)

    def test_an_employee_without_a_role_may_read_and_gets_no_way_in(self):
        self.authenticate(self.employee.login, self.employee.login)
        status, text = self.page("/shora/guide/secretary")
        self.assertEqual(status, 200)
        self.assertFalse(LINK.findall(text))

    @mute_logger("odoo.http")
    def test_the_portal_has_the_members_page_and_no_other(self):
        self.authenticate(self.visitor.login, self.visitor.login)
        self.assertIn('href="/shora/guide/member"', self.page("/my")[1])
        for address in ("/shora/guide", "/shora/guide/member"):
            status, text = self.page(address)
            self.assertEqual(status, 200)
            self.assertIn('data-role="member"', text)
            self.assertIn("عضو شورا", text)
            self.assertFalse(LINK.findall(text))
            self.assertNotIn("/shora/guide/secretary", text)
        for role in PAGES.keys() - {"member"}:
            self.assertEqual(self.page(f"/shora/guide/{role}")[0], 404, role)

    def test_nobody_reads_it_without_a_login(self):
        self.authenticate(None, None)
        for address in ("/shora/guide", "/shora/guide/member"):
            answer = self.url_open(address)
            self.assertIn("/web/login", answer.url)
            self.assertNotIn("o_shora_guide", answer.text)
