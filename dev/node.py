"""Packages from npm: right-to-left style sheets, the Persian font, the JavaScript linter."""

import re
import shutil
import subprocess

from . import paths, python, steps

FILES = ("package.json", "package-lock.json", ".npmrc")
OLDEST = 18


def install():
    """Bring ``.house/node`` to the locked versions. Raises Failure when Node or npm is missing or too old."""
    value = python.key(*(paths.CHECKOUT / name for name in FILES))
    if python.is_done("node", value):
        return
    require()
    with steps.step("npm packages (rtlcss, Vazirmatn, ESLint)"):
        paths.NODE.mkdir(exist_ok=True)
        for name in FILES:
            shutil.copyfile(paths.CHECKOUT / name, paths.NODE / name)
        advice = "the npm registry does not answer: check the network and run the same command again"
        # npm keeps for the user what it fetched, and checks it by the digests of package-lock.json
        command = ["npm", "ci", "--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund"]
        steps.call("npm", command, advice, cwd=paths.NODE)
    python.set_done("node", value)


def require():
    """Raise Failure unless node and npm of a sufficient version are there."""
    try:
        version = steps.output(["node", "--version"])
        steps.output(["npm", "--version"])
    except (OSError, subprocess.CalledProcessError) as error:
        raise steps.Failure(f"Node.js with npm is missing: {python.APT_LINE}") from error
    found = re.match(r"v(\d+)", version)
    if not found or int(found[1]) < OLDEST:
        raise steps.Failure(f"Node.js {OLDEST} or newer is needed, this is {version}: {python.APT_LINE}")
