"""``python3 -m dev <target>``: what the Makefile calls."""

import sys

from . import bench, checks, house, lint, load, postgres, run, soak, steps

TARGETS = {
    "setup": lambda: house.set_up(browser=True),
    "run": run.run,
    "test": checks.test,
    "lint": lint.main,
    "bench": bench.bench,
    "load": load.load,
    "soak": soak.soak,
    "clean": house.clean,
    "pg-start": lambda: None if house.start_database() else steps.say("   PostgreSQL already runs"),
    "pg-stop": postgres.stop,
}

if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in TARGETS:
        sys.exit(f"usage: python3 -m dev {{{'|'.join(TARGETS)}}}")
    steps.obey_signals()
    sys.exit(steps.guarded(TARGETS[name]))
