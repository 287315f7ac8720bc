from odoo.addons.shora_council.tools import uninstall


def uninstall_hook(env):
    """Leave nothing that names our models."""
    uninstall.forget_models(env, "shora_council_reports")
