"""What all test runs share: no test is skipped silently, and the database in use is named.

A run may be distributed over processes (pytest-xdist). Facts about a test are sent with its report, so that the
reporting process has them whichever process ran the test.

The closing lines say how many tests used which Neo4j, and count the skipped tests by reason. Where
``STAKEHOLDER_GRAPH_SKIPS_ALLOWED`` is set (CI sets it), a skip counts as a failure unless its reason contains one of
the words named there, separated by commas: a machine that should have Chromium and the sample data cannot pass without
them.
"""

import os
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import hypothesis
import pytest

ALLOWED_SKIPS = "STAKEHOLDER_GRAPH_SKIPS_ALLOWED"

SERVER = pytest.StashKey[str]()
"""Which Neo4j the tests of this process use; set by the fixture that connects to it (tests/neo4j_server.py)."""
ELSEWHERE = pytest.StashKey[str]()
"""Another Neo4j into which archives were restored; set where there is one (tests/service/archive/conftest.py)."""
RUN = pytest.StashKey[set[str]]()
"""The statements run since the last report; kept by tests/queries/conftest.py."""

STATEMENTS = "tests/queries/"
"""Where every statement file is run by some test: see ``_never_run``."""
IN_ROUND_TRIPS = {"archive", "restore"}
"""Folders whose statements run together or not at all: tests/service/archive has them bring whole databases back."""

ACCOUNT = "account of the run"
CONNECTED = "neo4j_connection"
STORAGE = {CONNECTED, "jar_cache"}
"""The fixtures that give a test a Neo4j: the run's own, or one that it starts itself."""

FOLDERS = ("benchmarks", "browser", "faults")
"""Folders of tests whose name is also a marker: ``make quick`` leaves them out."""

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that limits a run to the tests whose result may depend on the Neo4j."""
    parser.addoption("--storage-only", action="store_true", help="run only the tests that use a Neo4j")


def pytest_configure(config: pytest.Config) -> None:
    """Set no deadline for property tests: a slow moment of a shared machine is no fault of the code."""
    config.pluginmanager.register(Account(), ACCOUNT)
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
    """Deselect tests that were not asked for, and mark tests by their folder."""
    for item in items:
        folder = item.path.relative_to(config.rootpath).parts[1:2]
        if folder and folder[0] in FOLDERS:
            item.add_marker(folder[0])
    if config.getoption("--storage-only"):
        others = [item for item in items if not _fixtures(item) & STORAGE]
        items[:] = [item for item in items if _fixtures(item) & STORAGE]
        config.hook.pytest_deselected(items=others)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skip of a single test, and note which Neo4j it ran on and which statements it ran."""
    report = _judge((yield))
    stash = item.config.stash
    if report.when == "call" and not report.skipped and CONNECTED in _fixtures(item):
        vars(report)["neo4j"] = stash.get(SERVER, None)
    if report.when == "teardown":
        run = stash.get(RUN, None) or set()
        vars(report).update(elsewhere=stash.get(ELSEWHERE, None), statements=sorted(run))
        run.clear()
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skip of a whole module."""
    return _judge((yield))


class Account:
    """The facts that the reports of a run add up to; held by the reporting process."""

    def __init__(self) -> None:
        self.on_neo4j: Counter[str] = Counter()
        self.elsewhere: set[str] = set()
        self.statements: set[str] = set()
        self.files: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add the facts of one report."""
        self.files.add(report.nodeid.partition("::")[0])
        if server := getattr(report, "neo4j", None):
            self.on_neo4j[server] += 1
        if other := getattr(report, "elsewhere", None):
            self.elsewhere.add(other)
        self.statements.update(getattr(report, "statements", ()))


def _never_run(config: pytest.Config, account: Account) -> set[str]:
    """Return the statement files that no test of tests/queries ran (EXPLAIN not counted); empty for a partial run."""
    whole = {path.relative_to(config.rootpath).as_posix() for path in (config.rootpath / STATEMENTS).rglob("test_*.py")}
    chosen = any(config.getoption(option, None) for option in ("keyword", "deselect", "lf", "maxfail"))
    if not whole or chosen or not whole <= account.files:
        return set()
    from queries.driver.statements import names

    return {name for name in names() if name.split("/")[0] not in IN_ROUND_TRIPS} - account.statements


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of all of tests/queries that left a statement file out."""
    account = session.config.pluginmanager.get_plugin(ACCOUNT)
    if isinstance(account, Account) and _never_run(session.config, account):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Say which Neo4j was used, how many tests were skipped, and why, right above pytest's closing line."""
    yield
    config = terminalreporter.config
    account = config.pluginmanager.get_plugin(ACCOUNT)
    if isinstance(account, Account):
        for server, count in sorted(account.on_neo4j.items()):
            terminalreporter.write_line(f"{count} tests used {server}")
        for other in sorted(account.elsewhere):
            terminalreporter.write_line(f"archives went from there to {other} and back")
        for name in sorted(_never_run(config, account)):
            terminalreporter.write_line(f"FAILED: no test of {STATEMENTS} runs queries/{name}.cypher")
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count}: {reason}")
