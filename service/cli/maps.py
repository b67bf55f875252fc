"""Write a network map to a file."""

from pathlib import Path
from typing import Any

import click

from service.cli.scope import refuse_empty, scope_from, scope_options
from service.cli.session import reporting_errors, session
from service.files import write_text
from service.terminal import say


@click.command("map")
@click.option(
    "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The HTML file to write."
)
@click.option(
    "--focus", default="", callback=refuse_empty, help="Only the surroundings of this stakeholder: id or exact name."
)
@click.option("--depth", default=2, show_default=True, type=click.IntRange(1, 4), help="Steps from the focus.")
@scope_options
@reporting_errors
def map_command(output: Path, focus: str, depth: int, **options: Any) -> None:  # noqa: ANN401 - the scope's options
    """Write the network as one HTML page that opens in any browser and loads nothing else.

    \b
    Example:
      stakeholder-graph map --output network.html
      stakeholder-graph map --output mayor.html --focus "Mayor of Sandrine"
    """
    from service.questions.network_map import network_map

    with session() as opened:
        page = network_map(opened.networks, opened.actor, scope_from(options), focus=focus, depth=depth)
    write_text(output, page)
    say(f"The map is in {output.absolute()}")
