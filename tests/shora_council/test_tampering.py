"""Whatever is sealed and changed past all guards, in SQL or in the filestore, is named by the integrity check.

Read off the registry: a model with a seal or a SHA-256 is found by itself, and so is a new column of one that is known.
"""

import contextlib
import os
import random
from itertools import zip_longest

from odoo.tools import SQL

from tests.seeds import SOAK, seeds
from tests.shora_council.tamper_case import TamperCase
from tests.shora_council.tampering_list import LOOSE_ROWS, UNSEALED

KINDS = ("other", "null", "space", "lookalike")
TOTALS = {"votes_for", "votes_against", "votes_abstain"}


class TestTampering(TamperCase):
    def test_nothing_is_named_where_nothing_was_changed(self):
        self.assertEqual(self.problems(), [])
        check = self.env["shora.integrity.check"]._check(self.council)
        self.assertEqual((check.problem_count, check.seal_count), (0, 6))

    # --- columns ---

    def test_every_model_is_known_to_the_check_and_has_rows_here(self):
        reading = self.reading()
        self.assertEqual(set(self.sealed_models()), set(reading._sealed_models()))
        marks = {model for model in self.models() if self.marks_of(model)}
        known = set(reading._fingerprints()) | set(reading._sealed_models()) | {"shora.seal"}
        self.assertEqual(marks - known, set())
        for model in self.models():
            self.assertTrue(self.rows_of(model), f"no row of {model} here: the builder makes one of every kind")

    def test_what_is_listed_exists(self):
        for model, reasons in UNSEALED.items():
            for names in reasons.values():
                gone = set(names.split()) - {"*"} - set(self.columns_of(model))
                self.assertFalse(gone, f"{model}: {gone}")

    def test_every_column_is_named_or_listed(self):
        for seed in seeds(1, soak=12):
            chance = random.Random(seed)
            columns = [
                [(model, column, KINDS[(seed + number) % len(KINDS)]) for number, column in enumerate(columns)]
                for model in (*self.models(), "ir.attachment")
                if (columns := self.sealed_columns(model))
            ]
            self.assertGreater(sum(map(len, columns)), 150)
            for together in zip_longest(*columns):
                for model, column, kind in self.not_named_together(chance, filter(None, together)):
                    with self.subTest(seed=seed, model=model, column=column, kind=kind), self.undone():
                        row, value = self.tamper(chance, model, column, kind)
                        self.assertNamed(row, f"{row} {column} = {value!r}")

    def not_named_together(self, chance, columns):
        """Those of one column of each model that are not named by record and field when all are changed at once: they
        are looked at one by one. In the long runs all of them are."""
        columns = list(columns)
        if SOAK:
            return columns
        with self.undone():
            changed = [self.tamper(chance, *one)[0] for one in columns]
            found = {(p["res_model"], p["res_id"], p["detail"].partition(" · ")[0]) for p in self.problems()}
            self.env.clear()
            labels = [
                row._fields[one[1]]._description_string(self.env) for row, one in zip(changed, columns, strict=True)
            ]
            return [
                one
                for row, one, label in zip(changed, columns, labels, strict=True)
                if (row._name, row.id, label) not in found
            ]

    def tamper(self, chance, model, column, kind):
        """Write another value into a column of any sealed row.

        :return: (row, value)
        """
        rows = list(self.bound(self.rows_of(model), column))
        chance.shuffle(rows)
        if column in TOTALS:
            rows = [row for row in rows if row.ballot == "secret"]
        for way in (kind, "other"):
            for row in rows:
                for value in self.values(chance, row, column, way):
                    if self.update(row, column, value):
                        return row, value
        raise AssertionError(f"{model}.{column}: the database refuses every value: list it")

    def test_every_row_that_is_gone_is_named(self):
        for model in self.models():
            if model in LOOSE_ROWS:
                continue
            row = self.rows_of(model)[:1]
            with self.subTest(model=model), self.undone():
                self.drop_references(row)
                self.sql(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(row._table), row.id))
                self.assertTrue(self.problems(), row)

    def test_every_row_that_is_added_is_refused_or_named(self):
        added = 0
        for model in self.models():
            if model in LOOSE_ROWS:
                continue
            row = self.rows_of(model)[:1]
            names = [SQL.identifier(name) for name in self.columns_of(model) if name != "id"]
            columns = SQL(", ").join(names)
            with self.subTest(model=model), self.undone():
                table = SQL.identifier(row._table)
                copy = SQL(
                    "INSERT INTO %s (%s) SELECT %s FROM %s WHERE id = %s", table, columns, columns, table, row.id
                )
                if self.accepted(copy):
                    added += 1
                    self.assertTrue(self.problems(), row)
        self.assertGreater(added, 3)

    # --- the chain ---

    def chain(self):
        return self.env["shora.seal"].sudo().search([("council_id", "=", self.council.id)], order="position")

    def test_a_tail_of_any_length(self):
        self.env["shora.integrity.check"]._check(self.council)  # where the chain ends is remembered
        seals = self.chain()
        for length in range(1, len(seals) + 1):
            tail, documents = tuple(seals[-length:].ids), set(seals[-length:].mapped("res_id"))
            for counted in (False, True):
                with self.subTest(length=length, counted=counted), self.undone():
                    self.sql(SQL("DELETE FROM shora_seal WHERE id IN %s", tail))
                    if counted:
                        self.sql(SQL("UPDATE shora_seal_count SET positions = positions - %s", length))
                    problems = self.problems()
                    self.assertIn("missing", {one["kind"] for one in problems if one["res_model"] == "shora.council"})
                    unsealed = {one["res_id"] for one in problems if one["kind"] == "added"}
                    self.assertLessEqual(documents, unsealed)

    def test_two_seals_that_changed_places_and_one_twice(self):
        seals = self.chain()
        for one, other in ((0, 1), (2, 3), (0, 5)):
            with self.subTest(one=one, other=other), self.undone():
                query = "UPDATE shora_seal SET position = %s WHERE id = %s"
                first, second = seals[one], seals[other]
                for place, seal in ((99, first), (first.position, second), (second.position, first)):
                    self.sql(SQL(query, place, seal.id))
                named = {p["res_id"] for p in self.problems() if p["res_model"] == "shora.seal"}
                self.assertLessEqual({first.id, second.id}, named)
        names = [name for name in self.columns_of("shora.seal") if name not in ("id", "position", "res_id")]
        columns = SQL(", ").join(map(SQL.identifier, names))
        for place in (0, 7, -1):
            with self.subTest(place=place), self.undone():
                query = SQL(
                    "INSERT INTO shora_seal (position, res_id, %s) SELECT %s, 0, %s FROM shora_seal WHERE id = %s",
                    *(columns, place, columns, seals[2].id),
                )
                self.sql(query)
                self.assertIn("added", {p["kind"] for p in self.problems() if p["res_model"] == "shora.seal"})

    # --- files ---

    def test_every_kind_of_byte_of_every_kind_of_file(self):
        for seed in seeds(1, soak=20):
            chance = random.Random(seed)
            for model, pairs in self.reading()._fingerprints().items():
                for field, mark in pairs:
                    files = self.files_of(model, field)
                    self.assertTrue(files, f"no {field} of {model} here")
                    with self.subTest(seed=seed, model=model, field=field):
                        self.damage(chance, chance.choice(files), model, field, mark)

    def damage(self, chance, file, model, field, mark):
        path = file._full_path(file.store_fname)
        with open(path, "rb") as stream:
            whole = stream.read()
        other = self.other_file(file)
        spots = {0, len(whole) - 1, *(chance.randrange(len(whole)) for _spot in range(3))}
        ways = [whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :] for at in sorted(spots)]
        ways += [whole[:-1], whole[: len(whole) // 2], b"", None, other, whole + b"\n", whole + b"\0"]
        for changed in ways:
            with self.filed(path, whole, changed):
                problems, _count = self.reading()._of_files(self.council.sudo(), model, field, mark)
                named = {(one["res_model"], one["res_id"]) for one in problems}
                self.assertIn((model, file.res_id), named, f"{field}: {changed and changed[:20]!r}…")

    def test_every_byte_of_a_file(self):
        [file] = self.files_of("shora.notice.certificate", "pdf")
        if SOAK:
            file = max(self.files_of("shora.minutes.file", "file"), key=lambda one: one.file_size)
        path = file._full_path(file.store_fname)
        with open(path, "rb") as stream:
            whole = stream.read()
        pairs = dict(self.reading()._fingerprints()[file.res_model])
        for at in range(len(whole)):
            for bit in range(8) if SOAK else (at % 8,):
                changed = whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]
                with self.filed(path, whole, changed):
                    problems, _count = self.reading()._of_files(
                        self.council.sudo(), file.res_model, file.res_field, pairs[file.res_field]
                    )
                    self.assertIn(file.res_id, {one["res_id"] for one in problems}, f"byte {at}, bit {bit}")

    def test_the_documents_of_the_agenda(self):
        item = self.meeting.agenda_item_ids[:1].sudo()
        document = item.attachment_ids[:1]
        path = document._full_path(document.store_fname)
        with open(path, "rb") as stream:
            whole = stream.read()
        for changed in (b"x" + whole[1:], whole + b" ", b"", None):
            with self.filed(path, whole, changed):
                self.assertNamed(item, f"document {changed!r}")
        for column, value in (("name", "other.txt"), ("store_fname", self.other_file(document, True))):
            with self.subTest(column=column), self.undone():
                self.update(document, column, value)
                self.assertNamed(item, column)
        with self.undone():
            self.drop_references(document)
            self.sql(SQL("DELETE FROM ir_attachment WHERE id = %s", document.id))
            self.assertNamed(item, "a document that is gone")

    def test_the_files_of_the_documents_app(self):
        """The Secretariat reads its copies there (5-7)."""
        copy = self.rows_of("shora.archive.copy")[:1]
        [file] = self.env["dms.file"].sudo().search([("attachment_id", "=", copy._attachment().id)])
        others = self.env["dms.file"].sudo().search([("id", "!=", file.id), ("checksum", "!=", file.checksum)], limit=1)
        elsewhere = self.env["dms.directory"].sudo().search([("id", "!=", file.directory_id.id)], limit=1)
        ways = {
            "attachment_id": others.attachment_id.id,
            "directory_id": elsewhere.id,
            "checksum": "x",
            "active": False,
        }
        for column, value in ways.items():
            with self.subTest(column=column), self.undone():
                self.update(file, column, value)
                self.assertNamed(copy, column)
        with self.undone():
            self.drop_references(file)
            self.sql(SQL("DELETE FROM dms_file WHERE id = %s", file.id))
            self.assertNamed(copy, "a file that is gone")

    @contextlib.contextmanager
    def filed(self, path, whole, changed):
        """``changed`` in place of the file; None: it is gone."""
        os.chmod(path, 0o600)
        try:
            if changed is None:
                os.unlink(path)
            else:
                with open(path, "wb") as stream:
                    stream.write(changed)
            self.env.invalidate_all()
            yield
        finally:
            with open(path, "wb") as stream:
                stream.write(whole)
            self.env.invalidate_all()
