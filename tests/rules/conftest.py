"""The rules are tested without Odoo: ``rules`` is imported from the addon's folder as a package of its own."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shora_council"))

# Two shared cores: an example may be slow, a wrong answer may not.
settings.register_profile("rules", deadline=None, max_examples=300)
settings.load_profile("rules")
