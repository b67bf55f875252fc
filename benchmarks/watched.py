"""Time by the clock, processor time, and the growth of a process's memory meanwhile."""

import threading
from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import psutil

Result = TypeVar("Result")


def computed(process: psutil.Process) -> float:
    """Return the processor seconds of a process so far, all its threads together."""
    times = process.cpu_times()
    return float(times.user + times.system)


def watched(work: Callable[[], Result]) -> tuple[float, float, Result]:
    """Return the seconds of the work, the largest growth of the process meanwhile in megabytes, and the result."""
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
