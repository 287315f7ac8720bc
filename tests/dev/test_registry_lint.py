"""Those checks of Odoo's own ``test_lint`` that look at loaded models and routes, for what our addons define."""

import contextlib
import logging
import re
from unittest.mock import patch

from odoo.addons.test_lint.tests import test_docstring, test_index, test_naming, test_override_signatures, test_routes
from odoo.modules.registry import Registry
from odoo.tests.common import get_db_name

from dev.paths import ADDONS

PREFIXES = tuple(f"odoo.addons.{name}." for name in ADDONS)


class Ours:
    """The models our addons wrote or extended, in the shape in which the checks read a registry."""

    def __init__(self, *_args):
        self.models = {
            name: model
            for name, model in Registry(get_db_name()).items()
            if any(part.__module__.startswith(PREFIXES) for part in model.mro())
        }

    def items(self):
        return self.models.items()


class Narrowed:
    """Confine a check of Odoo's to our models; the breach of another module in a model we extend is not ours."""

    checks = None  # the module of test_lint

    def setUp(self):
        super().setUp()
        self.assertIn("shora.session", Ours().models)
        narrow = patch.object(self.checks, "Registry", Ours)
        narrow.start()
        self.addCleanup(narrow.stop)

    @contextlib.contextmanager
    def subTest(self, *args, **params):
        ours = params.get("module", ADDONS[0]) in ADDONS
        with super().subTest(*args, **params) if ours else contextlib.suppress(AssertionError, TypeError):
            yield


class TestNames(Narrowed, test_naming.TestNaming):
    checks = test_naming


class TestSignatures(Narrowed, test_override_signatures.TestLintOverrideSignatures):
    checks = test_override_signatures


class TestDocstrings(Narrowed, test_docstring.TestDocstring):
    checks = test_docstring

    def setUp(self):
        super().setUp()
        widen = patch.object(test_docstring, "MODULES_TO_LINT", ADDONS)
        widen.start()
        self.addCleanup(widen.stop)


class TestIndexes(test_index.TestIndex):
    def test_enforce_index_on_one2many_inverse(self):
        try:
            super().test_enforce_index_on_one2many_inverse()
        except self.failureException as failure:
            lines = [line for line in str(failure).splitlines() if self.is_ours(line)]
            self.assertFalse(lines, "fields behind a One2many that lack an index")

    def is_ours(self, line):
        match = re.match(r"([\w.]+)\.(\w+) \(inverse of", line)
        return bool(match) and bool(set(self.env[match[1]]._fields[match[2]]._modules) & set(ADDONS))


class TestRoutes(test_routes.RoutesLinter):
    def test_routes_definition(self):
        logger = logging.getLogger(test_routes.__name__)
        with self.assertLogs(logger, "WARNING") as logs:
            logger.warning("assertLogs wants one line")
            super().test_routes_definition()
        self.assertFalse([line for line in logs.output if any(prefix in line for prefix in PREFIXES)])
