"""Say on standard error what is being fetched and how far it is; standard output belongs to the answer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Protocol


class Progress(Protocol):
    """Something that counts bytes. Called from several threads."""

    def advance(self, count: int) -> None:
        """So many bytes more; negative when a file has to be fetched again."""


@contextmanager
def show_progress(title: str, total: int, *, visible: bool) -> Iterator[Progress]:
    """A bar on a terminal, a line each quarter elsewhere (logs, pipes), nothing if not visible.

    Args:
        title: what is being done.
        total: bytes to come.
        visible: whether to show anything.
    """
    if not visible:
        yield _Silent()
    elif sys.stderr.isatty():
        with _bar(title, total) as bar:
            yield bar
    else:
        yield _Lines(title, total)


class _Silent:
    def advance(self, count: int) -> None:
        """Nobody is looking."""


class _Lines:
    """A line at the start and at each quarter: enough to see life in a log."""

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
    """A number of bytes in MB (10^6), to two digits or so."""
    return f"{count / 1e6:.1f}" if count < 10e6 else f"{count / 1e6:.0f}"


def say(line: str) -> None:
    """Tell the person at the terminal, or the log behind it."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - telling a person is this module's purpose
