"""Print a command's result: a table for people, JSON or CSV for programs."""

import csv
import io
import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import click

from service.terminal import printable

FORMATS = ("table", "json", "csv")

Row = Mapping[str, object]
Column = tuple[str, Callable[[Row], object]]
F = TypeVar("F", bound=Callable[..., None])


def format_option(command: F) -> F:
    """Give a command ``--format table|json|csv``."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="How to print: for people, or for programs (JSON and CSV alone on standard output).",
    )(command)


def named(name: str) -> Column:
    """Return the column that shows one field of a row under its own name."""
    return name.replace("_", " "), lambda row: row[name]


def print_rows(rows: Sequence[Row], columns: Sequence[Column], form: str, *, document: object = None) -> None:
    """Print rows in one of ``FORMATS``. JSON prints the whole ``document`` where given, else the rows.

    JSON and CSV are UTF-8 with unchanged line ends, whatever the terminal and the system are set to.
    """
    if form == "json":
        text = json.dumps(rows if document is None else document, ensure_ascii=False, indent=2)
        click.echo(f"{text}\n".encode(), nl=False)
    elif form == "csv":
        click.echo(as_csv(rows, columns).encode(), nl=False)
    else:
        print_table(rows, columns)


def as_csv(rows: Iterable[Row], columns: Sequence[Column]) -> str:
    """Return RFC 4180 text. Text that a spreadsheet would run as a formula is prefixed with an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([heading for heading, _ in columns])
    writer.writerows([_guarded(_plain(cell(row))) for _, cell in columns] for row in rows)
    return out.getvalue()


def print_table(rows: Sequence[Row], columns: Sequence[Column]) -> None:
    """Print rows as a table as wide as the terminal."""
    from rich import box  # lazy: programs that read JSON do not pay for it
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading, _ in columns:
        table.add_column(heading, overflow="fold")
    for row in rows:
        # Text, not markup: a name with [brackets] must be printed unchanged.
        table.add_row(*(Text(_shown(cell(row))) for _, cell in columns))
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)  # a file or a pipe has no width; 160 keeps sentences on few lines
    with console.capture() as captured:  # rich exits with 1 when a reader such as head closes the pipe
        console.print(table)
    click.echo(captured.get(), nl=False)


def print_list(texts: Iterable[str]) -> None:
    """Print numbered paragraphs, each wrapped with a hanging indent."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 120)  # longer lines are hard to read
    for number, text in enumerate(texts, start=1):
        head = f"{number:>3}. "
        click.echo(textwrap.fill(_shown(text), width, initial_indent=head, subsequent_indent=" " * len(head)))
    click.echo()


def _plain(value: object) -> object:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return value
    return _shown(value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    return printable(str(value))


def _guarded(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r\0") and value else value


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int | None], None] | None]:
    """Show progress on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
