"""``make test``: lint, and every test against a real database and a real browser."""

import contextlib
import hashlib
import subprocess
import sys
import time

from . import addons, database, house, odoo_home, paths, postgres, shards, steps

TEMPLATE_PREFIX = "shora_tpl_"
STOCK_PREFIX = "shora_stock_"


def test():
    """Run everything. Raises Failure; returns an exit code."""
    begun = time.monotonic()
    house.set_up(browser=True)
    started = house.start_database()
    workers = shards.wanted()
    try:
        with linting() as linted:
            template = prepare()
        for number in range(workers):
            database.copy(template, shards.database_name(number))
        steps.say(f"-> Tests (everything before took {time.monotonic() - begun:.0f} s)")
        code = shards.run(workers)
    finally:
        for number in range(workers):
            database.drop(shards.database_name(number))
        if started:
            postgres.stop()
    if linted.returncode:
        raise steps.Failure("mend what lint found above, then run make lint again")
    return code


@contextlib.contextmanager
def linting():
    """Lint in a process of its own while databases are installed, which takes one core; then tell what it said.

    What it found fails the run at its end: the tests are worth running all the same.
    """
    log = steps.log_path("lint")
    with open(log, "w", encoding="utf-8") as out:
        linted = subprocess.Popen(
            [sys.executable, "-B", "-m", "dev", "lint"],
            cwd=paths.CHECKOUT,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            yield linted
            linted.wait()
        finally:
            if linted.poll() is None:
                linted.terminate()
                linted.wait()
    steps.say(f"-> Lint, meanwhile\n{log.read_text(encoding='utf-8', errors='replace').rstrip()}")


def prepare():
    """Return the database whose copies are tested: a template that is installed once per state of the sources."""
    template = TEMPLATE_PREFIX + fingerprint()
    if not database.installed(template):
        source = prepare_stock()
        drop_others(TEMPLATE_PREFIX)
        with steps.step(f"Installing {', '.join(paths.ADDONS)} for the tests, without demo data"):
            database.install(template, source=source)
    return template


def prepare_stock():
    """Return the database with all that our addons depend on and without them."""
    name = STOCK_PREFIX + fingerprint(stock=True)
    if not postgres.has_database(name):
        drop_others(STOCK_PREFIX)
        with steps.step("Installing what the addons depend on for the tests"):
            database.install_stock(name)
    return name


def drop_others(prefix):
    """Remove databases of earlier states."""
    for (old,) in postgres.query(f"SELECT datname FROM pg_database WHERE datname LIKE '{prefix}%'"):
        database.drop(old)


def fingerprint(stock=False):
    """Return a digest of all that an installed database depends on; with ``stock``, one without our addons."""
    pins = [(paths.CHECKOUT / "dev" / name).read_bytes() for name in ("requirements.txt", "requirements-oca.txt")]
    ours = ",".join(addons.dependencies()) if stock else addons.write_mark(addons.digests())
    parts = [ours.encode(), str(odoo_home.existing()).encode(), *pins]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
