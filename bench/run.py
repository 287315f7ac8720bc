"""Input of ``odoo-bin shell``: run every measurement, each rolled back afterwards, and print its lines.

Modules that say ``COMMITS`` leave their data behind and come last."""

import importlib
import json
import os
import pkgutil

import bench

MARK = "BENCH "
HELPERS = {"run"}  # itself; modules without ``measure`` help the others


def main(env):
    """Measure everything, or only the modules named in ``BENCH``."""
    wanted = os.environ.get("BENCH", "").split()
    env["res.lang"]._activate_lang("fa_IR")
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if module.name not in HELPERS]
    modules = [importlib.import_module(f"bench.{name}") for name in names if not wanted or name in wanted]
    modules = [module for module in modules if hasattr(module, "measure")]
    for module in sorted(modules, key=lambda module: getattr(module, "COMMITS", False)):
        for line in module.measure(env):
            print(MARK + json.dumps(line.row()), flush=True)
        env.cr.rollback()
        env.invalidate_all()
