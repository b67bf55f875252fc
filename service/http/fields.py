"""Strict fields: each accepts one form of a value and names it in ``accepts``, so that every refusal has a cure.

The library's own fields are lenient ("yes" is true, "3" is a number, a naive time is local); a service that stores what
people send for years must not guess.
"""

# ruff: noqa: ANN401 - a field gets any value a client sends, and the library's own signatures say so

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Length, Range

from graph.access import Sensitivity
from graph.field_rules import NAME_LENGTH, TEXT_LENGTH
from graph.text import clean_name, shows

ID_LENGTH = 100
"""Longest id looked up, in characters: the service's own have 36."""

# Direction overrides and isolates (Unicode Bidirectional Algorithm, UAX 9) let a name show as another; marks such as
# U+200F and joiners such as U+200C are part of ordinary Arabic and Persian spelling and stay.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class SingleLine(fields.String):
    """Text on one line: Unicode NFC, white space collapsed, no control characters, not invisible as a whole."""

    def __init__(self, *, most: int = NAME_LENGTH, least: int = 1, **kwargs: Any) -> None:
        super().__init__(validate=Length(min=least, max=most), **kwargs)
        self.accepts = (
            f"Give text of {least} to {most} characters on one line, some of them visible, without control characters."
        )

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = clean_name(super()._deserialize(value, attr, data, **kwargs))
        _refuse(
            character for character in text if unicodedata.category(character) == "Cc" or character in BIDI_CONTROLS
        )
        if text and not shows(text):
            raise ValidationError("Shows nothing: it holds invisible characters alone.")
        return text


class Paragraphs(fields.String):
    r"""Text of one or more lines: Unicode NFC, trimmed, line ends as ``\n``, no other control characters but tabs."""

    accepts = f"Give text of at most {TEXT_LENGTH:,} characters, without control characters."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=Length(max=TEXT_LENGTH), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs))
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        _refuse(c for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in BIDI_CONTROLS)
        return text


class Id(SingleLine):
    """The id of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=ID_LENGTH, **kwargs)
        self.accepts = "Give the id of a record, as its list shows it."


class Word(fields.String):
    """One word of a fixed list."""

    def __init__(self, words: Iterable[str], **kwargs: Any) -> None:
        self.words = tuple(words)
        super().__init__(**kwargs)
        self.accepts = f"Use one of: {', '.join(self.words)}."

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text not in self.words:
            # Cut here, so that a body of a megabyte is not sent back.
            raise ValidationError(f"{text[:60]!r} is not one of the known words.")
        return text


class Choice(Word):
    """One member of an enumeration, written as its value."""

    def __init__(self, choices: type[Enum], **kwargs: Any) -> None:
        super().__init__([str(choice.value) for choice in choices], **kwargs)
        self.choices = choices

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else str(value.value)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return self.choices(super()._deserialize(value, attr, data, **kwargs))


class SensitivityField(Word):
    """A sensitivity, written as its word."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([level.code for level in Sensitivity], **kwargs)

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ARG002
        return None if value is None else Sensitivity(value).code

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:
        return Sensitivity.of(super()._deserialize(value, attr, data, **kwargs))


class Flag(fields.Boolean):
    """``true`` or ``false``, and nothing that only resembles it."""

    accepts = "Give true or false."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if value is True or value is False:
            return value
        raise self.make_error("invalid", input=value)


class FlagText(fields.Boolean):
    """A flag in a query or form, where everything is text: ``true`` or ``false``."""

    accepts = "Give true or false."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        if value not in ("true", "false"):
            raise self.make_error("invalid", input=value)
        return value == "true"


class Whole(fields.Integer):
    """A whole number from ``least`` to ``most``; ``text`` reads it from a query, where everything is text."""

    def __init__(self, least: int, most: int, *, text: bool = False, **kwargs: Any) -> None:
        super().__init__(strict=True, validate=Range(min=least, max=most), **kwargs)
        self.text = text
        self.accepts = f"Give a whole number from {least} to {most}."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if self.text:
            # Ten digits hold every range here; longer ones are never worth converting.
            if not (isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10):
                raise self.make_error("invalid", input=value)
            value = int(value)
        return super()._deserialize(value, attr, data, **kwargs)


class Decimal(fields.Float):
    """A finite number from ``least`` to ``most``; ``text`` reads it from a query, where everything is text."""

    def __init__(self, least: float, most: float, *, text: bool = False, **kwargs: Any) -> None:
        super().__init__(validate=Range(min=least, max=most), **kwargs)
        self.text = text
        self.accepts = f"Give a number from {least:g} to {most:g}."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if self.text:
            # Plain digits alone: no exponents, no signs, no words such as nan, and nothing long.
            if not (isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value)):
                raise self.make_error("invalid", input=value)
            value = float(value)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **kwargs)


class Day(fields.Date):
    """A calendar day."""

    accepts = "Give a day as YYYY-MM-DD."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        # Python reads 20240131 and 2024-W05-3 too; one form is enough for a format that others must read.
        if not (isinstance(value, str) and len(value) == len("YYYY-MM-DD")) or value[4] != "-" or value[7] != "-":
            raise self.make_error("invalid", input=value, obj_type="day")
        return super()._deserialize(value, attr, data, **kwargs)


class Instant(fields.AwareDateTime):
    """An instant with its offset from UTC, kept in UTC."""

    accepts = "Give an instant with its offset, such as 2026-01-31T12:00:00Z."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="iso", **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        moment: datetime = super()._deserialize(value, attr, data, **kwargs)
        try:
            return moment.astimezone(UTC)
        except OverflowError as error:  # the first and last hours of the calendar have no UTC form
            raise self.make_error("invalid", input=value, obj_type="instant") from error


class Several(fields.List[Any]):
    """A list of at most ``most`` values, none twice; kept as a tuple."""

    def __init__(self, inner: fields.Field[Any], *, most: int = 200, least: int = 0, **kwargs: Any) -> None:
        super().__init__(inner, validate=Length(min=least, max=most), **kwargs)
        self.accepts = f"Give a list of {least} to {most} values."

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        return tuple(super()._deserialize(value, attr, data, **kwargs))


def words_as_enum(self: object, field: fields.Field[Any], **_: Any) -> dict[str, Any]:  # noqa: ARG001 - apispec's signature
    """Return the words a field accepts, for apispec; OpenAPI 3.1 lists null among them where it is accepted."""
    if not isinstance(field, Word):
        return {}
    return {"enum": [*field.words, None] if field.allow_none else [*field.words]}


def _refuse(characters: Iterable[str]) -> None:
    first = next(iter(characters), None)
    if first is not None:
        raise ValidationError(f"Holds the control character U+{ord(first):04X}.")
