"""Databases with our addons: installing, updating, copying, and what Odoo logged meanwhile."""

import os
import re
import shutil
import subprocess

from . import addons, conf, paths, postgres, steps

ODOO_BIN = paths.CHECKOUT / "dev" / "odoo-bin"
BAD_LINE = re.compile(r"^\S+ \S+ \d+ (WARNING|ERROR|CRITICAL) .*$", re.M)


def odoo(name, *arguments, log, advice):
    """Run Odoo once on the database ``name`` without HTTP. Raises Failure, also for a WARNING in its log."""
    path = steps.log_path(log)
    path.unlink(missing_ok=True)
    command = [paths.PYTHON, ODOO_BIN, "-c", paths.CONF, "-d", name, "--no-http", "--stop-after-init", *arguments]
    steps.call(log, command, advice, env=conf.environment(), cwd=paths.CHECKOUT)
    if line := bad_line(path):
        raise steps.Failure(f"Odoo complained ({line[:200]}): {advice} (details in {steps.shown(path)})")


def bad_line(path):
    """Return the first line of level WARNING or worse in an Odoo log, or None."""
    found = BAD_LINE.search(path.read_text(encoding="utf-8", errors="replace"))
    return found and found[0]


def install(name, demo=False, source=None):
    """Create the database ``name`` with Persian and all our addons. Raises Failure and leaves no half database.

    :param source: database to begin with, by default an empty one
    """
    drop(name)
    copy(source, name) if source else postgres.create_database(name)
    wanted = ",".join(paths.ADDONS)
    state = addons.digests()
    try:
        advice = "the addons cannot be installed: mend what the log names, then run the command again"
        odoo(name, "-i", wanted, "--load-language=fa_IR", log="install", advice=advice)
        settle(name, state, new=True, demo=demo)
    except BaseException:
        drop(name)
        raise


def install_stock(name):
    """Create the database ``name`` with Persian and what our addons depend on, without them. Raises Failure."""
    half = f"{name}_half"
    drop(half)
    postgres.create_database(half)
    wanted = ",".join(addons.dependencies())
    advice = "Odoo's own addons cannot be installed: see what the log names, then run the command again"
    odoo(half, "-i", wanted, "--load-language=fa_IR", log="install-stock", advice=advice)
    postgres.rename_database(half, name)  # complete, or not there
    if filestore(half).exists():
        shutil.rmtree(filestore(name), ignore_errors=True)
        filestore(half).rename(filestore(name))


def settle(name, state, new=False, demo=False):
    """Remember which sources the database was made from; in a new one make Persian the users' language."""
    script = paths.CHECKOUT / "dev" / "settle.py"
    command = [paths.PYTHON, ODOO_BIN, "shell", "-c", paths.CONF, "-d", name, "--no-http"]
    log = steps.log_path("settle")
    environment = {
        **conf.environment(),
        "PYTHONPATH": str(paths.CHECKOUT),
        "SHORA_MARK": f"{addons.MARK}={addons.write_mark(state)}",
        "SHORA_NEW_DATABASE": "1" if new else "",
        "SHORA_DEMO": "1" if demo else "",
    }
    with open(script, encoding="utf-8") as source, open(log, "w", encoding="utf-8") as out:
        done = subprocess.run(
            [str(part) for part in command], stdin=source, stdout=out, stderr=out, env=environment, check=False
        )
    what = "demo data or settings" if demo else "settings"
    if done.returncode or "settled" not in log.read_text(encoding="utf-8"):
        raise steps.Failure(f"the {what} of the new database cannot be loaded: mend what {steps.shown(log)} names")
    if line := bad_line(log):
        raise steps.Failure(f"Odoo complained about the {what} ({line[:200]}): see {steps.shown(log)}")


def update(name):
    """Update our addons whose sources changed since the last time; return their names. Raises Failure."""
    rows = postgres.query(f"SELECT value FROM ir_config_parameter WHERE key = '{addons.MARK}'", name)
    names = addons.changed(rows[0][0] if rows else "")
    if names:
        state = addons.digests()
        advice = "the addons cannot be updated: mend what the log names, then run the command again"
        with steps.step(f"Updating {', '.join(names)}"):
            odoo(name, "-i", ",".join(names), "-u", ",".join(names), log="update", advice=advice)
            settle(name, state)
    return names


def installed(name):
    """Tell whether the database exists and its installation was completed."""
    if not postgres.has_database(name):
        return False
    try:
        return bool(postgres.query(f"SELECT 1 FROM ir_config_parameter WHERE key = '{addons.MARK}'", name))
    except subprocess.CalledProcessError:
        return False


def filestore(name):
    """Return where Odoo keeps the files of the database ``name``."""
    return paths.DATA / "filestore" / name


def copy(source, target):
    """Make ``target`` a copy of the database ``source``, files included (as hard links: Odoo never rewrites them)."""
    drop(target)
    postgres.create_database(target, source)
    if filestore(source).exists():
        shutil.copytree(filestore(source), filestore(target), copy_function=os.link)


def drop(name):
    """Remove the database ``name`` and its files."""
    postgres.drop_database(name)
    shutil.rmtree(filestore(name), ignore_errors=True)
