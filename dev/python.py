"""The virtual environment: Odoo's requirements as wheels, the OCA addons, the tools."""

import functools
import hashlib
import shutil
import sys

from . import cache, paths, steps

OLDEST = (3, 11)
PINS = tuple(paths.CHECKOUT / "dev" / name for name in ("requirements.txt", "requirements-oca.txt"))
PORTION = 20  # packages that are fetched at a time
PIP = ("-m", "pip", "--disable-pip-version-check")
APT_LINE = "apt install python3-venv make nodejs npm chromium"


def key(*files):
    """Return a digest of ``files`` and this Python: what is installed depends on both."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_done(name, value):
    """Tell whether the step ``name`` was completed for ``value``."""
    stamp = paths.STAMPS / name
    return stamp.exists() and stamp.read_text(encoding="utf-8") == value


def set_done(name, value):
    """Remember that the step ``name`` is complete for ``value``."""
    (paths.STAMPS / name).write_text(value, encoding="utf-8")


def base_python():
    """Return the interpreter make was called with; not that of ``.house/venv`` should a shell have it on its PATH."""
    return sys._base_executable or sys.executable


def install():
    """Create the environment and bring it to the pinned versions. Raises Failure."""
    pins, oca = PINS
    value = key(pins, oca)
    if is_done("python", value) and paths.PYTHON.exists():
        return
    if sys.version_info < OLDEST:
        raise steps.Failure("Python 3.11 or newer is needed: call make with PYTHON=/path/to/python3.11")
    with steps.step(f"Python packages ({steps.shown(paths.VENV)})"):
        if not is_done("venv", sys.version) or not paths.PYTHON.exists():
            shutil.rmtree(paths.VENV, ignore_errors=True)
            steps.call("venv", [base_python(), "-m", "venv", paths.VENV], f"venv is missing: {APT_LINE}")
            set_done("venv", sys.version)
        advice = "the Python packages cannot be installed: run make clean and the same command again"
        pip = [paths.PYTHON, *PIP, "install", "-q", "--no-index", "--find-links", wheels()]
        steps.call("pip", [*pip, "-r", pins], advice)
        steps.call("pip", [*pip, "--no-deps", "-r", oca], advice)
    set_done("python", value)


def wheels():
    """Return the directory with the pinned packages as wheels for this Python, kept for the user. Raises Failure."""
    place = cache.directory() / "wheels" / key(*PINS)[:16]
    if not cache.whole(place):
        cache.fill(place, portions())
    return place


def portions():
    """Return the pins as portions for :func:`cache.fill`: pip itself keeps nothing of a call that fails."""
    lines = [
        line for file in PINS for line in file.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    ]
    return {
        str(first): functools.partial(fetch, lines[first : first + PORTION]) for first in range(0, len(lines), PORTION)
    }


def fetch(requirements, directory):
    """Put wheels of ``requirements`` into ``directory``; the pins name all that they need in turn."""
    command = [paths.PYTHON, *PIP, "wheel", "-q", "--prefer-binary", "--no-deps", "-w", directory, *requirements]
    steps.call(
        "pip", command, "the Python package index does not answer: check the network and run the same command again"
    )


def site_packages():
    """Return the environment's site-packages."""
    return next((paths.VENV / "lib").glob("python3*/site-packages"))
