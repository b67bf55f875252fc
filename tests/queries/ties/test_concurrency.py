"""Concurrent writers lose none of each other's reports in the fold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.access import LOCAL_ACTOR
from graph.errors import StoreUnavailable
from graph.model import Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import Reliability
from queries.driver.transactions import WriteTransaction
from queries.store import Changes, Store
from queries.ties.materialise import hold
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.queries.ties.worlds import TODAY

WRITERS = 12


def test_every_report_of_concurrent_writers_on_one_tie_counts(store: Store) -> None:
    one, other = a_stakeholder(), a_stakeholder()
    sources = [a_source() for _ in range(WRITERS)]
    store.apply(Changes(create=(one, other, *sources)), LOCAL_ACTOR)

    def write(source: Source) -> TieReport:
        return store.create(a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id), LOCAL_ACTOR)

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, sources))
    (tie,) = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert (tie.reports, set(tie.origins)) == (WRITERS, {source.id for source in sources})


@pytest.mark.parametrize("held", ["source", "stakeholder"])
def test_a_writer_waits_for_records_that_another_writer_has_locked(store: Store, held: str) -> None:
    """The waiting write fails at its time limit; without the lock it would succeed."""
    record = a_source() if held == "source" else a_stakeholder()
    store.apply(Changes(create=[record]), LOCAL_ACTOR)

    def change(tx: WriteTransaction) -> None:
        hold(tx, source_ids=[record.id], stakeholder_ids=[record.id])

    def while_held(tx: WriteTransaction) -> None:
        change(tx)
        with pytest.raises(StoreUnavailable):
            store._transactions.write(LOCAL_ACTOR, change, seconds=1)

    store._transactions.write(LOCAL_ACTOR, while_held, seconds=60)


def test_a_source_graded_anew_in_the_transaction_that_locked_it_counts_by_its_new_grade(store: Store) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source(reliability=Reliability.F)
    store.apply(Changes(create=(one, other, source)), LOCAL_ACTOR)
    report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
    graded = replace(source, reliability=Reliability.A)
    store.apply(Changes(create=[report], update=[graded]), LOCAL_ACTOR)
    (tie,) = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert [tie] == list(store.ties(LOCAL_ACTOR, as_of=TODAY).items)


def test_writers_who_lock_the_same_stakeholders_in_any_order_all_succeed(store: Store) -> None:
    people, source = [a_stakeholder() for _ in range(4)], a_source()
    store.apply(Changes(create=(*people, source)), LOCAL_ACTOR)
    pairs = [(start, finish) for start in people for finish in people if start is not finish]

    def write(ends: tuple[Stakeholder, Stakeholder]) -> None:
        report = a_tie_report(from_id=ends[0].id, to_id=ends[1].id, kind="trusts", source_id=source.id)
        store.create(report, LOCAL_ACTOR)

    with ThreadPoolExecutor(len(pairs)) as writers:
        list(writers.map(write, pairs))
    assert len(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == len(pairs)


def test_a_source_graded_while_others_report_by_it_counts_the_same_in_every_tie(store: Store) -> None:
    one, others, source = a_stakeholder(), [a_stakeholder() for _ in range(8)], a_source(reliability=Reliability.F)
    store.apply(Changes(create=(one, *others, source)), LOCAL_ACTOR)

    def report(other_id: str) -> None:
        store.create(a_tie_report(from_id=one.id, to_id=other_id, source_id=source.id), LOCAL_ACTOR)

    def grade() -> None:
        store.replace(replace(source, reliability=Reliability.A), LOCAL_ACTOR, version=1)

    with ThreadPoolExecutor(len(others) + 1) as writers:
        done = [writers.submit(report, other.id) for other in others[:4]]
        done.append(writers.submit(grade))
        done += [writers.submit(report, other.id) for other in others[4:]]
    assert [future.exception() for future in done] == [None] * len(done)
    ties = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert sorted(ties, key=lambda tie: tie.id) == list(store.ties(LOCAL_ACTOR, as_of=TODAY).items)
    assert len({tie.existence for tie in ties}) == 1
