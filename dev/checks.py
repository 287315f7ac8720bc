"""``make test``: lint, then every test against a real database and a real browser."""

import hashlib
import os
import shlex
import subprocess
import time

from . import addons, conf, database, house, lint, odoo_home, paths, postgres, steps

NAME = "shora_test"
TEMPLATE_PREFIX = "shora_tpl_"
CONF = paths.HOUSE / "test.conf"


def test():
    """Run everything. Raises Failure; returns pytest's exit code."""
    begun = time.monotonic()
    house.set_up(browser=True)
    lint_failure = None
    try:
        lint.lint()
    except steps.Failure as failure:  # the tests are worth running all the same
        lint_failure = failure
    started = house.start_database()
    try:
        prepare()
        steps.say(f"-> Tests (everything before took {time.monotonic() - begun:.0f} s)")
        code = run_pytest()
    finally:
        database.drop(NAME)
        if started:
            postgres.stop()
    if lint_failure:
        raise lint_failure
    return code


def prepare(name=NAME):
    """Make the database of the tests, or ``name``: a copy of a template installed once per state of the sources."""
    template = TEMPLATE_PREFIX + fingerprint()
    if not database.installed(template):
        for (old,) in postgres.query(f"SELECT datname FROM pg_database WHERE datname LIKE '{TEMPLATE_PREFIX}%'"):
            database.drop(old)
        with steps.step(f"Installing {', '.join(paths.ADDONS)} for the tests, without demo data"):
            database.install(template)
    database.copy(template, name)


def fingerprint():
    """Return a digest of all that an installed database depends on."""
    pins = [(paths.CHECKOUT / "dev" / name).read_bytes() for name in ("requirements.txt", "requirements-oca.txt")]
    parts = [addons.write_mark(addons.digests()).encode(), str(odoo_home.existing()).encode(), *pins]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def write_conf():
    """Write the configuration of the tests: the usual one, its log in a file."""
    log = steps.log_path("test")
    log.unlink(missing_ok=True)
    CONF.touch(mode=0o600)
    CONF.write_text(paths.CONF.read_text(encoding="utf-8") + f"logfile = {log}\n", encoding="utf-8")


def run_pytest():
    """Run pytest in the foreground; its own closing line is the last on the screen."""
    write_conf()
    environment = dict(conf.environment(), SHORA_STRICT="1", PYTHONDONTWRITEBYTECODE="1")
    command = [
        paths.PYTHON,
        "-m",
        "pytest",
        f"--odoo-config={CONF}",
        f"--odoo-database={NAME}",
        "--odoo-log-level=info",
        "--odoo-http",
        "-p",
        "no:cacheprovider",
        *shlex.split(os.environ.get("TESTS", "")),
    ]
    process = subprocess.Popen(
        [str(part) for part in command], cwd=paths.CHECKOUT, env=environment, start_new_session=True
    )
    try:
        code = process.wait()
    finally:
        end_group(process)
    return code


def end_group(process):
    """End what the tests may have left running, browsers above all."""
    try:
        os.killpg(process.pid, 15)
        time.sleep(0.5)
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        pass
