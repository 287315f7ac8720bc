# Input of ``odoo-bin shell``: Persian for those who are there and those who come, and the mark of the sources.
import os

env = env(context={})  # noqa: F821
if os.environ.get("SHORA_NEW_DATABASE"):
    env["res.lang"]._activate_lang("fa_IR")
    env["ir.default"].set("res.partner", "lang", "fa_IR")
    people = env["res.users"].with_context(active_test=False).search([("share", "=", False)])
    (people.partner_id | env.company.partner_id | env.ref("base.public_partner")).lang = "fa_IR"
key, value = os.environ["SHORA_MARK"].split("=", 1)
env["ir.config_parameter"].set_param(key, value)
env.cr.commit()
print("settled")
