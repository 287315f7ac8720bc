"""Progress on the screen, everything else in a log, and one kind of failure: a sentence that says what to do."""

import contextlib
import os
import signal
import subprocess
import sys
import time
import traceback

from . import paths


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

    Raises Failure with ``advice`` when the command is missing or does not return 0.
    """
    log = log_path(name)
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
        raise Failure(f"{advice} (details in {shown(log)})")


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
        log = log_path("failure")
        with open(log, "a", encoding="utf-8") as out:
            traceback.print_exc(file=out)
        text = f"!! Stopped unexpectedly ({type(error).__name__}: {error}): see {shown(log)}"
        print(text, file=sys.stderr, flush=True)
        return 1
