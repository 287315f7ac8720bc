"""pytest plugin of the house: a warning in Odoo's log fails its test, in make test nothing may be skipped, and several
processes share the files of the tests.
"""

import hashlib
import json
import logging
import os
import pathlib

import pytest

from .shards import CLAIMS, COUNTS

STRICT = "SHORA_STRICT"  # set by make test


class Watch(logging.Handler):
    """Keep what was logged at WARNING or above; what a test mutes or expects never arrives here."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        # a closing browser aborts what it was still loading; the test's verdict was given before
        if record.getMessage().startswith("Error received after termination"):
            return
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def take(self):
        """Return the lines since the last call."""
        lines, self.lines = self.lines, []
        return lines


WATCH = Watch()


def pytest_configure(config):
    logging.getLogger().addHandler(WATCH)


def pytest_unconfigure(config):
    logging.getLogger().removeHandler(WATCH)


#: seconds in which a browser has to answer; Odoo gives it ten, which a busy machine has once in a thousand times not
BROWSER_SECONDS = 60


def pytest_sessionstart():
    from odoo.tests import common  # not before pytest-odoo has read the options of the server

    common.CHECK_BROWSER_ITERATIONS = int(BROWSER_SECONDS / common.CHECK_BROWSER_SLEEP)
    common.BROWSER_WAIT = BROWSER_SECONDS


TIMES = {}  # file of tests: seconds
MINE = {}  # file of tests: whether this process has taken it


def claimed(path):
    """Tell whether this process has taken the file ``path``; the first time it is asked for, it is claimed."""
    if path not in MINE:
        name = hashlib.sha256(str(path).encode()).hexdigest()[:20]
        try:
            pathlib.Path(os.environ[CLAIMS], name).touch(exist_ok=False)
            MINE[path] = True
        except FileExistsError:
            MINE[path] = False
    return MINE[path]


def pytest_collection_modifyitems(items):
    """The longest files first, those marked as dear above all: whoever is free last has a short one."""
    if os.environ.get(CLAIMS):
        dear = {item.path for item in items if item.get_closest_marker("dear")}
        items.sort(key=lambda item: (item.path not in dear, -item.path.stat().st_size, str(item.path)))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    """Pass over what another process has taken."""
    if not os.environ.get(CLAIMS):
        return None
    if not claimed(item.path):
        return True
    item.session._setupstate.teardown_exact(item)  # what was kept for an item that was passed over
    return None


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
    TIMES[item.path] = TIMES.get(item.path, 0) + report.duration
    lines = WATCH.take()
    if lines and not report.failed and not report.skipped:
        report.outcome = "failed"
        report.longrepr = "Odoo's log has warnings:\n" + "\n".join(lines)
    elif report.skipped and os.environ.get(STRICT) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which make test does not allow: {report.longrepr}"


def pytest_sessionfinish(session, exitstatus):
    if session.config.option.collectonly:
        return
    if lines := WATCH.take():
        session.config.house_lines = lines
        if exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
    if path := os.environ.get(COUNTS):
        stats = session.config.pluginmanager.get_plugin("terminalreporter").stats
        failed = len(stats.get("failed", [])) + len(stats.get("error", []))
        seconds = {os.path.relpath(file, session.config.rootpath): spent for file, spent in TIMES.items()}
        counts = {"passed": len(stats.get("passed", [])), "failed": failed, "seconds": seconds}
        pathlib.Path(path).write_text(json.dumps(counts))


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if lines := getattr(config, "house_lines", None):
        terminalreporter.section("warnings in Odoo's log outside of tests", red=True)
        for line in lines:
            terminalreporter.write_line(line)
