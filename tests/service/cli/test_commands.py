"""The surface that scripts rely on: commands, formats, exit codes."""

import csv
import io
import re
from itertools import pairwise
from pathlib import Path

import pytest

from graph.access import LOCAL_ACTOR
from graph.model import Stakeholder
from queries.local_neo4j.directory import DataDirectory
from queries.local_neo4j.jars import load_lock
from queries.store import Store
from service.cli import COMMANDS, main
from service.exchange.threew.fields import FIELDS
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.service.cli.conftest import Run

TABLE = """Donor,Programme partner,Organisation,Sector,Admin1,Admin1 Pcode
ECHO,Plan,Local Aid,Health,North,XQ01
ECHO,Plan,Local Aid,Health,South,XQ02
USAID,,Other Aid,WASH,South,XQ02
"""


def chain(store: Store, *names: str) -> list[Stakeholder]:
    """Keep stakeholders of these names, each in touch with the next."""
    source = store.create(a_source(), LOCAL_ACTOR)
    people = [store.create(a_stakeholder(name=name), LOCAL_ACTOR) for name in names]
    for one, other in pairwise(people):
        report = a_tie_report(from_id=one.id, to_id=other.id, kind="communicates_with", source_id=source.id)
        store.create(report, LOCAL_ACTOR)
    return people


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.code == 0
    assert "Example:" in ran.out
    assert f"stakeholder-graph {name}" in ran.out


@pytest.mark.parametrize("name", ["fetch", "status", "stop"])
def test_every_neo4j_command_has_help_with_an_example(run: Run, name: str) -> None:
    assert f"stakeholder-graph neo4j {name}" in run("neo4j", name, "--help").out


def test_the_group_lists_each_of_its_commands() -> None:
    with main.make_context("stakeholder-graph", ["ties"]) as context:
        assert main.list_commands(context) == sorted(COMMANDS)
        assert all(main.get_command(context, name) for name in COMMANDS)
        assert main.get_command(context, "no-such") is None


def test_an_erasure_lists_the_records_before_it_asks(run: Run, store: Store) -> None:
    people = chain(store, "Elders", "Mayor", "Women")
    listed = run("erase", "mayor", "--dry-run", "--format", "json")
    assert [(row["kind"], row["retracted"]) for row in listed.json()] == [("TieReport", False)] * 2
    assert "tie reports: 2" in listed.err
    assert run("erase", "Mayor").code == 1, "nobody is there to say yes"
    assert store.get(Stakeholder, people[1].id, LOCAL_ACTOR).name == "Mayor"
    assert run("erase", people[1].id, "--yes").code == 0
    assert [who.name for who in store.list(Stakeholder, LOCAL_ACTOR).items] == ["Elders", "Women"]
    assert store.counts(LOCAL_ACTOR)["tie_reports"] == 0
    assert run("erase", "Mayor", "--yes").code == 1


def test_an_import_reports_its_changes_and_the_second_one_that_nothing_changed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "3w.csv").write_text(TABLE, encoding="utf-8")
    dry, first, second = (
        run("import", "3w.csv", *words, "--format", "json").json() for words in (["--dry-run"], [], [])
    )
    assert (dry["dry_run"], first["dry_run"], first["rows"], first["skipped_blank"]) == (True, False, 3, 0)
    assert dry["records"] == first["records"]
    assert first["records"]["stakeholders"] == {"created": 5, "updated": 0, "unchanged": 0}
    # Three links by hand: ECHO→Plan, Plan→Local Aid, USAID→Other Aid.
    assert first["records"]["tie_reports"]["created"] == 3
    assert {kind: counts["created"] + counts["updated"] for kind, counts in second["records"].items()} == dict.fromkeys(
        second["records"], 0
    )
    assert {tuple(finding) for finding in first["findings"]} <= {("row", "column", "value", "reason", "suggestion")}
    ties = run("ties", "--kind", "funds", "--format", "json").json()
    assert [tie["kind"] for tie in ties] == ["funds"] * 3
    assert run("ties", "--kind", "kinship", "--format", "json").json() == []


def test_a_dry_run_changes_nothing(run: Run, store: Store, tmp_path: Path) -> None:
    (tmp_path / "3w.csv").write_text(TABLE, encoding="utf-8")
    assert run("import", "3w.csv", "--dry-run").code == 0
    assert set(store.counts(LOCAL_ACTOR).values()) == {0}


def test_a_table_without_organisations_is_refused_with_the_mapping_it_needs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Colour,Shape\nred,round\n", encoding="utf-8")
    ran = run("import", "odd.csv")
    assert ran.code == 1
    assert ran.out == ""
    assert "organisation=" in ran.err


def test_the_help_of_import_names_every_field_a_mapping_can_have(run: Run) -> None:
    words = set(re.findall(r"\w+", run("import", "--help").out))
    plain = {field for field in FIELDS if not re.search(r"_(acronym|type|code)$|^adm[234]$", field)}
    assert plain - words == set()


