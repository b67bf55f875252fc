from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pytest

from graph.analysis.answers.answer import as_json, check_limit, refer
from graph.errors import InvalidInput, NotFound
from tests.graph.builders import a_network


class Colour(StrEnum):
    """An enum."""

    RED = "red"


@dataclass(frozen=True, slots=True)
class Inner:
    """A dataclass."""

    colour: Colour
    when: date | None


@dataclass(frozen=True, slots=True)
class Outer:
    """A dataclass that holds others."""

    inner: Inner
    several: tuple[Inner, ...]
    mapped: dict[str, float]


def test_an_answer_becomes_plain_json() -> None:
    inner = Inner(Colour.RED, date(2026, 1, 2))
    assert as_json(Outer(inner, (inner,), {"a": 1.5})) == {
        "inner": {"colour": "red", "when": "2026-01-02"},
        "several": [{"colour": "red", "when": "2026-01-02"}],
        "mapped": {"a": 1.5},
    }


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_a_number_cannot_be_sent(value: float) -> None:
    with pytest.raises(ValueError, match="None and give a reason"):
        as_json({"a": [value]})


def test_a_stakeholder_is_named_by_id_name_and_category() -> None:
    assert as_json(refer(a_network(["A1"]), "A1")) == {"id": "A1", "name": "A1", "category": "local_authority"}
    with pytest.raises(NotFound, match="'nobody'"):
        refer(a_network(["A1"]), "nobody")


@pytest.mark.parametrize("limit", [0, -1, True, 1.0, "5"])
def test_a_limit_that_is_no_count_is_refused_by_its_name(limit: object) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_limit(limit, name="k")  # type: ignore[arg-type]
    assert [finding.pointer for finding in caught.value.findings] == ["/k"]


def test_no_limit_is_all_unless_there_is_a_most() -> None:
    check_limit(None)
    check_limit(1, most=1)
    for limit in (None, 2):
        with pytest.raises(InvalidInput, match="from 1 to 1"):
            check_limit(limit, most=1)
