"""Ways past all guards: what a database administrator could write, and how one finds out whether it was named."""

import contextlib
from datetime import date, datetime

import psycopg2
from odoo.addons.shora_council.models.archive_chain import FACTS
from odoo.tools import SQL, mute_logger

from tests.shora_council.tampering_list import PLATFORM, UNSEALED

LOOKALIKES = str.maketrans("aeocpi", "аеосрі")  # Latin and Cyrillic
#: of a file that a field holds: where it is and what is served
OF_FILES = "store_fname res_model res_field res_id type url checksum file_size"


class TamperWays:
    # --- what is sealed, by the registry ---

    def stored(self):
        for name in sorted(self.env.registry):
            model = self.env[name]
            if name.startswith("shora.") and model._auto and not model._abstract and not model._transient:
                yield model

    def sealed_models(self):
        return [model._name for model in self.stored() if getattr(model, "_seal_schema", None)]

    def marks_of(self, name):
        return [field.name for field in self.env[name]._fields.values() if field.store and "sha256" in field.name]

    def models(self):
        """Every model with a seal or a SHA-256, the rows that were sealed with them, and what belongs to the former."""
        sealed = self.sealed_models()
        found = {model._name for model in self.stored() if self.marks_of(model._name)}
        for record in self.env["shora.seal"].sudo().search([("council_id", "=", self.council.id)]):
            document = self.env[record.res_model].sudo().browse(record.res_id)
            content = document._sealed_content() if hasattr(document, "_sealed_content") else {}
            if content:
                found |= {row._name for row, _name, _value in document._sealed_rows(content)}
                found |= {rows._name for rows, _key, _names in document._sealed_lists(content)}
        for model in self.stored():
            parents = (field for field in model._fields.values() if field.type == "many2one" and field.required)
            if any(field.store and field.comodel_name in sealed for field in parents):
                found.add(model._name)
        found |= {"shora.seal.count", "shora.attendance", "shora.attendance.change", "shora.resolution.vote"}
        found |= {"shora.minutes.file.signature", "shora.dossier.minutes", "shora.dossier.line"}
        return sorted(found - set(self.NOT_OF_DOCUMENTS))

    def rows_of(self, name):
        """Rows of the council's sealed documents."""
        model = self.env[name].sudo().with_context(active_test=False)
        if name == "ir.attachment":
            return model.union(
                *(
                    self.files_of(model_name, field)[:1]
                    for model_name, pairs in self.reading()._fingerprints().items()
                    for field, _mark in pairs
                )
            )
        if "council_id" in model._fields and model._fields["council_id"].store:
            rows = model.search([("council_id", "=", self.council.id)], order="id")
            if name in ("shora.session", "shora.agenda.item"):
                sessions = self.env["shora.seal"].sudo().search([]).session_id
                rows = rows.filtered(lambda row: (row if name == "shora.session" else row.session_id) in sessions)
            return rows
        return model.search(
            [("dossier_id.line_ids.council_id", "=", self.council.id)] if "dossier_id" in model._fields else []
        )

    def bound(self, rows, column):
        """Those that the seal of ``column`` reaches: where it is bound with the copy of a document, the rows that have
        one.
        """
        if not any(model == rows._name and column in names.split() for (model, _field), names in FACTS.items()):
            return rows
        return rows.filtered(lambda row: (row._name, row.id) in self.kept)

    def files_of(self, model, field):
        files = self.env["ir.attachment"].sudo()
        ids = self.env[model].sudo().search(self.reading()._domain_of(self.council.sudo(), model)).ids
        return files.search([("res_model", "=", model), ("res_field", "=", field), ("res_id", "in", ids)], order="id")

    def other_file(self, file, name=False):
        """Another sealed file, in place of this one."""
        others = self.files_of("shora.minutes.file", "file") | self.files_of("shora.minutes", "pdf")
        other = others.filtered(lambda one: one.checksum != file.checksum)[:1]
        return other.store_fname if name else other.raw

    def columns_of(self, name):
        """{column: whether it may be empty} in the database."""
        self.cr.execute(
            "SELECT column_name, is_nullable = 'YES' FROM information_schema.columns WHERE table_name = %s"
            " ORDER BY ordinal_position",
            [self.env[name]._table],
        )
        return dict(self.cr.fetchall())

    def sealed_columns(self, name):
        if name == "ir.attachment":
            return OF_FILES.split()
        listed = set(" ".join(UNSEALED.get(name, {}).values()).split())
        return [] if "*" in listed else [one for one in self.columns_of(name) if one not in listed | PLATFORM]

    # --- what is written ---

    def values(self, chance, row, column, kind):
        """Values of ``kind`` for a column, as SQL takes them."""
        field = row._fields[column]
        self.cr.execute(
            SQL("SELECT %s FROM %s WHERE id = %s", SQL.identifier(column), SQL.identifier(row._table), row.id)
        )
        [old] = self.cr.fetchone()
        if kind == "null":
            return [None] if old else []
        if kind in ("space", "lookalike"):
            if not isinstance(old, str) or not old or field.type == "selection":
                return []
            other = old.translate(LOOKALIKES)
            return [f"{old}\u200c"] if kind == "space" or other == old else [other]
        if field.type == "many2one":
            comodel = self.env[field.comodel_name].sudo().with_context(active_test=False)
            found = comodel.search([("id", "!=", old or 0)], limit=40).ids
            return chance.sample(found, min(8, len(found))) + [None] * bool(old)
        if field.type == "selection":
            return [value for value in field.get_values(self.env) if value != old]
        return self.plain_values(old, field)

    @staticmethod
    def plain_values(old, field):
        if field.type in ("integer", "many2one_reference", "float"):
            return [(old or 0) + 1, (old or 0) + 1000]
        if field.type == "boolean":
            return [not old]
        if field.type == "date":
            return [date(2026, 1, 1)]
        if field.type == "datetime":
            moments = (datetime(2026, 1, 1, 8), datetime(2027, 1, 1, 8))
            return [moment for moment in moments if moment != old]
        return [f"{old or ''}x", f"{(old or '')[:-1]}x"]

    def sql(self, query):
        self.cr.execute(query)
        self.env.invalidate_all()

    def accepted(self, query):
        """Whether the database took ``query``; what it refuses by itself needs no seal."""
        with mute_logger("odoo.sql_db"), self.cr.savepoint(flush=False) as savepoint:
            try:
                self.cr.execute(query)
            except psycopg2.Error:
                savepoint.rollback()
                return False
        self.env.invalidate_all()
        return True

    def update(self, row, column, value):
        table, name = SQL.identifier(row._table), SQL.identifier(column)
        return self.accepted(SQL("UPDATE %s SET %s = %s WHERE id = %s", table, name, value, row.id))

    def drop_references(self, row):
        """Whoever owns the tables drops what would keep ``row``."""
        self.cr.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND confrelid = %s::regclass",
            [row._table],
        )
        for table, name in self.cr.fetchall():
            self.cr.execute(SQL("ALTER TABLE %s DROP CONSTRAINT %s", SQL(table), SQL.identifier(name)))

    @contextlib.contextmanager
    def undone(self):
        savepoint = self.cr.savepoint(flush=False)
        try:
            yield
        finally:
            self.env.clear()
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    # --- what is named ---

    def reading(self):
        return self.env["shora.integrity.reading"].with_context(bin_size=False).sudo()

    def problems(self):
        self.env.invalidate_all()
        return self.reading()._of(self.council.sudo())[0]

    def assertNamed(self, row, how):
        """``row``, the document it was sealed with, or, of a file, the record that holds it."""
        problems = self.problems()
        places = {(one["res_model"], one["res_id"]) for one in problems}
        names = " ".join(f"{one['name']} {one['detail']}" for one in problems)
        documents = {(seal.res_model, seal.res_id) for seal in self.env["shora.seal"].sudo().search([])}
        here = {(row._name, row.id)} | documents
        if row._name in ("ir.attachment", "shora.seal.count"):
            here |= places
        self.assertTrue(problems, how)
        self.assertTrue(here & places or "Session" in names, f"{how}: {problems}")
