"""Write everything into one file, from which ``restore`` makes it again."""

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
    help="Encrypt for this public key (age1…, or ssh-ed25519 …); repeatable. Else it is not encrypted.",
)
@click.option("--hold", is_flag=True, help="Let writers wait meanwhile, where they never leave a quiet moment.")
@format_option
@reporting_errors
def backup_command(*, file: Path, recipients: tuple[str, ...], hold: bool, form: str) -> None:
    """Back everything up into FILE: every record of every sensitivity, the retracted ones too, as at one instant.

    The service may run meanwhile. FILE is readable by you alone, and replaced only once the new one is whole. Prints
    how many rows of each kind it holds.

    \b
    Example:
      stakeholder-graph backup mission.archive
      stakeholder-graph backup mission.archive.age --recipient age1…
    """
    from service.archive import back_up
    from service.wiring import opened_operations

    with opened_operations(read_config()) as operations:
        about = back_up(operations, file, recipients=recipients, hold=hold)
    rows = [{"kind": kind, "rows": count} for kind, count in about.counts.items()]
    print_rows(rows, [named("kind"), named("rows")], form, document=about.as_json())
    say(f"The archive is in {file.absolute()}" + ("" if recipients else "; it is not encrypted."))
