"""How far two groupings agree, by hand and by what must hold of any two."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.communities.agreement import agreement


def named(words: str) -> dict[str, str]:
    return dict(zip("abcdefgh", words, strict=False))


@pytest.mark.parametrize(
    ("one", "other", "nmi", "ari"),
    [
        # V splits a group of U: I = H(U) = ln 2, H(V) = 1.5 ln 2; 1 pair of 2 and 1 in both, by chance 1/3.
        ("0011", "0012", 0.8, 4 / 7),
        ("0011", "1100", 1.0, 1.0),  # the same groups by other names
        # Every cell has one: nothing shared, and fewer pairs together (0) than by chance (2 * 2 / 6).
        ("0011", "0101", 0.0, -0.5),
        ("0000", "0123", 0.0, 0.0),  # all together, all apart
    ],
)
def test_agreement_equals_the_calculation_by_hand(one: str, other: str, nmi: float, ari: float) -> None:
    found = agreement("groups", named(one), named(other))
    assert found.nmi == pytest.approx(nmi, abs=1e-12)
    assert found.ari == pytest.approx(ari, abs=1e-12)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("0", "1"), ("000", "111"), ("012", "345")])
def test_agreement_is_undefined_with_a_reason_where_there_is_nothing_to_compare(one: str, other: str) -> None:
    found = agreement("groups", named(one), named(other))
    assert (found.nmi, found.ari) == (None, None)
    assert found.undefined
    assert found.undefined in found.sentence


def test_only_those_with_both_count() -> None:
    assert agreement("areas", named("0011"), named("001")).stakeholders == 3


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("uvw")), min_size=2, max_size=8))
def test_agreement_is_symmetric_within_its_range_and_independent_of_names(pairs: list[tuple[str, str]]) -> None:
    one, other = (named("".join(words)) for words in zip(*pairs, strict=True))
    found, back = agreement("groups", one, other), agreement("groups", other, one)
    renamed = agreement("groups", one, {key: {"u": "w", "v": "u", "w": "v"}[word] for key, word in other.items()})
    for again in (back, renamed):
        if found.ari is None or found.nmi is None:
            assert again.ari is None
        else:
            assert again.ari is not None
            assert again.nmi is not None
            assert isclose(found.ari, again.ari, abs_tol=1e-12)
            assert isclose(found.nmi, again.nmi, abs_tol=1e-12)
            assert 0 <= found.nmi <= 1 + 1e-12
            assert -1 <= found.ari <= 1
