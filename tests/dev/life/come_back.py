# Input of ``odoo-bin shell`` after ``screens.py`` and ``leftovers.py``: the addons one after the other, by the button.
import importlib
import json

from odoo.modules import Manifest

found = {"steps": [], "places": {}}
env["ir.module.module"].update_list()  # noqa: F821
for name in ("web_jalali", "shora_council", "shora_council_reports"):
    env["ir.module.module"].search([("name", "=", name)]).button_immediate_install()  # noqa: F821
    names = {kind: sorted(kept) for kind, kept in snapshot(env.cr).items()}  # noqa: F821
    found["steps"].append({"installed": installed(env), "screens": screens(env), "names": names})  # noqa: F821
    found["places"][name] = [Manifest.for_addon(name).path, importlib.import_module(f"odoo.addons.{name}").__file__]
    env.cr.commit()  # noqa: F821
print("DONE", json.dumps(found))
