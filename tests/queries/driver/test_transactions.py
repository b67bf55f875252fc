"""Writes are done once, all or nothing, and move exactly the revisions of those who can see them."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.access import LOCAL_ACTOR, Actor, Sensitivity, Viewer
from graph.errors import (
    AlreadyExists,
    InvalidInput,
    KeyReused,
    NotFound,
    StillReferenced,
    StoreUnavailable,
    VersionMismatch,
)
from graph.model import Area, Sector, Stakeholder, now
from queries.driver import statements, transactions
from queries.driver.statements import StatementError
from queries.driver.transactions import ReadTransaction, WriteTransaction
from queries.local_neo4j import ServerAddress
from queries.store import Once, Store
from tests.builders import a_sector, a_stakeholder, an_activity, an_area
from tests.faults.proxy import FaultyLine

VIEWERS = [Viewer(level.code, level) for level in Sensitivity]


@pytest.fixture
def line(neo4j_connection: ServerAddress) -> Iterator[FaultyLine]:
    with FaultyLine(neo4j_connection.uri).up() as broken:
        yield broken


@pytest.fixture
def store_on_line(store: Store, line: FaultyLine, neo4j_connection: ServerAddress) -> Iterator[Store]:
    """The same database as ``store``, over the line that breaks."""
    reached = Store.open(line.uri, neo4j_connection.username, neo4j_connection.password, neo4j_connection.database)
    yield reached
    reached.close()


# Once


def test_a_repeated_request_gives_the_first_result_and_changes_nothing(store: Store) -> None:
    once = Once("key", "fingerprint")
    first = store.create(a_sector(), LOCAL_ACTOR, once=once)
    revision = store.revision(LOCAL_ACTOR)
    again = store.create(a_sector(), LOCAL_ACTOR, once=once)
    assert again == first
    assert store.list(Sector, LOCAL_ACTOR).items == (first,)
    assert store.revision(LOCAL_ACTOR) == revision


def test_the_first_result_is_given_even_after_later_changes(store: Store) -> None:
    area = store.create(an_area(), LOCAL_ACTOR)
    once = Once("key", "fingerprint")
    renamed = store.replace(replace(area, name="South"), LOCAL_ACTOR, version=1, once=once)
    store.replace(replace(area, name="West"), LOCAL_ACTOR, version=2)
    assert store.replace(replace(area, name="South"), LOCAL_ACTOR, version=1, once=once) == renamed
    assert store.get(Area, area.id, LOCAL_ACTOR).name == "West"


def test_a_repeated_deletion_is_done_already(store: Store) -> None:
    sector = store.create(a_sector(), LOCAL_ACTOR)
    for _ in range(2):
        store.delete(Sector, sector.id, LOCAL_ACTOR, version=1, once=Once("key", "fingerprint"))
    with pytest.raises(NotFound):
        store.delete(Sector, sector.id, LOCAL_ACTOR, version=1, once=Once("other key", "fingerprint"))


def test_a_key_that_comes_with_another_request_is_refused(store: Store) -> None:
    store.create(a_sector(), LOCAL_ACTOR, once=Once("key", "fingerprint"))
    with pytest.raises(KeyReused):
        store.create(a_sector(), LOCAL_ACTOR, once=Once("key", "another"))
    assert len(store.list(Sector, LOCAL_ACTOR).items) == 1


def test_two_actors_may_use_the_same_key(store: Store) -> None:
    other = Actor("other", Sensitivity.PUBLIC)
    mine = store.create(a_sector(), LOCAL_ACTOR, once=Once("key", "fingerprint"))
    theirs = store.create(a_sector(), other, once=Once("key", "fingerprint"))
    assert mine.id != theirs.id


def test_a_request_that_failed_may_be_sent_again_under_its_key(store: Store) -> None:
    once = Once("key", "fingerprint")
    area = an_area()
    with pytest.raises(InvalidInput):
        store.create(an_area(parent_id=area.id), LOCAL_ACTOR, once=once)
    store.create(area, LOCAL_ACTOR)
    assert store.create(an_area(parent_id=area.id), LOCAL_ACTOR, once=once).parent_id == area.id


def test_one_request_sent_by_twenty_at_once_is_done_once(store: Store) -> None:
    once = Once("key", "fingerprint")
    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda _: store.create(a_sector(), LOCAL_ACTOR, once=once), range(20)))
    assert set(results) == set(store.list(Sector, LOCAL_ACTOR).items)
    assert len(set(results)) == 1


def test_a_key_is_forgotten_after_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    two_days_ago = now() - timedelta(days=2)
    with monkeypatch.context() as patch:
        patch.setattr(transactions, "now", lambda: two_days_ago)
        store.create(a_sector(), LOCAL_ACTOR, once=Once("key", "fingerprint"))
    store.create(a_sector(), LOCAL_ACTOR, once=Once("key", "another"))
    assert len(store.list(Sector, LOCAL_ACTOR).items) == 2


def test_receipts_of_past_days_are_deleted_and_those_of_today_are_not(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(transactions, "now", lambda: now() - timedelta(days=2))
        store.create(a_sector(), LOCAL_ACTOR, once=Once("old", "fingerprint"))
    store.create(a_sector(), LOCAL_ACTOR, once=Once("new", "fingerprint"))
    assert store._transactions.forget_receipts() == 1
    assert store._transactions.forget_receipts() == 0


def test_expired_receipts_are_deleted_with_the_first_write_of_a_process_and_of_each_hour(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(transactions, "now", lambda: now() - timedelta(days=2))
        store.create(a_sector(), LOCAL_ACTOR)
    monkeypatch.setattr(store._transactions, "_forget_at", 0.0)
    store.create(a_sector(), LOCAL_ACTOR)
    assert store._transactions.forget_receipts() == 0


def test_a_result_is_not_given_to_an_actor_who_may_no_longer_see_it(store: Store) -> None:
    once = Once("key", "fingerprint")
    store.create(a_sector(sensitivity=Sensitivity.PROTECTED), Actor("officer", Sensitivity.PROTECTED), once=once)
    with pytest.raises(NotFound):
        store.create(a_sector(), Actor("officer", Sensitivity.PUBLIC), once=once)


@pytest.mark.parametrize("key", ["", "x" * 100_000, "'}) DETACH DELETE n //", "\ud800"])
def test_any_text_is_a_key(store: Store, key: str) -> None:
    first = store.create(a_sector(), LOCAL_ACTOR, once=Once(key, "fingerprint"))
    assert store.create(a_sector(), LOCAL_ACTOR, once=Once(key, "fingerprint")) == first


# A line that breaks while the commit is under way


@pytest.mark.parametrize("done", [True, False], ids=["done", "not done"])
@pytest.mark.parametrize("once", [None, Once("key", "fingerprint")], ids=["without a key", "with a key"])
def test_a_write_whose_commit_loses_its_answer_is_done_once(
    store: Store, store_on_line: Store, line: FaultyLine, *, done: bool, once: Once | None
) -> None:
    store_on_line.ping()
    line.pass_on = done
    line.lose_next = 1
    sector = store_on_line.create(a_sector(), LOCAL_ACTOR, once=once)
    assert line.lose_next == 0, "the line did not break, so nothing was shown"
    assert store.list(Sector, LOCAL_ACTOR).items == (sector,)
    assert store.revision(LOCAL_ACTOR) == 1


def test_a_change_whose_commit_loses_its_answer_does_not_collide_with_itself(
    store: Store, store_on_line: Store, line: FaultyLine
) -> None:
    area = store.create(an_area(), LOCAL_ACTOR)
    line.lose_next = 1
    assert store_on_line.replace(replace(area, name="South"), LOCAL_ACTOR, version=1).version == 2
    assert store.get(Area, area.id, LOCAL_ACTOR).version == 2


def test_a_line_that_breaks_at_every_commit_is_an_error_and_the_key_settles_it(
    store: Store, store_on_line: Store, line: FaultyLine
) -> None:
    once = Once("key", "fingerprint")
    line.lose_next = 1_000
    with pytest.raises(StoreUnavailable):
        store_on_line.create(a_sector(), LOCAL_ACTOR, once=once)
    line.lose_next = 0
    sector = store_on_line.create(a_sector(), LOCAL_ACTOR, once=once)
    assert store.list(Sector, LOCAL_ACTOR).items == (sector,)


def test_a_read_whose_line_breaks_at_its_end_is_asked_again(
    store: Store, store_on_line: Store, line: FaultyLine
) -> None:
    sector = store.create(a_sector(), LOCAL_ACTOR)
    line.lose_next = 1
    assert store_on_line.get(Sector, sector.id, LOCAL_ACTOR) == sector
    assert line.lose_next == 0


def test_connections_that_broke_meanwhile_are_replaced_without_a_word(
    store: Store, store_on_line: Store, line: FaultyLine
) -> None:
    sector = store_on_line.create(a_sector(), LOCAL_ACTOR)
    line.cut()
    assert store_on_line.get(Sector, sector.id, LOCAL_ACTOR) == sector
    line.cut()
    store_on_line.delete(Sector, sector.id, LOCAL_ACTOR, version=1)
    assert store.list(Sector, LOCAL_ACTOR).items == ()


# All or nothing


def test_what_fails_half_way_leaves_nothing(store: Store) -> None:
    before = store.revision(LOCAL_ACTOR)

    def work(tx: WriteTransaction) -> None:
        tx.rows(statements.statement("driver/keep_result"), key="x", result="y")
        store._of(Sector).create_in(tx, [a_sector()])
        raise InvalidInput("Enough.")

    with pytest.raises(InvalidInput):
        store._transactions.write(LOCAL_ACTOR, work)
    assert store.list(Sector, LOCAL_ACTOR).items == ()
    assert store.revision(LOCAL_ACTOR) == before


def test_one_bad_record_of_a_batch_keeps_all_of_it_out(store: Store) -> None:
    good, bad = a_sector(external_ids=("kobo:1",)), a_sector(external_ids=("kobo:1",))
    with pytest.raises(AlreadyExists):
        store._transactions.write(LOCAL_ACTOR, lambda tx: store._of(Sector).create_in(tx, [good, bad]))
    assert store.list(Sector, LOCAL_ACTOR).items == ()


# Many at once


def test_no_update_is_lost_when_twenty_edit_one_record(store: Store) -> None:
    area = store.create(an_area(), LOCAL_ACTOR)

    def edit(number: int) -> int:
        done = 0
        for attempt in range(5):
            read = store.get(Area, area.id, LOCAL_ACTOR)
            try:
                store.replace(replace(read, name=f"Area {number} {attempt}"), LOCAL_ACTOR, version=read.version)
            except VersionMismatch:
                continue
            done += 1
        return done

    with ThreadPoolExecutor(20) as pool:
        successes = sum(pool.map(edit, range(20)))
    assert successes > 0
    assert store.get(Area, area.id, LOCAL_ACTOR).version == 1 + successes
    assert store.revision(LOCAL_ACTOR) == 1 + successes


def test_twenty_who_create_the_same_external_id_make_one_record(store: Store) -> None:
    def create(_: int) -> bool:
        try:
            store.create(a_stakeholder(external_ids=("kobo:4711",)), LOCAL_ACTOR)
        except AlreadyExists:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(create, range(20))) == 1
    assert len(store.list(Stakeholder, LOCAL_ACTOR).items) == 1


def test_two_who_lock_two_records_in_opposite_order_both_succeed(store: Store) -> None:
    """The database breaks one of them off for the sake of the other; it is run again."""
    areas = [store.create(an_area(), LOCAL_ACTOR) for _ in range(2)]
    records = store._of(Area)

    def edit(order: int) -> None:
        def work(tx: WriteTransaction) -> None:
            for area in areas[::order]:
                now_kept = records.read_in(tx, [area.id])[area.id]
                records.replace_in(tx, [now_kept])

        for _ in range(10):
            while True:
                try:
                    store._transactions.write(LOCAL_ACTOR, work)
                except VersionMismatch:
                    continue
                break

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(edit, (1, -1)))
    assert [store.get(Area, area.id, LOCAL_ACTOR).version for area in areas] == [21, 21]


def test_who_waits_for_a_lock_longer_than_the_server_allows_is_told(store: Store) -> None:
    """The server allows 5 s; the wait is not begun again."""
    area = store.create(an_area(), LOCAL_ACTOR)
    held, told = threading.Event(), threading.Event()

    def hold(tx: WriteTransaction) -> None:
        store._of(Area).replace_in(tx, [area])
        held.set()
        told.wait(60)

    with ThreadPoolExecutor(1) as pool:
        holder = pool.submit(store._transactions.write, LOCAL_ACTOR, hold, seconds=60)
        held.wait()
        try:
            with pytest.raises(StoreUnavailable, match="time limit"):
                store.replace(area, LOCAL_ACTOR, version=1)
        finally:
            told.set()
        holder.result()
    assert store.get(Area, area.id, LOCAL_ACTOR).version == 2


@pytest.mark.parametrize("first", ["the deletion", "the reference"])
def test_a_record_that_is_deleted_while_another_refers_to_it_leaves_no_reference_to_nothing(
    store: Store, first: str
) -> None:
    """Whoever comes second waits for the first to commit, and then finds how things stand."""
    area = store.create(an_area(), LOCAL_ACTOR)
    who = a_stakeholder(area_id=area.id)
    first_is_under_way = threading.Event()

    def begin_and_wait(tx: WriteTransaction) -> None:
        if first == "the deletion":
            store._of(Area).delete_in(tx, area.id, version=1)
        else:
            store._of(Stakeholder).create_in(tx, [who])
        first_is_under_way.set()
        time.sleep(0.5)  # the other one arrives at the lock, or comes later: the promise holds either way

    def second() -> None:
        first_is_under_way.wait()
        if first == "the deletion":
            store.create(who, LOCAL_ACTOR)
        else:
            store.delete(Area, area.id, LOCAL_ACTOR, version=1)

    with ThreadPoolExecutor(1) as pool:
        follower = pool.submit(second)
        store._transactions.write(LOCAL_ACTOR, begin_and_wait)
        expected = (NotFound, InvalidInput) if first == "the deletion" else StillReferenced
        assert isinstance(follower.exception(), expected)
    areas, stakeholders = store.list(Area, LOCAL_ACTOR).items, store.list(Stakeholder, LOCAL_ACTOR).items
    assert (areas, stakeholders) == (((), ()) if first == "the deletion" else ((area,), stakeholders))
    assert [item.area_id for item in stakeholders] == ([] if first == "the deletion" else [area.id])


# Revisions


def revisions(store: Store) -> list[int]:
    return [store.revision(viewer) for viewer in VIEWERS]


@pytest.mark.parametrize("level", Sensitivity)
def test_a_change_raises_the_revision_of_those_who_can_see_it_and_of_nobody_else(
    store: Store, level: Sensitivity
) -> None:
    can_see = [int(viewer.clearance >= level) for viewer in VIEWERS]
    sector = store.create(a_sector(sensitivity=level), LOCAL_ACTOR)
    assert revisions(store) == can_see
    store.replace(sector, LOCAL_ACTOR, version=1)
    assert revisions(store) == [2 * one for one in can_see]
    store.delete(Sector, sector.id, LOCAL_ACTOR, version=2)
    assert revisions(store) == [3 * one for one in can_see]


@pytest.mark.parametrize(("before", "after"), [(0, 3), (3, 0), (1, 2)])
def test_a_record_that_appears_or_disappears_raises_the_revision_of_those_who_see_either(
    store: Store, before: int, after: int
) -> None:
    sector = store.create(a_sector(sensitivity=Sensitivity(before)), LOCAL_ACTOR)
    start = revisions(store)
    store.replace(replace(sector, sensitivity=Sensitivity(after)), LOCAL_ACTOR, version=1)
    risen = [now_at - then for now_at, then in zip(revisions(store), start, strict=True)]
    assert risen == [int(viewer.clearance >= min(before, after)) for viewer in VIEWERS]


def test_a_public_activity_of_a_hidden_participant_raises_only_revisions_of_those_who_see_the_participant(
    store: Store,
) -> None:
    hidden = store.create(a_stakeholder(sensitivity=Sensitivity.CONFIDENTIAL), LOCAL_ACTOR)
    assert revisions(store) == [0, 0, 1, 1]
    activity = store.create(an_activity(hidden.id), LOCAL_ACTOR)
    assert revisions(store) == [0, 0, 2, 2]
    store.replace(activity, LOCAL_ACTOR, version=1)
    assert revisions(store) == [0, 0, 3, 3]


def test_reading_raises_no_revision(store: Store) -> None:
    sector = store.create(a_sector(), LOCAL_ACTOR)
    before = revisions(store)
    store.get(Sector, sector.id, LOCAL_ACTOR)
    store.list(Sector, LOCAL_ACTOR)
    store.warm()
    assert revisions(store) == before


def test_warming_leaves_nothing_in_the_database_and_runs_on_a_full_disk(
    store: Store, neo4j_connection: ServerAddress
) -> None:
    def full() -> None:
        raise StoreUnavailable("The disk is nearly full.")

    count = statements.parse("tests/count", "// All.\n// params: none\nMATCH (n) RETURN count(n) AS nodes\n")
    before = store._connection.run_alone(count, {})
    at = neo4j_connection
    guarded = Store.open(at.uri, at.username, at.password, at.database, strict=True, before_writing=full)
    guarded.warm()
    guarded.close()
    assert store._connection.run_alone(count, {}) == before


# What cannot be done by mistake


def test_no_statement_can_be_given_another_clearance_than_the_viewers(store: Store) -> None:
    def work(tx: ReadTransaction) -> object:
        return tx.rows(statements.statement("records/sectors/read"), ids=[], clearance=3)

    with pytest.raises(StatementError, match="clearance"):
        store._transactions.read(VIEWERS[0], work)


def test_a_write_under_a_key_must_be_able_to_keep_its_result(store: Store) -> None:
    with pytest.raises(StatementError, match="dump"):
        store._transactions.write(LOCAL_ACTOR, lambda _: 1, once=Once("key", "fingerprint"))


def test_a_statement_for_one_row_that_gives_two_is_a_mistake(store: Store) -> None:
    two = statements.parse("tests/two", "// Two.\n// params: none\nUNWIND [1, 2] AS n RETURN n\n")
    with pytest.raises(StatementError, match="2 rows"):
        store._transactions.read(LOCAL_ACTOR, lambda tx: tx.row(two))
