from .tools import babel_patch, export_patch, relative_dates, search_patch, sql_functions


def post_load():
    """Patch what belongs to the whole process; every patch asks for the database and its reader."""
    for patch in (babel_patch, relative_dates, export_patch, search_patch):
        patch.post_load()


def uninstall_hook(env):
    """Take our functions out of the database."""
    sql_functions.drop(env.cr)
