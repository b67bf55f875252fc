"""The fold text of a materialised tie gives back the fold it was made from."""

from dataclasses import fields
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph.evidence import Fold
from graph.vocabulary import TieStatus
from queries.ties.fold_text import NOT_OURS, SILENT, STATUSES, numbers_of, text_of, text_of_silence, values_of

shares = st.floats(0, 1)
days = st.dates()
folds = st.builds(
    Fold,
    kind=st.just("funds"),
    confirmed=shares,
    strength=st.none() | shares,
    trust=st.none() | shares,
    sign=st.integers(-1, 1),
    status=st.sampled_from(TieStatus),
    first_confirmed=days,
    last_confirmed=days,
    reports=st.integers(1, 2**31 - 1),
    origins=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
    undated=st.booleans(),
    holds_from=st.none() | days,
    holds_to=st.none() | days,
)


@given(folds)
def test_a_fold_is_read_back_to_the_last_bit(folded: Fold) -> None:
    values = values_of(text_of(folded))
    for field in fields(Fold):
        value = getattr(folded, field.name)
        if field.name == "status":
            assert STATUSES[values["status"]] == value
        elif field.name == "origins":
            assert values["origins"] == list(value)
        elif isinstance(value, date) or field.name.startswith("holds"):
            assert values[field.name] == (value.toordinal() if value else 0)
        elif field.name != "kind":  # the type of the relationship gives the kind
            assert values[field.name] == value


def test_every_status_has_a_number() -> None:
    assert sorted(STATUSES) == sorted(TieStatus)


def test_the_text_without_reports_holds_only_its_window() -> None:
    begins = date(2026, 3, 1)
    values = values_of(text_of_silence(begins, None))
    assert (values["status"], values["holds_from"], values["holds_to"], values["origins"]) == (
        SILENT,
        begins.toordinal(),
        0,
        [],
    )
    assert values["confirmed"] is values["strength"] is values["trust"] is None


@given(st.lists(folds, min_size=1, max_size=3), st.text(), st.integers(0, 3))
def test_what_is_not_ours_spoils_no_neighbour(several: list[Fold], strange: str, place: int) -> None:
    texts = [text_of(folded) for folded in several]
    texts.insert(place, strange)
    at = min(place, len(several))
    numbers = numbers_of(texts)
    assert len(numbers) == 48 * len(texts)
    assert numbers[: 48 * at] + numbers[48 * (at + 1) :] == numbers_of(texts[:at] + texts[at + 1 :])
    assert values_of(strange)["status"] == NOT_OURS
