"""What every test run has in common: nothing is skipped in silence, and the database that was used is named.

The closing lines say how many tests used which Neo4j, and count the skipped tests by reason. Where
``STAKEHOLDER_GRAPH_SKIPS_ALLOWED`` is set (CI sets it), a skip counts as a failure unless its reason contains one of
the words named there, separated by commas: a machine that is meant to have Chromium and the sample data cannot pass by
not having them.
"""

import os
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import hypothesis
import pytest

ALLOWED_SKIPS = "STAKEHOLDER_GRAPH_SKIPS_ALLOWED"

SERVER = pytest.StashKey[str]()
"""Which Neo4j this run uses; set by whoever connects to it (tests/neo4j_server.py)."""
USED = pytest.StashKey[int]()
"""How many tests ran on it."""
ELSEWHERE = pytest.StashKey[str]()
"""Which other Neo4j archives were restored into; set where there is one (tests/service/archive/conftest.py)."""

CONNECTED = "neo4j_connection"
STORAGE = {CONNECTED, "jar_cache"}
"""The fixtures through which a test comes to a Neo4j: the run's own, or one that it starts itself."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be limited to the tests that another Neo4j could change."""
    parser.addoption("--storage-only", action="store_true", help="run only the tests that use a Neo4j")


def pytest_configure() -> None:
    """Take the clock out of property tests: a slow moment of a shared machine is no defect of ours."""
    name = "project"
    hypothesis.settings.register_profile(name, hypothesis.settings.default, deadline=None)
    hypothesis.settings.load_profile(name)


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """The reason given for a skip; pytest keeps it as (file, line, "Skipped: reason")."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


def _is_refused(reason: str) -> bool:
    """Whether this run counts a skip for that reason as a failure."""
    words = os.environ.get(ALLOWED_SKIPS)
    return words is not None and not any(word and word in reason for word in words.split(","))


def _judge(report: Report) -> Report:
    if report.skipped and not hasattr(report, "wasxfail") and _is_refused(reason := _reason(report)):
        report.outcome = "failed"
        report.longrepr = f"skipped where every test must run ({ALLOWED_SKIPS}): {reason}"
    return report


def _fixtures(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for; pytest counts it as deselected."""
    if config.getoption("--storage-only"):
        others = [item for item in items if not _fixtures(item) & STORAGE]
        items[:] = [item for item in items if _fixtures(item) & STORAGE]
        config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skip of a single test, and count it if it ran on the shared Neo4j."""
    report = _judge((yield))
    if report.when == "call" and not report.skipped and CONNECTED in _fixtures(item):
        item.config.stash[USED] = item.config.stash.get(USED, 0) + 1
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skip of a whole module."""
    return _judge((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Say which Neo4j was used, how many tests were skipped, and why, right above pytest's closing line."""
    yield
    stash = terminalreporter.config.stash
    if SERVER in stash:
        terminalreporter.write_line(f"{stash.get(USED, 0)} tests used {stash[SERVER]}")
    if ELSEWHERE in stash:
        terminalreporter.write_line(f"archives went from there to {stash[ELSEWHERE]} and back")
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count}: {reason}")
