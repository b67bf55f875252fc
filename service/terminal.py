"""What a person at the terminal is told beside the data, and how any text is made safe to print there."""

import click


def printable(text: str) -> str:
    """Return ``text`` with a space for each control character: one could move a terminal's cursor or forge a line."""
    return "".join(character if character.isprintable() else " " for character in text)


def say(text: str) -> None:
    """Tell the person at the terminal something that is not data, on one line."""
    click.echo(printable(text), err=True)
