"""A limit of time for a library that hostile files make loop: the thread that reads is interrupted, on every system and in every thread."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager

AGAIN = 0.5  # seconds; an interruption may be lost in code whose errors Python ignores (a finalizer, a callback of its garbage collector)


class TooLong(BaseException):
    """Raised in the middle of what takes too long; no `Exception`, so that the library does not swallow it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Let the block run for so many seconds. Raises `TooLong` in it when they are over (between two steps of Python's interpreter)."""
    thread, lock, over = ctypes.c_ulong(threading.get_ident()), threading.Lock(), threading.Event()

    def watch() -> None:
        wait = seconds
        while not over.wait(wait):
            with lock:
                if not over.is_set():
                    ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TooLong))
            wait = AGAIN

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over.set()
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, None)  # one that was on its way is called back
