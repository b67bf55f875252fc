"""Write the whole database into one file, from which ``restore`` rebuilds it."""

from pathlib import Path

import click

from service.cli.output import format_option, named, print_rows
from service.cli.session import reporting_errors
from service.config import read_config
from service.terminal import say


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--recipient",
    "recipients",
    multiple=True,
    metavar="KEY",
    help="Encrypt for this public key (age1…, or ssh-ed25519 …); repeatable. Without it the file is not encrypted.",
)
@click.option("--hold", is_flag=True, help="Make writers wait meanwhile, for a database that is never idle.")
@format_option
@reporting_errors
def backup_command(*, file: Path, recipients: tuple[str, ...], hold: bool, form: str) -> None:
    """Back up everything into FILE: records of every sensitivity, retracted ones too, as of one instant.

    The service may run meanwhile. FILE is readable by you alone, and replaced only once the new one is complete. Prints
    how many rows of each kind it holds.

    \b
    Example:
      stakeholder-graph backup mission.archive
      stakeholder-graph backup mission.archive.age --recipient age1…
    """
    from service.archive import back_up
    from service.wiring import opened_operations

    with opened_operations(read_config()) as operations:
        manifest = back_up(operations, file, recipients=recipients, hold=hold)
    rows = [{"kind": kind, "rows": count} for kind, count in manifest.counts.items()]
    print_rows(rows, [named("kind"), named("rows")], form, document=manifest.as_json())
    say(f"The archive is in {file.absolute()}" + ("" if recipients else "; it is not encrypted."))
