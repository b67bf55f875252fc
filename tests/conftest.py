"""Fixture policy.

A fixture lives beside the tests that use it and moves up only when a second folder needs it. Fixtures give real parts:
a real Neo4j, real files in ``tmp_path``. They never hand out shared data that a test could change for another; what a
test needs it builds, by builders such as ``a_stakeholder(name=...)``. Costly parts are shared for the whole run
(``scope="session"``) and say what a test must leave as it found it.
"""

from tests.neo4j_server import _local_server, _named_server, jar_cache, neo4j_connection
from tests.stores import shared_store, store

__all__ = ["_local_server", "_named_server", "jar_cache", "neo4j_connection", "shared_store", "store"]
