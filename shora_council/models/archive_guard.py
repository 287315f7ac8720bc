from odoo import api, models
from odoo.exceptions import UserError

from ..tools.uninstall import is_uninstalling
from .archive import STORAGE

COPY = "shora.archive.copy"
#: fields of an attachment without which its file is another record's, or another file
PLACE_AND_CONTENT = frozenset({"raw", "datas", "db_datas", "store_fname", "res_model", "res_field", "res_id"})


class DmsDirectory(models.Model):
    """The Secretariat's archive in the documents app: nothing in it is moved, renamed or removed, by whomever (5-7)."""

    _name = "dms.directory"
    _inherit = "dms.directory"

    def _of_archive(self):
        storage = self.env.ref(STORAGE, raise_if_not_found=False)
        return self.sudo().filtered(lambda one: storage and one.storage_id.id == storage.id)

    def write(self, vals):
        names = {"name", "parent_id", "storage_id", "res_model", "res_id", "model_id", "active"} & set(vals)
        for one in self._of_archive() if names else ():
            # The documents app writes some of these once more, as they are, when it makes a directory.
            if any(one._fields[name].convert_to_write(one[name], one) != vals[name] for name in names):
                self._refuse_archive()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env) and self._of_archive():
            self._refuse_archive()
        return super().unlink()

    def _refuse_archive(self):
        raise UserError(
            self.env._("The Secretariat's archive is kept: nothing in it is changed, replaced or removed (clause 5-7).")
        )


class DmsFile(models.Model):
    _name = "dms.file"
    _inherit = "dms.file"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        archived = files.sudo().filtered(lambda file: file.directory_id._of_archive())
        if any(file.attachment_id.res_model != COPY for file in archived):
            self.env["dms.directory"]._refuse_archive()
        return files

    @api.constrains("size")
    def _check_size(self):
        """What uploads may weigh binds nothing that was filed already: every document is kept (5-7)."""
        return super(DmsFile, self - self._of_archive())._check_size()

    @api.constrains("extension")
    def _check_extension(self):
        """As the size."""
        return super(DmsFile, self - self._of_archive())._check_extension()

    def _of_archive(self):
        return self.filtered(lambda file: file.sudo().directory_id._of_archive())

    def write(self, vals):
        names = {"name", "content", "content_file", "content_binary", "attachment_id", "directory_id", "active"}
        if (names | {"checksum", "size"}) & set(vals) and self.sudo().directory_id._of_archive():
            self.env["dms.directory"]._refuse_archive()
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env) and self.sudo().directory_id._of_archive():
            self.env["dms.directory"]._refuse_archive()
        return super().unlink()


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = "ir.attachment"

    def write(self, vals):
        self._check_unarchived()
        if PLACE_AND_CONTENT & set(vals):
            self.env["shora.archive.copy"]._keep_before_replaced(self.sudo())  # as the archive's own job copies
        return super().write(vals)

    def unlink(self):
        if not is_uninstalling(self.env):
            self._check_unarchived()
            self.env["shora.archive.copy"]._keep_before_replaced(self.sudo())  # as above
        return super().unlink()

    def _check_unarchived(self):
        """
        :raises UserError: one of these files is a copy of the archive
        """
        if any(one.res_model == COPY for one in self.sudo()):
            self.env["dms.directory"]._refuse_archive()
