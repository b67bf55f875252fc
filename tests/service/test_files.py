"""A file is written completely, readable by its owner only, or not at all."""

import os
import sys
from pathlib import Path

import pytest

from graph.errors import InvalidInput
from service.files import write_text


def test_a_file_is_replaced_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("an older map", encoding="utf-8")
    write_text(path, "مرحبا")
    assert path.read_text(encoding="utf-8") == "مرحبا"
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600


def test_writing_to_a_link_replaces_the_file_and_keeps_the_link(tmp_path: Path) -> None:
    path, link = tmp_path / "map.html", tmp_path / "latest.html"
    link.symlink_to(path)
    write_text(link, "new")
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes in folders")
def test_a_path_that_is_not_a_file_is_refused_and_unchanged(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InvalidInput, match="is not a file"):
        write_text(pipe, "text")
    assert pipe.is_fifo()


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_text("an older map", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError):
        write_text(path, "half of it \ud800")
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]
    assert path.read_text(encoding="utf-8") == "an older map"


def test_a_missing_folder_is_refused_with_a_cure(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be written") as raised:
        write_text(tmp_path / "nowhere" / "map.html", "text")
    assert "folder" in raised.value.cure
