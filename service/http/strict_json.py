"""Bytes → JSON value, or a refusal that says what is wrong: no body can crash, stall or mean two things.

The standard library alone decides what is JSON, so no two readers can disagree about a body, and it alone shows keys
that are given twice. What it lets through is closed here: NaN and infinities, whole numbers beyond what other readers
keep exact, lone surrogates, deep nesting and sheer numbers of values. It refuses by itself whole numbers of more than
4,300 digits (``sys.int_info.default_max_str_digits``), whose conversion takes time with their square.
"""

import json
from collections.abc import Iterator
from math import isfinite

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
        value = json.loads(body.decode(), object_pairs_hook=_object)  # bytes would let UTF-16 pass
        if b"\\u" in body:  # a lone surrogate can come only as an escape, as bytes it is not UTF-8
            json.dumps(value, ensure_ascii=False).encode()
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
    """Yield pointer and value of all in ``root`` but text. Raises ``MalformedBody`` past ``DEPTH`` or ``VALUES``."""
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
        waiting.extend(
            (depth + 1, f"{pointer}/{pointer_token(str(key))}", item)
            for key, item in inside
            if not isinstance(item, str)  # most values are
        )


def pointer_token(key: str) -> str:
    """Return a key as a token of a JSON Pointer (RFC 6901): ``~`` and ``/`` escaped, a long one cut."""
    return key[:100].replace("~", "~0").replace("/", "~1")


def _too_deep() -> MalformedBody:
    return _refusal(f"The body nests deeper than {DEPTH} levels", "Send the flat object that the documentation shows.")


def _refusal(detail: str, cure: str, pointer: str = "") -> MalformedBody:
    sentence = f"{pointer} {detail}." if pointer else f"{detail}."
    return MalformedBody(sentence, cure=cure, findings=[Finding(pointer, detail, cure)])
