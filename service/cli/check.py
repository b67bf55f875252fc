"""Look the database over."""

import sys
from dataclasses import asdict

import click

from service.cli.output import format_option, named, print_rows
from service.cli.session import reporting_errors, say
from service.config import read_config


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
