"""Where Odoo 19 comes from: the one that is already there, else Debian's package unpacked into the checkout."""

import os
import pathlib
import re
import sys

from . import debian, paths, python, steps

LINK = "odoo_home.pth"


def is_odoo(place):
    """Tell whether ``place`` is a directory that holds Odoo 19's package ``odoo``."""
    release = pathlib.Path(place, "odoo", "release.py")
    return release.is_file() and bool(re.search(r"^version_info\s*=\s*\(\s*19\b", release.read_text("utf-8"), re.M))


def existing():
    """Return the directory to put on the import path, or None; raises Failure when ODOO_HOME is not Odoo 19."""
    home = os.environ.get("ODOO_HOME")
    if home:
        if not is_odoo(home):
            raise steps.Failure(f"ODOO_HOME={home} is not an Odoo 19 source tree: correct it or unset it")
        return pathlib.Path(home).resolve()
    # the interpreter that runs make, not ours: ours may hold the link of an earlier run
    for entry in sys.path:
        if entry and not paths.inside(entry) and is_odoo(entry):
            return pathlib.Path(entry)
    return None


def unpacked():
    """Return the place of the unpacked package."""
    return debian.odoo_root() / "usr/lib/python3/dist-packages"


def install():
    """Make ``import odoo`` work in the virtual environment. Raises Failure."""
    place = existing()
    if place is None:
        place = unpacked()
        if not (python.is_done("odoo", str(place)) and is_odoo(place)):
            with steps.step("Odoo 19 (Debian's package, unpacked, not installed)"):
                debian.unpack_odoo()
            python.set_done("odoo", str(place))
    lines = [str(place)]
    (python.site_packages() / LINK).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def addons_path():
    """Return the directories of addons outside the package ``odoo``: source trees keep most of them beside it."""
    place = existing()
    beside = [place / "addons"] if place and (place / "addons" / "web").is_dir() else []
    return [*beside, paths.CHECKOUT]
