"""How the kernels are compiled, where the result is cached, and how many threads they run in.

A compiled function is written in the subset of Python that numba knows and carries its signature, so it is compiled
(or read back from disk) when its module is imported, never inside a request. Only the modules of
``graph.kernels.compiled`` import numba; everything else here starts without it.

Where the compiled code is cached is numba's own rule: the folder of ``NUMBA_CACHE_DIR`` if that is set, else
``__pycache__`` beside the source, else, where the installed package cannot be written to, the user's cache folder.
Where none of them can be written, the functions are compiled again in each process (about 10 s of one core, once,
in ``warm``) and everything else works as usual. The container image has them compiled.

Threads are Python's: the functions release the interpreter lock. Numba's own parallel loops are not used: its
portable thread pool ends the process when two requests enter it at once.
"""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, TypeVar

COMPILED = (
    "blocks",
    "contacts",
    "cores",
    "groups",
    "hops",
    "introductions",
    "lengths",
    "pairs",
    "reach",
    "routes",
    "triads",
)
"""The modules that hold compiled functions."""

Item = TypeVar("Item")
Result = TypeVar("Result")


def compiled(signature: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile a function for one signature, cached on disk where possible."""
    import numba

    def compile_now(function: Callable[..., Any]) -> Callable[..., Any]:
        try:
            return numba.njit(signature, cache=True, nogil=True, error_model="numpy")(function)
        except RuntimeError as error:
            if "cannot cache" not in str(error):
                raise
            return numba.njit(signature, nogil=True, error_model="numpy")(function)

    return compile_now


def warm(*, ended: Callable[[], bool] = lambda: False) -> None:
    """Make every kernel ready to run: read it from disk or compile it. Safe to call again and from any thread.

    ``ended`` is called before each module; the rest is left out once it returns true.
    """
    for name in COMPILED:
        if ended():
            return
        import_module(f"graph.kernels.compiled.{name}")


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_threads(work: Callable[[Item], Result], items: Iterable[Item], *, threads: int | None = None) -> list[Result]:
    """Do the work for each item, results in the order of the items, in as many threads as there are cores."""
    tasks = list(items)
    workers = min(len(tasks), cores() if threads is None else threads)
    if workers <= 1:
        return [work(item) for item in tasks]
    with ThreadPoolExecutor(workers, thread_name_prefix="kernel") as pool:
        return list(pool.map(work, tasks))
