"""A limit of time for a library that hostile files make loop: the thread that reads is interrupted, on every system and in every thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """Raised in the middle of what takes too long; no `Exception`, so that the library does not swallow it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let the block run for so many seconds. Raises `TooLong` in it when they are over (between two steps of Python's interpreter)."""
    thread, lock, state = threading.get_ident(), threading.Lock(), {"over": False}

    def interrupt() -> None:
        with lock:
            if not state["over"]:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(TooLong))

    timer = threading.Timer(seconds, interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            state["over"] = True
        timer.cancel()
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), None)  # one that was on its way is called back
