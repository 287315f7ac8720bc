"""Where everything that is made lives: one directory, ``.house`` in the checkout, never in git."""

import hashlib
import os
import pathlib

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
LINK = CHECKOUT / ".house"


def open_to_all(path):
    """Tell whether every directory down to ``path`` can be traversed by any user."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def house():
    """Return where the house is or will be: in the checkout, or in a public place that ``.house`` links to.

    PostgreSQL refuses to run as root, so when root works where a plain user cannot look, its files must be elsewhere.
    """
    if LINK.is_symlink():
        return pathlib.Path(os.readlink(LINK))
    if LINK.exists() or os.geteuid() != 0 or open_to_all(CHECKOUT):
        return LINK
    return pathlib.Path("/var/tmp", f"shora-house-{hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:12]}")


HOUSE = house()
DEBS = HOUSE / "debs"
ROOT = HOUSE / "root"
VENV = HOUSE / "venv"
PG = HOUSE / "pg"
DATA = HOUSE / "data"
LOG = HOUSE / "log"
STAMPS = HOUSE / "stamps"
BIN = HOUSE / "bin"
NODE = HOUSE / "node"
CONF = HOUSE / "odoo.conf"
FONTS_CONF = HOUSE / "fonts.conf"
PYTHON = VENV / "bin" / "python"
ADDONS = ("web_jalali", "shora_council", "shora_council_reports")


def inside(path):
    """Tell whether ``path`` is in the checkout or the house."""
    return any(str(path).startswith(f"{place}{os.sep}") for place in (CHECKOUT, HOUSE))


def make_house():
    """Create the house. Raises FileExistsError when its public place belongs to somebody else."""
    if HOUSE != LINK:
        HOUSE.mkdir(mode=0o755, exist_ok=True)
        if HOUSE.is_symlink() or HOUSE.stat().st_uid != os.geteuid():
            raise FileExistsError(f"{HOUSE} belongs to another user: remove it")
        if not LINK.is_symlink():
            LINK.symlink_to(HOUSE)
    for directory in (DEBS, ROOT, DATA, LOG, STAMPS, BIN):
        directory.mkdir(parents=True, exist_ok=True)
