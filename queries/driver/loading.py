"""The driver's import, without what a command would wait for: NumPy, pandas and PyArrow.

The driver loads each of them where it is installed, so that their arrays can be sent; we send plain Python values only.
Hidden for that one moment, they cost a short command nothing (NumPy takes a fifth of its start), and the driver behaves
the same whether or not somebody has loaded them before.

One thing of the driver is mended as well: how it finds out that a server has hung up, see ``_at_eof``.
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
    """Import the driver, which is then found by every ``import neo4j``."""
    with _once:
        if "neo4j" not in sys.modules:
            _import()
        from neo4j._async_compat.network._bolt_socket import BoltSocketBase

        BoltSocketBase.at_eof = _at_eof  # type: ignore[method-assign,assignment]


def _import() -> None:
    hidden: dict[str, ModuleType] = {name: sys.modules[name] for name in HIDDEN if name in sys.modules}
    sys.modules.update(dict.fromkeys(HIDDEN))  # type: ignore[arg-type] # None: found missing, as the import system has it
    try:
        import neo4j  # noqa: F401
    finally:
        for name in HIDDEN:
            del sys.modules[name]
        sys.modules.update(hidden)


def _at_eof(line: Any) -> bool:  # noqa: ANN401 - the driver's own socket, which has no public type
    """Tell whether the server has hung up, without touching the time limit of the socket.

    The driver (6.4.1) sets the limit to 0, tries to read a byte, and sets it back. Where a crowd of threads passes its
    lines on to each other, two may do so at once with one line; and a socket of CPython that was asked without a limit
    and is given one while it asks tries again for ever, at full speed (seen: a hundred threads, 17 minutes).
    """
    if line._peeked:  # noqa: SLF001 - a byte that came is not the end
        return False
    socket = line._socket  # noqa: SLF001
    with DefaultSelector() as selector:
        try:
            selector.register(socket, EVENT_READ)
        except ValueError:  # ended meanwhile by another thread
            return True
        if not selector.select(0):
            return False
    # What is ready is looked at and left there. TLS cannot do that: it reads the byte and keeps it for the next reader.
    data = socket.recv(1) if isinstance(socket, SSLSocket) else socket.recv(1, MSG_PEEK)
    if isinstance(socket, SSLSocket):
        line._peeked.extend(data)  # noqa: SLF001
    return not data
