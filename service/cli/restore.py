"""Rebuild a database from a file that ``backup`` wrote."""

from pathlib import Path

import click

from service.cli.output import format_option, named, print_rows
from service.cli.session import reporting_errors
from service.config import read_config
from service.terminal import say


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--identity",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file with the private key that opens an encrypted archive.",
)
@click.option("--dry-run", is_flag=True, help="Check the archive to its last byte, and use no database.")
@format_option
@reporting_errors
def restore_command(*, file: Path, identity: Path | None, dry_run: bool, form: str) -> None:
    """Restore FILE into an empty database, which nothing else may use meanwhile.

    The archive is checked first: one that was changed or cut off is refused before anything is written. After an
    interrupted restore no command uses the database until you run it again. Prints how many rows were restored.

    \b
    Example:
      stakeholder-graph restore mission.archive --dry-run
      STAKEHOLDER_GRAPH_HOME=rehearsal stakeholder-graph restore mission.archive
      stakeholder-graph restore mission.archive.age --identity key.txt
    """
    from service.archive import Archive, restore_archive
    from service.wiring import opened_operations

    archive = Archive(file, identity)
    if not dry_run:
        with opened_operations(read_config()) as operations:
            restore_archive(operations, archive)
    about = archive.manifest
    rows = [{"kind": kind, "rows": count} for kind, count in about.counts.items()]
    print_rows(rows, [named("kind"), named("rows")], form, document=about.as_json())
    say(f"{'Complete' if dry_run else 'Restored'}: the database of {about.made_at}, from Neo4j {about.neo4j}.")
