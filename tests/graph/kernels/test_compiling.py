import os
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from graph.kernels import compiling

ROOT = Path(__file__).parents[3]


def _python(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )


def test_numba_is_not_imported_before_a_kernel_runs() -> None:
    done = _python(
        "import sys, graph.networkx_backend.backend, graph.kernels.current_flow\n"
        "import networkx as nx\n"
        "assert 'numba' not in sys.modules\n"
        "nx.betweenness_centrality(nx.path_graph(3), backend='stakeholder_graph')\n"
        "assert 'numba' in sys.modules\n"
    )
    assert done.returncode == 0, done.stderr


def test_kernels_are_warmed_beside_other_work() -> None:
    thread = Thread(target=compiling.warm)
    thread.start()
    thread.join(timeout=250)
    assert not thread.is_alive()
    assert {f"graph.kernels.compiled.{name}" for name in compiling.COMPILED} <= set(sys.modules)
    here = Path(compiling.__file__).parent / "compiled"
    assert {path.stem for path in here.glob("*.py")} - {"__init__"} == set(compiling.COMPILED)


def test_compiled_code_is_cached_where_the_setting_says(tmp_path: Path) -> None:
    done = _python("from graph.kernels.compiled import pairs", NUMBA_CACHE_DIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.rglob("*.nbc"))


def test_without_a_writable_cache_kernels_only_take_longer(tmp_path: Path) -> None:
    """An installed package and a home that are both read-only: compiled again, in memory."""
    done = _python(
        "import numba\n"
        "from numba.core import caching\n"
        "caching.FunctionCache._impl_class._locator_classes = []\n"  # no place found, whoever runs this test
        "from graph.kernels.compiling import compiled\n"
        "@compiled('int64(int64)')\n"
        "def one_more(number): return number + 1\n"
        "assert one_more(1) == 2\n"
    )
    assert done.returncode == 0, done.stderr


def test_other_faults_of_the_compiler_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("the compiler is broken")

    monkeypatch.setattr(numba, "njit", broken)
    with pytest.raises(RuntimeError, match="is broken"):
        compiling.compiled("int64(int64)")(lambda number: number)


def test_work_in_threads_returns_results_in_order() -> None:
    assert compiling.in_threads(lambda n: n * n, range(20), threads=3) == [n * n for n in range(20)]
    assert compiling.in_threads(lambda n: n * n, [], threads=3) == []
    assert compiling.cores() >= 1


def test_the_kernels_promise_the_same_uncompiled() -> None:
    """The source itself, as Python runs it: what coverage can see of it, and a second opinion on what numba made."""
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"),
            "tests/graph/kernels/test_betweenness.py",
            "tests/graph/kernels/test_measures.py",
            *("-k", "not number_of_threads"),  # a network big enough for threads takes a minute here
        ],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
