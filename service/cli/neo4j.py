"""Manage the local Neo4j: fetch it ahead of time, check whether it runs, stop it."""

import click

from service.cli.output import format_option, named, print_rows
from service.cli.session import reporting_errors
from service.config import read_config
from service.terminal import say


@click.group("neo4j")
def neo4j_command() -> None:
    """Manage the local Neo4j of the data directory.

    \b
    Example:
      stakeholder-graph neo4j fetch
      stakeholder-graph neo4j status --format json
    """


@neo4j_command.command("fetch")
@reporting_errors
def fetch() -> None:
    """Download the local Neo4j now, so that the first start needs no network. All data directories share it.

    \b
    Example:
      stakeholder-graph neo4j fetch
    """
    from queries import local_neo4j

    report = local_neo4j.fetch(read_config().home)
    say(f"Neo4j {report.version} is ready in {report.directory}.")


@neo4j_command.command("status")
@format_option
@reporting_errors
def status(form: str) -> None:
    """Say whether the local Neo4j runs, where, and in which folder its files are.

    \b
    Example:
      stakeholder-graph neo4j status --format json
    """
    from queries import local_neo4j

    home = read_config().home
    server = local_neo4j.status(home)
    row = {"running": server.running, "uri": server.uri, "version": server.version, "pid": server.pid}
    row["files"] = str(local_neo4j.files_folder(home))
    print_rows([row], [named(name) for name in row], form, document=row)


@neo4j_command.command("stop")
@reporting_errors
def stop() -> None:
    """Stop the local Neo4j; its data stays on disk.

    \b
    Example:
      stakeholder-graph neo4j stop
    """
    from queries import local_neo4j

    say("Stopped." if local_neo4j.stop(read_config().home) else "It was not running.")
