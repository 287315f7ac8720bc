"""The registry asked for models and methods, a council whose texts say ``SECRET``, and calls as a remote client makes.

Nothing here names a model of the councils but where it cannot be found out: what is added later is attacked too.
"""

import inspect
import re
from functools import cache
from unittest.mock import patch

from odoo import api, models
from odoo.fields import Command, Domain
from odoo.orm.model_classes import is_model_class, is_model_definition
from odoo.service.model import call_kw, get_public_method
from odoo.sql_db import Cursor
from odoo.tools import SQL

from tests.common import tehran
from tests.shora_council.access_case import AccessCase
from tests.shora_council.refused_case import SECRET

ADDONS = ("web_jalali", "shora_council", "shora_council_reports")
OUTSIDERS = ("other_secretary", "other_member", "former", "guest", "employee", "public")
#: the roles that see every council of their company
ELSEWHERE = ("office", "president", "head", "secretariat", "auditor", "admin")
#: by which stock models name a record of any model
POINTERS = {
    "ir.attachment": ("res_model", "res_id"),
    "mail.message": ("model", "res_id"),
    "mail.activity": ("res_model", "res_id"),
    "mail.followers": ("res_model", "res_id"),
    "dms.directory": ("res_model", "res_id"),
}
#: the texts of stock records that are the council's
STOCK_TEXTS = {"name", "subject", "body", "record_name", "location", "description", "summary", "note", "reason"}
#: texts that are read by programs, or by whole rules
NO_TEXTS = {"res_model", "model", "code", "res_field", "sha256", "state"}
#: what a council's member may read of any council: the by-law and its words
COMMON = {
    *("shora.bylaw", "shora.bylaw.clause", "shora.bylaw.rule", "shora.bylaw.interpretation"),
    *("shora.duty", "shora.theme", "shora.tendency", "shora.joint.suggestion"),
}
#: what is put into required fields and asked of methods, where anything does
PLAIN = {"char": "x", "text": "x", "html": "x", "date": "2026-11-01", "datetime": "2026-11-01 08:00:00"}
GIVEN = {
    "values": {"name": "x"},
    "seen": {},
    "data": {"context": {}},
    "options": {},
    "fields": ["name"],
    "columns": [],
    "answer": "attending",
    "outcome": "discussed",
    "kind": "guest",
    "docids": [],
    "date_from": "2026-11-01",
    "date_to": "2026-11-30",
}

WRITING = re.compile(r"\s*(INSERT|UPDATE|DELETE|WITH)\b", re.IGNORECASE)


def module_of(definition):
    return getattr(definition, "_module", None)


