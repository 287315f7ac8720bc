"""The platform's own tests of its client fail on the same tests with and without this addon.

A soak run of half an hour or more, so not collected by itself::

    make test TESTS="tests/web_jalali/soak_stock_hoot.py -s"
    SOAK_SUITES="@web/search,@calendar" make test TESTS="tests/web_jalali/soak_stock_hoot.py -s"
"""

import os
import re
import time
from unittest.mock import patch

from odoo.addons.base.models.ir_asset import IrAsset
from odoo.addons.web.tests.test_js import HOOTCommon
from odoo.tests import tagged

SUITES = os.environ.get("SOAK_SUITES", "@web/core,@web/search,@web/views,@calendar").split(",")
PATIENCE = 2 * 3600  # seconds for one run
OURS = ("web_jalali", "shora_council", "shora_council_reports")
FAILED = re.compile(r'\[HOOT\] Test "(.+?)" failed')
TOTAL = re.compile(r"\[HOOT\] (?:Passed|Failed) \d+ tests.*")


@tagged("post_install", "-at_install")
class SoakStockHoot(HOOTCommon):
    _test_params = []

    def run_suites(self, jobs, without=()):
        """Run suites or tests in the browser.

        :param jobs: full names, as in ``@web/core``
        :param without: addons whose scripts are left out of the bundles
        :returns: ({failing test}, the runner's closing line)
        """
        failed, ends = set(), []
        stock = IrAsset._get_active_addons_list

        def seen(message):
            failed.update(FAILED.findall(message))
            ends.extend(TOTAL.findall(message))
            return "[HOOT]" not in message  # the runner ends with a line that is not its own

        self.env.registry.clear_cache("assets")
        ids = "".join(f"&id={self._generate_hash(job)}" for job in jobs)
        with patch.object(IrAsset, "_get_active_addons_list", lambda *a, **k: set(stock(*a, **k)) - set(without)):
            try:
                self.browser_js(
                    f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000{ids}",
                    "",
                    "",
                    login="admin",
                    timeout=PATIENCE,
                    success_signal="[HOOT] Test suite succeeded",
                    error_checker=seen,
                )
            except AssertionError:
                self.assertTrue(failed, "the run broke off")
        self.env.registry.clear_cache("assets")
        return failed, " ".join(ends)

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
