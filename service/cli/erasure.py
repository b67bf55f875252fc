"""Erase a stakeholder together with all tie reports on it."""

from dataclasses import asdict

import click

from service.cli.output import Row, format_option, named, print_rows
from service.cli.session import reporting_errors, session
from service.terminal import say

MOST_LISTED = 500
"""References listed before asking: more than anybody reads; the counts cover all."""


@click.command("erase")
@click.argument("stakeholder", metavar="NAME-OR-ID")
@click.option("--yes", is_flag=True, help="Do not ask; without a terminal this is needed.")
@click.option("--dry-run", is_flag=True, help="List what would be erased and change nothing.")
@format_option
@reporting_errors
def erase_command(stakeholder: str, *, yes: bool, dry_run: bool, form: str) -> None:
    """Erase a stakeholder with all tie reports on it, retracted ones too, and so its ties.

    First lists what will be erased, then asks. Its parts in activities are removed; the activities stay. Afterwards no
    question finds it, not even about an earlier day: only a backup brings it back.

    \b
    Example:
      stakeholder-graph erase "Council of Elders" --dry-run
      stakeholder-graph erase "Council of Elders" --yes
    """
    from graph.model import Stakeholder
    from service.questions.lookup import stakeholder_called

    with session() as opened:
        id_ = stakeholder_called(opened.networks.get(opened.actor), stakeholder, pointer="/stakeholder")
        stakeholder_record = opened.store.get(Stakeholder, id_, opened.actor)
        held = opened.store.held(id_, opened.actor)
        page = opened.store.references(id_, opened.actor, limit=MOST_LISTED)
        rows: list[Row] = [
            {"kind": item.kind, "id": item.id, "retracted": item.retracted_at is not None} for item in page.items
        ]
        print_rows(rows, [named(name) for name in ("kind", "id", "retracted")], form)
        what = ", ".join(f"{name.replace('_', ' ')}: {number:,}" for name, number in asdict(held).items())
        say(f"{stakeholder_record.name} ({id_}) goes with all of it, its parts in activities too; these stay. {what}.")
        if dry_run:
            return
        if not yes:
            click.confirm("Erase it for good?", abort=True, err=True)
        opened.store.erase(id_, opened.actor, version=stakeholder_record.version)
    say("Erased.")
