"""Commands for key intermediaries, partnership gaps and influence paths."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graph.vocabulary import GapType
from service.cli.output import Column, Row, format_option, named, print_list, print_rows
from service.cli.scope import ends_from, ends_options, scope_from, scope_options
from service.cli.session import reporting_errors, session
from service.terminal import say

if TYPE_CHECKING:
    from graph.analysis.answers.answer import Answer
    from graph.analysis.gaps import Gap
    from graph.analysis.intermediaries.answer import Intermediary
    from graph.analysis.paths.answer import InfluencePath

F = TypeVar("F", bound=Callable[..., None])


def limit_option(most: int) -> Callable[[F], F]:
    """Give a command ``--limit``; ``most`` is the default, the same as over HTTP, so that both give the same answer."""
    return click.option(
        "--limit", default=most, show_default=True, type=click.IntRange(1, 1000), help="How many to print at most."
    )


@click.command("intermediaries")
@ends_options
@limit_option(20)
@scope_options
@format_option
@reporting_errors
def intermediaries_command(*, limit: int, form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Who holds the network together, or stands between the ends named: a profile of ranks and roles for each.

    \b
    Example:
      stakeholder-graph intermediaries --limit 10
      stakeholder-graph intermediaries --area QV01 --without-mission --format json
      stakeholder-graph intermediaries --from-category mission_unit --to-category community_leader
    """
    from service.questions.intermediaries import intermediaries

    ends = ends_from(options)
    with session() as opened:
        answer = intermediaries(opened.networks, opened.actor, scope_from(options), ends=ends, limit=limit)
        print_intermediaries(answer, form)


