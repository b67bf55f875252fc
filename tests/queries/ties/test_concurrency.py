"""Writers at the same time lose nothing of each other in the fold."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from graph.access import LOCAL_ACTOR
from graph.model import Source, Stakeholder, TieReport
from graph.vocabulary import Reliability
from queries.store import Changes, Store
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.queries.ties.worlds import TODAY

WRITERS = 12


def test_every_report_of_many_writers_on_one_tie_counts(store: Store) -> None:
    one, other = a_stakeholder(), a_stakeholder()
    sources = [a_source() for _ in range(WRITERS)]
    store.apply(Changes(create=(one, other, *sources)), LOCAL_ACTOR)

    def write(source: Source) -> TieReport:
        return store.create(a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id), LOCAL_ACTOR)

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, sources))
    (tie,) = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert (tie.reports, set(tie.origins)) == (WRITERS, {source.id for source in sources})


def test_writers_who_meet_at_stakeholders_in_any_order_all_get_through(store: Store) -> None:
    people, source = [a_stakeholder() for _ in range(4)], a_source()
    store.apply(Changes(create=(*people, source)), LOCAL_ACTOR)
    pairs = [(start, finish) for start in people for finish in people if start is not finish]

    def write(ends: tuple[Stakeholder, Stakeholder]) -> None:
        report = a_tie_report(from_id=ends[0].id, to_id=ends[1].id, kind="trusts", source_id=source.id)
        store.create(report, LOCAL_ACTOR)

    with ThreadPoolExecutor(len(pairs)) as writers:
        list(writers.map(write, pairs))
    assert len(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == len(pairs)


def test_a_source_graded_while_others_report_by_it_weighs_the_same_everywhere(store: Store) -> None:
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
    drawn = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert sorted(drawn, key=lambda tie: tie.id) == list(store.ties(LOCAL_ACTOR, as_of=TODAY).items)
    assert len({tie.existence for tie in drawn}) == 1
