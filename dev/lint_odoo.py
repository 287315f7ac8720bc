"""The checks of Odoo's own module ``test_lint`` that need no database, over our addons only.

Runs inside the virtual environment: ``python -m dev.lint_odoo <addon> ...``. Its checks that look at loaded models
are in ``tests/dev/test_registry_lint.py``.
"""

import logging
import os
import sys
import unittest
import unittest.mock

import odoo.addons
import odoo.init  # sets up what odoo/__init__.py did before
import odoo.tools
from odoo.modules import Manifest

NAMES = sys.argv[1:]


class Complaints(logging.Handler):
    """Collect what is logged at level WARNING or above: several checks only log."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


def bare(case):
    """Return the test class ``case`` without the database its base class would open."""

    class Bare(case):
        setUpClass = unittest.TestCase.__dict__["setUpClass"]
        setUp = unittest.TestCase.setUp
        run = unittest.TestCase.run
        doClassCleanups = unittest.TestCase.__dict__["doClassCleanups"]
        tearDownClass = unittest.TestCase.__dict__["tearDownClass"]
        subTest = unittest.TestCase.subTest

    Bare.__name__ = Bare.__qualname__ = case.__name__
    return Bare


def within(case, roots):
    """Return the test class ``case``, which walks over all of Odoo's addons, confined to the directories ``roots``."""

    class Within(case):
        def setUp(self):
            super().setUp()
            for package, places in ((odoo, []), (odoo.addons, roots)):
                patch = unittest.mock.patch.object(package, "__path__", places)
                patch.start()
                self.addCleanup(patch.stop)

    return Within


def without_point_of_sale(case):
    """Return the ESLint test ``case`` without its second, stricter round: that is for point of sale addons."""

    class General(case):
        def _test_eslint(self, modules, eslintrc_path):
            if modules:
                super()._test_eslint(modules, eslintrc_path)

    return General


def without_odoo(case, roots):
    """Return the pylint test ``case`` without Odoo's own source, which it would check for minutes."""

    class OursOnly(case):
        def setUp(self):
            super().setUp()
            patch = unittest.mock.patch.object(odoo.tools.config, "root_path", roots[0])
            patch.start()
            self.addCleanup(patch.stop)

    return OursOnly


def suite(roots):
    """Return the tests, each of which iterates over the modules it finds; ``roots``: our addons' directories."""
    from odoo.addons.test_lint.tests import (
        test_dunderinit,
        test_eslint,
        test_i18n,
        test_jstranslate,
        test_manifests,
        test_markers,
        test_onchange_domains,
        test_orm_import,
        test_pofile,
        test_pylint,
        test_test_holes,
    )

    chosen = (
        (bare(test_dunderinit.TestDunderinit), "test_dunderinit"),
        (without_point_of_sale(bare(test_eslint.TestESLint)), "test_eslint"),
        (bare(test_i18n.TestI18n), "test_user_content_as_prop_is_translatable"),
        (bare(test_jstranslate.TestJsTranslations), "test_js_translations"),
        (bare(test_manifests.ManifestLinter), "test_manifests"),
        (within(bare(test_markers.TestConflictMarkers), roots), "test_conflict_markers"),
        (bare(test_onchange_domains.TestOnchangeDomains), "test_forbid_domains_in_onchanges"),
        (bare(test_orm_import.TestDunderinit), "test_addons_orm_import"),
        (bare(test_pofile.PotLinter), "test_pot_duplicate_entries"),
        (without_odoo(bare(test_pylint.TestPyLint), roots), "test_pylint"),
        (bare(test_test_holes.TestTestHoles), "test_check_tests"),
    )
    return unittest.TestSuite(case(method) for case, method in chosen)


def main():
    """Run the checks; return 1 when one fails, complains or is skipped."""
    odoo.tools.config.parse_config(["-c", os.environ["ODOO_RC"]])
    complaints = Complaints()
    logging.getLogger().addHandler(complaints)
    manifests = [Manifest.for_addon(name) for name in NAMES]
    tests = suite([manifest.path for manifest in manifests])
    with (
        unittest.mock.patch.object(Manifest, "all_addon_manifests", lambda *args: list(manifests)),
        unittest.mock.patch("odoo.addons.test_lint.tests.test_eslint.get_modules", lambda: list(NAMES)),
        unittest.mock.patch("odoo.addons.test_lint.tests.test_pofile.get_modules", lambda: list(NAMES)),
    ):
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=1).run(tests)
    for line in complaints.lines:
        print(f"complaint: {line}")
    for test, reason in result.skipped:
        print(f"skipped: {test}: {reason}")
    return 0 if result.wasSuccessful() and not complaints.lines and not result.skipped else 1


if __name__ == "__main__":
    sys.exit(main())
