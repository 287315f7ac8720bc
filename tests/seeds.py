"""How many random runs a test makes: few in ``make test``, many in ``make soak``, one when it is asked for.

A test draws everything from ``random.Random(seed)`` and names the seed when it fails::

    for seed in seeds(5, soak=200):
        with self.subTest(seed=seed): ...

``SHORA_SEED=17 make test TESTS="…"`` runs that one again, ``SHORA_SEED=100-199`` a hundred of them.
"""

import os

#: set by ``make soak``
SOAK = bool(os.environ.get("SHORA_SOAK"))


def seeds(few, soak):
    """Return the seeds to try.

    :param few: number in ``make test``; the same ones every time, so that a failure is the change's and not the day's
    :param soak: number in ``make soak``
    """
    if asked := os.environ.get("SHORA_SEED"):
        first, _dash, last = asked.partition("-")
        return range(int(first), int(last or first) + 1)
    return range(soak if SOAK else few)