def test_columns_can_be_named_by_hand(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("Who,Sector\nLocal Aid,Health\n", encoding="utf-8")
    report = run("import", "odd.csv", "--map", "organisation=Who", "--format", "json")
    assert report.code == 0, report.err
    assert report.json()["records"]["stakeholders"]["created"] == 1


def test_stakeholders_are_listed_for_people_and_for_programs(run: Run, store: Store) -> None:
    names = sorted(person.name for person in chain(store, "Bénédicte", "عمر الفاروق", "=cmd|x"))
    assert sorted(row["name"] for row in run("stakeholders", "--format", "json").json()) == names
    rows = list(csv.DictReader(io.StringIO(run("stakeholders", "--format", "csv").out, newline="")))
    assert sorted(row["name"] for row in rows) == sorted(["Bénédicte", "عمر الفاروق", "'=cmd|x"])
    assert all(name in run("stakeholders").out for name in names)
    assert [row["name"] for row in run("stakeholders", "--search", "benedicte", "--format", "json").json()] == [
        "Bénédicte"
    ]


def test_the_one_in_the_middle_is_the_key_intermediary(run: Run, store: Store) -> None:
    """Betweenness by hand: in a chain A–B–C, B lies on the one route between the one pair of others."""
    chain(store, "A", "B", "C")
    answer = run("intermediaries", "--format", "json").json()
    assert set(answer) == {"method", "parameters", "graph", "warnings", "truncated", "items"}
    assert answer["graph"].items() >= {"stakeholders": 3, "ties": 2}.items()
    assert answer["items"][0]["stakeholder"]["name"] == "B"
    assert answer["items"][0]["values"]["betweenness_hops"] == 1
    assert "B" in run("intermediaries").out
    assert next(csv.DictReader(io.StringIO(run("intermediaries", "--format", "csv").out)))["name"] == "B"


def test_the_other_rankings_are_printed_for_people_and_for_programs(run: Run, store: Store) -> None:
    """By hand: in a chain A–B–C–D, B and C each lie between two pairs, and no measure tells them apart."""
    chain(store, "A", "B", "C", "D")
    for words, heading in (
        (("centrality", "betweenness_hops"), "value"),
        (("key-players", "-k", "1", "--criterion", "fragmentation", "--purpose", "a drill"), "fragmentation"),
        (("brokerage", "--groups", "community"), "z liaison"),
        (("tie-betweenness", "--by", "hops"), "bridge"),
        (("team", "B", "C"), "reached"),
        (("communities", "--compared-to", "2026-01-01"), "before"),
    ):
        answer = run(*words, "--format", "json").json()
        assert answer["items"], words
        rows = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").out)))
        assert [row["sentence"] for row in rows] == [item["sentence"] for item in answer["items"]]
        assert heading in rows[0]
        # The table folds its lines, and so do the sentences below it.
        assert "".join(answer["items"][0]["sentence"].split()) in "".join(run(*words).out.split())
    first, second, *_ = run("centrality", "betweenness_hops", "--format", "json").json()["items"]
    assert (first["value"], first["rank"], first["tied_group"]) == (2, 1, {"group": 1, "size": 2})
    assert (second["rank"], second["tied_group"]) == (1, {"group": 1, "size": 2})


def test_ends_and_purposes_are_asked_for_by_option(run: Run, store: Store) -> None:
    chain(store, "A", "B", "C")
    between = run("intermediaries", "--from", "A", "--to", "C", "--format", "json").json()["items"][0]
    assert (between["stakeholder"]["name"], between["between"]["value"]) == ("B", 1)
    refused = run("key-players", "--criterion", "fragmentation")
    assert refused.code == 1
    assert "purpose" in refused.err
    unknown = run("centrality", "fame")
    assert unknown.code == 1
    assert "pagerank" in unknown.err


def test_a_path_is_found_by_name_and_by_id(run: Run, store: Store) -> None:
    people = chain(store, "A", "B", "C")
    by_name = run("path", "A", "C", "--format", "json").json()
    by_id = run("path", people[0].id, people[2].id, "--format", "json").json()
    assert by_name == by_id
    assert [person["name"] for person in by_name["items"][0]["stakeholders"]] == ["A", "B", "C"]
    assert "A → B → C" in run("path", "A", "C").out


def test_an_organisation_is_found_by_its_acronym_unless_that_is_another_s_name(run: Run, store: Store) -> None:
    source = store.create(a_source(), LOCAL_ACTOR)
    one = store.create(a_stakeholder(name="Norwegian Refugee Council", aliases=("NRC",)), LOCAL_ACTOR)
    other = store.create(a_stakeholder(name="Save", aliases=("SCI",)), LOCAL_ACTOR)
    store.create(a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id), LOCAL_ACTOR)
    (path,) = run("path", "nrc", "SCI", "--format", "json").json()["items"]
    assert [person["id"] for person in path["stakeholders"]] == [one.id, other.id]
    store.create(a_stakeholder(name="NRC"), LOCAL_ACTOR)
    assert run("path", "nrc", "SCI", "--format", "json").json()["items"] == []


def test_no_path_is_an_answer(run: Run, store: Store) -> None:
    chain(store, "A", "B")
    chain(store, "C", "D")
    ran = run("path", "A", "D", "--format", "json")
    assert ran.code == 0
    assert ran.json()["items"] == []


