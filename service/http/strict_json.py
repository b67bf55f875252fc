"""Bytes → JSON value, or a refusal that says what is wrong: no body can crash, stall or mean two things.

orjson decides what is JSON: it refuses invalid UTF-8, lone surrogates, NaN and numbers of thousands of digits. What it
lets through is closed here: nesting of up to 1,024 levels that later breaks encoding, whole numbers that it turns into
floats without a word, and keys given twice, of which it keeps the last.
"""

import json
from collections.abc import Iterator
from math import isfinite

import orjson

from graph.errors import Finding
from service.http.errors import MalformedBody

DEPTH = 32
"""Deepest nesting read: our own bodies need three levels."""

VALUES = 20_000
"""Most values in one body: the longest list we accept has hundreds, and checking this many takes a few milliseconds."""

WHOLE = 2**53
"""Largest whole number that every JSON reader keeps exact (RFC 8259, section 6)."""


class _Twice(ValueError):
    """A key stands twice in one object."""


def read_json(body: bytes) -> object:
    """Return the value that ``body`` holds. Raises ``MalformedBody`` with the place and the cure."""
    if not body.strip():
        raise _refusal("The body is empty", "Send a JSON object, {} at the least.")
    try:
        orjson.loads(body)
        # Read a second time, as only the standard library shows keys that stand twice; what it is slow or unsafe with
        # has been refused by now, except nesting between its own limit and orjson's.
        value = json.loads(body, object_pairs_hook=_object)
    except _Twice as error:
        raise _refusal(f"The key {str(error)[:60]!r} stands twice in one object", "Give each key once.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _refusal(
            f"The body is not JSON{where}",
            "Send one JSON value in UTF-8; numbers finite, without NaN, text without lone surrogates.",
        ) from None
    for pointer, found in _values(value):
        if isinstance(found, int) and abs(found) > WHOLE:
            raise _refusal("is beyond ±2^53", "Give a number that every JSON reader keeps exact.", pointer)
        if isinstance(found, float) and not isfinite(found):
            raise _refusal("is not a finite number", "Give a finite number.", pointer)
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        raise _Twice(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return found


def _values(root: object) -> Iterator[tuple[str, object]]:
    """Yield JSON Pointer and value of everything in ``root``. Raises ``MalformedBody`` past ``DEPTH`` or ``VALUES``."""
    waiting = [(1, "", root)]
    seen = 1
    while waiting:
        depth, pointer, value = waiting.pop()
        yield pointer, value
        if not (value and isinstance(value, dict | list)):
            continue
        seen += len(value)
        if depth > DEPTH:
            raise _too_deep()
        if seen > VALUES:
            raise _refusal("The body holds too many values", f"Send at most {VALUES:,} in one body.")
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        waiting.extend((depth + 1, f"{pointer}/{pointer_token(str(key))}", item) for key, item in inside)


def pointer_token(key: str) -> str:
    """Return a key as a token of a JSON Pointer (RFC 6901): ``~`` and ``/`` escaped, a long one cut."""
    return key[:100].replace("~", "~0").replace("/", "~1")


def _too_deep() -> MalformedBody:
    return _refusal(f"The body nests deeper than {DEPTH} levels", "Send the flat object that the documentation shows.")


def _refusal(detail: str, cure: str, pointer: str = "") -> MalformedBody:
    sentence = f"{pointer} {detail}." if pointer else f"{detail}."
    return MalformedBody(sentence, cure=cure, findings=[Finding(pointer, detail, cure)])
