"""Show every kind of answer on the demo mission, a fictional country."""

from pathlib import Path

import click

from graph.vocabulary import GapType
from service.cli.analysis import print_gaps, print_intermediaries, print_paths
from service.cli.demo_mission import load_demo
from service.cli.session import reporting_errors, session
from service.files import write_text
from service.terminal import say


@click.command("demo")
@click.option(
    "--output",
    default="demo-map.html",
    show_default=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the network map.",
)
@reporting_errors
def demo_command(output: Path) -> None:
    """Load the demo mission and print the answers to the main questions.

    Prints the key intermediaries, the partnership gaps and an influence path, and writes the network map. It only ever
    loads into an empty store, or one that already holds the demo: fiction must not mix with real data.

    \b
    Example:
      stakeholder-graph demo --output demo-map.html
    """
    from service.demo import DEMO_PATH
    from service.questions.gaps import gaps
    from service.questions.intermediaries import intermediaries
    from service.questions.network_map import network_map
    from service.questions.paths import paths
    from service.questions.scope import Scope

    with session() as opened:
        load_demo(opened)
        everything = Scope()
        question = opened.networks, opened.actor, everything
        click.echo("Key intermediaries: who holds the network together")
        print_intermediaries(intermediaries(*question, limit=8), "table")
        click.echo("Partnership gaps: what is expected and missing")
        for kind in GapType:  # a few of each: in one list the severest would fill the screen
            print_gaps(gaps(*question, limit=4, types=(kind.value,)), "table", notes=False)
        source, target = DEMO_PATH
        click.echo(f"Influence paths: from {source} to {target}")
        print_paths(paths(*question, source=source, target=target), "table", notes=False)
        write_text(output, network_map(*question, title="Demo mission"))
    say(f"The network map is in {output.absolute()}")
