"""Ask the network who or what counts: by single measures, as brokers, as communities, and which ties."""

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
    """Everybody by one MEASURE, the best first; an unknown measure is answered with the list of them.

    \b
    Example:
      stakeholder-graph centrality betweenness_reliability
      stakeholder-graph centrality current_flow --area QV01 --format csv
    """
    from service.questions.centrality import centrality

    with session() as here:
        answer = centrality(here.networks, here.actor, scope_from(options), measure=measure, limit=limit)
        print_measured(answer, form, RANKED)


@click.command("tie-betweenness")
@click.option(
    "--by", default="reliability", show_default=True, type=click.Choice(["reliability", "hops"]), help="What is short."
)
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def tie_betweenness_command(*, by: str, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """The ties that most shortest routes cross: tied pairs by the routes that cross them.

    \b
    Example:
      stakeholder-graph tie-betweenness --by hops
    """
    from service.questions.centrality import tie_betweenness

    with session() as here:
        answer = tie_betweenness(here.networks, here.actor, scope_from(options), by=by, limit=limit)
        print_measured(answer, form, RANKED_TIES)


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
    from service.questions.brokerage import brokerage

    with session() as here:
        answer = brokerage(here.networks, here.actor, scope_from(options), role=role, groups=groups, limit=limit)
        print_measured(answer, form, BROKERAGE_TABLE if form == "table" else BROKERAGE)


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
    """Who is in the same community as whom, and how surely.

    \b
    Example:
      stakeholder-graph communities --without-mission
      stakeholder-graph communities --compared-to 2026-01-01
    """
    from service.questions.communities import communities

    with session() as here:
        answer = communities(
            here.networks,
            here.actor,
            scope_from(options),
            resolution=resolution,
            compared_to=compared_to.date() if compared_to else None,
            limit=limit,
        )
        print_measured(answer, form, COMMUNITIES)


WHO: list[Column] = [part("name", "stakeholder", "name"), part("category", "stakeholder", "category")]

RANKED: list[Column] = [
    named("rank"),
    part("group", "tied_group", "group"),
    part("in group", "tied_group", "size"),
    *WHO,
    named("value"),
    part("ties", "evidence", "ties"),
    named("undefined"),
]

RANKED_TIES: list[Column] = [
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
