"""Our addons as files: which there are, what has changed since they were installed."""

import ast
import hashlib

from . import paths, steps

MARK = "shora_dev.addons"  # system parameter: the state of the sources the database was last updated with


def manifest(name):
    """Return the manifest of our addon ``name``; raises Failure when it cannot be read."""
    path = paths.CHECKOUT / name / "__manifest__.py"
    try:
        return ast.literal_eval(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, SyntaxError) as error:
        raise steps.Failure(f"{name}/__manifest__.py cannot be read ({error}): restore it from git") from error


def dependencies():
    """Return the addons of others that ours depend on."""
    return sorted({name for addon in paths.ADDONS for name in manifest(addon)["depends"]} - set(paths.ADDONS))


def digest(name):
    """Return a digest of every file of our addon ``name``."""
    value = hashlib.sha256()
    root = paths.CHECKOUT / name
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            value.update(f"{path.relative_to(root)}\0".encode())
            value.update(path.read_bytes())
    return value.hexdigest()[:16]


def digests():
    """Return the digests of all our addons by name."""
    return {name: digest(name) for name in paths.ADDONS}


def write_mark(state):
    """Return a ``digests()`` result as text for the database."""
    return ",".join(f"{name}:{value}" for name, value in sorted(state.items()))


def changed(mark):
    """Return the names of our addons whose sources differ from what ``mark`` (a text of :func:`write_mark`) says."""
    before = dict(part.split(":", 1) for part in mark.split(",") if ":" in part)
    return [name for name, value in digests().items() if before.get(name) != value]
