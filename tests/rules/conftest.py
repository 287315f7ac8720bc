"""The rules are tested without Odoo: ``rules`` is imported from the addon's folder as a package of its own."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from tests.seeds import SOAK

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shora_council"))

# Two shared cores: an example may be slow, a wrong answer may not. Nothing is kept between runs.
settings.register_profile("rules", deadline=None, max_examples=300, database=None)
# The hundred thousand of clause 5-6 are drawn plainly (test_absence_by_seed.py), which Hypothesis
# takes too long for.
settings.register_profile("soak", settings.get_profile("rules"), max_examples=5_000)
settings.load_profile("soak" if SOAK else "rules")


# pytest-odoo, where it is installed, opens a database for every test by these fixtures: not for these.
@pytest.fixture(scope="session", autouse=True)
def load_registry():
    """No registry."""


@pytest.fixture(scope="session", autouse=True)
def load_http():
    """No server."""


@pytest.fixture(scope="module", autouse=True)
def enable_odoo_test_flag():
    """No Odoo configuration."""
