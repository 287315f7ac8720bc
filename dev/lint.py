"""``make lint``: every check that needs no database."""

import shutil
import subprocess

from . import conf, house, lint_views, paths, steps

# One README serves all addons; a judged write may reach super().write() from a private method. Not in .pylintrc:
# there the group odoolint would enable them again.
NOT_OURS = "missing-readme,super-method-mismatch"


def main():
    """Set up and check. Raises Failure."""
    house.set_up()
    lint()


def present():
    """Return the names of our addons that are there."""
    return [name for name in paths.ADDONS if (paths.CHECKOUT / name / "__manifest__.py").exists()]


def commands():
    """Return (title, command, extra environment) of every checker that is a program."""
    addons = present()
    bin_ = paths.VENV / "bin"
    paths_ = [name for name in (*addons, "bench", "dev", "tests") if (paths.CHECKOUT / name).exists()]
    return [
        ("ruff", [bin_ / "ruff", "check", "--no-cache", *paths_], {}),
        (
            "pylint-odoo",
            [bin_ / "pylint", "--rcfile=.pylintrc", f"--disable={NOT_OURS}", "--jobs=2", *addons],
            {"PYTHONPATH": str(paths.CHECKOUT)},
        ),
        ("Odoo's test_lint", [paths.PYTHON, "-B", "-m", "dev.lint_odoo", *addons], {"ODOO_RC": str(paths.CONF)}),
    ]


def lint():
    """Run every check, then tell what failed. Raises Failure."""
    failed = []
    for title, command, extra in commands():
        with steps.step(title):
            if not passes(command, extra):
                failed.append(title)
    with steps.step("views, XML and translations"):
        if findings := lint_views.check(present()):
            steps.say("\n".join(findings))
            failed.append("views, XML and translations")
    if failed:
        raise steps.Failure(f"mend what {', '.join(failed)} found above, then run make lint again")


def passes(command, extra):
    """Run one checker; print what it says only when it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=paths.CHECKOUT,
        env={**conf.environment(), **extra},
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        steps.say(done.stdout.rstrip())
    shutil.rmtree(paths.CHECKOUT / ".ruff_cache", ignore_errors=True)
    return done.returncode == 0
