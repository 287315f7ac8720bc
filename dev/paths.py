"""Where everything that is made lives: one directory, ``.house`` in the checkout, never in git."""

import os
import pathlib
import tempfile

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
HOUSE = CHECKOUT / ".house"
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
    """Tell whether ``path`` is in the checkout, without following ``.house`` should it be a link."""
    return str(path).startswith(f"{CHECKOUT}{os.sep}")


def make_house():
    """Create ``.house``; as a link to a public place when root works where a plain user cannot look.

    PostgreSQL refuses to run as root, so its plain user must be able to reach its files.
    """
    if HOUSE.is_symlink() and not HOUSE.exists():
        HOUSE.unlink()
    if not HOUSE.exists():
        if os.geteuid() == 0 and not open_to_all(CHECKOUT):
            place = pathlib.Path(tempfile.mkdtemp(prefix="shora-house-", dir="/var/tmp"))
            place.chmod(0o755)
            HOUSE.symlink_to(place)
        else:
            HOUSE.mkdir()
    for directory in (DEBS, ROOT, DATA, LOG, STAMPS, BIN):
        directory.mkdir(parents=True, exist_ok=True)


def open_to_all(path):
    """Tell whether every directory down to ``path`` can be traversed by any user."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))
