"""pytest plugin of the house: a warning in Odoo's log fails its test, and in make test nothing may be skipped."""

import logging
import os

import pytest

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


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    report = outcome.get_result()
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


def pytest_terminal_summary(terminalreporter, exitstatus, config):
    if lines := getattr(config, "house_lines", None):
        terminalreporter.section("warnings in Odoo's log outside of tests", red=True)
        for line in lines:
            terminalreporter.write_line(line)
