import hashlib
import tempfile
import zipfile

from odoo import models
from odoo.addons.shora_council.rules import clock
from odoo.exceptions import UserError

from .ir_attachment import PORTION

#: as ``sha256sum -c`` looks for it
MANIFEST = "SHA256SUMS"


class ShoraYearFile(models.Model):
    """The ZIP: put together on disk, portion by portion, so that memory holds one paper at a time."""

    _name = "shora.year.file"
    _inherit = "shora.year.file"

    def _bind(self):
        """Put the papers together and keep the ZIP; they are not kept twice.

        :raises UserError: a paper is no longer what it was when it was measured
        """
        with tempfile.TemporaryFile() as target:
            self._write_zip(target)
            target.seek(0)
            digest = hashlib.file_digest(target, "sha256").hexdigest()
            self.env["ir.attachment"]._adopt(
                target,
                {
                    "name": self.file_name,
                    "res_model": self._name,
                    "res_field": "file",
                    "res_id": self.id,
                    "mimetype": "application/zip",
                },
            )
        self.invalidate_recordset(["file"])
        self.sha256 = digest
        self.unit_ids.filtered(lambda unit: unit.kind != "stored").content = False

    def _write_zip(self, target):
        office = self.env["shora.reader"]._of_office(self)
        units = self.unit_ids.sorted("sequence")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
            for unit in units.filtered(lambda unit: unit.state == "made"):
                with unit._opened() as source, archive.open(self._entry(unit.path), "w", force_zip64=True) as entry:
                    found = _copied(source, entry)
                if found != unit.sha256:
                    raise UserError(office.env._("“%(path)s” was changed while the file was made.", path=unit.path))
            if missing := units.filtered(lambda unit: unit.state == "missing"):
                lines = "".join(f"{unit.path}: {unit.reason}\n" for unit in missing)
                name = office.env._("Missing papers")
                archive.writestr(self._entry(f"{name}.txt"), lines.encode())
            archive.writestr(self._entry(MANIFEST), self._manifest().encode())

    def _manifest(self):
        """One line for each paper, as ``sha256sum -c`` reads it."""
        made = self.unit_ids.filtered(lambda unit: unit.state == "made").sorted("sequence")
        return "".join(f"{unit.sha256}  {unit.path}\n" for unit in made)

    def _entry(self, path):
        """An entry dated as the order, readable by everybody who has the ZIP."""
        moment = self.ordered_at.replace(tzinfo=clock.UTC).astimezone(clock.TEHRAN)
        info = zipfile.ZipInfo(path, moment.timetuple()[:6])
        info.external_attr = 0o644 << 16
        return info

    def _integrity_text(self):
        """Look through everything sealed of the council, and say what was found."""
        reader = self._reader()
        check = reader.env["shora.integrity.check"]._check(reader.council_id).sudo()  # the Secretariat reads it all
        words, env = reader.env["shora.words"], reader.env
        digits = words._digits
        lines = [
            reader.display_name,
            env._(
                "Looked through on %(day)s at %(hour)s by %(name)s",
                day=words._day(clock.tehran_day(check.checked_at)),
                hour=digits(words._local(check.checked_at)),
                name=check.checked_by,
            ),
            env._("Seals: %(seals)s, files: %(files)s", seals=digits(check.seal_count), files=digits(check.file_count)),
            env._("Last link of the chain: %(link)s", link=check.head_link or "–"),
            env._("Departures from what was sealed: %(count)s", count=digits(check.problem_count)),
        ]
        kinds = dict(env["shora.integrity.problem"]._fields["kind"]._description_selection(env))
        lines += [f"{kinds[one.kind]}: {one.name} {one.detail or ''}".rstrip() for one in check.problem_ids]
        return "\n".join(lines) + "\n"


def _copied(source, target):
    """Copy all of ``source``; the SHA-256 of what was copied."""
    digest = hashlib.sha256()
    while portion := source.read(PORTION):
        digest.update(portion)
        target.write(portion)
    return digest.hexdigest()
