"""A year's file broken off at any point: the next run goes on, and the manifest is the one of an unbroken run."""

import io
import zipfile
from base64 import b64decode

from tests.common import tehran, utc
from tests.shora_council.killing import KillCase

POINTS = [
    "shora.year.file._papers@after",
    "shora.year.file.unit._make_integrity@after",
    "shora.year.file.unit._make_stored@before",
    "shora.year.file.unit._make_document@after",
    "shora.year.file.unit._make_printed@before",
    "shora.year.file.unit._make_workbook@after",
    "shora.year.file._write_zip@after",
    "ir.attachment._adopt@after",
    "shora.year.file._tell@before",
]
NOW = "2026-11-20 10:00"


def build(env, _file_id):
    env["shora.year.file"]._cron_build()


class TestYearFileKilled(KillCase):
    STEP = "tests.shora_council_reports.test_year_file_killed:build"

    def setUp(self):
        super().setUp()
        with self.commit():
            session = self.held()
            with tehran("2026-11-09 15:00"):
                session.env["shora.minutes"]._draft_for(session)._sign("password")
            self.council, self.clerk = session.council_id.id, self.secretariat.id

    def ordered(self):
        with self.commit(self.clerk) as env, tehran(NOW):
            return env["shora.year.file"]._place_order(env["shora.council"].browse(self.council), 1405).id

    def seen(self, file_id):
        """(state, papers made, manifest or None) of the file."""
        with self.commit() as env:
            file = env["shora.year.file"].browse(file_id)
            manifest = None
            if file.state == "done":
                with zipfile.ZipFile(io.BytesIO(b64decode(file.with_context(bin_size=False).file))) as archive:
                    manifest = archive.read("SHA256SUMS").decode()
            return file.state, file.done_count, manifest

    def test_between_any_two_steps(self):
        now = utc(NOW)
        file = self.ordered()
        begin, rest = POINTS[:3], POINTS[3:]
        self.assertEqual(self.kill(1, file, begin, now), [(point, "killed") for point in begin])
        self.assertEqual(self.seen(file)[:2], ("building", 1), "the integrity result, in a commit of its own")
        self.assertEqual(self.kill(1, file, rest, now), [(point, "killed") for point in rest])
        waiting = self.seen(file)
        self.assertEqual(waiting[0], "building", "all is made but the ZIP")
        self.assertEqual(self.kill(1, file, [None], now), [(None, 0)])
        state, count, manifest = self.seen(file)
        self.assertEqual((state, count), ("done", waiting[1]))
        again = self.ordered()
        self.assertEqual(self.kill(1, again, [None], now), [(None, 0)])
        self.assertEqual(self.seen(again)[2], manifest)
