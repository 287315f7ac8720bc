"""Not one English word on a Persian screen of ours: every term, menu, action, view, field, record, mail and report is
read as a Persian reader reads it."""

from lxml import etree
from odoo.tests import TransactionCase
from odoo.tools.translate import TranslationModuleReader

from dev.paths import ADDONS
from tests.common import tagged_post_install

from .persian_words import is_words, latin_words

#: attributes of views that are shown
SHOWN = (
    *("string", "help", "title", "placeholder", "confirm", "confirm-title", "confirm-label", "cancel-label"),
    *("aria-label", "data-tooltip", "alt", "sum", "avg", "add-label", "empty_label", "label", "data-hotkey-label"),
)
#: records that no screen shows by a name
NO_SCREEN = ("ir.model", "ir.model.access", "ir.rule", "ir.model.constraint", "ir.asset", "ir.model.data")


class PersianCase(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        admin = cls.env.ref("base.user_admin")
        groups = cls.env["ir.model.data"].search([("module", "in", ADDONS), ("model", "=", "res.groups")])
        admin.group_ids += cls.env["res.groups"].browse(groups.mapped("res_id"))
        cls.persian = cls.env(user=admin, context={"lang": "fa_IR", "tz": "Asia/Tehran"})

    def setUp(self):
        super().setUp()
        self.found = {}

    def look(self, where, text, known=()):
        words = latin_words(text, known)
        if words:
            self.found.setdefault(" ".join(words), where)

    def nothing_found(self):
        lines = [f"{words!r} in {where}" for words, where in sorted(self.found.items(), key=str)]
        self.assertFalse(lines, f"{len(lines)} English texts:\n" + "\n".join(lines))

    def ours(self, model=None):
        """(xml id, record) of what our addons brought."""
        domain = [("module", "in", ADDONS)] + ([("model", "=", model)] if model else [])
        for data in self.env["ir.model.data"].search(domain, order="model, id"):
            if data.model in self.persian and data.model not in NO_SCREEN:
                record = self.persian[data.model].browse(data.res_id).exists()
                if record:
                    yield f"{data.model} {data.complete_name}", record


@tagged_post_install
class TestPersianScreens(PersianCase):
    def test_every_term_has_its_persian(self):
        """Sources of Python, JavaScript, templates, views and data, as the platform exports them for translation."""
        count = 0
        for _module, kind, name, place, source, value, _comments in TranslationModuleReader(
            self.env.cr, list(ADDONS), lang="fa_IR"
        ):
            count += 1
            if name == "ir.model,name" and ".model_shora_" not in place:
                continue  # a model we extend keeps the name of its own addon
            if not value and is_words(source):
                self.found[source] = f"{kind} {name} {place}: no Persian"
            self.look(f"{kind} {name} {place}", value)
        self.assertGreater(count, 4000)
        self.nothing_found()

    def test_fields_of_our_models(self):
        """Labels, helps and choices of every field: lists of filters, groups, exports and imports name them all."""
        models = [name for name in self.persian if name.startswith("shora.")]
        self.assertGreater(len(models), 60)
        for name in models:
            if self.persian[name]._abstract:
                continue
            for field, shown in self.persian[name].fields_get(attributes=["string", "help", "selection"]).items():
                self.look(f"{name}.{field}", shown["string"])
                self.look(f"{name}.{field} help", shown.get("help"))
                for value, label in shown.get("selection") or ():
                    self.look(f"{name}.{field} {value}", label)
        self.nothing_found()

    def test_names_of_our_models(self):
        for name in self.persian:
            if name.startswith("shora."):
                self.look(name, self.persian["ir.model"]._get(name).name)
        self.nothing_found()

    def test_menus_and_actions(self):
        seen = 0
        for where, menu in self.ours("ir.ui.menu"):
            self.look(where, menu.complete_name)
            seen += 1
        self.assertGreater(seen, 30)
        kinds = ("act_window", "server", "client", "report", "act_url")
        for kind in kinds:
            for where, action in self.ours(f"ir.actions.{kind}"):
                self.look(where, action.name)
                if "help" in action._fields:
                    self.look(f"{where} help", action.help)
        self.nothing_found()

    def test_records_of_ours(self):
        """Data we bring, by every field that is shown: roles, jobs, to-dos, sequences, mails, by-law, themes."""
        kinds = set()
        for where, record in self.ours():
            model = record._name
            if model.startswith(("ir.ui.", "ir.actions.", "ir.model")):
                continue
            kinds.add(model)
            for name, field in record._fields.items():
                shown = field.translate or name in ("name", "display_name")
                if shown and field.type in ("char", "text", "html") and name not in ("code", "complete_name"):
                    self.look(f"{where} {name}", record[name])
        needed = {"res.groups", "res.groups.privilege", "ir.cron", "mail.activity.type", "mail.template", "ir.sequence"}
        self.assertLessEqual(needed, kinds)
        self.nothing_found()

    def arch_texts(self, arch, where):
        root = etree.fromstring(arch) if isinstance(arch, str | bytes) else arch
        for node in root.iter(etree.Element):
            if any(part.tag in ("script", "style", "code") for part in (node, *node.iterancestors())):
                continue
            if node.tag != "attribute":
                self.look(f"{where} <{node.tag}>", node.text)
            elif node.get("name") in SHOWN:
                self.look(f"{where} @{node.get('name')}", node.text)
            self.look(f"{where} after <{node.tag}>", node.tail)
            for name in SHOWN:
                if node.tag != "attribute" and not (name == "help" and node.tag == "field"):
                    self.look(f"{where} <{node.tag} {name}>", node.get(name))

    def test_views_as_written(self):
        """What we write ourselves: whole views, and our part of those we extend; QWeb of pages, mails and papers."""
        seen = 0
        for where, view in self.ours("ir.ui.view"):
            seen += 1
            self.arch_texts(view.arch_db, where)
        self.assertGreater(seen, 150)
        self.nothing_found()

    def test_views_as_opened(self):
        """Every view of our models as the client gets it, parts of other addons (chatter, buttons) included."""
        seen = 0
        for where, view in self.ours("ir.ui.view"):
            if view.type == "qweb" or view.mode != "primary" or not (view.model or "").startswith("shora."):
                continue
            seen += 1
            opened = self.persian[view.model].get_view(view.id, view.type)
            self.arch_texts(opened["arch"], where)
            for model, names in opened["models"].items():
                shown = self.persian[model].fields_get(list(names), ["string", "help", "selection"])
                for field, values in shown.items():
                    self.look(f"{where}: {model}.{field}", values["string"])
                    self.look(f"{where}: {model}.{field} help", values.get("help"))
                    for value, label in values.get("selection") or ():
                        self.look(f"{where}: {model}.{field} {value}", label)
        self.assertGreater(seen, 80)
        self.nothing_found()

    def test_our_fields_on_other_models(self):
        for where, field in self.ours("ir.model.fields"):
            self.look(where, field.field_description)
            self.look(f"{where} help", field.help)
        self.nothing_found()
