"""The libraries WeasyPrint draws text with: the system's, else Debian's unpacked into the checkout."""

import subprocess

from . import conf, debian, paths, python, steps

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig-config")


def works():
    """Tell whether WeasyPrint finds its libraries in the environment Odoo will have."""
    try:
        steps.output([paths.PYTHON, "-c", "import weasyprint"], env=conf.environment())
    except subprocess.CalledProcessError:
        return False
    return True


def install():
    """Make WeasyPrint importable. Raises Failure."""
    value = python.key(paths.CHECKOUT / "dev" / "requirements.txt")
    if python.is_done("weasyprint", value):
        return
    if not works():
        with steps.step("Pango for the PDF documents (Debian's packages, unpacked, not installed)"):
            debian.missing_for("pango", PACKAGES)
        if not works():
            raise steps.Failure("WeasyPrint does not find Pango: apt install libpango-1.0-0 libpangoft2-1.0-0")
    python.set_done("weasyprint", value)
