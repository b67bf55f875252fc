"""Stakeholders are found by name, category, area and sector, and have their category as a label."""

from dataclasses import replace
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.errors import InvalidInput
from graph.model import Stakeholder
from graph.ties import TieReport
from graph.vocabulary import CATEGORIES, StakeholderStatus
from queries.driver import statements
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_area

LABELS = statements.parse(
    "tests/labels", "// Labels.\n// params: id\nMATCH (s:Stakeholder {id: $id}) RETURN labels(s) AS labels\n"
)


def found(store: Store, **filters: Any) -> list[str]:
    return [item.name for item in store.list(Stakeholder, ME, **filters).items]


def labels(store: Store, stakeholder: Stakeholder) -> set[str]:
    return set(store._connection.run_alone(LABELS, {"id": stakeholder.id})[0]["labels"])


def test_the_category_label_changes_with_the_category(store: Store) -> None:
    stored = store.create(a_stakeholder(), ME)
    for version, category in enumerate(CATEGORIES.values(), start=1):
        stored = store.replace(replace(stored, category=category.code), ME, version=version)
        assert labels(store, stored) == {"Stakeholder", category.node_label}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("elisabeth", ["Élisabeth Ndaye"]),
        ("ELISABETH nda", ["Élisabeth Ndaye"]),
        ("ndaye elis", ["Élisabeth Ndaye"]),
        ("mhmd", ["محمد"]),
        ("محمد", ["محمد"]),
        ("water", ["Council of Elders"]),
        ("wat", ["Council of Elders"]),
        ("atër", []),
        ("council water", ["Council of Elders"]),
        ("nobody", []),
        ("?!", []),
        ("", []),
    ],
)
def test_words_find_stakeholders_with_words_in_a_name_that_start_with_each_of_them(
    store: Store, typed: str, expected: list[str]
) -> None:
    for name, aliases in (("Élisabeth Ndaye", ()), ("محمد", ()), ("Council of Elders", ("Water Board",))):
        store.create(a_stakeholder(name=name, aliases=aliases), ME)
    assert found(store, q=typed) == expected


def test_a_changed_name_is_found_and_the_old_one_is_not(store: Store) -> None:
    stored = store.create(a_stakeholder(name="Old Guard"), ME)
    store.replace(replace(stored, name="New Guard"), ME, version=1)
    assert found(store, q="old") == []
    assert found(store, q="new") == ["New Guard"]


def test_a_whole_name_is_found_ignoring_case_and_accents(store: Store) -> None:
    store.create(a_stakeholder(name="Élisabeth Ndaye"), ME)
    assert found(store, name="elisabeth ndaye") == ["Élisabeth Ndaye"]
    assert found(store, name="elisabeth") == []


def test_all_filters_given_must_match(store: Store) -> None:
    country = store.create(an_area(level=0), ME)
    district = store.create(an_area(parent_id=country.id), ME)
    sector = store.create(a_sector(), ME)
    wanted = a_stakeholder(name="Both", category="ngo", area_id=district.id, sector_ids=(sector.id,))
    store.create(wanted, ME)
    store.create(a_stakeholder(name="Place", area_id=district.id, status=StakeholderStatus.INACTIVE), ME)
    store.create(a_stakeholder(name="Work", category="ngo", sector_ids=(sector.id,)), ME)
    assert found(store, area_id=country.id) == ["Both", "Place"]
    assert found(store, category="ngo") == ["Both", "Work"]
    assert found(store, sector_id=sector.id) == ["Both", "Work"]
    assert found(store, status="inactive") == ["Place"]
    assert found(store, area_id=district.id, category="ngo", sector_id=sector.id, status="active") == ["Both"]
    assert found(store, q="both", area_id=country.id) == ["Both"]
    assert found(store, q="work", area_id=country.id) == []
    assert found(store, area_id="nowhere") == []


def test_found_stakeholders_come_in_pages(store: Store) -> None:
    for number in range(5):
        store.create(a_stakeholder(name=f"Elder {number}"), ME)
    first = store.list(Stakeholder, ME, q="elder", limit=3)
    rest = store.list(Stakeholder, ME, q="elder", limit=3, after=first.next)
    assert [item.name for item in (*first.items, *rest.items)] == [f"Elder {number}" for number in range(5)]
    assert rest.next is None


def test_a_search_text_too_long_is_bad_input(store: Store) -> None:
    with pytest.raises(InvalidInput):
        store.list(Stakeholder, ME, q="x" * 201)


def test_the_longest_accepted_name_is_stored_and_found(store: Store) -> None:
    """500 emoji become 30,000 letters in search form, more than an index entry may have."""
    name = "👩" * 500
    stored = store.create(a_stakeholder(name=name, aliases=(name,)), ME)
    assert store.list(Stakeholder, ME, name=name).items == (stored,)


def test_a_sector_named_twice_is_stored_once(store: Store) -> None:
    sector = store.create(a_sector(), ME)
    assert store.create(a_stakeholder(sector_ids=(sector.id, sector.id)), ME).sector_ids == (sector.id,)


def test_a_stakeholder_with_tie_reports_cannot_be_deleted(store: Store) -> None:
    one, two = (store.create(a_stakeholder(), ME) for _ in range(2))
    source = store.create(a_source(), ME)
    store.create(a_tie_report(from_id=one.id, to_id=two.id, source_id=source.id), ME)
    for record in (one, two, source):
        with pytest.raises(Exception, match="Other records refer"):
            store.delete(type(record), record.id, ME, version=1)
    assert len(store.list(TieReport, ME).items) == 1
