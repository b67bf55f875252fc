"""Which test files a change affects: ``make quick`` runs these.

A test file is affected if it changed itself, if it or a test module that it imports imports a module that changed,
and if it mirrors the folder of a changed file that is not Python: a statement, a template, demo data.
"""

import argparse
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import grimp

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("graph", "queries", "visualisations", "service")
ELSEWHERE = {
    "docs": "tests/docs",
    "README.md": "tests/docs",
    "CHANGELOG.md": "tests/project",
    "setup.cfg": "tests/project",
}
"""Tests of files outside the packages, by the first part of the file's path."""


def changed_files(since: str | None) -> list[str]:
    """Return the files that differ from a commit: by default the last; if none do, those it changed."""
    new = _git("ls-files", "--others", "--exclude-standard")
    if since is None:
        since = "HEAD" if new or _git("diff", "--name-only", "HEAD") else "HEAD~1"
    return sorted({*new, *_git("diff", "--name-only", "--diff-filter=d", since)})


def affected_tests(changed: Iterable[str], imports: grimp.ImportGraph, test_files: Iterable[str]) -> list[str]:
    """Return the test files that a change of these files affects, sorted. Paths are relative to the root."""
    files = sorted(test_files)
    by_module = {_module(file): file for file in files}
    affected: set[str] = set()
    for name in changed:
        path = PurePosixPath(name)
        if path.parts[0] in (*PACKAGES, "tests") and path.suffix == ".py":
            affected |= {by_module[module] for module in _importers(_module(name), imports) if module in by_module}
        affected |= {file for file in files if _mirrors(PurePosixPath(file), path)}
    return sorted(affected)


def _importers(module: str, imports: grimp.ImportGraph) -> Iterator[str]:
    """Yield the module and its importers, through any number of test modules but one step in the product."""
    waiting, seen = [module], {module}
    while waiting:
        current = waiting.pop()
        yield current
        if current in imports.modules:
            further = imports.find_modules_that_directly_import(current) - seen
            further = {name for name in further if name.startswith("tests.")}
            seen |= further
            waiting += further


def _mirrors(test: PurePosixPath, changed: PurePosixPath) -> bool:
    first = changed.parts[0]
    if first in ELSEWHERE:
        return test.is_relative_to(ELSEWHERE[first])
    return (
        first in PACKAGES and changed.suffix != ".py" and test.is_relative_to(PurePosixPath("tests") / changed.parent)
    )


def _module(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


def main() -> None:
    """Print the test files as arguments for pytest."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--since", help="the commit to compare with")
    imports = grimp.build_graph(*PACKAGES, "tests", cache_dir=None)
    tests = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]
    print(*affected_tests(changed_files(options.parse_args().since), imports, tests))  # noqa: T201 - for the shell


if __name__ == "__main__":
    main()
