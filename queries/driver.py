"""The driver's import, without what a command would wait for: NumPy, pandas and PyArrow.

The driver loads each of them where it is installed, so that their arrays can be sent; we send plain Python values only.
Hidden for that one moment, they cost a short command nothing (NumPy takes a fifth of its start), and the driver behaves
the same whether or not somebody has loaded them before.
"""

import sys
import threading
from types import ModuleType

HIDDEN = ("numpy", "pandas", "pyarrow")

_once = threading.Lock()


def load() -> None:
    """Import the driver, which is then found by every ``import neo4j``."""
    with _once:
        if "neo4j" in sys.modules:
            return
        hidden: dict[str, ModuleType] = {name: sys.modules[name] for name in HIDDEN if name in sys.modules}
        sys.modules.update(dict.fromkeys(HIDDEN))  # type: ignore[arg-type] # None: found missing, as the import system has it
        try:
            import neo4j  # noqa: F401
        finally:
            for name in HIDDEN:
                del sys.modules[name]
            sys.modules.update(hidden)
