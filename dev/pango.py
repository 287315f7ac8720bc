"""The libraries WeasyPrint draws text with: the system's, else Debian's unpacked into the checkout."""

import subprocess

from . import conf, debian, paths, python, steps

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fontconfig-config")


def works():
    """Tell whether WeasyPrint finds its libraries in the environment Odoo will have."""
    return says("import weasyprint")


def is_quick():
    """Tell whether fonts are cut down by HarfBuzz; by fontTools it takes most of the time of a document."""
    return says("from weasyprint.text import ffi; assert ffi.harfbuzz_subset")


def says(code):
    """Run ``code`` in the environment Odoo will have and tell whether it ended well."""
    try:
        steps.output([paths.PYTHON, "-c", code], env=conf.environment())
    except subprocess.CalledProcessError:
        return False
    return True


def install():
    """Make WeasyPrint importable, and quick where Debian's packages are to be had. Raises Failure."""
    value = " ".join((python.key(paths.CHECKOUT / "dev" / "requirements.txt"), *PACKAGES))
    if python.is_done("weasyprint", value):
        return
    if not is_quick():
        try:
            with steps.step("Pango for the PDF documents (Debian's packages, unpacked, not installed)"):
                debian.missing_for("pango", PACKAGES)
        except steps.Failure:
            if not works():
                raise
        if not works():
            raise steps.Failure("WeasyPrint does not find Pango: apt install libpango-1.0-0 libpangoft2-1.0-0")
    python.set_done("weasyprint", value)
