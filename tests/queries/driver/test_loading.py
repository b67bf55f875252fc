"""What is mended of the driver: whether a server has hung up is found out without touching the time limit."""

import socket
from types import SimpleNamespace

from queries.driver import loading


def test_the_driver_asks_us_whether_a_server_has_hung_up() -> None:
    loading.load()
    from neo4j._async_compat.network._bolt_socket import BoltSocketBase

    assert BoltSocketBase.at_eof is loading._at_eof


def test_a_line_at_its_end_is_told_from_a_silent_one_and_from_one_with_something_to_read() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.settimeout(5)
        line = SimpleNamespace(_peeked=bytearray(), _socket=near)
        assert not loading._at_eof(line)
        far.sendall(b"12")
        assert not loading._at_eof(line)
        assert near.recv(2) == b"12"  # nothing was taken away
        far.close()
        assert loading._at_eof(line)
        assert near.gettimeout() == 5


def test_what_was_read_ahead_is_not_the_end() -> None:
    near, far = socket.socketpair()
    far.close()
    with near:
        assert not loading._at_eof(SimpleNamespace(_peeked=bytearray(b"1"), _socket=near))


def test_a_line_that_another_thread_has_ended_is_at_its_end() -> None:
    near, far = socket.socketpair()
    with near, far:
        near.close()
        assert loading._at_eof(SimpleNamespace(_peeked=bytearray(), _socket=near))
