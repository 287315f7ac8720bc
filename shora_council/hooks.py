from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.fields import Domain
from odoo.tools import SQL

from .models.calendar_event import QUIET
from .models.ir_module_module import ALLOWED
from .tools import uninstall


def uninstall_hook(env):
    """Take along what other applications keep for the councils: events, documents, sequences, demonstration accounts.

    People stay. Whether sealed documents may go was asked before: ``models/ir_module_module.py``.
    """
    env = env(context={**env.context, **QUIET, MODULE_UNINSTALL_FLAG: True, "active_test": False})
    env["calendar.event"].search(Domain("shora_session_ids", "!=", False)).unlink()
    _remove_documents(env)
    sequences = env["ir.sequence"].search(Domain("code", "=like", "shora.%"))
    kept = set(env["ir.model.data"].search(Domain("model", "=", "ir.sequence")).mapped("res_id"))
    sequences.filtered(lambda one: one.id not in kept).unlink()
    env["ir.config_parameter"].search(Domain("key", "=", ALLOWED)).unlink()
    _close_demonstration(env)
    uninstall.forget_models(env, "shora_council")


def _remove_documents(env):
    """The two trees of the documents app, from the leaves up."""
    storages = env["dms.storage"].browse(env["dms.storage"]._ids_of_councils()).exists()
    directories = env["dms.directory"].search(Domain("storage_id", "in", storages.ids), order="parent_path desc")
    files = env["dms.file"].search(Domain("directory_id", "in", directories.ids))
    # The contents are attachments of our records, sealed some of them; they go with our models.
    env.cr.execute(SQL("UPDATE dms_file SET attachment_id = NULL WHERE id = ANY(%s)", files.ids))
    files.invalidate_recordset(["attachment_id"])
    files.unlink()
    for directory in directories.sorted(lambda one: one.parent_path.count("/"), reverse=True):
        directory.unlink()
    storages.unlink()


def _close_demonstration(env):
    """Demonstration people may be named anywhere by now, so they stay; their accounts, open to everybody, do not."""
    names = env["ir.model.data"].search(Domain("module", "=", "shora_council") & Domain("name", "=like", "demo\\_%"))
    users = env["res.users"].browse(names.filtered(lambda one: one.model == "res.users").mapped("res_id")).exists()
    users.active = False
    names.filtered(lambda one: one.model in ("res.users", "res.partner")).unlink()
