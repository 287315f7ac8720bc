"""Every model that our addons define or extend × everybody who is outside a council × every verb of a remote client.

Models, fields and methods are read off the registry: what is new is attacked without a line here.
"""

import warnings

import pytest
from odoo.addons.shora_council.models.copied_fields import copied_fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from tests.shora_council.context_keys import KEYS, keys_read
from tests.shora_council.matrix_case import ADDONS, ELSEWHERE, OUTSIDERS, PLAIN, POINTERS, MatrixCase
from tests.shora_council.public_methods import PUBLIC
from tests.shora_council.refused_case import QUIET, SECRET

pytestmark = pytest.mark.dear

LOUD = (
    *QUIET,
    "odoo.sql_db",
    "odoo.orm.models",
    "odoo.addons.base.models.ir_module",
    "odoo.addons.base.models.ir_qweb",
    "odoo.addons.mail",
)
#: what stands open by the by-law or by the platform, and why
READERS = ("member", "portal", "auditor")
INSIDERS = ("secretary", "office", "head", "admin")
EXCEPTIONS = {
    # the secretaries in office follow, and comment on, what became of a theme of their joint meeting (5-10)
    ("other_secretary", "shora.joint.push"),
    # title, time and place of past sessions stay in the diary of who sat in them
    ("former", "calendar.event"),
    ("former", "calendar.attendee"),
    # asks whether everything is as it was sealed, which is written down
    ("auditor", "shora.council"),
    # counts the tries at the public page of verification by address, which is of no company
    ("elsewhere_admin", "shora.seal.verification"),
}


