"""Pages of ties are in the order of ids, with no tie twice and none left out."""

import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import InvalidInput
from graph.ties import Tie
from graph.vocabulary import TieStatus
from queries.store import Changes, Store
from tests.queries.ties.worlds import KINDS, TODAY, a_world


@pytest.fixture
def ties(store: Store) -> list[Tie]:
    """All ties of a world in the store."""
    world = a_world(1)
    store.apply(Changes(create=world.records), LOCAL_ACTOR)
    return world.ties(LOCAL_ACTOR, as_of=TODAY)


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_pages_put_together_are_the_whole_list(store: Store, ties: list[Tie], limit: int) -> None:
    found: list[Tie] = []
    after: str | None = ""
    while after is not None:
        page = store.ties(LOCAL_ACTOR, as_of=TODAY, after=after, limit=limit)
        assert 0 < len(page.items) <= limit
        found += page.items
        after = page.next
    assert found == ties


def test_a_filter_gives_all_ties_that_match_it_and_no_other(store: Store, ties: list[Tie]) -> None:
    for kind in KINDS:
        assert list(store.ties(LOCAL_ACTOR, as_of=TODAY, kind=kind).items) == [t for t in ties if t.kind == kind]
    for status in TieStatus:
        found = store.ties(LOCAL_ACTOR, as_of=TODAY, status=status).items
        assert list(found) == [tie for tie in ties if tie.status is status]
    for who in {ties[0].from_id, ties[-1].to_id}:
        found = store.ties(LOCAL_ACTOR, as_of=TODAY, stakeholder_id=who).items
        assert list(found) == [tie for tie in ties if who in (tie.from_id, tie.to_id)]


def test_a_tie_of_a_status_late_in_the_list_is_found(store: Store, ties: list[Tie]) -> None:
    last = ties[-1]
    rest = [tie for tie in ties if tie.status is last.status]
    found = store.ties(LOCAL_ACTOR, as_of=TODAY, status=last.status, limit=1, after=rest[-2].id if rest[1:] else "")
    assert (found.items, found.next) == ((last,), None)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_page_limit_out_of_range_is_refused(store: Store, limit: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        store.ties(LOCAL_ACTOR, as_of=TODAY, limit=limit)
    assert refused.value.findings[0].pointer == "/limit"
