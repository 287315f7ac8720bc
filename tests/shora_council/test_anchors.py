"""A chain that was written anew as a whole, and an old backup, hold within themselves: what was told outside names
them."""

import contextlib
import io
import json
import os
import re
import tempfile
from unittest.mock import patch

from odoo.addons.shora_council.models.archive_chain import PLACE
from odoo.addons.shora_council.rules import anchors, sealing
from odoo.cli.command import find_command
from odoo.tools import SQL

from tests.common import tehran
from tests.shora_council.tamper_case import TamperCase


class TestAnchors(TamperCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.minutes = cls.meeting.minutes_id.sudo()

    # --- what is told ---

    def command(self, *lines, code=("T1",)):
        """(departures, printed lines) of the command, with ``lines`` written down outside."""
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt") as file:
            file.write("\n".join(lines))
            file.flush()
            printed = io.StringIO()
            with contextlib.redirect_stdout(printed):
                found = find_command("shora_integrity")().check(self.env, code, file.name if lines else None)
        self.env.invalidate_all()
        return found, printed.getvalue().splitlines()

    def letter(self):
        """The link on the forwarding letter, as the Secretariat copies it."""
        html = self.env["shora.pdf"]._html("shora_council.document_covering_letter", self.minutes)
        [(position, link)] = re.findall(r"<bdi>(\w+)</bdi> · <span[^>]*>([0-9a-f]{64})</span>", html)
        return f"T1 {position} · {link}"

    # --- a chain written anew ---

    def rewrite(self):
        """Other words in the first minutes, with file, copies, fingerprints, every link and the memory of the checks:
        by whoever owns database and filestore and has this code."""
        minutes, files = self.minutes, self.env["ir.attachment"].sudo()
        content = json.loads(minutes.content_json)["content"]
        content["text_html"] = "<p>Opened at nine.</p>"
        data, pdf = sealing.canonical(content, minutes._seal_schema), b"%PDF-1.7 another"
        mark, pdf_mark = sealing.sha256_hex(data), sealing.sha256_hex(pdf)
        old = minutes.pdf_sha256
        checksum = files._compute_checksum(pdf)
        name = files._file_write(pdf, checksum)
        copies = self.env["shora.archive.copy"].sudo().search([("sha256", "=", old)])
        held = self.files_of("shora.minutes", "pdf").filtered(lambda one: one.res_id == minutes.id)
        held |= copies._attachment()
        shown = self.env["dms.file"].sudo().search([("attachment_id", "in", held.ids)])
        self.write(minutes, text=content["text_html"], content_json=data.decode(), content_sha256=mark)
        self.write(minutes, pdf_sha256=pdf_mark)
        self.write(held, store_fname=name, checksum=checksum, file_size=len(pdf))
        self.write(copies, sha256=pdf_mark, checksum=checksum)
        self.relink_copies()
        self.write(shown, checksum=checksum)
        self.write(minutes.seal_id.sudo(), content_sha256=mark, pdf_sha256=pdf_mark)
        for addendum in minutes.addendum_ids:
            inside = json.loads(addendum.content_json)["content"]
            inside["minutes_sha256"] = mark
            data = sealing.canonical(inside, addendum._seal_schema)
            self.write(addendum, content_json=data.decode(), content_sha256=sealing.sha256_hex(data))
            self.write(addendum.seal_id.sudo(), content_sha256=sealing.sha256_hex(data))
        self.relink()

    def relink(self):
        previous = sealing.GENESIS
        for seal in self.env["shora.seal"].sudo().search([("council_id", "=", self.council.id)], order="position"):
            link = sealing.link(previous, seal.content_sha256, seal.pdf_sha256, seal._place())
            self.write(seal, previous=previous, link=link)
            previous = link
        self.write(self.env["shora.integrity.check"].sudo().search([]), head_link=previous)

    def relink_copies(self):
        copies, previous = self.env["shora.archive.copy"].sudo(), sealing.GENESIS
        self.env.invalidate_all()
        for copy in copies.search([("council_id", "=", self.council.id)], order="position"):
            row = {name: copy[name] for name in (*PLACE, "facts_json", "sha256")}
            link = sealing.link(*copies._parts({**row, "folder_id": copy.folder_id.id, "previous": previous}))
            self.write(copy, previous=previous, link=link)
            previous = link
        self.write(self.env["shora.integrity.check"].sudo().search([]), copy_link=previous)

    def write(self, records, **values):
        if records:
            sets = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in values.items())
            table = SQL.identifier(records._table)
            self.sql(SQL("UPDATE %s SET %s WHERE id IN %s", table, sets, tuple(records.ids)))

    def test_a_full_rewrite_holds_within_itself_and_is_named_by_any_anchor(self):
        found, [before, copies] = self.command()
        self.assertEqual(found, 0)
        letter = self.letter()
        self.assertEqual(self.command(before, letter)[0], 0)
        code = self.minutes.content_sha256
        self.rewrite()
        found, [after, _copies] = self.command()
        self.assertEqual(found, 0, "a chain inside the database says nothing of it")
        self.assertNotEqual(before, after)
        for told, position in ((before, 6), (letter, 1)):
            found, lines = self.command(told)
            self.assertEqual(found, 1, lines)
            self.assertIn(f"Position {position} of the chain, told outside as", lines[2])
            self.assertRegex(lines[2], r"^T1: altered: ")
        found, lines = self.command(copies)
        self.assertEqual((found, lines[2].split(": ")[1]), (1, "altered"), "so do the Secretariat's copies")
        verify = self.env["shora.seal"]._verify
        self.assertFalse(verify("1", "1405/08/11", code), "the printed paper no longer matches")
        self.assertTrue(verify("1", "1405/08/11", self.minutes.content_sha256))

    # --- documents that nobody signs into the chain ---

    def other_decree(self):
        """Another decree in place of an issued one: row, file, fingerprint, and the Secretariat's copy in archive and
        documents app.

        :return: the copy
        """
        copies, files = self.env["shora.archive.copy"].sudo(), self.env["ir.attachment"].sudo()
        copy = copies.search([("res_model", "=", "shora.decree"), ("council_id", "=", self.council.id)]).filtered(
            "facts_json"
        )[:1]
        decree, pdf = self.env["shora.decree"].sudo().browse(copy.res_id), b"%PDF-1.7 another decree"
        checksum = files._compute_checksum(pdf)
        held = files.browse(copy.original_id) | copy._attachment()
        self.write(held, store_fname=files._file_write(pdf, checksum), checksum=checksum, file_size=len(pdf))
        self.write(decree, pdf_sha256=sealing.sha256_hex(pdf), body="<p>Another</p>")
        self.write(copy, sha256=sealing.sha256_hex(pdf), checksum=checksum)
        self.write(self.env["dms.file"].sudo().search([("attachment_id", "in", held.ids)]), checksum=checksum)
        self.env.invalidate_all()
        return copy

    def test_a_decree_written_anew_with_its_copy_leaves_a_link_that_does_not_fit(self):
        copy = self.other_decree()
        found, lines = self.command()
        self.assertEqual(found, 2, lines)
        named = {(problem["res_model"], problem["res_id"]) for problem in self.problems()}
        self.assertEqual(named, {("shora.archive.copy", copy.id), ("shora.decree", copy.res_id)})

    def test_with_the_whole_chain_of_copies_it_is_named_by_what_was_told_outside(self):
        _found, [_seals, told] = self.command()
        copy = self.other_decree()
        facts = json.loads(copy.facts_json)
        facts["content"]["body"] = "<p>Another</p>"
        self.write(copy, facts_json=json.dumps(facts))
        self.relink_copies()
        self.assertEqual(self.command()[0], 0, "the database says nothing of it")
        found, lines = self.command(told)
        self.assertEqual(found, 1, lines)
        self.assertIn("of the chain, told outside as", lines[2])

    def test_copies_cut_off_with_their_count_are_named_by_the_end_of_an_earlier_check(self):
        self.env["shora.integrity.check"]._check(self.council)
        last = self.env["shora.archive.copy"].sudo().search([("council_id", "=", self.council.id)])
        last = last.sorted("position")[-1:]
        shown = self.env["dms.file"].sudo().search([("attachment_id", "in", last._attachment().ids)])
        for row in (*shown, *last._attachment(), last):
            self.drop_references(row)
            self.sql(SQL("DELETE FROM %s WHERE id = %s", SQL.identifier(row._table), row.id))
        self.assertIn(("shora.council", "missing"), {(one["res_model"], one["kind"]) for one in self.problems()})
        self.sql(SQL("UPDATE shora_seal_count SET positions = positions - 1 WHERE chain = 'copies'"))
        self.env.invalidate_all()
        [problem] = [one for one in self.problems() if one["res_model"] == "shora.council"]
        self.assertIn("its end on", problem["detail"])

    # --- an old backup ---

    def test_a_restored_old_backup_ends_before_the_last_letter(self):
        with self.undone(), tehran("2026-12-20 13:00"):
            minutes = self.env["shora.minutes"].search([("council_id", "=", self.council.id)], order="id desc", limit=1)
            addendum = self.env["shora.minutes.addendum"].with_user(self.secretary)
            addendum = addendum.create({"minutes_id": minutes.id, "reason": "R", "text": "<p>T</p>"})
            self.env.cr.postcommit.clear()
            with patch("odoo.addons.shora_council.models.seal._logger.info") as log:
                addendum._sign("password")
                log.assert_not_called()  # what is broken off was never sealed
                self.env.cr.postcommit.run()
            [[pattern, *values]] = [call.args for call in log.call_args_list]
            line = f"2026-12-20 09:30:00,000 1 INFO db odoo.addons.shora_council.models.seal: {pattern % tuple(values)}"
            found, [told, _copies] = self.command()
            self.assertEqual(found, 0)
            code, day = addendum.content_sha256, minutes.session_id.day
            self.assertTrue(self.env["shora.seal"]._verify("2", "1405/08/25", code), day)
        found, _lines = self.command()
        self.assertEqual(found, 0, "the old database holds within itself")
        for outside in (told, line):
            found, lines = self.command(outside)
            self.assertEqual(found, 1)
            self.assertIn("T1: missing: ", lines[2])
            self.assertIn("Position 7 of the chain, told outside as", lines[2])
        self.assertFalse(self.env["shora.seal"]._verify("2", "1405/08/25", code))

    # --- the file ---

    def test_a_council_that_is_gone(self):
        found, lines = self.command(f"T9: 3 seals, 4 files, head {'a' * 64}")
        self.assertEqual((found, lines[0].split(":")[:2]), (1, ["T9", " missing"]))

    def test_a_council_that_was_put_aside_is_looked_at_too(self):
        self.write(self.council, active=False)
        self.write(self.minutes, signed_name="Somebody")
        self.assertEqual(self.command(code=None)[0], 1)
        self.run_job("cron_integrity")
        latest = self.env["shora.integrity.check"].search([("council_id", "=", self.council.id)], limit=1)
        self.assertEqual((latest.checked_at.isoformat(" "), latest.problem_count), ("2026-12-20 08:30:00", 1))

    def test_a_line_that_was_mistyped_stops_the_command(self):
        with self.assertRaises(SystemExit), contextlib.redirect_stderr(io.StringIO()) as said:
            self.command("T1 1 abc")
        self.assertIn("line 1", said.getvalue())

    def test_the_nightly_check_reads_the_file_of_the_settings(self):
        _found, [line, _copies] = self.command()
        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "anchors.txt")
            with patch.dict(os.environ, SHORA_ANCHORS=path):
                check = self.env["shora.integrity.check"]._check(self.council)
                self.assertEqual(check.problem_ids.mapped("detail"), [path], "the file itself is gone")
                for text, count in ((line, 0), (line[:-64] + "a" * 64, 1), ("T1 1 abc", 1)):
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(text)
                    check = self.env["shora.integrity.check"]._check(self.council)
                    self.assertEqual(check.problem_count, count, text)

    def test_every_line_that_is_printed_can_be_read_again(self):
        other = self.make_council("T2")
        self.assertFalse(other.active and self.env["shora.seal"].search([("council_id", "=", other.id)]))
        _found, lines = self.command(code=("T1", "T2"))
        self.assertEqual([(one.council, one.chain) for one in anchors.read(lines)], [("T1", "seals"), ("T1", "copies")])
