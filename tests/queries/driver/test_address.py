"""A valid address is used and shown; of an invalid one nothing is shown that may be secret."""

import traceback

import pytest

from graph.errors import InvalidInput, StoreUnavailable
from queries.doctor.address import why_not_reached
from queries.driver.address import checked_address, host_and_port, shown_address
from queries.store import Store

CANARY = "c4nary"

WITH_A_PASSWORD = [
    f"bolt://neo4j:{CANARY}@127.0.0.1:9",
    f"neo4j+s://neo4j:{CANARY}@nobody.invalid",
    f"bolt://:{CANARY}@[::1]:7687",
    f"bolt://neo4j:12/{CANARY}@127.0.0.1",
    f"bolt://neo4j:{CANARY}#@127.0.0.1",
    f"bolt://neo4j:{CANARY}@",
    f"http://neo4j:{CANARY}@127.0.0.1:7474",
    f"neo4j:{CANARY}@127.0.0.1",
    f"{CANARY}@bolt://127.0.0.1",
    f"{CANARY}",
    f"bolt://neo4j:{CANARY}%40127.0.0.1",
    f"bolt://127.0.0.1:{CANARY}",
]


@pytest.mark.parametrize("uri", WITH_A_PASSWORD)
def test_a_password_in_an_address_is_refused_and_never_shown(uri: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_address(uri)
    assert "NEO4J_URI" in refused.value.cure
    store = Store.open(uri, "neo4j", "password", at_once=1)
    with pytest.raises(StoreUnavailable) as raised:
        store.ping()
    store.close()
    shown = "".join(traceback.format_exception(raised.value)) + raised.value.cure
    shown += f"{refused.value}{refused.value.cure}{shown_address(uri)}{why_not_reached(uri)}"
    assert CANARY not in shown


def test_the_cure_for_a_password_in_an_address_is_the_setting_for_it() -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_address(WITH_A_PASSWORD[0])
    assert "NEO4J_PASSWORD_FILE" in refused.value.cure


@pytest.mark.parametrize("host", ["a" * 64, "a..b", "x\udcff.example", ""])
def test_a_host_that_no_resolver_accepts_is_refused_before_the_driver_fails_on_it(host: str) -> None:
    """The driver lets the resolver's ``UnicodeError`` through: an answer of 500, or the end of a thread."""
    for scheme in ("bolt", "neo4j"):
        with pytest.raises(InvalidInput, match="no host"):
            checked_address(f"{scheme}://{host}:7687")
        with pytest.raises(StoreUnavailable, match="no host"):
            Store.open(f"{scheme}://{host}:7687", "neo4j", "password").ping()
        found = why_not_reached(f"{scheme}://{host}:7687")
        assert found
        assert "no host" in found.found


@pytest.mark.parametrize(
    ("uri", "host", "port", "shown"),
    [
        ("bolt://localhost", "localhost", 7687, "bolt://localhost:7687"),
        ("neo4j+s://graph_db.example.org.:7688", "graph_db.example.org.", 7688, "neo4j+s://graph_db.example.org.:7688"),
        ("bolt+ssc://[::1]:9", "::1", 9, "bolt+ssc://[::1]:9"),
        ("neo4j://db.example?policy=eu&token=c4nary", "db.example", 7687, "neo4j://db.example:7687"),
        ("bolt://данные.example", "данные.example", 7687, "bolt://данные.example:7687"),
    ],
)
def test_an_address_is_used_unchanged_and_shown_as_scheme_host_and_port(
    uri: str, host: str, port: int, shown: str
) -> None:
    assert checked_address(uri) == uri
    assert host_and_port(uri) == (host, port)
    assert shown_address(uri) == shown
