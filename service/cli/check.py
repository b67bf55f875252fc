"""Check the database, and rebuild its ties."""

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
    """Name everything in the database that breaks a rule the database cannot enforce itself. Changes nothing.

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


@click.command("rebuild-ties")
@format_option
@reporting_errors
def rebuild_ties_command(form: str) -> None:
    """Rebuild every tie in the database from its reports, while others go on working.

    Each change of a report rebuilds its tie, so this is seldom needed: where `check` says so, and after an upgrade
    that grades reports in a new way, or a restore from before it. Until then networks are right but slower to read.

    \b
    Example:
      stakeholder-graph rebuild-ties
    """
    from service.wiring import opened_operations

    with opened_operations(read_config()) as operations, progress_bar("Rebuilding ties") as progress:
        count = operations.rebuild_ties(progress=progress)
    print_rows([{"ties": count}], [named("ties")], form)
    say("All ties are as their reports have them.")
