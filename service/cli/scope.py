"""The options that narrow an analysis command to a part of the network."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.vocabulary import CATEGORIES, TIE_KINDS

if TYPE_CHECKING:
    from service.questions.ends import Ends
    from service.questions.scope import Scope

F = TypeVar("F", bound=Callable[..., None])


def refuse_empty(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """Refuse an option given as nothing: an unset variable in a script must not widen the question to everybody."""
    given = context.get_parameter_source(parameter.name or "") is click.core.ParameterSource.COMMANDLINE
    if given and not value.strip():
        raise click.BadParameter("is empty; leave the option out to ask about all.")
    return value


def scope_options(command: F) -> F:
    """Give a command the options that ``scope_from`` reads."""
    for option in reversed(
        (
            click.option(
                "--area",
                default="",
                callback=refuse_empty,
                help="Only stakeholders based or active there: id, p-code or exact name.",
            ),
            click.option(
                "--category", multiple=True, type=click.Choice(list(CATEGORIES)), help="Only these categories."
            ),
            click.option("--kind", multiple=True, type=click.Choice(list(TIE_KINDS)), help="Only these kinds of tie."),
            click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the answer is about. [today]"),
            click.option("--without-mission", is_flag=True, help="Leave the mission's own units out."),
        )
    ):
        command = option(command)
    return command


def ends_options(command: F) -> F:
    """Give a command the options that ``ends_from`` reads."""
    categories = click.Choice(list(CATEGORIES))
    for option in reversed(
        (
            click.option("--from", "sources", multiple=True, metavar="STAKEHOLDER", help="Count routes from these."),
            click.option("--to", "targets", multiple=True, metavar="STAKEHOLDER", help="And to these; repeatable."),
            click.option(
                "--from-category", "source_categories", multiple=True, type=categories, help="From all of these."
            ),
            click.option("--to-category", "target_categories", multiple=True, type=categories, help="To all of these."),
        )
    ):
        command = option(command)
    return command


def ends_from(options: dict[str, Any]) -> "Ends":
    """Take the ends out of a command's options and return them."""
    from service.questions.ends import Ends  # lazy, as below

    return Ends(
        **{name: options.pop(name) for name in ("sources", "targets", "source_categories", "target_categories")}
    )


def scope_from(options: dict[str, Any]) -> "Scope":
    """Take the scope options out of a command's options and return them as a ``Scope``."""
    from service.questions.scope import Scope  # lazy: help appears at once without it

    as_of: datetime | None = options.pop("as_of")
    return Scope(
        area=options.pop("area"),
        categories=options.pop("category"),
        kinds=options.pop("kind"),
        as_of=as_of.date() if as_of else None,
        without_mission=options.pop("without_mission"),
    )
