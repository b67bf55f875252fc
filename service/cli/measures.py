"""Ask the network who counts, by single measures, as sets, as brokers and as communities."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from service.cli.analysis import at, limit_option, names, part, print_answer
from service.cli.output import Column, format_option, named
from service.cli.scope import scope_from, scope_options
from service.cli.session import reporting_errors, session

if TYPE_CHECKING:
    from graph.analysis.answer import Answer

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@click.command("centrality")
@click.argument("measure")
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def centrality_command(*, measure: str, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Everybody by one MEASURE, the best first; an unknown measure is answered with the list of them.

    \b
    Example:
      stakeholder-graph centrality betweenness_reliability
      stakeholder-graph centrality current_flow --area QV01 --format csv
    """
    from service.answers import centrality

    with session() as here:
        answer = centrality(here.networks, here.actor, scope_from(options), measure=measure, limit=limit)
        _print(answer, form, RANKED)


@click.command("key-players")
@click.option("-k", "--members", default=2, show_default=True, type=click.IntRange(1, 10), help="Members of a set.")
@click.option(
    "--criterion",
    default="reach",
    show_default=True,
    type=click.Choice(["reach", "m-reach", "fragmentation"]),
    help="Near to most, within so many hops of most, or channels to back up.",
)
@click.option("--within", default=2, show_default=True, type=click.IntRange(1, 10), help="Hops, for m-reach.")
@click.option("--purpose", default="", help="What it is for; needed for fragmentation.")
@limit_option(5)
@scope_options
@format_option
@reporting_errors
def key_players_command(
    *,
    members: int,
    criterion: str,
    within: int,
    purpose: str,
    limit: int,
    form: str,
    **options: Any,  # noqa: ANN401 - the scope's options
) -> None:
    """Which few stakeholders together reach most, or which channels to back up.

    \b
    Example:
      stakeholder-graph key-players -k 3
      stakeholder-graph key-players --criterion fragmentation --purpose "second contact for each channel"
    """
    from service.answers import key_players

    with session() as here:
        answer = key_players(
            here.networks,
            here.actor,
            scope_from(options),
            k=members,
            criterion=criterion,
            within=within,
            purpose=purpose,
            limit=limit,
        )
        _print(answer, form, KEY_SETS)


@click.command("brokerage")
@click.option("--role", type=click.Choice(ROLES), help="Go by this role instead of all together.")
@click.option(
    "--groups",
    default="category",
    show_default=True,
    type=click.Choice(["category", "community"]),
    help="What makes a group.",
)
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def brokerage_command(*, role: str | None, groups: str, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Who goes between groups, in which role, and whether that is more than chance would give.

    \b
    Example:
      stakeholder-graph brokerage --role gatekeeper
    """
    from service.answers import brokerage

    with session() as here:
        answer = brokerage(here.networks, here.actor, scope_from(options), role=role, groups=groups, limit=limit)
        _print(answer, form, BROKERAGE_TABLE if form == "table" else BROKERAGE)


@click.command("communities")
@click.option(
    "--resolution",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 10),
    help="Above 1 gives smaller communities.",
)
@click.option("--compared-to", type=click.DateTime(["%Y-%m-%d"]), help="Say what each community was on this day.")
@limit_option(100)
@scope_options
@format_option
@reporting_errors
def communities_command(
    *,
    resolution: float,
    compared_to: datetime | None,
    limit: int,
    form: str,
    **options: Any,  # noqa: ANN401 - the scope's options
) -> None:
    """Who keeps company with whom, and how surely.

    \b
    Example:
      stakeholder-graph communities --without-mission
      stakeholder-graph communities --compared-to 2026-01-01
    """
    from service.answers import communities

    with session() as here:
        answer = communities(
            here.networks,
            here.actor,
            scope_from(options),
            resolution=resolution,
            compared_to=compared_to.date() if compared_to else None,
            limit=limit,
        )
        _print(answer, form, COMMUNITIES)


def _print(answer: "Answer[Any]", form: str, columns: list[Column]) -> None:
    """Print an answer; below a table come the sentences, which CSV has as a column."""
    print_answer(answer, form, columns if form == "table" else [*columns, named("sentence")], sentences=True)


WHO: list[Column] = [part("name", "stakeholder", "name"), part("category", "stakeholder", "category")]

RANKED: list[Column] = [
    named("rank"),
    part("group", "level", "group"),
    part("in group", "level", "size"),
    *WHO,
    named("value"),
    part("ties", "evidence", "ties"),
    named("undefined"),
]

KEY_SETS: list[Column] = [
    named("rank"),
    part("group", "level", "group"),
    part("in group", "level", "size"),
    names("members", "members"),
    named("value"),
    named("fragmentation"),
    named("adds"),
]

BROKERAGE_TABLE: list[Column] = [
    named("rank"),
    part("in group", "level", "size"),
    *WHO,
    *(part(role, "roles", role) for role in ROLES),
    *(part(f"z {role}", "z", role) for role in ROLES),
]

BROKERAGE: list[Column] = [*BROKERAGE_TABLE, *(part(f"expected {role}", "expected", role) for role in ROLES)]

COMMUNITIES: list[Column] = [
    named("rank"),
    named("id"),
    named("size"),
    ("members", lambda row: [member["stakeholder"]["name"] for member in at(row, "members")]),
    ("membership", lambda row: [member["strength"] for member in at(row, "members")]),
    named("tied_pairs_within"),
    named("tied_pairs_out"),
    part("before", "before", "id"),
    part("share", "before", "share"),
]
