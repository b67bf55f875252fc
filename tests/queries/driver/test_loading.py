"""The correction of the driver: it finds out whether a server has hung up without changing the time limit."""

import socket
from types import SimpleNamespace

from queries.driver import loading


def test_the_driver_uses_the_corrected_function() -> None:
    loading.load()
    from neo4j._async_compat.network._bolt_socket import BoltSocketBase

    assert BoltSocketBase.at_eof is loading._at_eof


def test_a_closed_connection_is_told_from_a_silent_one_and_from_one_with_something_to_read() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(5)
        line = SimpleNamespace(_peeked=bytearray(), _socket=near)
        assert not loading._at_eof(line)
        far.sendall(b"12")
        assert not loading._at_eof(line)
        assert near.recv(2) == b"12"  # nothing was consumed
        far.close()
        assert loading._at_eof(line)
        assert near.gettimeout() == 5


def test_bytes_read_ahead_are_not_the_end() -> None:
    near, far = socket.socketpair()
    far.close()
    with near:
        assert not loading._at_eof(SimpleNamespace(_peeked=bytearray(b"1"), _socket=near))


def test_a_connection_closed_by_another_thread_is_at_its_end() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.close()
        assert loading._at_eof(SimpleNamespace(_peeked=bytearray(), _socket=near))
