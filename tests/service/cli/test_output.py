"""What the command line prints, for people and for programs."""

import csv
import io
import json

import pytest

from service.cli.output import as_csv, named, print_rows

ROWS = [{"name": "الهيئة [red]x[/red]", "count": 2, "share": 0.5, "tags": ["a", "b"], "nothing": None, "yes": True}]
COLUMNS = [named(name) for name in ROWS[0]]


def test_json_stands_alone_and_keeps_every_script_readable(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, "json")
    out, err = capsys.readouterr()
    assert json.loads(out) == ROWS
    assert "الهيئة" in out
    assert err == ""


def test_json_prints_the_whole_document_where_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows(ROWS, COLUMNS, "json", document={"items": ROWS})
    assert json.loads(capsys.readouterr().out) == {"items": ROWS}


def test_a_table_shows_brackets_in_names_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
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
