from odoo import api, models
from odoo.addons.dms.tools.file import unique_name
from odoo.exceptions import UserError
from odoo.fields import Command

#: what anybody who may write a directory of the councils may change of it
HARMLESS = frozenset({"starred", "user_star_ids", "color"})
#: the fields by which a group names directories
NAMING = ("directory_ids", "complete_directory_ids")
STORAGE = "shora_council.dms_storage_councils"
#: the councils' own tree and the Secretariat's archive: both are kept by the councils' records alone
STORAGES = (STORAGE, "shora_council.dms_storage_archive")


class DmsStorage(models.Model):
    _inherit = "dms.storage"

    def _is_of_councils(self):
        return bool(self._ids_of_councils() & set(self.ids))

    @api.model
    def _ids_of_councils(self):
        found = (self.env.ref(name, raise_if_not_found=False) for name in STORAGES)
        return {storage.id for storage in found if storage}

    def write(self, vals):
        if not self.env.su and self._is_of_councils() and set(vals) - {"name"}:
            raise UserError(
                self.env._("The documents of councils follow the rights of their records; this is not switched off.")
            )
        return super().write(vals)

    def unlink(self):
        self._check_not_of_councils()
        return super().unlink()

    def _check_not_of_councils(self):
        if not self.env.su and self._is_of_councils():
            raise UserError(self.env._("The documents of councils are kept here."))


class DmsDirectory(models.Model):
    """The tree of the councils' documents: council, Jalali year, session, agenda item.

    Each directory carries the record whose readers read it, by the storage's own way of inheriting access. The tree is
    kept by the councils' records alone: else whoever may create directories for records of his own could hang them in
    here, and a link with a token, which never expires, would open it to anybody.
    """

    _inherit = "dms.directory"

    _one_per_council_record = models.UniqueIndex(
        "(res_model, res_id) WHERE res_model IN ('shora.session', 'shora.agenda.item')",
        "A session and an item have one directory of documents each.",
    )

    def _of_councils(self):
        """Those of these directories that are in the councils' tree, in superuser mode."""
        storages = self.env["dms.storage"]._ids_of_councils()
        return self.sudo().filtered(lambda one: one.storage_id.id in storages)

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            parents = {vals.get("parent_id") for vals in vals_list}
            parents |= {self.env.context.get("default_parent_id"), self._default_parent_id()}
            storages = self.env["dms.storage"]._ids_of_councils()
            named = {vals.get("storage_id") for vals in vals_list} | {self.env.context.get("default_storage_id")}
            if self.browse(parents - {None, False}).exists()._of_councils() or storages & named:
                self._refuse_tree()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and self._touched({name for name in vals if not name.startswith(("message_", "activity_"))}):
            self._refuse_tree()
        if not self.env.su and vals.get("parent_id") and self.browse(vals["parent_id"])._of_councils():
            self._refuse_tree()
        return super().write(vals)

    def _touched(self, names):
        return bool(names - HARMLESS) and bool(self._of_councils())

    def unlink(self):
        self._check_not_of_councils()
        return super().unlink()

    def _check_not_of_councils(self):
        if not self.env.su and self._of_councils():
            self._refuse_tree()

    def _refuse_tree(self):
        raise UserError(
            self.env._(
                "The directories of councils are kept by their sessions and agenda items; add documents to an item."
            )
        )

    def _process_message(self, msg_dict, extra_values=False):
        # Mail to a directory's thread would bring its attachments in as the superuser.
        if self._of_councils():
            self._refuse_tree()
        return super()._process_message(msg_dict, extra_values=extra_values)

    def check_access_token(self, access_token=False):
        # A token never expires and asks for no membership.
        return False if self._of_councils() else super().check_access_token(access_token)

    # --- the tree ---

    @api.model
    def _of_record(self, record):
        """The directory of ``record`` (a session or an item), in superuser mode; empty when there is none yet."""
        return self.sudo().search([("res_model", "=", record._name), ("res_id", "in", record.ids)])

    @api.model
    def _child_for(self, record, parent, name):
        """A new directory that ``record``'s readers read, below ``parent`` (empty: at the top)."""
        # No message of its making: whoever fetches messages without naming a record would find it, and the names in it.
        tree = self.sudo().with_context(
            check_name=False, default_parent_id=False, mail_create_nolog=True, tracking_disable=True
        )
        siblings = parent.child_directory_ids if parent else self.env.ref(STORAGE).sudo().root_directory_ids
        return tree.create(
            {
                "name": unique_name(name, siblings.mapped("name")) if name in siblings.mapped("name") else name,
                "is_root_directory": not parent,
                "parent_id": parent.id,
                "storage_id": self.env.ref(STORAGE).id,
                "res_model": record._name,
                "model_id": self.env["ir.model"]._get_id(record._name),
                "res_id": record.id,
            }
        )

    @api.model
    def _year_of(self, council, year):
        """The directory of a council's Jalali year, made when it is the first document's."""
        mine = self.sudo().search([("res_model", "=", council._name), ("res_id", "=", council.id)])
        root = mine.filtered("is_root_directory") or self._child_for(council, self.browse(), council.name)
        return mine.filtered(lambda one: one.parent_id == root and one.name == year) or self._child_for(
            council, root, year
        )


class DmsAccessGroup(models.Model):
    """A group names only directories that its maker may change: the fields are read-only on the screen and nowhere
    else. In the councils' tree groups have no say at all.
    """

    _inherit = "dms.access.group"

    @api.model_create_multi
    def create(self, vals_list):
        defaults = {name: self.env.context.get(f"default_{name}") for name in NAMING}
        for vals in vals_list:
            self._check_directories({**defaults, **vals})
        return super().create(vals_list)

    def write(self, vals):
        self._check_directories(vals)
        return super().write(vals)

    @api.model
    def _check_directories(self, vals):
        """
        :raises AccessError: a directory is named that the user may not change
        """
        if self.env.su:
            return
        named = {directory_id for name in NAMING for directory_id in _ids_in(vals.get(name))}
        # Not check_access: the documents app lets it pass and asks by a search of its own.
        self.env["dms.directory"].browse(named)._check_access_dms_record("write")


def _ids_in(commands):
    """Every number in the commands for a many2many, but for those that only take away."""
    for command in commands or ():
        if isinstance(command, int):
            yield command
        elif command and command[0] not in (Command.DELETE, Command.UNLINK, Command.CLEAR):
            yield from (one for one in command[1:2] if isinstance(one, int) and one)
            yield from (one for one in (command[2:] and command[2]) or () if isinstance(one, int))
