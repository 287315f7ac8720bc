"""A wheel with the three addons where Odoo 19 finds addons by itself: ``odoo/addons/<name>``."""

import pathlib

import setuptools

ADDONS = ("web_jalali", "shora_council", "shora_council_reports")


def files(addon):
    """Return every file of an addon, relative to it: a directory such as ``migrations/19.0.0.2.0`` is no package."""
    root = pathlib.Path(addon)
    found = [path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return sorted(path.relative_to(root).as_posix() for path in found)


setuptools.setup(
    name="odoo-addons-shora",
    version="19.0.0.6.0",
    description="Tehran's strategic councils by their by-law, on Odoo 19",
    license="LGPL-3.0-only AND AGPL-3.0-only",
    license_files=["LICENSE", "LICENSES/*"],
    python_requires=">=3.11",
    packages=[f"odoo.addons.{addon}" for addon in ADDONS],
    package_dir={f"odoo.addons.{addon}": addon for addon in ADDONS},
    package_data={f"odoo.addons.{addon}": files(addon) for addon in ADDONS},
    install_requires=["holidays", "jdatetime>=5", "pyhanko>=0.38", "qrcode", "vobject", "weasyprint>=62", "xlsxwriter"],
    extras_require={"oca": ["odoo-addon-dms==19.*", "odoo-addon-report-xlsx==19.*"]},
)
