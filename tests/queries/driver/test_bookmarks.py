"""Read your own writes: in one process, from one process to another, directly and by routing."""

from collections.abc import Iterator

import pytest

from graph.access import LOCAL_ACTOR
from graph.model import Sector
from queries.driver.bookmarks import ForeignBookmark, following
from queries.local_neo4j import ServerAddress
from queries.store import Store
from tests.builders import a_sector

FEW, PROMISED = 10, 500
"""Pairs of a write and a read, each by direct address and by routing: the promise is 1,000 in all."""


@pytest.fixture(params=["bolt", "neo4j"])
def two(request: pytest.FixtureRequest, store: Store, neo4j_connection: ServerAddress) -> Iterator[tuple[Store, Store]]:
    """Two processes' stores of the emptied database: drivers of their own, which know nothing of each other."""
    uri = f"{request.param}://{neo4j_connection.uri.partition('://')[2]}"
    stores = [
        Store.open(uri, neo4j_connection.username, neo4j_connection.password, neo4j_connection.database, strict=True)
        for _ in range(2)
    ]
    yield stores[0], stores[1]
    for opened in stores:
        opened.close()


@pytest.mark.parametrize("pairs", [FEW, pytest.param(PROMISED, marks=pytest.mark.long)])
def test_what_one_process_wrote_another_reads_every_time(two: tuple[Store, Store], pairs: int) -> None:
    read = 0
    for n in range(pairs):
        writer, reader = two[n % 2], two[1 - n % 2]
        with following(()) as written:
            sector = writer.create(a_sector(code=f"S{n}"), LOCAL_ACTOR)
        assert written.written
        with following(written.written):
            read += reader.get(Sector, sector.id, LOCAL_ACTOR) == sector
    assert read == pairs


def test_a_read_leaves_no_bookmark(two: tuple[Store, Store]) -> None:
    with following(()) as trail:
        two[0].list(Sector, LOCAL_ACTOR)
    assert trail.written == frozenset()


def test_what_is_no_bookmark_of_this_database_is_bad_input(two: tuple[Store, Store]) -> None:
    with following({"FB:no-bookmark"}), pytest.raises(ForeignBookmark):
        two[0].list(Sector, LOCAL_ACTOR)
    two[0].ping()
