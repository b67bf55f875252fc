"""Commands about several stakeholders together: the best sets, and a given team."""

from typing import Any

import click

from service.cli.analysis import limit_option, names, part, print_measured
from service.cli.output import Column, format_option, named
from service.cli.scope import scope_from, scope_options
from service.cli.session import reporting_errors, session


@click.command("key-players")
@click.option("-k", "--members", default=2, show_default=True, type=click.IntRange(1, 10), help="Members of a set.")
@click.option(
    "--criterion",
    default="reach",
    show_default=True,
    type=click.Choice(["reach", "m-reach", "fragmentation"]),
    help="Close to most, within so many hops of most, or channels to back up.",
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
    from service.questions.groups import key_players

    with session() as opened:
        answer = key_players(
            opened.networks,
            opened.actor,
            scope_from(options),
            k=members,
            criterion=criterion,
            within=within,
            purpose=purpose,
            limit=limit,
        )
        print_measured(answer, form, KEY_SETS)


@click.command("team")
@click.argument("member", nargs=-1, required=True)
@click.option("--within", default=2, show_default=True, type=click.IntRange(1, 10), help="Hops to reach others.")
@scope_options
@format_option
@reporting_errors
def team_command(*, member: tuple[str, ...], within: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """What these MEMBERs (ids or exact names) achieve together: which pairs they connect, and whom they reach.

    \b
    Example:
      stakeholder-graph team "Governor of Sahra" "Women of Tamba"
    """
    from service.questions.groups import team

    with session() as opened:
        print_measured(
            team(opened.networks, opened.actor, scope_from(options), members=member, within=within), form, TEAM
        )


KEY_SETS: list[Column] = [
    named("rank"),
    part("group", "tied_group", "group"),
    part("in group", "tied_group", "size"),
    names("members", "members"),
    named("value"),
    named("fragmentation"),
    named("adds"),
]

TEAM: list[Column] = [
    names("members", "members"),
    named("betweenness"),
    named("pairs"),
    named("share"),
    named("reach"),
    named("reached"),
]
