"""Look the database over, and draw its ties again."""

import sys
from dataclasses import asdict

import click

from service.cli.output import format_option, named, print_rows, progress_bar
from service.cli.session import reporting_errors
from service.config import read_config
from service.terminal import say


@click.command("check")
@format_option
@reporting_errors
def check_command(form: str) -> None:
    """Name everything in the database that breaks a rule the database cannot hold by itself. Changes nothing.

    Looks at every record of every sensitivity. Exits with 1 if anything is broken.

    \b
    Example:
      stakeholder-graph check
      stakeholder-graph check --format csv
    """
    from service.wiring import opened_operations

    with opened_operations(read_config()) as operations:
        found = [asdict(broken) for broken in operations.check()]
    print_rows(found, [named(name) for name in ("kind", "id", "what", "cure")], form)
    say(f"{len(found)} broken." if found else "Nothing is broken.")
    if found:
        sys.exit(1)


@click.command("redraw")
@format_option
@reporting_errors
def redraw_command(form: str) -> None:
    """Draw every tie again as its reports have it, while others work on.

    Ties are drawn with each change of their reports, so this is seldom wanted: where `check` says so, and after an
    upgrade that weighs reports anew or a restore from before it. Until then networks are right, and read more slowly.

    \b
    Example:
      stakeholder-graph redraw
    """
    from service.wiring import opened_operations

    with opened_operations(read_config()) as operations, progress_bar("Drawing ties") as progress:
        drawn = operations.redraw(progress=progress)
    print_rows([{"ties": drawn}], [named("ties")], form)
    say("All ties are drawn as their reports have them.")
