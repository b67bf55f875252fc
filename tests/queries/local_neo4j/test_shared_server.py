from neo4j import GraphDatabase

from queries.local_neo4j import Connection


def test_the_shared_server_answers(neo4j_connection: Connection) -> None:
    with GraphDatabase.driver(
        neo4j_connection.uri, auth=(neo4j_connection.username, neo4j_connection.password)
    ) as driver:
        assert driver.execute_query("RETURN 1 AS one").records[0]["one"] == 1
