import contextlib
import logging
import os
import time
from uuid import uuid4

from odoo import api, models
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)

#: folder of the filestore for files that are being written
UNFINISHED = "unfinished"
#: seconds after which an unfinished file is nobody's any more
ABANDONED = 24 * 3600


class IrAttachment(models.Model):
    """Files come into the filestore whole or not at all.

    Odoo writes a file under its final name. A process killed meanwhile, or a full disk, leaves a torn file there: every
    later try to store the same document, as signing or dispatching the same again, is refused as a collision for ever.
    Here a file is written beside and then given its name in one step.
    """

    _name = "ir.attachment"
    _inherit = "ir.attachment"

    @api.model
    def _get_path(self, bin_data, sha):
        with self._disk_in_words():
            self._drop_torn(bin_data, sha)
            return super()._get_path(bin_data, sha)

    @api.model
    def _file_write(self, bin_value, checksum):
        fname, full_path = self._get_path(bin_value, checksum)
        if not os.path.exists(full_path):
            with self._disk_in_words():
                self._mark_for_gc(fname)  # first: whoever is killed in between leaves nothing that is never collected
                self._write_whole(full_path, bin_value)
        return fname

    def _write_whole(self, full_path, bin_value):
        room = self._full_path(UNFINISHED)
        os.makedirs(room, exist_ok=True)
        beside = os.path.join(room, uuid4().hex)
        try:
            with open(beside, "wb") as file:
                file.write(bin_value)
            os.replace(beside, full_path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(beside)
            raise

    def _drop_torn(self, bin_data, sha):
        """Remove a torn file of that name that no row speaks of; one that a row speaks of is evidence and stays."""
        fname = f"{sha[:2]}/{sha}"
        full_path = self._full_path(fname)
        with contextlib.suppress(FileNotFoundError):
            if os.path.getsize(full_path) >= len(bin_data):
                return
            files = self.sudo().with_context(active_test=False)  # whoever's it is
            if not files.search_count([("store_fname", "=", fname), ("id", "!=", False)], limit=1):
                _logger.info("Removed the torn file %s", full_path)
                os.unlink(full_path)

    @contextlib.contextmanager
    def _disk_in_words(self):
        """
        :raises UserError: instead of what the system says
        """
        try:
            yield
        except OSError as error:
            _logger.error("The filestore cannot be written: %s", error)
            raise UserError(
                self.env._(
                    "The server cannot store the file, its disk is probably full. Nothing was saved. Tell the "
                    "administrator; when there is room again, do the same once more."
                )
            ) from error

    @api.autovacuum
    def _gc_unfinished_files(self):
        """Files that a killed process left half-written."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self._full_path(UNFINISHED)) as found:
            for entry in found:
                with contextlib.suppress(OSError):
                    if entry.stat().st_mtime < time.time() - ABANDONED:
                        os.unlink(entry.path)
