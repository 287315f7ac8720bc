"""All that an addon may leave in a database: its schema, the records that say what there is, and what points to it."""

SCHEMA = {
    "table": "SELECT relkind::text || ' ' || relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "column": """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable
          FROM information_schema.columns WHERE table_schema = 'public'
    """,
    "constraint": """
        SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    """,
    "index": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "function": "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "trigger": "SELECT tgrelid::regclass::text || ' ' || tgname FROM pg_trigger WHERE NOT tgisinternal",
    "type": "SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace",
}

#: what a module says there is, by a name that stays the same; nobody's work adds to these
SAYINGS = {
    "module": "SELECT name FROM ir_module_module WHERE state = 'installed'",
    "external id": "SELECT module || '.' || name FROM ir_model_data",
    "model": "SELECT model FROM ir_model",
    "field": "SELECT model || '.' || name FROM ir_model_fields",
    "selection": """
        SELECT f.model || '.' || f.name || '=' || s.value
          FROM ir_model_fields_selection s JOIN ir_model_fields f ON f.id = s.field_id
    """,
    "constraint record": "SELECT name FROM ir_model_constraint",
    "relation": "SELECT name FROM ir_model_relation",
    "access": "SELECT name FROM ir_model_access",
    "rule": "SELECT name FROM ir_rule",
    "group": "SELECT name->>'en_US' FROM res_groups",
    "privilege": "SELECT name->>'en_US' FROM res_groups_privilege",
    "group's heirs": """
        SELECT (a.name->>'en_US') || ' ' || (b.name->>'en_US')
          FROM res_groups_implied_rel r JOIN res_groups a ON a.id = r.gid JOIN res_groups b ON b.id = r.hid
    """,
    "view": "SELECT model || ' ' || name || ' ' || type FROM ir_ui_view",
    "menu": "SELECT name->>'en_US' FROM ir_ui_menu",
    "action": "SELECT type || ' ' || (name->>'en_US') FROM ir_actions",
    "job": "SELECT cron_name FROM ir_cron",
    "sequence": "SELECT name FROM ir_sequence",
    "template": "SELECT name->>'en_US' FROM mail_template",
    "subtype": "SELECT name->>'en_US' FROM mail_message_subtype",
    "activity type": "SELECT name->>'en_US' FROM mail_activity_type",
    "asset": "SELECT path FROM ir_asset",
    "category": "SELECT name->>'en_US' FROM ir_module_category",
    "working hours": "SELECT name FROM resource_calendar",
    "storage": "SELECT name FROM dms_storage",
    "directory": "SELECT name FROM dms_directory",
    "document": "SELECT name FROM dms_file",
    "paper format": "SELECT name FROM report_paperformat",
    "alias": "SELECT alias_name FROM mail_alias",
    "parameter": "SELECT key FROM ir_config_parameter",
    "default": "SELECT f.model || '.' || f.name FROM ir_default d JOIN ir_model_fields f ON f.id = d.field_id",
}

#: what the platform changes by itself whenever an addon is installed or removed
PLATFORM = ("rule_group_rel_group_id_fkey",)

#: a column that names a model, in a table of the platform
NAMING = """
    SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'character varying'
       AND column_name IN ('model', 'res_model', 'model_name', 'res_model_name', 'parent_res_model', 'relation')
       AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
"""


def snapshot(cr):
    """Return {kind: set of names} of the database of ``cr``."""
    found = {}
    for kind, query in (SCHEMA | SAYINGS).items():
        cr.execute(query)
        found[kind] = {row[0] for row in cr.fetchall() if row[0] is not None}
    return found


def left(before, after):
    """Return what is in ``after`` and not in ``before``, and the other way round, as lines."""
    lines = []
    for kind in before:
        lines += [f"+ {kind}: {name}" for name in sorted(set(after[kind]) - set(before[kind]))]
        lines += [f"- {kind}: {name}" for name in sorted(set(before[kind]) - set(after[kind]))]
    return [line for line in lines if not any(said in line for said in PLATFORM)]


def pointing(cr, prefixes):
    """Return "table.column: model" of what the platform's tables say about models that begin with ``prefixes``."""
    lines = []
    cr.execute(NAMING)
    for table, column in cr.fetchall():
        cr.execute(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" LIKE ANY(%s)', [list(prefixes)])
        lines += [f"{table}.{column}: {model}" for (model,) in cr.fetchall()]
    return lines
