"""What may not be in the repository: traces of one machine, package indexes, real data, calls to elsewhere."""

import hashlib
import re
from pathlib import Path

import pytest

# Somebody's home folder, and options that point pip at an index. Written so that this file does not match itself.
TRACES = re.compile(r"(?<![\w.])/(?:home|Users|root)/\w|[A-Z]:\\Users|index[-_]url|find[-_]links", re.IGNORECASE)

# Names of XML vocabularies look like addresses but are never fetched.
VOCABULARY = re.compile(r"https?://www\.w3\.org/")
ELSEWHERE = re.compile(r"https?://|(?:src|href|action|url)\s*[=(:]\s*[\"']?//", re.IGNORECASE)
PAGES = {".html", ".htm", ".jinja", ".j2", ".js", ".mjs", ".css", ".svg"}


def text_of(file: Path) -> str:
    """The text of a file, or nothing where it is no text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_reveals_where_it_was_written(root: Path, tracked: list[Path]) -> None:
    checkout = str(root)
    found = [str(file) for file in tracked if checkout in (text := text_of(root / file)) or TRACES.search(text)]
    assert not found


def test_no_page_of_ours_points_elsewhere(root: Path, tracked: list[Path]) -> None:
    """Opening a map must send no request. The browser tests check the vendored libraries."""
    ours = [
        file for file in tracked if file.suffix in PAGES and "vendor" not in file.parts and "tests" not in file.parts
    ]
    found = {str(file): ELSEWHERE.findall(VOCABULARY.sub("", text_of(root / file))) for file in ours}
    assert {file: addresses for file, addresses in found.items() if addresses} == {}


def test_no_real_data_is_in_the_repository(root: Path, tracked: list[Path]) -> None:
    data = root.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("../shared/data is missing, so there is nothing to compare with")
    real = {hashlib.sha256(file.read_bytes()).hexdigest() for file in data.rglob("*") if file.is_file()}
    assert real
    assert not [str(file) for file in tracked if hashlib.sha256((root / file).read_bytes()).hexdigest() in real]


def test_every_test_folder_is_a_package(root: Path, tracked: list[Path]) -> None:
    """Without __init__.py, tests/graph would be taken for the package graph."""
    folders = {file.parent for file in tracked if file.parts[0] == "tests" and file.suffix == ".py"}
    assert not [str(folder) for folder in sorted(folders) if not (root / folder / "__init__.py").exists()]


def test_no_two_classes_of_the_product_have_one_name(root: Path, tracked: list[Path]) -> None:
    """One name, one meaning."""
    defined: dict[str, list[str]] = {}
    for file in tracked:
        if file.suffix == ".py" and file.parts[0] in ("graph", "queries", "visualisations", "service"):
            for name in re.findall(r"^class (\w+)", text_of(root / file), re.MULTILINE):
                defined.setdefault(name, []).append(str(file))
    assert {name: files for name, files in defined.items() if len(files) > 1} == {}


def test_no_module_of_the_product_is_longer_than_250_lines(root: Path, tracked: list[Path]) -> None:
    """A module is one idea; one that is longer is two."""
    modules = (file for file in tracked if file.suffix == ".py" and file.parts[0] not in ("tests", "benchmarks"))
    assert [str(file) for file in modules if len(text_of(root / file).splitlines()) > 250] == []
