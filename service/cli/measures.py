"""Commands for single measures, brokerage, communities and tie betweenness."""

from datetime import datetime
from typing import Any

import click

from service.cli.analysis import at, limit_option, names, part, print_measured
from service.cli.output import Column, format_option, named
from service.cli.scope import scope_from, scope_options
from service.cli.session import reporting_errors, session

ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


@click.command("centrality")
@click.argument("measure")
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def centrality_command(*, measure: str, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Stakeholders ranked by one MEASURE, the best first; an unknown measure gets the list of all.

    \b
    Example:
      stakeholder-graph centrality betweenness_reliability
      stakeholder-graph centrality current_flow --area QV01 --format csv
    """
    from service.questions.centrality import centrality

    with session() as opened:
        answer = centrality(opened.networks, opened.actor, scope_from(options), measure=measure, limit=limit)
        print_measured(answer, form, RANKED)


@click.command("tie-betweenness")
@click.option(
    "--by",
    default="reliability",
    show_default=True,
    type=click.Choice(["reliability", "hops"]),
    help="What makes a route short.",
)
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def tie_betweenness_command(*, by: str, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """The ties that most shortest routes cross.

    \b
    Example:
      stakeholder-graph tie-betweenness --by hops
    """
    from service.questions.centrality import tie_betweenness

    with session() as opened:
        answer = tie_betweenness(opened.networks, opened.actor, scope_from(options), by=by, limit=limit)
        print_measured(answer, form, TIE_BETWEENNESS)


@click.command("brokerage")
@click.option("--role", type=click.Choice(ROLES), help="Rank by this role instead of all together.")
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
    """Who brokers between groups, in which role, and whether more often than by chance.

    \b
    Example:
      stakeholder-graph brokerage --role gatekeeper
    """
    from service.questions.brokerage import brokerage

    with session() as opened:
        answer = brokerage(opened.networks, opened.actor, scope_from(options), role=role, groups=groups, limit=limit)
        print_measured(answer, form, BROKERAGE_TABLE if form == "table" else BROKERAGE)


@click.command("communities")
@click.option(
    "--resolution",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0.1, 10),
    help="Above 1 gives smaller communities.",
)
@click.option("--compared-to", type=click.DateTime(["%Y-%m-%d"]), help="Compare each community with those of this day.")
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
    """Who is in the same community as whom, and how surely.

    \b
    Example:
      stakeholder-graph communities --without-mission
      stakeholder-graph communities --compared-to 2026-01-01
    """
    from service.questions.communities import communities

    with session() as opened:
        answer = communities(
            opened.networks,
            opened.actor,
            scope_from(options),
            resolution=resolution,
            compared_to=compared_to.date() if compared_to else None,
            limit=limit,
        )
        print_measured(answer, form, COMMUNITIES)


STAKEHOLDER: list[Column] = [part("name", "stakeholder", "name"), part("category", "stakeholder", "category")]

RANKED: list[Column] = [
    named("rank"),
    part("group", "tied_group", "group"),
    part("in group", "tied_group", "size"),
    *STAKEHOLDER,
    named("value"),
    part("ties", "evidence", "ties"),
    named("undefined"),
]

TIE_BETWEENNESS: list[Column] = [
    named("rank"),
    part("group", "tied_group", "group"),
    part("in group", "tied_group", "size"),
    names("between", "ends"),
    named("kinds"),
    named("value"),
    named("bridge"),
    part("ties", "evidence", "ties"),
]

BROKERAGE_TABLE: list[Column] = [
    named("rank"),
    part("in group", "tied_group", "size"),
    *STAKEHOLDER,
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
