"""Imports the driver without NumPy, pandas and PyArrow, which would slow down a command.

The driver loads each of them if it is installed, so that their arrays can be sent; this program sends plain Python
values only. Hidden during the import, they cost a short command nothing (NumPy takes a fifth of its start), and the
driver behaves the same whether or not they were loaded before.

One function of the driver is also corrected: how it finds out that a server has hung up, see ``_at_eof``.
"""

import sys
import threading
from selectors import EVENT_READ, DefaultSelector
from socket import MSG_PEEK
from ssl import SSLSocket
from types import ModuleType
from typing import Any

HIDDEN = ("numpy", "pandas", "pyarrow")

_once = threading.Lock()


def load() -> None:
    """Import the driver; every later ``import neo4j`` finds it."""
    with _once:
        if "neo4j" not in sys.modules:
            _import()
        from neo4j._async_compat.network._bolt_socket import BoltSocketBase

        BoltSocketBase.at_eof = _at_eof  # type: ignore[method-assign,assignment]


def _import() -> None:
    hidden: dict[str, ModuleType] = {name: sys.modules[name] for name in HIDDEN if name in sys.modules}
    sys.modules.update(dict.fromkeys(HIDDEN))  # type: ignore[arg-type] # None: the import system then finds no such module
    try:
        import neo4j  # noqa: F401
    finally:
        for name in HIDDEN:
            del sys.modules[name]
        sys.modules.update(hidden)


def _at_eof(connection: Any) -> bool:  # noqa: ANN401 - the driver's own socket, which has no public type
    """Return whether the server has hung up, without changing the time limit of the socket.

    The driver (6.4.1) sets the limit to 0, tries to read a byte, and sets it back. Where threads share connections, two
    may do so at once with one connection; and a socket of CPython that reads without a limit and is given one
    meanwhile retries for ever, at full speed (seen: a hundred threads, 17 minutes).
    """
    if connection._peeked:  # noqa: SLF001 - a byte that was received is not the end
        return False
    socket = connection._socket  # noqa: SLF001
    with DefaultSelector() as selector:
        try:
            selector.register(socket, EVENT_READ)
        except ValueError:  # closed meanwhile by another thread
            return True
        if not selector.select(0):
            return False
    # The byte is peeked at and left in the socket. TLS cannot do that: it is read, and stored for the next reader.
    data = socket.recv(1) if isinstance(socket, SSLSocket) else socket.recv(1, MSG_PEEK)
    if isinstance(socket, SSLSocket):
        connection._peeked.extend(data)  # noqa: SLF001
    return not data
