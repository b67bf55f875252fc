"""Reports the progress of a fetch on standard error; standard output is for the answer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol


class Progress(Protocol):
    """Something that counts bytes. Called from several threads."""

    def advance(self, count: int) -> None:
        """Add a number of bytes; negative when a file has to be fetched again."""


@contextmanager
def show_progress(title: str, total: int, *, visible: bool) -> Iterator[Progress]:
    """Show a bar on a terminal, a line each quarter elsewhere (logs, pipes), nothing if not visible.

    Args:
        title: what is being done.
        total: bytes to fetch.
        visible: whether to show anything.
    """
    if not visible:
        yield _Silent()
    elif sys.stderr.isatty():
        with _bar(title, total) as bar:
            yield bar
    else:
        yield _QuarterLines(title, total)


class _Silent:
    def advance(self, count: int) -> None:
        """Show nothing."""


class _QuarterLines:
    """Prints a line at the start and at each quarter: enough to see progress in a log."""

    def __init__(self, title: str, total: int) -> None:
        self._total = total
        self._done = 0
        self._quarter = 0
        self._lock = Lock()
        say(f"{title}, {megabytes(total)} MB, once …")

    def advance(self, count: int) -> None:
        with self._lock:
            self._done += count
            quarter = 4 * self._done // self._total
            if quarter > self._quarter:
                self._quarter = quarter
                say(f"  {megabytes(self._done)} of {megabytes(self._total)} MB")


@contextmanager
def _bar(title: str, total: int) -> Iterator[Progress]:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with RichProgress(*columns, TimeRemainingColumn(), console=Console(stderr=True)) as progress:
        task = progress.add_task(title, total=total)

        class _Bar:
            def advance(self, count: int) -> None:
                progress.advance(task, count)

        yield _Bar()


def megabytes(count: int) -> str:
    """Return a number of bytes in MB (10^6), to about two digits."""
    return f"{count / 1e6:.1f}" if count < 10e6 else f"{count / 1e6:.0f}"


def say(line: str) -> None:
    """Print a line on standard error."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - printing is this module's purpose
