"""A viewer gets the fold of the reports that they may see, and not one byte of the others."""

from datetime import UTC, date, datetime, timedelta

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.errors import NotFound
from graph.ties import Tie
from queries.store import Changes, Store
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.queries.ties.worlds import TODAY, World, a_world
from tests.repeats import seeds
from tests.stores import empty

VIEWERS = [Viewer("officer", clearance) for clearance in Sensitivity]
DAYS = [TODAY, TODAY - timedelta(days=400), TODAY - timedelta(days=30), TODAY + timedelta(days=100)]
INSTANTS = [None, datetime.now(UTC) - timedelta(days=300), datetime.now(UTC) + timedelta(days=1)]
QUESTIONS = [(day, instant) for day in DAYS for instant in INSTANTS]


def keep(store: Store, world: World) -> None:
    store.apply(Changes(create=world.records), LOCAL_ACTOR)


def every_tie(store: Store, viewer: Viewer, as_of: date, known_at: datetime | None) -> list[Tie]:
    page = store.ties(viewer, as_of=as_of, known_at=known_at, limit=1000)
    assert page.next is None
    return list(page.items)


@pytest.mark.parametrize("seed", seeds(4, usual=2))
def test_lists_and_networks_are_the_fold_of_the_reports_that_the_viewer_may_see(store: Store, seed: int) -> None:
    world = a_world(seed)
    keep(store, world)
    ties = 0
    for viewer in VIEWERS:
        for as_of, known_at in QUESTIONS:
            expected = world.ties(viewer, as_of=as_of, known_at=known_at)
            assert every_tie(store, viewer, as_of, known_at) == expected
            network = store.network(viewer, as_of=as_of, known_at=known_at)
            assert sorted(network.ties, key=lambda tie: tie.id) == expected
            ties += len(expected)
    assert ties > len(QUESTIONS), "the world has too few visible ties to show anything"


@pytest.mark.parametrize("seed", seeds(2, usual=1))
def test_a_store_without_the_hidden_records_answers_the_same(store: Store, seed: int) -> None:
    world = a_world(seed)
    keep(store, world)
    answers = {(viewer, question): answer(store, viewer, *question) for viewer in VIEWERS for question in QUESTIONS}
    for viewer in VIEWERS:
        empty(store)
        keep(store, world.seen_by(viewer))
        for question in QUESTIONS:
            assert answer(store, viewer, *question) == answers[viewer, question]


def answer(store: Store, viewer: Viewer, as_of: date, known_at: datetime | None) -> object:
    return (
        store.network(viewer, as_of=as_of, known_at=known_at),
        every_tie(store, viewer, as_of, known_at),
        store.counts(viewer),
    )


def test_a_tie_with_only_hidden_reports_does_not_exist(store: Store) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id, sensitivity=Sensitivity.RESTRICTED)
    store.apply(Changes(create=(one, other, source, report)), LOCAL_ACTOR)
    (tie,) = store.ties(LOCAL_ACTOR, as_of=TODAY).items
    assert store.tie(tie.id, LOCAL_ACTOR, as_of=TODAY) == tie
    with pytest.raises(NotFound) as hidden:
        store.tie(tie.id, VIEWERS[0], as_of=TODAY)
    with pytest.raises(NotFound) as missing:
        store.tie("no such tie", VIEWERS[0], as_of=TODAY)
    assert str(hidden.value) == str(missing.value)


def test_one_report_with_only_from_to_and_kind_is_a_full_tie(store: Store) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
    store.apply(Changes(create=(one, other, source, report)), LOCAL_ACTOR)
    (tie,) = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    # Source B (0.8), credibility 3 (ln 10): p = 1 / (1 + 10^-0.8) on the day it was recorded.
    assert tie.existence == pytest.approx(1 / (1 + 10**-0.8))
    assert (tie.status.value, tie.sign, tie.reports, tie.origins) == ("present", 1, 1, (source.id,))
