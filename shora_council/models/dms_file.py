from odoo import api, models


class DmsFile(models.Model):
    """Files of the councils' tree: documents of agenda items, seen through the documents app.

    The item is the owner. What is added, changed or removed here goes the item's way, so that its rules hold: who may
    change it, that a closed session's agenda is a fact, that a change after the dispatch is marked late (5-1).
    """

    _inherit = "dms.file"

    def _of_councils(self):
        return self.filtered(lambda one: one.sudo().directory_id._of_councils())

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        self._check_foreign_attachments(vals_list)
        default = self.env.context.get("default_directory_id") or self.env.context.get("active_id")
        files = self.browse()
        for vals in vals_list:
            directory = self.env["dms.directory"].browse(vals.get("directory_id") or default or ()).exists()
            if directory._of_councils():
                files |= self._add_to_item(directory.sudo(), vals)
            else:
                files |= super().create([vals])
        return files

    @api.model
    def _add_to_item(self, directory, vals):
        if directory.res_model != "shora.agenda.item":
            self.env["dms.directory"]._refuse_tree()
        item = self.env["shora.agenda.item"].browse(directory.res_id)
        before = item.sudo().attachment_ids
        item.write({"attachment_ids": [(0, 0, {"name": vals.get("name"), "datas": vals.get("content")})]})
        added = item.sudo().attachment_ids - before
        return self.sudo().search([("attachment_id", "in", added.ids), ("directory_id", "=", directory.id)]).sudo(False)

    def write(self, vals):
        if self.env.su:
            return super().write(vals)
        self._check_foreign_attachments([vals])
        ours = self._of_councils()
        moved = vals.get("directory_id") and self.env["dms.directory"].browse(vals["directory_id"])._of_councils()
        if not ours:
            if moved:
                self.env["dms.directory"]._refuse_tree()
            return super().write(vals)
        self._check_access_dms_record("write")
        document = {"name": vals.get("name"), "datas": vals.get("content")}
        document = {name: value for name, value in document.items() if value}
        rest = {
            name: value
            for name, value in vals.items()
            if name not in ("name", "content", "locked_by", "tag_ids", "category_id", "color")
            and not name.startswith(("message_", "activity_"))
        }
        if rest or moved or ours != self:
            self.env["dms.directory"]._refuse_tree()
        if document:
            ours.sudo().attachment_id.with_env(self.env).write(document)
        others = {name: value for name, value in vals.items() if name not in ("name", "content")}
        return super().write(others) if others else True

    def unlink(self):
        ours = self.browse() if self.env.su else self._of_councils()
        if ours:
            ours._check_access_dms_record("unlink")
            ours.sudo().attachment_id.with_env(self.env).unlink()
        return super(DmsFile, (self - ours) if ours else self).unlink()

    def _check_foreign_attachments(self, vals_list):
        """Whose attachment is named must be readable: the thumbnail is made as superuser.

        :raises AccessError: it is not
        """
        named = {vals["attachment_id"] for vals in vals_list if vals.get("attachment_id")}
        self.env["ir.attachment"].browse(named).check_access("read")

    def check_access_token(self, access_token=False):
        return False if self._of_councils() else super().check_access_token(access_token)
