from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.api import SUPERUSER_ID


def is_uninstalling(env):
    """Whether records go because their module goes.

    ``@api.ondelete(at_uninstall=False)`` believes a context key that any client may send. Superuser mode alone proves
    nothing: a client's context goes along where a method goes on as superuser on the user's behalf.
    Modules are uninstalled by the system itself.
    """
    return env.su and env.uid == SUPERUSER_ID and bool(env.context.get(MODULE_UNINSTALL_FLAG))
