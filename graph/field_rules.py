"""Rules that fields of several kinds of record share. Each yields a ``Finding`` for what breaks it."""

from collections.abc import Iterator
from datetime import date

from graph.errors import Finding
from graph.text import clean_name

NAME_LENGTH = 500
"""Longest name kept, in characters: the longest organisation name in the sample 3W tables has 143."""

TEXT_LENGTH = 10_000
"""Longest free text kept, in characters: about four printed pages."""


def name_findings(pointer: str, text: str) -> Iterator[Finding]:
    """Yield what is wrong with a name: empty, too long, or not trimmed Unicode NFC."""
    if not text:
        yield Finding(pointer, "is empty", "Give at least one visible character.")
    elif len(text) > NAME_LENGTH:
        yield Finding(pointer, f"has {len(text)} characters", f"Use at most {NAME_LENGTH}.")
    elif text != clean_name(text):
        yield Finding(pointer, "is not trimmed Unicode NFC", "Pass it through graph.text.clean_name.")


def text_findings(pointer: str, text: str) -> Iterator[Finding]:
    """Yield what is wrong with a free text: too long."""
    if len(text) > TEXT_LENGTH:
        yield Finding(pointer, f"has {len(text)} characters", f"Use at most {TEXT_LENGTH}.")


def period_findings(pointer: str, begin: date | None, end: date | None) -> Iterator[Finding]:
    """Yield what is wrong with a period [begin, end): its end does not lie after its begin."""
    if begin and end and end <= begin:
        yield Finding(pointer, f"{end} does not lie after {begin}", "Give the first day it no longer held.")
