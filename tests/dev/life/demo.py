# Input of ``odoo-bin shell`` with the sources of an earlier version: its demonstration data.
from odoo.tools import convert_file

env["res.lang"]._activate_lang("fa_IR")  # noqa: F821
convert_file(env(su=True, context={}), "shora_council", "demo/demo_data.xml", {}, "init", noupdate=True)  # noqa: F821
env.cr.commit()  # noqa: F821
print("DONE {}")
