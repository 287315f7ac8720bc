"""Bring the house into order: every step looks whether it is done and is silent when it is."""

import shutil

from . import chromium, conf, node, odoo_home, pango, paths, postgres, python, steps


def set_up(browser=False):
    """Install what is missing; with ``browser`` also what only the tests need. Raises Failure."""
    paths.make_house()
    python.install()
    odoo_home.install()
    node.install()
    if not postgres.external() and not postgres.bindir():
        with steps.step("PostgreSQL (Debian's package, unpacked, not installed)"):
            postgres.install()
    conf.write_fonts()
    pango.install()
    conf.write_fonts()  # fonts may have come with the last step
    conf.write_odoo()
    conf.write_shell()
    if browser:
        chromium.install()


def start_database():
    """Start PostgreSQL unless it runs. Return whether it was started now, and so is ours to stop."""
    if postgres.external() or postgres.running():
        started = False
    else:
        with steps.step("Starting PostgreSQL"):
            started = postgres.start()
    try:
        postgres.make_template()
    except Exception as error:
        advice = "correct or unset PGHOST, PGPORT, PGUSER, PGPASSWORD" if postgres.external() else "run make clean"
        reason = last_line(error)
        raise steps.Failure(f"PostgreSQL refuses the connection or a new database ({reason}): {advice}") from error
    return started


def last_line(error):
    """Return what a failed command said about its error, on one line."""
    text = (getattr(error, "stderr", "") or str(error)).strip()
    said = [line.strip() for line in text.splitlines() if "Error" in line or "FATAL" in line]
    return (said or text.splitlines() or [type(error).__name__])[-1]


def clean():
    """Stop the database and remove everything that was made."""
    postgres.stop()
    if paths.LINK.is_symlink():
        paths.LINK.unlink()
    if paths.HOUSE.exists():
        with steps.step(f"Removing {paths.HOUSE}"):
            shutil.rmtree(paths.HOUSE)
    if not postgres.external():
        shutil.rmtree(postgres.socket_directory(), ignore_errors=True)
    for name in (".pytest_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(paths.CHECKOUT / name, ignore_errors=True)
