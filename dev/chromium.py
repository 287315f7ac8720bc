"""The browser of the tests: the machine's, else Debian's unpacked into the checkout."""

import os
import shutil
import subprocess

from . import debian, paths, python, steps

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def install():
    """Make sure that a browser is found on the tests' PATH. Raises Failure where there is none and no apt."""
    if any(shutil.which(name) for name in NAMES):
        return
    if not shutil.which("apt-get"):
        raise steps.Failure(f"the tests need a Chromium: {python.APT_LINE}")
    wrapper = paths.BIN / "chromium"
    if not wrapper.exists():
        with steps.step("Chromium for the tests (Debian's package, unpacked, not installed)"):
            root = debian.missing_for("chromium", ["chromium", "fonts-dejavu-core"])
            write_wrapper(wrapper, root)
            check(wrapper)


def write_wrapper(wrapper, root):
    """Write a script that starts the unpacked browser with its own libraries."""
    libraries = debian.library_path(root)
    wrapper.write_text(
        "#!/bin/sh\n"
        f"export LD_LIBRARY_PATH='{libraries}'${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\n"
        f"export FONTCONFIG_FILE='{paths.FONTS_CONF}'\n"
        f"exec '{root}/usr/lib/chromium/chromium' \"$@\"\n",
        encoding="utf-8",
    )
    wrapper.chmod(0o755)


def check(wrapper):
    """Start the browser once. Raises Failure."""
    command = [wrapper, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "about:blank"]
    try:
        steps.output(command, env=dict(os.environ, HOME=str(paths.DATA)), timeout=120)
    except (OSError, subprocess.SubprocessError) as error:
        wrapper.unlink()
        raise steps.Failure(f"the unpacked Chromium does not start: {python.APT_LINE}") from error
