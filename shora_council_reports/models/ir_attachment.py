import hashlib
import io
import os
import shutil

from odoo import models
from odoo.tools import SQL

PORTION = 1 << 20


class IrAttachment(models.Model):
    """A large file goes into the filestore portion by portion; Odoo's own ``raw`` would hold it whole in memory."""

    _inherit = "ir.attachment"

    def _adopt(self, file, vals):
        """An attachment with the content of ``file``.

        :param file: open for reading in binary
        :param vals: of the attachment, with its ``mimetype``
        """
        attachment = self.create(vals)
        if self._storage() != "file":
            file.seek(0)
            attachment.raw = file.read()
            return attachment
        checksum, size = _measured(file)
        name = f"{checksum[:2]}/{checksum}"
        self._mark_for_gc(name)  # before it is there: broken off, it is collected as nobody's
        path = self._full_path(name)
        if not os.path.exists(path):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            file.seek(0)
            with open(f"{path}.part", "wb") as target:
                shutil.copyfileobj(file, target, PORTION)
            os.replace(f"{path}.part", path)
        attachment.flush_recordset()
        self.env.cr.execute(
            SQL(
                "UPDATE ir_attachment SET store_fname = %s, checksum = %s, file_size = %s, mimetype = %s WHERE id = %s",
                *(name, checksum, size, vals["mimetype"], attachment.id),
            )
        )
        attachment.invalidate_recordset()
        return attachment

    def _opened(self):
        """The content, open for reading in binary, without holding it in memory where it lies in the filestore."""
        self.ensure_one()
        if self.store_fname:
            return open(self._full_path(self.store_fname), "rb")
        return io.BytesIO(self.raw or b"")


def _measured(file):
    """(SHA-1 by which the filestore names files, size)."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha1")
    return digest.hexdigest(), file.seek(0, os.SEEK_END)
