"""What every test run has in common: nothing is skipped in silence.

The closing lines count the skipped tests by reason. Where ``STAKEHOLDER_GRAPH_SKIPS_ALLOWED`` is set (CI sets it), a
skip counts as a failure unless its reason contains one of the words named there, separated by commas: a machine that
is meant to have Chromium and the sample data cannot pass by not having them.
"""

import os
from collections import Counter
from collections.abc import Generator
from typing import TypeVar

import hypothesis
import pytest

ALLOWED_SKIPS = "STAKEHOLDER_GRAPH_SKIPS_ALLOWED"

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Judge the skip of a single test."""
    return _judge((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Judge the skip of a whole module."""
    return _judge((yield))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None, None, None]:
    """Say how many tests were skipped, and why, right above pytest's closing line."""
    yield
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", []))
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count}: {reason}")
