"""The platform's own tests of its client fail on the same tests with and without this addon.

A soak run of half an hour or more, so not collected by itself::

    make test TESTS="tests/web_jalali/soak_stock_hoot.py -s"
    SOAK_SUITES="@web/search,@calendar" make test TESTS="tests/web_jalali/soak_stock_hoot.py -s"
"""

import contextlib
import os
import re
import time
from unittest.mock import patch

from odoo.addons.base.models.ir_asset import IrAsset
from odoo.addons.web.tests import test_js
from odoo.tests import tagged

SUITES = os.environ.get("SOAK_SUITES", "@web/core,@web/search,@web/views,@calendar").split(",")
PATIENCE = 2 * 3600  # seconds for one run
OURS = ("web_jalali", "shora_council", "shora_council_reports")
FAILED = re.compile(r'\[HOOT\] Test "(.+?)" failed')
TOTAL = re.compile(r"\[HOOT\] (?:Passed|Failed) \d+ tests.*")


@tagged("post_install", "-at_install")
class SoakStockHoot(test_js.HOOTCommon):
    _test_params = []
    test_generate_hoot_hash = test_get_hoot_filter = None  # the platform's own

    def run_suites(self, jobs, without=()):
        """Run suites or tests in the browser.

        :param jobs: full names, as in ``@web/core``
        :param without: addons whose scripts are left out of the bundles
        :returns: ({failing test}, the runner's closing line)
        """
        stock = IrAsset._get_active_addons_list
        self.env.registry.clear_cache("assets")
        ids = "".join(f"&id={self._generate_hash(job)}" for job in jobs)
        addons = patch.object(IrAsset, "_get_active_addons_list", lambda *a, **k: set(stock(*a, **k)) - set(without))
        # A test that fails is a result here, and logged as an error by the browser: kept from the log.
        quiet = self.assertLogs(self._logger.getChild("browser"), "INFO")
        with addons, quiet as log, contextlib.suppress(AssertionError):
            self.browser_js(
                f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{ids}",
                "",
                "",
                login="admin",
                timeout=PATIENCE,
                success_signal="[HOOT] Test suite succeeded",
                error_checker=lambda message: "[HOOT]" not in message,  # the runner's last line is not
            )
        self.env.registry.clear_cache("assets")
        said = "\n".join(log.output)
        total = TOTAL.search(said)
        self.assertTrue(total, f"the run broke off: {said[-2000:]}")
        return set(FAILED.findall(said)), total[0]

    def test_same_failures(self):
        begun = time.monotonic()
        plain, plain_total = self.run_suites(SUITES, without=OURS)
        ours, ours_total = self.run_suites(SUITES)
        print(f"\nwithout: {len(plain)} fail. {plain_total}\nwith: {len(ours)} fail. {ours_total}")
        print(f"{time.monotonic() - begun:.0f} s; failing without: {sorted(plain)}")
        # What failed on one side alone may have been the machine: those once more, on both.
        if differing := plain ^ ours:
            print("once more:", sorted(differing))
            plain = (plain - differing) | self.run_suites(sorted(differing), without=OURS)[0]
            ours = (ours - differing) | self.run_suites(sorted(differing))[0]
        self.assertEqual(sorted(ours), sorted(plain))
