# For ``odoo-bin shell``: opens every screen of our addons as the administrator of the councils would.
from odoo.fields import Domain


def screens(env):
    """Read every window action of our models with all its views; return how many. Anything that fails raises."""
    env = env(context={"lang": "fa_IR", "tz": "Asia/Tehran"})
    actions = env["ir.actions.act_window"].search(Domain("res_model", "=like", "shora.%"))
    for action in actions:
        model = env[action.res_model]
        views = [(view or False, kind) for view, kind in action.views]
        model.get_views(views, {"toolbar": True})
        if not model.is_transient():
            names = [name for name, field in model._fields.items() if not field.groups]
            model.search(Domain.TRUE, limit=5).read(names)
    menus = env["ir.ui.menu"].with_context(**{"ir.ui.menu.full_list": True}).search(Domain.TRUE)
    lost = [menu.complete_name for menu in menus if menu.action and not menu.action.exists()]
    assert not lost, lost
    return len(actions)


def installed(env):
    """Return {name: version} of our addons in the database."""
    names = ("web_jalali", "shora_council", "shora_council_reports")
    modules = env["ir.module.module"].search(Domain("name", "in", names) & Domain("state", "=", "installed"))
    return {module.name: module.latest_version for module in modules}