@tagged("post_install", "-at_install")
class TestMatrix(MatrixCase):
    def setUp(self):
        super().setUp()
        self.before = self.snapshot()
        warnings.simplefilter("ignore", DeprecationWarning)
        self.wrong = set()

    def attempt(self, who, model, method, *args, strict=False, **kwargs):
        wrong, result = self.attack(who, model, method, *args, **kwargs)
        if not wrong and strict and self.shows(result):
            wrong = "shown"
        if wrong and (who, model) not in EXCEPTIONS:
            self.wrong.add(f"{who}: {model}.{method}: {wrong}")

    def ids(self, model):
        return (
            self.owned[model].ids
            if model in self.owned
            else self.env[model].sudo().search([], limit=10, order="id desc").ids
        )

    def reading(self, who, model):
        ids = self.ids(model)
        here = [("id", "in", ids)]
        strict = model in self.owned and model.startswith(("shora.", "dms.", "ir.attachment", "mail.message"))
        name = {"display_name": {}}
        calls = [
            ("read", (ids[:1],), {}),  # one: of several a single refused one would hide the others
            ("search_read", (here,), {}),
            ("search_count", (here,), {}),
            ("web_search_read", (here, name), {}),
            ("read_group", (here, ["__count"], []), {}),
            ("formatted_read_group", (here, [], ["__count"]), {}),
            ("name_search", (), {"domain": here}),
            ("export_data", (ids[:1], ["id", "display_name"]), {}),
        ]
        for method, args, kwargs in self.worth_trying(calls, who, model, "read"):
            self.attempt(who, model, method, *args, strict=strict, **kwargs)
        self.attempt(who, model, "name_search", SECRET)

    def worth_trying(self, calls, who, model, *operations):
        """Where the access list refuses everything, two ways are tried; the documents app goes its own ways."""
        mine = self.env[model].with_user(self.users[who])
        return calls if any(map(mine.has_access, operations)) or model.startswith("dms.") else calls[:2]

    def writing(self, who, model):
        ids = self.owned[model].ids
        field = next(iter(self.texts(model)), "id")
        calls = [
            ("write", (ids, {field: "x"})),
            ("load", ([".id", field], [[str(ids[0]), "x"]])),
            ("unlink", (ids,)),
            ("copy", (ids[:1],)),
            ("action_archive", (ids,)),
            ("message_post", (ids[:1],)),
            ("message_subscribe", (ids, [self.users["employee"].partner_id.id])),
        ]
        for method, args in self.worth_trying(calls, who, model, "read", "write", "create", "unlink"):
            if hasattr(self.env[model], method):
                self.attempt(who, model, method, *args, changes=True)

    @mute_logger(*LOUD)
    def test_reading(self):
        models = [name for name in self.stored_models() if not self.env[name]._transient]
        self.assertTrue(set(self.owned) <= {*models, "mail.message", "mail.activity", "mail.followers"})
        for model in sorted({*models, *self.owned}):
            for who in OUTSIDERS:
                self.reading(who, model)
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_changing(self):
        for model in self.owned:
            for who in OUTSIDERS:
                self.writing(who, model)
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_another_company(self):
        """Who sees and does everything in one company is an outsider in another, whatever companies a client names."""
        forged = {"context": {"allowed_company_ids": self.council.company_id.ids}}
        for model in self.owned:
            for who in (f"elsewhere_{role}" for role in ELSEWHERE):
                ids = self.owned[model].ids
                field = next(iter(self.texts(model)), "id")
                for context in ({}, forged):
                    self.attempt(who, model, "read", ids[:1], strict=model.startswith("shora."), **context)
                    self.attempt(who, model, "write", ids[:1], {field: "x"}, changes=True, **context)
                here = [("id", "in", ids)]
                self.attempt(who, model, "search_read", here, strict=model.startswith("shora."))
                self.attempt(
                    who, model, "formatted_read_group", here, [], ["__count"], strict=model.startswith("shora.")
                )
                self.attempt(who, model, "unlink", ids[:1], changes=True)
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_creating(self):
        """Nothing is made that belongs to the council, or that is tied to it."""
        for model in self.stored_models():
            if not model.startswith("shora.") or self.env[model]._transient:
                continue
            required = self.required(model)
            copied = self.copied(model)
            for who in OUTSIDERS:
                for values in self.linking(model):
                    given = {**required, **values}
                    for context in ({}, copied) if copied else ({},):
                        self.attempt(who, model, "create", [given], changes=True, context=context)
                self.attempt(who, model, "create", [{**required, **self.own_copies(model)}], changes=True)
        for model, (name, number) in POINTERS.items():
            for who in OUTSIDERS:
                values = {**self.required(model), name: "shora.session", number: self.owned["shora.session"][:1].id}
                self.attempt(who, model, "create", [values], changes=True)
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    def own_copies(self, model):
        """Copied fields by which a record would say that it is of the other council."""
        given = {"council_id": self.other.id, "company_id": self.other.company_id.id}
        return {name: value for name, value in given.items() if name in copied_fields(self.env[model])}

    def copied(self, model):
        return {f"default_{name}": value for name, value in self.own_copies(model).items()}

    @mute_logger(*LOUD)
    def test_tying_own_records_to_the_council(self):
        for model, records in self.own.items():
            for values in self.linking(model):
                if self.env[model].with_user(self.users["other_secretary"]).has_access("write"):
                    self.attempt("other_secretary", model, "write", records[:1].ids, values, changes=True)
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_methods(self):
        """Every public method of ours, with the council's ids: by everybody outside, and by those who only read."""
        for model in self.our_models():
            cls = type(self.env[model])
            for name in sorted(self.opened(model)):
                method = getattr(cls, name)
                given = self.arguments(method)
                if not getattr(method, "_api_model", False):
                    given = [self.owned[model][:1].ids if model in self.owned else [], *given]
                for who in (*OUTSIDERS, *READERS):
                    self.attempt(who, model, name, *given, changes=True)
        self.wrong = {line for line in self.wrong if not line.startswith(READERS) or ": changed " in line}
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_dialogs(self):
        """Dialogs are anybody's own records: what they show and do is asked of those behind them."""
        for model in self.our_models():
            if not self.env[model]._transient or model == "res.config.settings":
                continue
            for who in OUTSIDERS:
                for values in self.linking(model) or [{}]:
                    with self.cr.savepoint(flush=False) as savepoint:
                        self.dialog(who, model, {**self.required(model), **values})
                        self.env.clear()
                        savepoint.rollback()
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    def dialog(self, who, model, values):
        spec = {name: {} for name in self.env[model]._fields}
        self.attempt(who, model, "onchange", [], values, [], spec)
        try:
            ids = self.call(who, model, "create", [values])
        except Exception:
            return
        self.attempt(who, model, "read", ids)
        self.attempt(who, model, "web_read", ids, {"display_name": {}})
        for name in self.opened(model):
            given = self.arguments(getattr(type(self.env[model]), name))
            self.attempt(who, model, name, ids, *given, changes=True)

    def test_public_methods_are_listed(self):
        found = {model: " ".join(sorted(names)) for model, names in self.public_methods().items()}
        self.assertEqual(found, PUBLIC, "look at what is new with an attacker's eye, then list it")

    # --- contexts ---

    def hostile(self):
        """Every key that our code reads, and those by which the platform's own guards are passed."""
        read = keys_read(ADDONS)
        self.assertEqual({key: read[key] for key in read.keys() - KEYS.keys()}, {}, "say what a client gains by it")
        plain = {key: True for key in KEYS if not key.startswith(("default_", "lang", "tz", "active_id", "prefetch"))}
        platform = ("_force_unlink", "force_delete", "install_mode", "tracking_disable", "mail_notrack", "bin_size")
        return {**plain, **dict.fromkeys(platform, True), "active_test": False, "tz": "UTC", "lang": "en_US"}

    @mute_logger(*LOUD)
    def test_contexts(self):
        """A context opens nothing to those outside, and to nobody what is refused without it."""
        hostile = self.hostile()
        for model, records in self.owned.items():
            ids = records[:1].ids
            calls = [("read", ids), ("search_count", [("id", "in", ids)]), ("unlink", ids), ("copy", ids)]
            calls += [("write", ids, {name: "x"}) for name in self.texts(model)[:1]]
            for who in ("other_secretary", "former", "employee", *INSIDERS):
                for method, *args in self.worth_trying(calls, who, model, "read"):
                    if method == "read" and who in INSIDERS:
                        args.append(["display_name"])  # whether they may read is asked, not what all fields hold
                    self.attempt(who, model, method, *args, context=hostile, changes=who in OUTSIDERS)
                    if who in INSIDERS and not self.was_refused:
                        self.attempt(who, model, method, *args)
                        if self.was_refused:
                            self.wrong.add(f"{who}: {model}.{method} goes by its context alone")
        self.wrong = {line for line in self.wrong if not line.startswith(INSIDERS) or "alone" in line}
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))

    @mute_logger(*LOUD)
    def test_defaults_set_no_facts(self):
        """What no form can write is not written by ``default_…`` either."""
        tried = set()
        for model in self.owned:
            facts = self.facts(model) if model.startswith("shora.") else {}
            made = []
            for context in ({}, {f"default_{name}": value for name, value in facts.items()}):
                with self.cr.savepoint(flush=False) as savepoint:
                    try:
                        values = {**self.required(model, self.own), **self.beginning(model)}
                        ids = self.call("other_secretary", model, "create", [values], context=context)
                        made.append(self.env[model].sudo().browse(ids).read(sorted(facts), load="")[0])
                    except Exception:
                        made.append({})
                    self.env.clear()
                    savepoint.rollback()
            if all(made):
                tried.add(model)
                forged = [name for name in facts if made[0][name] != made[1][name] and made[1][name] == facts[name]]
                self.wrong |= {f"{model}.{name}" for name in forged}
        self.assertFalse(self.wrong, "\n".join(sorted(self.wrong)))
        self.assertTrue({"shora.agenda.item", "shora.resolution"} <= tried, tried)

    def beginning(self, model):
        return {"start": "2026-12-28 06:30:00"} if model == "shora.session" else {}

    def facts(self, model):
        """A value for every stored field that is read-only on every form."""
        plain = {**PLAIN, "boolean": True, "integer": 77}
        return {
            field.name: field.get_values(self.env)[-1] if field.type == "selection" else plain[field.type]
            for field in self.env[model]._fields.values()
            if field.readonly and field.store and not field.compute and not field.related
            if field.type in plain or field.type == "selection"
        }

    def texts(self, model):
        fields = self.env[model]._fields.values()
        return [field.name for field in fields if field.store and field.type in ("char", "text", "html")]
