"""Messages to the terminal besides the data, and text made safe to print there."""

import click


def printable(text: str) -> str:
    """Return ``text`` with a space for each control character: one could move the cursor or forge a line."""
    return "".join(character if character.isprintable() else " " for character in text)


def say(text: str) -> None:
    """Print a message that is not data to standard error, on one line."""
    click.echo(printable(text), err=True)
