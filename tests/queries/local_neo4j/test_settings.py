"""The hardened configuration is in force, not just written down."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import ClientError, TransientError

from graph.errors import StoreUnavailable
from queries import local_neo4j
from queries.local_neo4j import ServerAddress
from queries.local_neo4j.configuration_file import CONFIGURATION_VARIABLE
from queries.local_neo4j.embedded import java_options

# Decided on the design page "stack traps" (trap 16 and "Hardened settings to ship and assert"), in Neo4j's spelling.
EXPECTED = {
    "client.allow_telemetry": "false",
    "db.lock.acquisition.timeout": "5s",
    "db.logs.query.enabled": "OFF",
    "db.logs.query.parameter_logging_enabled": "false",
    "db.memory.transaction.max": "256.00MiB",
    "db.transaction.concurrent.maximum": "200",
    "db.transaction.timeout": "10s",
    "db.tx_log.rotation.retention_policy": "2 files",
    "db.tx_log.rotation.size": "64.00MiB",
    "dbms.memory.transaction.total.max": "700.00MiB",
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "dbms.security.auth_enabled": "true",
    "dbms.security.auth_lock_time": "30s",
    "dbms.security.auth_max_failed_attempts": "5",
    "dbms.security.auth_minimum_password_length": "12",
    "dbms.security.procedures.allowlist": "db.*,dbms.components",
    "dbms.security.procedures.unrestricted": "",
    "dbms.usage_report.enabled": "false",
    "server.bolt.connection_keep_alive": "1s",
    "server.bolt.connection_keep_alive_probes": "3",
    "server.bolt.connection_keep_alive_streaming_scheduling_interval": "1s",
    "server.bolt.enabled": "true",
    "server.http.enabled": "false",
    "server.https.enabled": "false",
    "server.memory.heap.initial_size": "256.00MiB",
    "server.memory.heap.max_size": "1.00GiB",
    "server.memory.pagecache.size": "512.00MiB",
}
# Where a container must differ: it listens on its private network, and TLS depends on where it stands.
LOCAL = {"server.bolt.tls_level": "DISABLED", "server.default_listen_address": "127.0.0.1"}


@pytest.fixture(scope="module")
def driver(neo4j_connection: ServerAddress) -> Iterator[Driver]:
    if not neo4j_connection.pid:
        pytest.skip("the settings of the server that NEO4J_TEST_URI names are its owner's")
    auth = (neo4j_connection.username, neo4j_connection.password)
    with GraphDatabase.driver(neo4j_connection.uri, auth=auth) as opened:
        yield opened


@pytest.fixture(scope="module")
def settings(driver: Driver) -> dict[str, str]:
    records = driver.execute_query("SHOW SETTINGS YIELD name, value").records
    return {record["name"]: record["value"] for record in records}


@pytest.fixture(scope="module")
def configuration() -> dict[str, str]:
    text = files("queries.local_neo4j").joinpath("neo4j.conf").read_text(encoding="utf-8")
    pairs = (line.split("=", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value for name, value in pairs if name != "server.jvm.additional"}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_the_setting_has_the_hardened_value(settings: dict[str, str], name: str) -> None:
    assert settings[name] == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(LOCAL))
def test_the_local_server_keeps_to_loopback(settings: dict[str, str], name: str) -> None:
    assert settings[name] == LOCAL[name]


def test_every_line_of_the_configuration_is_asserted(configuration: dict[str, str]) -> None:
    # Internal settings do not appear in SHOW SETTINGS: the address list is tested by its effect below, the quiet
    # period of the shutdown only saves time.
    internal = {name for name in configuration if name.startswith("internal.")}
    assert set(configuration) - internal == EXPECTED.keys() | LOCAL.keys()


@pytest.mark.parametrize("url", ["file:///etc/hostname", "http://127.0.0.1:9/", "https://[::1]:9/", "ftp://10.0.0.1/"])
def test_load_csv_reaches_neither_files_nor_any_address(driver: Driver, url: str) -> None:
    with pytest.raises(ClientError, match=r"blocked via|is false"):
        driver.execute_query("LOAD CSV FROM $url AS row RETURN row", url=url)


def test_procedures_that_change_accounts_are_not_there(driver: Driver) -> None:
    with pytest.raises(ClientError, match="no procedure"):
        driver.execute_query("CALL dbms.security.listUsers()")


def test_the_procedures_the_product_needs_are_allowed(driver: Driver) -> None:
    components = driver.execute_query("CALL dbms.components() YIELD name RETURN collect(name) AS names").records
    assert "Neo4j Kernel" in components[0]["names"]
    driver.execute_query("CREATE FULLTEXT INDEX settings_test IF NOT EXISTS FOR (n:SettingsTest) ON EACH [n.name]")
    try:
        driver.execute_query("CALL db.awaitIndexes(30)")
        found = driver.execute_query(
            "CALL db.index.fulltext.queryNodes('settings_test', 'nobody') YIELD node RETURN node"
        )
        assert found.records == []
    finally:
        driver.execute_query("DROP INDEX settings_test IF EXISTS")


def test_a_transaction_that_takes_too_much_memory_fails_alone(driver: Driver) -> None:
    # In a transaction of its own: execute_query would try this transient error again for 30 s.
    with driver.session() as session, pytest.raises(TransientError) as told, session.begin_transaction() as transaction:
        transaction.run("UNWIND range(1, 100000000) AS x RETURN size(collect(x + 0.5)) AS count").consume()
    assert told.value.code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError"
    assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1


def test_java_gets_the_options_of_the_configuration() -> None:
    text = "# a comment\nserver.memory.heap.max_size=1g\nserver.jvm.additional=-XX:+UseSerialGC\nother=1\n"
    assert java_options(text) == ["-Xrs", "-Xmx1g", "-XX:+UseSerialGC"]


def test_a_configuration_can_be_named_and_one_that_is_missing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = tmp_path / "neo4j.conf"
    monkeypatch.setenv(CONFIGURATION_VARIABLE, str(named))
    with pytest.raises(StoreUnavailable, match="does not exist") as refused:
        local_neo4j.configuration()
    assert "neo4j.conf" in refused.value.cure
    named.write_text("server.bolt.enabled=true\n", encoding="utf-8")
    assert local_neo4j.configuration() == "server.bolt.enabled=true\n"
    monkeypatch.delenv(CONFIGURATION_VARIABLE)
    assert "dbms.security.auth_enabled=true" in local_neo4j.configuration()
