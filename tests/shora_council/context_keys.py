"""Which keys of the context our own code reads, found in its source; a client may send each of them."""

import ast
import importlib
from pathlib import Path

from odoo.modules import get_module_path

#: {key: what a client gains who sends it}; a prefix ends with an asterisk
KEYS = {
    "password": "the user's own, asked for by the signing dialog",
    "code": "the user's own code, asked for by the signing dialog",
    "tz": "times as text",
    "lang": "language of texts",
    "import_file": "numbering of the lines in messages of an import",
    "import_flush": "order of flushing in an import",
    "cron_end_time": "when a round of the mail queue ends: the user's own, which nobody but the job starts",
    "shora_late_documents": "which documents the own page shows as late",
    "shora_mailed_ids": "whom the user's own message on a session is not mailed to",
    "default_*": "defaults, of which facts and copies are left out",
    "default_directory_id": "directory of a new file, which is judged as if it were given",
    "active_id": "as before",
    "default_parent_id": "directory above a new one, which is judged as if it were given",
    "default_storage_id": "storage of a new directory, judged likewise",
    "default_kind": "kind of a new session or row, judged as if it were given",
    "_force_unlink": "nothing: believed of the system alone, see tools/uninstall.py",
    "ir_sequence_date": "day of a number",
    "web_jalali_deadline": "how the user's own message says its day",
    "web_jalali_periods": "how groups are labelled",
    "web_jalali_tracking": "in which language tracked days are said",
    "shora_reading": "nothing: what is asked for is an object of ours, which no client can send",
    "prefetch_langs": "languages that are fetched together",
}


def keys_read(addons):
    """{key: where it is read}"""
    found = {}
    for addon in addons:
        root = Path(get_module_path(addon))
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if parts[0] not in ("migrations", "demo", "static"):
                module = ".".join(("odoo.addons", addon, *(part for part in parts if part != "__init__")))
                for node in ast.walk(ast.parse(path.read_text())):
                    for key in _keys_of(node, module):
                        found.setdefault(key, f"{addon}/{path.relative_to(root)}:{node.lineno}")
    return found


def _keys_of(node, module):
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "pop"):
        read = [node.args[0]] if node.args and _is_context(node.func.value) else []
    elif isinstance(node, ast.Subscript):
        read = [node.slice] if _is_context(node.value) and isinstance(node.ctx, ast.Load) else []
    elif isinstance(node, ast.Compare):
        read = [node.left] if any(_is_context(one) for one in node.comparators) else []
    else:
        read = []
    return [key for one in read if (key := _key(one, module))]


def _is_context(node):
    return isinstance(node, ast.Attribute) and node.attr == "context"


def _key(node, module):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return getattr(importlib.import_module(module), node.id, None)
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return f"{node.values[0].value}*"
    return None
