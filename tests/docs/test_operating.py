"""The options, parts and numbers in docs/operating.md are those of the code."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from gunicorn.app.wsgiapp import WSGIApplication

from queries.doctor import address, database
from queries.local_neo4j import fitness
from queries.local_neo4j.room import START_BYTES, WRITE_BYTES
from service.cli import diagnosis, main
from service.http.bookmarks import HEADER
from service.servers.serving import THREADS

PAGE = (Path(__file__).parents[2] / "docs" / "operating.md").read_text(encoding="utf-8")
COMMANDS = [
    line.split() for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()
]


def test_every_option_of_ours_exists() -> None:
    ours = [words for words in COMMANDS if words[0] == "stakeholder-graph"]
    assert ours
    for words in ours:
        known = CliRunner().invoke(main, [words[1], "--help"]).output
        assert all(word in known for word in words if word.startswith("--"))


def test_gunicorn_accepts_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    (words,) = [words for words in COMMANDS if words[0] == "gunicorn"]
    monkeypatch.setattr("sys.argv", words)
    cfg = WSGIApplication("", prog="gunicorn").cfg
    assert (cfg.workers, cfg.threads, cfg.accesslog) == (4, THREADS, None)


def test_the_parts_that_the_doctor_looks_at_are_the_ones_in_the_code() -> None:
    listed = PAGE.partition("| part | what fails |")[2].partition("\n\n")[0]
    named = set(re.findall(r"^\| ([A-Za-z0-9' ]+) \|", listed, re.MULTILINE))
    sources = [Path(database.__file__), Path(address.__file__), Path(fitness.__file__), Path(diagnosis.__file__)]
    in_code = re.findall(r'(?:Diagnosis\(|PART =)\s*"([^"]+)"', "".join(path.read_text("utf-8") for path in sources))
    assert named == set(in_code)


def test_the_numbers_are_the_ones_in_use() -> None:
    assert f"more than {database.CLOCKS_APART.total_seconds():.0f} s apart" in PAGE
    assert f"a version before {'.'.join(map(str, database.OLDEST))}" in PAGE
    assert f"older than {'.'.join(map(str, diagnosis.PYTHON))}" in PAGE
    assert f"answers {THREADS} requests at once and has at most {THREADS + 1} connections" in PAGE
    assert f"`{HEADER}`" in PAGE
    assert f"less than {WRITE_BYTES // 2**20} MiB are free" in PAGE
    assert f"once {START_BYTES // 2**20} MiB\nare free" in PAGE