def test_gaps_come_as_json_and_as_a_table(run: Run, store: Store) -> None:
    chain(store, "A", "B")
    store.create(a_stakeholder(name="Alone"), LOCAL_ACTOR)
    answer = run("gaps", "--format", "json").json()
    assert any(gap["type"] == "G7" and "Alone" in gap["sentence"] for gap in answer["items"])
    assert "G7" in run("gaps").out


def test_a_map_is_written_for_its_owner_alone(run: Run, store: Store, tmp_path: Path) -> None:
    chain(store, "A", "B", "C")
    assert run("map", "--output", "map.html", "--focus", "A", "--depth", "1").code == 0
    page = tmp_path / "map.html"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert page.stat().st_mode & 0o077 == 0


def test_a_map_that_cannot_be_written_is_refused_and_leaves_nothing(run: Run, store: Store, tmp_path: Path) -> None:
    chain(store, "A", "B")
    ran = run("map", "--output", "no-such-folder/map.html")
    assert ran.code == 1
    assert "no-such-folder" in ran.err
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == []


def test_an_unknown_name_is_refused_with_the_nearest(run: Run, store: Store) -> None:
    chain(store, "Council of Elders", "Women's Association")
    ran = run("path", "Council of Elder", "Women's Association", "--format", "json")
    assert (ran.code, ran.out) == (1, "")
    assert "Did you mean Council of Elders?" in ran.err


def test_two_of_one_name_are_told_apart_by_id(run: Run, store: Store) -> None:
    people = chain(store, "A", "A", "B")
    ran = run("path", "A", "B")
    assert ran.code == 1
    assert all(person.id in ran.err for person in people[:2])


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["ties", "--kind", "no-such-kind"],
        ["import", "absent.csv"],
        ["intermediaries", "--as-of", "yesterday"],
        ["path", "only-one-end"],
        ["map"],
        ["intermediaries", "--area", ""],
        ["map", "--output", "m.html", "--focus", ""],
    ],
)
def test_wrong_use_is_exit_code_2(run: Run, words: list[str]) -> None:
    assert run(*words).code == 2


def test_an_unreachable_database_is_exit_code_3(run: Run) -> None:
    ran = run("intermediaries", "--format", "json", NEO4J_URI="bolt://127.0.0.1:9")
    assert (ran.code, ran.out) == (3, "")
    assert "bolt://127.0.0.1:9" in ran.err
    assert "Traceback" not in ran.err


def test_an_invalid_address_is_refused_by_name(run: Run) -> None:
    ran = run("ties", NEO4J_URI="http://127.0.0.1:7474")
    assert ran.code == 1
    assert "NEO4J_URI" in ran.err


@pytest.mark.parametrize("words", [["doctor"], ["ties"], ["serve", "--port", "0"], ["demo"], ["check"]])
@pytest.mark.parametrize("address", ["bolt://u:c4nary@nobody.invalid", "http://u:c4nary@127.0.0.1"])
def test_a_password_in_the_address_is_printed_by_no_command(run: Run, words: list[str], address: str) -> None:
    ran = run(*words, NEO4J_URI=address)
    assert ran.code == 1
    assert "NEO4J_URI" in ran.out + ran.err
    assert "NEO4J_PASSWORD_FILE" in ran.out + ran.err
    assert "c4nary" not in ran.out + ran.err


def test_the_status_of_a_local_neo4j_that_does_not_run(run: Run, tmp_path: Path) -> None:
    files = DataDirectory(tmp_path / "home").jars(load_lock().version)
    assert run("neo4j", "status", "--format", "json").json() == {
        "running": False,
        "uri": None,
        "version": None,
        "pid": None,
        "files": str(files),
    }


def test_the_demo_runs_twice_and_loads_once(run: Run, store: Store, tmp_path: Path) -> None:
    first = run("demo", "--output", "demo.html")
    assert first.code == 0, first.err
    counts = store.counts(LOCAL_ACTOR)
    second = run("demo", "--output", "demo.html")
    assert second.code == 0, second.err
    assert store.counts(LOCAL_ACTOR) == counts
    assert second.out == first.out
    for heading in ("Key intermediaries", "Partnership gaps", "Influence paths"):
        assert heading in first.out
    assert str(tmp_path / "demo.html") in first.err


def test_the_demo_never_mixes_with_real_data(run: Run, store: Store) -> None:
    store.create(a_stakeholder(name="Somebody real"), LOCAL_ACTOR)
    ran = run("demo")
    assert ran.code == 1
    assert "STAKEHOLDER_GRAPH_HOME" in ran.err
    assert store.counts(LOCAL_ACTOR)["stakeholders"] == 1


def test_rebuild_ties_rebuilds_every_tie(run: Run, store: Store) -> None:
    chain(store, "Anna", "Berta", "Cilla")
    ran = run("rebuild-ties", "--format", "json")
    assert (ran.code, ran.json()) == (0, [{"ties": 2}])
    assert run("check").code == 0
