"""Seconds, by the clock and of a processor, and the memory by which a process grew meanwhile."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import psutil

Result = TypeVar("Result")


def computed(process: psutil.Process) -> float:
    """Return the seconds for which a process has computed so far, all its threads together."""
    times = process.cpu_times()
    return float(times.user + times.system)


def watched(work: Callable[[], Result]) -> tuple[float, float, Result]:
    """Return the seconds of the work, the megabytes by which the process grew at most meanwhile, and the result."""
    process, done = psutil.Process(), threading.Event()
    before = process.memory_info().rss
    peak = [before]

    def watch() -> None:
        while not done.wait(0.005):
            peak[0] = max(peak[0], process.memory_info().rss)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start = perf_counter()
    try:
        result = work()
    finally:
        seconds = perf_counter() - start
        done.set()
        watcher.join()
    return seconds, (max(peak[0], process.memory_info().rss) - before) / 1e6, result