@click.command("gaps")
@limit_option(100)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in GapType]),
    help="Only this: G1 expected tie missing, G5 sector unserved, G7 isolated or out of reach; repeatable.",
)
@scope_options
@format_option
@reporting_errors
def gaps_command(*, limit: int, types: tuple[str, ...], form: str, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Where an expected tie is missing, a sector is unserved, or a stakeholder is out of reach.

    \b
    Example:
      stakeholder-graph gaps --area QV02
      stakeholder-graph gaps --type G5 --format csv
    """
    from service.questions.gaps import gaps

    with session() as opened:
        print_gaps(gaps(opened.networks, opened.actor, scope_from(options), limit=limit, types=types), form)


@click.command("path")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@click.option("-k", "--alternatives", default=3, show_default=True, type=click.IntRange(1, 10), help="Paths to find.")
@click.option("--along", is_flag=True, help="Follow directed ties in their direction only.")
@click.option(
    "--avoid",
    multiple=True,
    metavar="STAKEHOLDER",
    help="Leave out paths through this stakeholder (id or exact name); repeatable.",
)
@scope_options
@format_option
@reporting_errors
def path_command(
    *,
    source: str,
    target: str,
    alternatives: int,
    along: bool,
    avoid: tuple[str, ...],
    form: str,
    **options: Any,  # noqa: ANN401 - the scope's options
) -> None:
    """How influence can travel from one stakeholder to another; FROM and TO are ids, exact names or aliases.

    \b
    Example:
      stakeholder-graph path "Civil Affairs Section" "Upper Orrin Herders' Council"
    """
    from service.questions.paths import paths

    with session() as opened:
        answer = paths(
            opened.networks,
            opened.actor,
            scope_from(options),
            source=source,
            target=target,
            k=alternatives,
            direction="along" if along else "either",
            avoid=avoid,
        )
        print_paths(answer, form)


def print_intermediaries(answer: "Answer[Intermediary]", form: str, *, notes: bool = True) -> None:
    """Print profiles: values and ranks side by side, then a sentence for each."""
    columns = INTERMEDIARY_TABLE if form == "table" else INTERMEDIARY_COLUMNS
    print_answer(answer, form, columns, notes=notes, sentences=True)


def print_gaps(answer: "Answer[Gap]", form: str, *, notes: bool = True) -> None:
    """Print gaps, the most severe first."""
    print_answer(answer, form, GAP_TABLE if form == "table" else GAP_COLUMNS, notes=notes)


def print_paths(answer: "Answer[InfluencePath]", form: str, *, notes: bool = True) -> None:
    """Print paths, each with its stakeholders and its reliability."""
    columns = PATH_TABLE if form == "table" else PATH_COLUMNS
    print_answer(answer, form, columns, notes=notes, sentences=True)


def print_answer(
    answer: "Answer[Any]", form: str, columns: list[Column], *, notes: bool = True, sentences: bool = False
) -> None:
    """Print an answer. Below a table, ``sentences`` adds each row's sentence, too long for a column.

    ``notes`` prints on standard error what a reader should know about the numbers.
    """
    from graph.analysis.answers.answer import as_json

    document: Any = as_json(answer)
    items = [{**item, "number": number} for number, item in enumerate(document["items"], start=1)]
    print_rows(items, columns, form, document=document)
    if form == "table" and sentences:
        print_list(" ".join((str(item["sentence"]), _cautions(item))).rstrip() for item in items)
    if notes and form != "json":  # there they are part of the document
        for warning in document["warnings"]:
            say(f"Note: {warning}")
        if document["truncated"]:
            say(f"Only the first {len(document['items'])} are shown.")


def _name(row: Row) -> object:
    return at(row, "stakeholder", "name")


def _cautions(row: Row) -> str:
    """Return the warnings of a path; other rows have none."""
    return " ".join((*row.get("vetoes", ()), *row.get("warnings", ())))  # type: ignore[misc]


def print_measured(answer: "Answer[Any]", form: str, columns: list[Column]) -> None:
    """Print an answer; below a table come the sentences, which CSV has as a column."""
    print_answer(answer, form, columns if form == "table" else [*columns, named("sentence")], sentences=True)


def at(row: Any, *keys: str) -> Any:  # noqa: ANN401 - any part of a JSON document
    """Return the value at a path of keys, ``None`` where a value on the way is ``None``."""
    for key in keys:
        row = None if row is None else row[key]
    return row


def part(heading: str, *keys: str) -> Column:
    """Return the column that shows the value at a path of keys."""
    return heading, lambda row: at(row, *keys)


def names(heading: str, key: str) -> Column:
    """Return the column that shows the names of a list of stakeholders."""
    return heading, lambda row: [item["name"] for item in at(row, key)]


INTERMEDIARY_COLUMNS: list[Column] = [
    part("id", "stakeholder", "id"),
    ("name", _name),
    part("category", "stakeholder", "category"),
    *(part(measure, "values", measure) for measure in ("betweenness_reliability", "betweenness_hops")),
    *(part(measure, "values", measure) for measure in ("constraint", "effective_size", "harmonic_closeness", "degree")),
    *(
        part(f"rank {measure}", "ranks", measure)
        for measure in ("betweenness_reliability", "betweenness_hops", "constraint", "effective_size")
    ),
    part("between the ends", "between", "value"),
    part("rank between the ends", "between", "rank"),
    part("group", "tied_group", "group"),
    part("in group", "tied_group", "size"),
    named("front"),
    named("articulation_point"),
    named("main_role"),
    names("cuts off", "cuts_off"),
    named("sentence"),
]

INTERMEDIARY_TABLE: list[Column] = [
    ("", lambda row: row["number"]),
    ("name", _name),
    part("category", "stakeholder", "category"),
    part("between", "between", "value"),
    part("rank: reliable routes", "ranks", "betweenness_reliability"),
    part("rank: fewest hops", "ranks", "betweenness_hops"),
    part("rank: constraint", "ranks", "constraint"),
    part("rank: effective size", "ranks", "effective_size"),
    ("role", lambda row: row["main_role"]),
    ("cuts off", lambda row: len(at(row, "cuts_off")) or None),
]

GAP_COLUMNS: list[Column] = [
    *(named(name) for name in ("type", "status", "expected", "observed", "deficit", "severity", "probability")),
    part("area", "scope", "area", "name"),
    part("sector", "scope", "sector", "name"),
    part("groups", "scope", "groups"),
    named("sentence"),
    named("closes_if"),
    named("id"),
]

GAP_TABLE: list[Column] = [
    *(named(name) for name in ("type", "status", "severity")),
    part("area", "scope", "area", "name"),
    named("sentence"),
]

PATH_TABLE: list[Column] = [
    ("", lambda row: row["number"]),
    *(named(name) for name in ("hops", "reliability", "found_as")),
    ("by", lambda row: " → ".join(person["name"] for person in at(row, "stakeholders"))),
]

PATH_COLUMNS: list[Column] = [*PATH_TABLE[1:], named("sentence"), ("be careful", _cautions)]
