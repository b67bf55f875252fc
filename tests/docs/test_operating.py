"""docs/operating.md says what is so."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from gunicorn.app.wsgiapp import WSGIApplication

from service.bookmarks import HEADER
from service.cli import main
from service.servers import THREADS

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


def test_the_numbers_are_the_ones_in_use() -> None:
    assert f"answers {THREADS} requests at once and has at most {THREADS + 1} connections" in PAGE
    assert f"`{HEADER}`" in PAGE
