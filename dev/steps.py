"""Progress on the screen, everything else in a log, and one kind of failure: a sentence that says what to do."""

import contextlib
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

from . import paths

FULL = re.compile(
    r"No space left on device|ENOSPC|\[Errno 28\]|Disk quota exceeded|EDQUOT|\[Errno 122\]|have enough free space", re.I
)
#: how apt, pip and npm say that a file did not arrive as its index says
DAMAGED = re.compile(
    r"Hash Sum mismatch|unexpected size|EINTEGRITY|DO NOT MATCH THE HASHES|IncompleteRead|incomplete-download|"
    r"Connection broken|invalid wheel|\.whl is invalid|BadZipFile|"
    r"PREMATURE_CLOSE|unexpected end of file|Unable to parse package file",
    re.I,
)


class Failure(Exception):
    """Setting up cannot go on. The message is one sentence for the person at the keyboard."""


def say(text):
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextlib.contextmanager
def step(title):
    """Name what is being done and, when it is done, how many seconds it took."""
    say(f"-> {title}")
    start = time.monotonic()
    yield
    say(f"   done in {time.monotonic() - start:.1f} s")


def log_path(name):
    """Return the file that collects the output of the step called ``name``."""
    paths.LOG.mkdir(parents=True, exist_ok=True)
    return paths.LOG / f"{name}.log"


def call(name, command, advice, **kwargs):
    """Run ``command``, output to the log ``name``.

    Raises Failure when the command is missing or does not return 0: with ``advice``, unless the command itself says
    that the disk is full or a download damaged.
    """
    log = log_path(name)
    begun = log.stat().st_size if log.exists() else 0
    with open(log, "a", encoding="utf-8") as out:
        out.write(f"$ {' '.join(map(str, command))}\n")
        out.flush()
        try:
            code = subprocess.run(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False, **kwargs
            ).returncode
        except OSError as error:
            raise Failure(f"{command[0]} cannot be started ({error.strerror}): {advice}") from error
    if code:
        raise Failure(f"{cause(log, begun) or advice} (details in {shown(log)})")


def cause(log, begun):
    """Return the sentence for what a command wrote into ``log`` from byte ``begun`` on, or None."""
    with open(log, "rb") as file:
        file.seek(begun)
        text = file.read().decode("utf-8", "replace")
    if FULL.search(text):
        return full_disk()
    if DAMAGED.search(text):
        return "a download arrived damaged and was thrown away: run the same command again, what is whole is kept"
    return None


def full_disk():
    """Return the sentence for a full disk; it names the one of ours with the least room."""
    places = (paths.HOUSE if paths.HOUSE.exists() else paths.CHECKOUT, tempfile.gettempdir(), os.path.expanduser("~"))
    place = min((place for place in places if os.path.exists(place)), key=lambda place: shutil.disk_usage(place).free)
    return f"the disk of {place} is full: make room there and run the same command again, it goes on from here"


def output(command, **kwargs):
    """Return what ``command`` prints, without the last line break; raises CalledProcessError or OSError."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        text=True,
        **kwargs,
    )
    return done.stdout.strip()


def shown(path):
    """Return ``path`` as seen from the checkout when it is inside."""
    if str(path).startswith(f"{paths.HOUSE}{os.sep}"):
        return os.path.join(paths.LINK.name, os.path.relpath(path, paths.HOUSE))
    return os.path.relpath(path, paths.CHECKOUT) if paths.inside(path) else str(path)


def obey_signals():
    """Treat every request to end like Ctrl-C, so that what was started is stopped; nohup stays respected."""

    def interrupt(_signal, _frame):
        raise KeyboardInterrupt

    for request in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if request != signal.SIGHUP or signal.getsignal(request) is not signal.SIG_IGN:
            signal.signal(request, interrupt)


def guarded(function):
    """Run ``function`` and return an exit code.

    A Failure becomes its sentence; a defect of ours becomes a pointer to the log that holds its traceback.
    """
    try:
        return function() or 0
    except Failure as failure:
        print(f"!! {failure}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            print(f"!! {full_disk()}", file=sys.stderr, flush=True)
            return 1
        log = log_path("failure")
        with open(log, "a", encoding="utf-8") as out:
            traceback.print_exc(file=out)
        text = f"!! Stopped unexpectedly ({type(error).__name__}: {error}): see {shown(log)}"
        print(text, file=sys.stderr, flush=True)
        return 1
