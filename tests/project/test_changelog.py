"""The changelog keeps to Keep a Changelog 1.1.0, so that tools and hurried readers find their way."""

import re
from pathlib import Path

import pytest

KINDS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


@pytest.fixture(scope="module")
def lines(root: Path) -> list[str]:
    return (root / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()


def test_it_opens_with_the_title_and_the_unreleased_changes(lines: list[str]) -> None:
    assert lines[0] == "# Changelog"
    assert next(line for line in lines if line.startswith("## ")) == "## [Unreleased]"


def test_releases_are_dated_and_the_newest_comes_first(lines: list[str]) -> None:
    releases = [line for line in lines if line.startswith("## ")][1:]
    dated = [re.fullmatch(r"## \[\d+\.\d+\.\d+\] - (\d{4}-\d{2}-\d{2})", line) for line in releases]
    assert None not in dated
    days = [match[1] for match in dated if match]
    assert days == sorted(days, reverse=True)


def test_changes_are_sorted_by_kind_and_no_kind_is_empty(lines: list[str]) -> None:
    text = "\n".join(lines)
    sections = re.findall(r"^### (.+)\n\n(.*)$", text, re.MULTILINE)
    assert len(sections) == len([line for line in lines if line.startswith("### ")])
    assert {kind for kind, _ in sections} <= KINDS
    assert all(first.startswith("- ") for _, first in sections)
