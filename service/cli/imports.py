"""Import a 3W/4W table."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from graph.errors import InvalidInput
from service.cli.output import Column, format_option, named, print_rows, print_table, progress_bar
from service.cli.session import reporting_errors, session
from service.terminal import say


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Report what would happen and change nothing.")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Take a field from the column with this heading or number; repeatable. Overrides recognised headings.",
)
@format_option
@reporting_errors
def import_command(file: Path, *, dry_run: bool, columns: tuple[str, ...], form: str) -> None:
    """Import a 3W or 4W table (CSV, XLSX or ODS): who does what, where.

    The same file twice changes nothing. What was merged, dropped or not understood is listed with row and column.
    Fields that --map can name: organisation, donor, programme_partner, implementing_partner (each also with _acronym
    and _type), country, adm1 to adm5 (each also with _code), latitude, longitude, sector, sector_code, activity,
    status, date, start, end, year, quarter, month.

    \b
    Example:
      stakeholder-graph import 3w.xlsx --dry-run
      stakeholder-graph import 3w.csv --map organisation=Partner
    """
    from service.exchange import run_import

    mapping = _mapping(columns)
    with session() as opened, progress_bar("Importing") as progress:
        report = run_import(
            opened.store, opened.actor, _read(file), file.name, mapping=mapping, dry_run=dry_run, progress=progress
        )
    document: dict[str, Any] = report.as_json()
    if form == "table":
        _print_summary(document)
    print_rows(document["findings"], FINDING_COLUMNS, form, document=document)


FINDING_COLUMNS: list[Column] = [named(name) for name in ("row", "column", "value", "reason", "suggestion")]


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidInput(
            f"{file} cannot be read: {error.strerror}.", cure="Check the path and its rights."
        ) from error


def _mapping(columns: tuple[str, ...]) -> dict[str, str] | None:
    pairs = [column.partition("=") for column in columns]
    for field, equals, heading in pairs:
        if not (field and equals and heading):
            raise click.BadParameter(f"{field!r} is not of the form FIELD=COLUMN", param_hint="--map")
    return {field: heading for field, _, heading in pairs} or None


def _print_summary(document: Mapping[str, object]) -> None:
    verb = "Would import" if document["dry_run"] else "Imported"
    say(f"{verb} {document['rows']} rows; {document['skipped_blank']} blank ones skipped.")
    records = document["records"]
    assert isinstance(records, Mapping)  # noqa: S101 - the shape of our own report
    rows = [{"records": kind.replace("_", " "), **counts} for kind, counts in records.items()]
    print_table(rows, [named(name) for name in rows[0]])
