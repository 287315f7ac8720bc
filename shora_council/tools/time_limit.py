"""Break off Python code that takes too long, in whatever thread it runs. Knows nothing of councils."""

import ctypes
import threading


class Expired(BaseException):
    """The time is up; no library takes it for an error of its own and goes on."""


class TimeLimit:
    """``with TimeLimit(60): …`` raises :class:`Expired` inside the block when it is not left in time.

    A signal would reach the main thread only, and a request runs in any. What is called in C is broken off when it
    comes back.
    """

    def __init__(self, seconds):
        self._seconds = seconds
        self._left = threading.Event()
        self._lock = threading.Lock()

    def __enter__(self):
        self._thread = threading.get_ident()
        threading.Thread(target=self._watch, name="shora time limit", daemon=True).start()
        return self

    def __exit__(self, *error):
        while not self._left.is_set():
            try:
                with self._lock:
                    self._left.set()
                    _raise_in(self._thread, None)  # what was raised and has not arrived must not arrive later
            except Expired:  # arrived just now: the block was left already
                continue

    def _watch(self):
        seconds = self._seconds
        while not self._left.wait(seconds):
            with self._lock:
                if not self._left.is_set():
                    _raise_in(self._thread, Expired)
            seconds = 1  # again, where a bare except has swallowed it


def _raise_in(thread, kind):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(kind) if kind else None)
