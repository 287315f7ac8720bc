# Input of ``odoo-bin shell`` after ``screens.py`` and ``leftovers.py``: the reports go, then all; the rest works on.
import json

from odoo.exceptions import UserError


def go(name):
    """Uninstall an addon with all that depends on it, as the button does."""
    env["ir.module.module"].search([("name", "=", name)]).button_immediate_uninstall()  # noqa: F821


def stock(env):
    """A meeting, an employee and a document: the applications that were extended work."""
    meeting = env["calendar.event"].create(
        {
            "name": "M",
            "start": "2026-12-01 08:00:00",
            "stop": "2026-12-01 09:00:00",
            "partner_ids": [(6, 0, env.user.partner_id.ids)],
        }
    )
    meeting.name = "Moved"
    employee = env["hr.employee"].create({"name": "E", "job_id": env["hr.job"].create({"name": "J"}).id})
    employee.job_id = False
    storage = env["dms.storage"].create({"name": "S", "save_type": "database"})
    group = env["dms.access.group"].create({"name": "G", "explicit_user_ids": env.user.ids})
    directory = env["dms.directory"].create(
        {"name": "D", "storage_id": storage.id, "is_root_directory": True, "group_ids": group.ids}
    )
    file = env["dms.file"].create({"name": "F.txt", "directory_id": directory.id, "content": "Rg=="})
    for record in (file, directory, storage, group, employee, meeting):
        record.unlink()


env["ir.config_parameter"].search([("key", "=", "shora_council.sealed_documents_to_destroy")]).unlink()  # noqa: F821
seals = env["shora.seal"].search_count([])  # noqa: F821
found = {"refused": []}
for name in ("shora_council", "dms", "web_jalali"):  # what it needs takes it along
    try:
        env["ir.module.module"].search([("name", "=", name)]).button_uninstall()  # noqa: F821
    except UserError as error:
        found["refused"].append(str(error))
    env.cr.rollback()  # noqa: F821
go("shora_council_reports")
found["without_reports"] = [screens(env), installed(env)]  # noqa: F821
found["between"] = {kind: sorted(names) for kind, names in snapshot(env.cr).items()}  # noqa: F821
env["ir.config_parameter"].set_param("shora_council.sealed_documents_to_destroy", str(seals))  # noqa: F821
env.cr.commit()  # noqa: F821
go("shora_council")
found["without_councils"] = installed(env)  # noqa: F821
go("web_jalali")
found["without_all"] = installed(env)  # noqa: F821
stock(env)  # noqa: F821
env["ir.attachment"]._gc_file_store()  # noqa: F821  # as every night
found["seals"] = seals
print("DONE", json.dumps(found))
