"""Commands that list stakeholders and ties."""

from collections.abc import Iterator

import click

from graph.vocabulary import CATEGORIES, TIE_KINDS, TieStatus
from service.cli.output import Row, format_option, named, print_rows
from service.cli.session import Session, reporting_errors, session

PAGE = 500
"""Records fetched at a time; the whole list is printed."""


@click.command("stakeholders")
@click.option("--category", type=click.Choice(list(CATEGORIES)), help="Only this category.")
@click.option("--search", default="", help="Only names that contain these words, in any script.")
@format_option
@reporting_errors
def stakeholders_command(category: str | None, search: str, form: str) -> None:
    """List the stakeholders.

    \b
    Example:
      stakeholder-graph stakeholders --category ngo --format csv
    """
    with session() as opened:
        rows = sorted(_stakeholders(opened, category, search), key=lambda row: (str(row["name"]).casefold(), row["id"]))
    print_rows(rows, [named(name) for name in ("name", "category", "nature", "status", "aliases", "id")], form)


@click.command("ties")
@click.option("--kind", type=click.Choice(list(TIE_KINDS)), help="Only this kind.")
@click.option("--status", type=click.Choice([status.value for status in TieStatus]), help="Only this status.")
@format_option
@reporting_errors
def ties_command(kind: str | None, status: str | None, form: str) -> None:
    """List the ties, each folded from its reports as of today.

    \b
    Example:
      stakeholder-graph ties --kind funds
    """
    with session() as opened:
        rows = list(_ties(opened, kind, status))
    shown = (
        "from_name",
        "kind",
        "to_name",
        "status",
        "existence",
        "strength",
        "trust",
        "reports",
        "last_confirmed",
        "id",
    )
    print_rows(rows, [named(name) for name in shown], form)


def _stakeholders(opened: Session, category: str | None, search: str) -> Iterator[Row]:
    from graph.analysis.answers.answer import as_json
    from graph.model import Stakeholder

    after = None
    while True:
        page = opened.store.list(
            Stakeholder, opened.actor, after=after, limit=PAGE, category=category, q=search or None
        )
        for stakeholder in page.items:
            yield as_json(stakeholder)  # type: ignore[misc] # a dataclass becomes an object
        after = page.next
        if after is None:
            return


def _ties(opened: Session, kind: str | None, status: str | None) -> Iterator[Row]:
    from graph.analysis.answers.answer import as_json

    network = opened.networks.get(opened.actor)
    for tie in network.ties.at(network.ties.matching(kind=kind, status=status).tolist()):
        names = {"from_name": network.nodes[tie.from_id].name, "to_name": network.nodes[tie.to_id].name}
        # Which origins report a tie could reveal the sources; how many does not.
        yield {**as_json(tie), **names, "origins": len(tie.origins)}  # type: ignore[dict-item]
