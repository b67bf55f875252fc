"""Bytes → JSON value, or a refusal that says what is wrong: no body can crash, stall or be read in two ways.

The standard library alone decides what is JSON, so no two readers can disagree about a body, and it alone shows keys
that are given twice. What it allows and we do not is refused here: NaN and infinities, whole numbers beyond what other
readers keep exact, lone surrogates, deep nesting and very many values. It refuses by itself whole numbers of more than
4,300 digits (``sys.int_info.default_max_str_digits``), whose conversion takes time with their square.
"""

import json
from collections.abc import Iterator
from math import isfinite

from graph.errors import Finding
from service.http.errors import MalformedBody

MOST_DEPTH = 32
"""Deepest nesting accepted: our own bodies need three levels."""

MOST_VALUES = 20_000
"""Most values in one body: the longest list we accept has hundreds, and checking this many takes a few milliseconds."""

LARGEST_WHOLE = 2**53
"""Largest whole number that every JSON reader keeps exact (RFC 8259, section 6)."""


class _RepeatedKey(ValueError):
    """A key occurs twice in one object."""


def read_json(body: bytes) -> object:
    """Return the value that ``body`` holds. Raises ``MalformedBody`` with the place and the cure."""
    if not body.strip():
        raise _refusal("The body is empty", "Send a JSON object, {} at the least.")
    try:
        value = json.loads(body.decode(), object_pairs_hook=_object)  # bytes would let UTF-16 pass
        if b"\\u" in body:  # a lone surrogate can come only as an escape, as bytes it is not UTF-8
            json.dumps(value, ensure_ascii=False).encode()
    except _RepeatedKey as error:
        raise _refusal(f"The key {str(error)[:60]!r} occurs twice in one object", "Give each key once.") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError as error:
        where = f" at line {error.lineno}, column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise _refusal(
            f"The body is not JSON{where}",
            "Send one JSON value in UTF-8; numbers finite, without NaN, text without lone surrogates.",
        ) from None
    for pointer, item in _values(value):
        if isinstance(item, int) and abs(item) > LARGEST_WHOLE:
            raise _refusal("is beyond ±2^53", "Give a number that every JSON reader keeps exact.", pointer)
        if isinstance(item, float) and not isfinite(item):
            raise _refusal("is not a finite number", "Give a finite number.", pointer)
    return value


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) < len(pairs):
        seen: set[str] = set()
        raise _RepeatedKey(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
    return members


def _values(root: object) -> Iterator[tuple[str, object]]:
    """Yield pointer and value of everything in ``root`` except text.

    Raises ``MalformedBody`` past ``MOST_DEPTH`` or ``MOST_VALUES``.
    """
    waiting = [(1, "", root)]
    seen = 1
    while waiting:
        depth, pointer, value = waiting.pop()
        yield pointer, value
        if not (value and isinstance(value, dict | list)):
            continue
        seen += len(value)
        if depth > MOST_DEPTH:
            raise _too_deep()
        if seen > MOST_VALUES:
            raise _refusal("The body holds too many values", f"Send at most {MOST_VALUES:,} in one body.")
        children = value.items() if isinstance(value, dict) else enumerate(value)
        waiting.extend(
            (depth + 1, f"{pointer}/{pointer_token(str(key))}", item)
            for key, item in children
            if not isinstance(item, str)  # most values are
        )


def pointer_token(key: str) -> str:
    """Return a key as a token of a JSON Pointer (RFC 6901): ``~`` and ``/`` escaped, a long one cut."""
    return key[:100].replace("~", "~0").replace("/", "~1")


def _too_deep() -> MalformedBody:
    return _refusal(
        f"The body nests deeper than {MOST_DEPTH} levels", "Send the flat object that the documentation shows."
    )


def _refusal(detail: str, cure: str, pointer: str = "") -> MalformedBody:
    sentence = f"{pointer} {detail}." if pointer else f"{detail}."
    return MalformedBody(sentence, cure=cure, findings=[Finding(pointer, detail, cure)])
