from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.api import SUPERUSER_ID
from odoo.tools import SQL

#: names of the platform's records of a model and its parts; {model}, with underscores
REFLECTED = ("model_inherit__{}__%", "selection__{}__%", "field_{}__%", "model_{}", "constraint_{}_%")


def is_uninstalling(env):
    """Whether records go because their module goes.

    ``@api.ondelete(at_uninstall=False)`` believes a context key that any client may send. Superuser mode alone proves
    nothing: a client's context goes along where a method goes on as superuser on the user's behalf.
    Modules are uninstalled by the system itself.
    """
    return env.su and env.uid == SUPERUSER_ID and bool(env.context.get(MODULE_UNINSTALL_FLAG))


def forget_models(env, module):
    """Before ``module`` goes: nothing is left that names its models, and their tables go whole.

    The platform would delete each record of an external name by itself, against all that points to it, before it drops
    the table; and it leaves the names that other modules gave to parts of these models.
    """
    env.cr.execute(
        SQL(
            """
            SELECT m.model FROM ir_model m JOIN ir_model_data d ON d.model = 'ir.model' AND d.res_id = m.id
             GROUP BY m.model HAVING bool_and(d.module = %s OR d.module NOT IN (
                SELECT name FROM ir_module_module WHERE state IN ('installed', 'to upgrade')))
            """,
            module,
        )
    )
    models = [model for (model,) in env.cr.fetchall()]
    names = [form.format(model.replace(".", "_")).replace("_", r"\_") for model in models for form in REFLECTED]
    env.cr.execute(
        SQL(
            "DELETE FROM ir_model_data WHERE model = ANY(%s) OR (module <> %s AND model LIKE 'ir.model%%' "
            "AND name LIKE ANY(%s))",
            models,
            module,
            names,
        )
    )
    env.registry.clear_cache()
