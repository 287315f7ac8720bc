"""What was downloaded, kept for the user: a second checkout or a call after a failure does not download it again.

``$XDG_CACHE_HOME/shora``, else ``~/.cache/shora``. Everything is checked before it is used, and appears there whole
(by renaming), so that several checkouts may use it at the same time. ``rm -r`` of it costs downloads, nothing else.
"""

import contextlib
import fcntl
import hashlib
import os
import pathlib
import shutil
import tempfile

from . import paths

SUMS = "SHA256SUMS"


def directory():
    """Return the cache, created; inside the house where the user has no place of the own."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    place = pathlib.Path(base if os.path.isabs(base) else os.path.expanduser("~/.cache"), "shora")
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError:
        usable = False
    else:
        usable = os.access(place, os.W_OK | os.X_OK)
    if not usable:
        place = paths.HOUSE / "cache"
        place.mkdir(parents=True, exist_ok=True)
    return place


@contextlib.contextmanager
def locked(path, shared=False):
    """Hold the lock file ``path``: others wait, those who only read do so together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield


def digest(path, name="sha256"):
    """Return the digest of a file in hexadecimal digits."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, name).hexdigest()


def link(source, target):
    """Make ``target`` the same file as ``source``, or a copy on another disk; it appears whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=".part-", dir=target.parent)
    os.close(handle)
    try:
        os.unlink(name)
        try:
            os.link(source, name)
        except OSError:
            shutil.copyfile(source, name)
        os.replace(name, target)
    finally:
        with contextlib.suppress(FileNotFoundError):  # os.replace leaves both where they are one file already
            os.unlink(name)


def take(kind, name, expected, target):
    """Put the kept file ``name`` into the directory ``target`` if its digest is ``expected``; return whether it was.

    :param expected: (name of the digest, hexadecimal digits). A kept file that differs is damaged and goes.
    """
    kept = directory() / kind / name
    if not kept.is_file():
        return False
    if digest(kept, expected[0]) != expected[1]:
        kept.unlink(missing_ok=True)
        return False
    link(kept, target / name)
    return True


def keep(kind, file):
    """Keep the complete and checked ``file`` for the next time."""
    place = directory() / kind
    place.mkdir(exist_ok=True)
    link(file, place / file.name)


def whole(place):
    """Tell whether the kept directory ``place`` holds all of its files as they were when they were kept."""
    try:
        lines = (place / SUMS).read_text(encoding="utf-8").splitlines()
        entries = [line.split("  ", 1) for line in lines]
        return bool(entries) and all(digest(place / name) == value for value, name in entries)
    except (OSError, ValueError):
        return False


def fill(place, portions):
    """Make the kept directory ``place`` out of ``portions``; what a call that failed had complete is not made again.

    :param portions: {name: function of an empty directory, which puts files into it}
    """
    begun = place.with_name(f"{place.name}.part")
    with locked(place.with_name(f"{place.name}.lock")):
        if whole(place):  # another process made it meanwhile
            return
        begun.mkdir(exist_ok=True)
        for name, make in portions.items():
            if not (begun / f".{name}").exists():
                fill_portion(begun, name, make)
        names = sorted(path.name for path in begun.iterdir() if not path.name.startswith("."))
        sums = "".join(f"{digest(begun / name)}  {name}\n" for name in names)
        (begun / SUMS).write_text(sums, encoding="utf-8")
        shutil.rmtree(place, ignore_errors=True)
        begun.rename(place)


def fill_portion(begun, name, make):
    """Let ``make`` fill a directory and move what is in it to ``begun`` when it is complete."""
    portion = begun / ".portion"
    shutil.rmtree(portion, ignore_errors=True)
    portion.mkdir()
    make(portion)
    for file in portion.iterdir():
        file.replace(begun / file.name)
    portion.rmdir()
    (begun / f".{name}").touch()
