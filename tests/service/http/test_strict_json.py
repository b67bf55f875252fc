import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.http.errors import MalformedBody
from service.http.strict_json import LARGEST_WHOLE, MOST_DEPTH, MOST_VALUES, read_json

HOSTILE = {
    "empty": b"",
    "blank": b" \n",
    "a number of 5,000 digits": b'{"level":' + b"9" * 5000 + b"}",
    "a number of 4,000 digits": b'{"level":' + b"9" * 4000 + b"}",
    "nesting of 100,000 levels": b'{"a":' * 100_000,
    "nesting of 1,000 levels": b"[" * 1000 + b"]" * 1000,
    "nesting behind a repeated key": b'{"a":' + b"[" * 1000 + b"]" * 1000 + b',"a":1}',
    "NaN": b'{"strength":NaN}',
    "Infinity": b'{"strength":-Infinity}',
    "a number beyond floats": b'{"strength":1e999}',
    "a lone surrogate": rb'{"name":"\ud800"}',
    "a lone surrogate in a key": rb'{"\udfff":1}',
    "the halves of a pair of surrogates in two texts": rb'["\ud83d","\ude00"]',
    "UTF-8 of a surrogate": b'{"name":"\xed\xa0\x80"}',
    "2^70": b'{"level":%d}' % 2**70,
    "2^53 + 1": b'{"level":%d}' % (2**53 + 1),
    "a key twice": b'{"name":"A","name":"B"}',
    "a key twice inside": b'{"a":[{"b":1,"b":1}]}',
    "not UTF-8": b'{"name":"\xff"}',
    "UTF-16": '{"name":"A"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{}",
    "two values": b"{}{}",
    "a comment": b"{} // yes",
    "single quotes": b"{'name':'A'}",
    "a trailing comma": b'{"a":1,}',
    "a control character": b'{"name":"\x00"}',
    "half a value": b'{"name":',
    "too many values": b"[" + b"1," * MOST_VALUES + b"1]",
}
"""Bodies that must be refused; also sent to every route that writes."""


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_body_is_refused_with_a_cure(body: bytes) -> None:
    with pytest.raises(MalformedBody) as refused:
        read_json(body)
    (finding,) = refused.value.findings
    assert finding.detail
    assert finding.cure


def test_a_number_out_of_range_is_named_by_its_pointer() -> None:
    with pytest.raises(MalformedBody) as refused:
        read_json(b'{"a/b":[0,{"~":%d}]}' % 2**60)
    assert refused.value.findings[0].pointer == "/a~1b/1/~0"


def test_a_body_exactly_at_a_limit_is_read() -> None:
    deepest = b"[" * MOST_DEPTH + b"]" * MOST_DEPTH
    assert read_json(deepest) == json.loads(deepest)
    assert read_json(b"[%d,%d]" % (LARGEST_WHOLE, -LARGEST_WHOLE)) == [2**53, -(2**53)]
    assert len(read_json(b"[" + b"1," * (MOST_VALUES - 2) + b"1]")) == MOST_VALUES - 1  # type: ignore[arg-type]


VALUE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-LARGEST_WHOLE, LARGEST_WHOLE)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUE)
def test_ordinary_json_comes_through_unchanged(value: Any) -> None:
    assert read_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    with suppress(MalformedBody):
        read_json(body)
