"""NetworkX's own tests of the functions that we have kernels for, with our backend selected."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from graph.networkx_backend.functions import FUNCTIONS

ROOT = Path(__file__).parents[3]

MODULES = (
    "networkx.algorithms.centrality.tests.test_betweenness_centrality",
    "networkx.algorithms.centrality.tests.test_betweenness_centrality_subset",
    "networkx.algorithms.centrality.tests.test_closeness_centrality",
    "networkx.algorithms.centrality.tests.test_current_flow_betweenness_centrality",
    "networkx.algorithms.centrality.tests.test_harmonic_centrality",
    "networkx.algorithms.components.tests.test_biconnected",
    "networkx.algorithms.tests.test_bridges",
    "networkx.algorithms.tests.test_link_prediction",
    "networkx.algorithms.tests.test_structuralholes",
)

LEFT = {
    # What NetworkX's tests ask of functions that we have, and that its own code answers: why.
    "a sample of none, or a seed that NetworkX has not looked at",
    "bridges of one component",
    "ties to oneself",
    "a pair of one",
    "a node that the graph lacks: 4",
    "current flow needs 3 to 5000 nodes, double precision and a known solver",
}


def test_networkx_own_tests_pass_with_our_backend_and_run_our_kernels(tmp_path: Path) -> None:
    """No failure, no expected failure, no skip; each kernel is really run, and each refusal is one we know of."""
    account = tmp_path / "account.json"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-rsxX", "-p", "no:cacheprovider"),
            *("-p", "tests.graph.networkx_backend.networkx_account", "--account", str(account), "--pyargs", *MODULES),
        ],
        cwd=tmp_path,  # away from our own settings of pytest
        env={
            **os.environ,
            "NETWORKX_TEST_BACKEND": "stakeholder_graph",
            "NETWORKX_FALLBACK_TO_NX": "1",
            "PYTHONPATH": str(ROOT),
        },
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
    last = done.stdout.strip().splitlines()[-1]
    assert re.fullmatch(r"[123]\d\d passed(, \d+ warnings?)? in .*", last), done.stdout[-3000:]

    seen = json.loads(account.read_text(encoding="utf-8"))
    ran = {message.split()[0] for message in seen if message.endswith(" ran in our kernel")}
    assert ran == set(FUNCTIONS)
    reasons = {reason for message in seen for _, _, reason in [message.partition(" left to NetworkX: ")] if reason}
    assert reasons <= LEFT
