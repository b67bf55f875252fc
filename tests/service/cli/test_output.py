"""What the command line prints, for people and for programs."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli.output import FORMATS, as_csv, named, print_rows
from service.terminal import say

ROWS = [{"name": "الهيئة [red]x[/red]", "count": 2, "share": 0.5, "tags": ["a", "b"], "nothing": None, "yes": True}]
COLUMNS = [named(name) for name in ROWS[0]]


def test_json_is_alone_on_standard_output_and_keeps_every_script_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, "json")
    out, err = capsys.readouterr()
    assert json.loads(out) == ROWS
    assert "الهيئة" in out
    assert err == ""


def test_json_prints_the_whole_document_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, "json", document={"items": ROWS})
    assert json.loads(capsys.readouterr().out) == {"items": ROWS}


def test_a_table_shows_brackets_in_names_unchanged(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, "table")
    assert "[red]x[/red]" in capsys.readouterr().out


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([{"name": "a\x1b[2Jb\nc"}], [named("name")], "table")
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "a [2Jb c" in out


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\0"])
def test_csv_never_holds_text_that_a_spreadsheet_would_run(start: str) -> None:
    """The characters are those of ASVS 5.0 V1.2.10."""
    ((cell,),) = list(csv.reader(io.StringIO(as_csv([{"name": f"{start}1+1"}], [named("name")]), newline="")))[1:]
    assert cell == f"'{start}1+1"


def test_csv_keeps_numbers_as_numbers() -> None:
    assert as_csv([{"n": -0.25}], [named("n")]) == "n\r\n-0.25\r\n"


def test_messages_move_no_cursor_and_forge_no_line(capsys: pytest.CaptureFixture[str]) -> None:
    say("Did you mean a\x1b[2Jb\nError: c?")
    assert capsys.readouterr() == ("", "Did you mean a [2Jb Error: c?\n")


def program(body: str, **environment: str) -> subprocess.Popen[bytes]:
    """A process that prints, its output a pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", body],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[3],
    )


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_that_closes_the_pipe_is_no_failure(form: str) -> None:
    body = f"""
from service.cli.output import named, print_rows
from service.cli.session import reporting_errors
@reporting_errors
def command():
    for _ in range(100):  # more than a pipe holds, so that some is written after the reader has gone
        print_rows([{{"name": "x" * 100}}] * 100, [named("name")], {form!r})
command()
"""
    process = program(body)
    assert process.stdout
    assert process.stderr
    process.stdout.read(1)
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


@pytest.mark.parametrize("form", FORMATS)
def test_an_old_terminal_gets_what_it_can_show_and_a_program_gets_everything(form: str) -> None:
    body = f"""
from service.cli import main
from service.cli.output import named, print_rows
main.callback()
print_rows([{{"name": "محمد"}}], [named("name")], {form!r})
"""
    out, err = program(body, PYTHONIOENCODING="cp1252").communicate()
    assert err == b""
    assert ("محمد".encode() in out) == (form != "table")
    assert (b"????" in out) == (form == "table")
