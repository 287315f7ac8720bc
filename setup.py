"""A wheel with the three addons where Odoo 19 finds addons by itself: ``odoo/addons/<name>``."""

import setuptools

ADDONS = ("web_jalali", "shora_council", "shora_council_reports")


def packages():
    """Return {package name: directory} of the addons and everything in them."""
    found = {}
    for addon in ADDONS:
        found[f"odoo.addons.{addon}"] = addon
        for name in setuptools.find_namespace_packages(addon):
            found[f"odoo.addons.{addon}.{name}"] = f"{addon}/{name.replace('.', '/')}"
    return found


PACKAGES = packages()

setuptools.setup(
    name="odoo-addons-shora",
    version="19.0.0.1.0",
    description="Tehran's strategic councils by their by-law, on Odoo 19",
    license="LGPL-3.0-only AND AGPL-3.0-only",
    license_files=["LICENSE", "LICENSES/*"],
    python_requires=">=3.11",
    packages=list(PACKAGES),
    package_dir=PACKAGES,
    package_data={name: ["*"] for name in PACKAGES},
    install_requires=["jdatetime>=5", "pyhanko>=0.38", "weasyprint>=62"],
    extras_require={"oca": ["odoo-addon-dms==19.*", "odoo-addon-report-xlsx==19.*"]},
)