class MatrixCase(AccessCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["guest"] = cls.make_user("t_acc_guest", "base.group_portal")
        cls.users["other_secretary"].name = "Secretary of T2"
        cls.make_elsewhere()
        with tehran(cls.TODAY):
            cls.owned = cls()._make_owned()
            cls.own = cls()._make_own()
            cls._taint()
        cls.scopes = cls._scopes()
        cls.writes = 0
        execute = Cursor.execute

        def counting(cursor, query, *args, **kwargs):
            if WRITING.match(getattr(query, "code", query)):
                cls.writes += 1
            return execute(cursor, query, *args, **kwargs)

        cls.startClassPatcher(patch.object(Cursor, "execute", counting))

    @classmethod
    def make_elsewhere(cls):
        """``elsewhere_*``: everybody who sees all councils, or one, but in another company."""
        company = cls.env["res.company"].create({"name": "Elsewhere"})
        for role in ELSEWHERE:
            user = cls.users[role].copy({"login": f"t_elsewhere_{role}", "name": f"{role} elsewhere"})
            user.write({"company_ids": [Command.set(company.ids)], "company_id": company.id})
            cls.users[f"elsewhere_{role}"] = user

    # --- the registry ---

    @classmethod
    def definitions(cls, model):
        """What our addons themselves say of ``model``."""
        bases = type(cls.env[model])._base_classes__
        return [base for base in bases if is_model_definition(base) and module_of(base) in ADDONS]

    @classmethod
    def our_models(cls):
        """Every model that our addons define or extend; that all models are extended is no model more."""
        return sorted(name for name in cls.env.registry if name != "base" and cls.definitions(name))

    @classmethod
    def stored_models(cls):
        return [name for name in cls.our_models() if cls.env[name]._auto is not None and not cls.env[name]._abstract]

    @classmethod
    @cache
    def public_methods(cls):
        """{model: names of the methods that our addons open to remote clients}; the verbs every model has are tried
        by themselves."""
        found = {}
        for model in (*cls.our_models(), "base"):
            for definition in cls.definitions(model):
                for name, method in vars(definition).items():
                    if name.startswith("_") or not callable(method) or hasattr(models.BaseModel, name):
                        continue
                    try:
                        get_public_method(cls.env[model], name)
                    except Exception:
                        continue
                    found.setdefault(model, set()).add(name)
        return found

    # --- the council's records ---

    def _make_owned(self):
        """{model: the council's records}: of the cycle, all that say so, and what other applications keep of them."""
        records = self.cycle()
        session = records["shora.session"]
        guests = {"guest_ids": [Command.link(self.users["guest"].partner_id.id)]}  # of an item that is settled
        records["shora.agenda.item"].sudo()._store_facts(guests)
        ordered = {"ordered_by_id": self.env.uid, "ordered_at": "2026-11-23 08:00:00"}
        self.env["shora.year.file"].sudo().create({"council_id": self.council.id, "year": 1405, **ordered})
        found = {model: record.sudo() for model, record in records.items() if model not in COMMON}
        for model in self.stored_models():
            field = self.env[model]._fields.get("council_id")
            if model.startswith("shora.") and field and field.store and not self.env[model]._transient:
                found[model] = found.get(model, self.env[model].sudo()) | self.env[model].sudo().search(
                    Domain("council_id", "=", self.council.id)
                )
        found["calendar.event"] = found["shora.session"].event_id
        found["calendar.attendee"] = found["calendar.event"].attendee_ids
        for model, (name, number) in POINTERS.items():
            here = Domain.OR(
                Domain(name, "=", other) & Domain(number, "in", known.ids)
                for other, known in found.items()
                if other.startswith("shora.") and other != "shora.joint.push"  # followed by all secretaries (5-10)
            )
            found[model] = self.env[model].sudo().search(here)
        found["dms.file"] = self.env["dms.file"].sudo().search([("directory_id", "in", found["dms.directory"].ids)])
        self.assertTrue(all(found.values()), [model for model, known in found.items() if not known])
        self.assertIn(session, found["shora.session"])
        self.env.flush_all()
        return found

    def _make_own(self):
        """{model: records of the other council}, which its secretary may write."""
        self.other = self.council.sudo().search([("code", "=", "T2")])
        type(self).other = self.other
        with tehran("2026-11-22 08:00"):
            session = self.plan(self.other, "2026-12-20", user=self.users["other_secretary"])
            session.env["shora.notice"]._prepare_for(session)
        found = {}
        for model in self.stored_models():
            field = self.env[model]._fields.get("council_id")
            if model.startswith("shora.") and field and field.store and not self.env[model]._transient:
                records = self.env[model].sudo().search(Domain("council_id", "=", self.other.id))
                if records:
                    found[model] = records
        return found

    @classmethod
    def _taint(cls):
        """Put ``SECRET`` into every text of the council's records."""
        for model, records in cls.owned.items():
            texts = [
                field
                for field in records._fields.values()
                if field.store and field.column_type and field.type in ("char", "text", "html")
                if field.name in STOCK_TEXTS or (model.startswith("shora.") and field.name not in NO_TEXTS)
            ]
            for field in texts if records._auto else ():
                text = SQL("%s || ' ' || id", SECRET)
                value = SQL("jsonb_build_object('en_US', %s)", text) if field.translate else text
                if field.name == "password":
                    continue
                with cls.cr.savepoint(flush=False) as savepoint:
                    try:
                        cls.cr.execute(
                            SQL(
                                "UPDATE %s SET %s = %s WHERE id IN %s",
                                *(SQL.identifier(records._table), SQL.identifier(field.name), value),
                                tuple(records.ids),
                            )
                        )
                    except Exception:
                        savepoint.rollback()
        cls.env.invalidate_all()

    @classmethod
    def _scopes(cls):
        """[SQL that tells what a table holds of the council]: its own rows and those that point to one of them."""
        scopes = []
        for model in cls.env.registry:
            records = cls.env[model]
            if records._abstract or not records._auto or records._transient or model in COMMON:
                continue
            points = [
                (field.name, cls.owned[field.comodel_name].ids)
                for field in records._fields.values()
                if field.type == "many2one" and field.store and field.column_type and field.comodel_name in cls.owned
            ]
            points += [("id", cls.owned[model].ids)] if model in cls.owned else []
            where = [SQL("%s IN %s", SQL.identifier(name), tuple(ids)) for name, ids in points]
            if model in POINTERS:
                name, number = (SQL.identifier(one) for one in POINTERS[model])
                where += [
                    SQL("(%s = %s AND %s IN %s)", name, other, number, tuple(known.ids))
                    for other, known in cls.owned.items()
                    if other.startswith("shora.")
                ]
            if where:
                table = SQL.identifier(records._table)
                scopes.append(
                    SQL(
                        "SELECT %s, count(*), sum(hashtext(t::text)::bigint) FROM %s t WHERE %s",
                        *(model, table, SQL(" OR ").join(where)),
                    )
                )
        return SQL(" UNION ALL ").join(scopes)

    def snapshot(self):
        self.env.flush_all()
        self.cr.execute(self.scopes)
        return {model: state for model, *state in self.cr.fetchall()}

    # --- calls ---

    def call(self, who, model, method, *args, **kwargs):
        """The answer as a remote client gets it, or None when it was refused."""
        self.env.invalidate_all()
        env = api.Environment(self.cr, self.users[who].id, {})
        return call_kw(env[model], method, list(args), kwargs)

    def attack(self, who, model, method, *args, changes=False, **kwargs):
        """What is wrong when ``who`` calls this: the secret is told, or the council's rows are other ones.

        Everything is undone again.
        """
        result, wrong, self.was_refused, writes = None, None, False, self.writes
        with self.cr.savepoint(flush=False) as savepoint:
            try:
                result = self.call(who, model, method, *args, **kwargs)
                self.env.flush_all()
            except Exception as error:
                self.was_refused = True
                if SECRET in str(error):
                    wrong = f"told in the refusal: {str(error)[:200]}"
                self.env.clear()
                savepoint.rollback()
                self.env.invalidate_all()
                return wrong, None
            if SECRET in repr(result):
                wrong = "told"
            if changes and self.writes != writes:
                after = self.snapshot()
                other = [name for name, state in after.items() if state != self.before[name]]
                wrong = f"changed {', '.join(other)}" if other else wrong
            self.env.clear()
            savepoint.rollback()
        self.env.invalidate_all()
        return wrong, result

    @staticmethod
    def shows(result):
        """Does this answer speak of records at all?"""
        if isinstance(result, dict):
            return any(MatrixCase.shows(result.get(key)) for key in ("records", "groups", "datas"))
        if isinstance(result, list | tuple):
            return any(row.get("__count", True) if isinstance(row, dict) else True for row in result)
        return bool(result)

    def links_to_owned(self, model):
        """(name, command) of every field by which a record of ``model`` may be tied to one of the council's."""
        for field in self.env[model]._fields.values():
            known = self.owned.get(field.comodel_name) if field.relational else None
            if not known or not field.store or field.related or field.name in ("create_uid", "write_uid"):
                continue
            yield field.name, known[:1].id if field.type == "many2one" else [Command.link(known[:1].id)]

    def linking(self, model):
        """Values for ``model`` that tie it to the council: every link by itself, and all of them."""
        links = dict(self.links_to_owned(model))
        singly = [{name: value} for name, value in links.items()]
        return [*singly, links] if len(links) > 1 else singly

    def required(self, model, known=None):
        """Anything for what a record of ``model`` cannot do without; what it must point to is one of ``known``."""
        values, known = {}, known or self.owned
        for field in self.env[model]._fields.values():
            if not field.required or not field.store or field.related or field.compute or field.default:
                continue
            if field.type == "many2one":
                there = known.get(field.comodel_name) or self.env[field.comodel_name].sudo().search([], limit=1)
                values[field.name] = there[:1].id
            elif field.type == "selection":
                values[field.name] = field.get_values(self.env)[0]
            elif field.type in PLAIN:
                values[field.name] = PLAIN[field.type]
        return values

    # --- methods ---

    def opened(self, model):
        """Names of the public methods of ``model`` that are of our addons, those of its mixins too."""
        names = set()
        public = self.public_methods()
        for base in type(self.env[model]).mro():
            if is_model_class(base) and base._name != "base":  # what all models have is tried as verbs
                names |= public.get(base._name, set())
        return names

    def arguments(self, method):
        """Something for every argument of ``method``: where it asks for ids, those of the council."""
        found = []
        for parameter in list(inspect.signature(method).parameters.values())[1:]:
            name = parameter.name
            if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL, parameter.KEYWORD_ONLY):
                break
            if name == "ids" or name.endswith(("_id", "_ids")):
                stem = name.removesuffix("s").removesuffix("_id")
                known = self.owned.get(f"shora.{stem}", self.owned["shora.council"])
                found.append(known.ids if name.endswith("ids") else known[:1].id)
            elif name in GIVEN:
                found.append(GIVEN[name])
            elif parameter.default is parameter.empty:
                found.append("x")
            else:
                break
        return found
