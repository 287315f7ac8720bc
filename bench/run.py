"""Input of ``odoo-bin shell``: run every measurement, each rolled back afterwards, and print its lines."""

import importlib
import json
import os
import pkgutil

import bench

MARK = "BENCH "
HELPERS = {"build", "lines", "load", "load_data", "run"}


def main(env):
    """Measure everything, or only the modules named in ``BENCH``."""
    wanted = os.environ.get("BENCH", "").split()
    env["res.lang"]._activate_lang("fa_IR")
    for module in pkgutil.iter_modules(bench.__path__):
        if module.name in HELPERS or wanted and module.name not in wanted:
            continue
        for line in importlib.import_module(f"bench.{module.name}").measure(env):
            print(MARK + json.dumps(line.row()), flush=True)
        env.cr.rollback()
        env.invalidate_all()
