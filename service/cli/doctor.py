"""Check what the program depends on."""

import sys
from dataclasses import asdict

import click

from service.cli.output import format_option, named, print_rows
from service.cli.session import reporting_errors
from service.config import read_config
from service.terminal import say


@click.command("doctor")
@format_option
@reporting_errors
def doctor_command(form: str) -> None:
    """Check each part that this program needs; where one fails, say why and what to do.

    Looks at Python, the data directory, Java and Neo4j's files, or at the server that NEO4J_URI names; then at version,
    clock, settings, schema and indexes. Starts nothing and writes nothing. Exits with 1 if anything fails.

    \b
    Example:
      stakeholder-graph doctor
      stakeholder-graph doctor --format json
    """
    from service.cli.diagnosis import diagnose

    rows = [asdict(part) for part in diagnose(read_config())]
    print_rows(rows, [named(name) for name in ("part", "fine", "found", "cure")], form)
    failing = [str(row["part"]) for row in rows if not row["fine"]]
    say(f"To be repaired: {', '.join(failing)}." if failing else "All is fine.")
    if failing:
        sys.exit(1)
