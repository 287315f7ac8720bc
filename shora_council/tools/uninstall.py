from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG


def is_uninstalling(env):
    """Whether records go because their module goes.

    ``@api.ondelete(at_uninstall=False)`` believes a context key that any client may send; a client is never superuser.
    """
    return env.su and bool(env.context.get(MODULE_UNINSTALL_FLAG))
