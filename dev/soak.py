"""``make soak``: the long random runs, hours where ``make test`` takes minutes. ``SOAK="tests/rules"`` narrows.

They are the tests of every day with more seeds (``tests/seeds.py``), and files ``soak_*.py``, too long to be collected
by themselves.
"""

import os

from . import checks, database, house, paths, postgres, shards, steps

#: what makes a file of tests one of these
MARK = "from tests.seeds import"


def soak():
    """Run them one after the other. Returns an exit code; raises Failure."""
    chosen = os.environ.get("SOAK") or " ".join(files())
    os.environ.update(SHORA_SOAK="1", TESTS=f"{chosen} -s --durations=0 --durations-min=10")
    house.set_up(browser=True)
    started = house.start_database()
    try:
        database.copy(checks.prepare(), shards.database_name(0))
        steps.say(f"-> Soaking: {chosen}")
        return shards.run(1)
    finally:
        database.drop(shards.database_name(0))
        if started:
            postgres.stop()


def files():
    """Return the files of the long runs, relative to the checkout; the rules are all random ones."""
    found = ["tests/rules"]
    for path in sorted((paths.CHECKOUT / "tests").glob("*/*.py")):
        if path.parent.name != "rules" and (path.name.startswith("soak_") or MARK in path.read_text(encoding="utf-8")):
            found.append(str(path.relative_to(paths.CHECKOUT)))
    return found
