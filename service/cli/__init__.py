"""The command ``stakeholder-graph``: the same functions as the HTTP routes, for terminals and scripts.

Data goes to standard output, everything else to standard error. Exit codes: 0 done, 1 something was refused, 2 wrong
usage, 3 the database cannot be reached.
"""

import sys
from importlib import import_module
from io import TextIOWrapper

import click

COMMANDS = {
    # command: the module that holds it; a module is imported only when its command runs, so that help appears at once
    "backup": "backup",
    "brokerage": "measures",
    "centrality": "measures",
    "check": "check",
    "communities": "measures",
    "demo": "demo",
    "doctor": "doctor",
    "erase": "erasure",
    "gaps": "analysis",
    "import": "imports",
    "intermediaries": "analysis",
    "key-players": "sets",
    "map": "maps",
    "neo4j": "neo4j",
    "path": "analysis",
    "rebuild-ties": "check",
    "restore": "restore",
    "serve": "serve",
    "stakeholders": "records",
    "team": "sets",
    "tie-betweenness": "measures",
    "ties": "records",
}


class LazyGroup(click.Group):
    """A group whose commands are found in ``COMMANDS`` and imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the command names in the order help shows them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return one command, or ``None`` for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"service.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="stakeholder-relationship-graph", prog_name="stakeholder-graph")
def main() -> None:
    """Record who knows whom in a mission area, and ask who holds it together.

    Without NEO4J_URI a Neo4j of your own is started in the data directory (STAKEHOLDER_GRAPH_HOME).

    \b
    Example:
      stakeholder-graph import 3w.csv --dry-run
      stakeholder-graph intermediaries
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Names come in every script, a terminal may support only one: a question mark is better than a traceback.
            stream.reconfigure(errors="replace")
