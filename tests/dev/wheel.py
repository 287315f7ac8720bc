"""The wheel, made of the files that are in git."""

import subprocess
import sys

from dev import paths


def build(source, target):
    """Build the wheel into ``target`` out of what ``source``, an empty directory, gets; return its path."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=paths.CHECKOUT, capture_output=True, text=True, check=True)
    for name in filter(None, tracked.stdout.split("\0")):
        if name.split("/")[0] in (*paths.ADDONS, "setup.py", "pyproject.toml", "LICENSE", "LICENSES"):
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((paths.CHECKOUT / name).read_bytes())
    command = [sys.executable, "setup.py", "-q", "bdist_wheel", "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = target.glob("*.whl")
    return wheel
