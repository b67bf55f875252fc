"""Ties are materialised as relationships, so that a graph browser shows a graph, and used only where they are true."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from struct import pack
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.evidence import tie_id
from graph.model import Source, Stakeholder
from graph.ties import TieReport
from graph.vocabulary import Reliability
from queries.driver.statements import parse
from queries.network import read
from queries.store import Changes, Store
from queries.ties.fold_text import MODEL, SILENT, values_of
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.queries.ties.worlds import TODAY, a_world

MATERIALISED = parse(
    "tests/materialised",
    """// Every relationship between stakeholders.
// params: none
MATCH (start:Stakeholder)-[tie]->(finish:Stakeholder)
RETURN type(tie) AS type, start.id AS from_id, finish.id AS to_id, properties(tie) AS properties
ORDER BY tie.id
""",
)

FORGE = parse(
    "tests/forge",
    """// Give a materialised tie a strength that no report gave.
// params: id, fold
MATCH (:Stakeholder)-[tie {id: $id}]->(:Stakeholder)
SET tie.strength = 0.123, tie.fold = $fold
""",
)


PLAIN = ("id", "sensitivity", "fold")
"""The properties of every materialised tie."""


class Pair:
    """Two stakeholders and a source in the store; the second stakeholder has the smaller id."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.second, self.first = sorted((a_stakeholder(), a_stakeholder()), key=lambda who: who.id)
        self.source = a_source()
        store.apply(Changes(create=(self.first, self.second, self.source)), LOCAL_ACTOR)

    def report(self, **values: Any) -> TieReport:
        """Store a report of that source on those two."""
        ends = {"from_id": self.first.id, "to_id": self.second.id, "source_id": self.source.id}
        return self.store.create(a_tie_report(**{**ends, **values}), LOCAL_ACTOR)


@pytest.fixture
def pair(store: Store) -> Pair:
    return Pair(store)


def materialised(store: Store) -> list[dict[str, Any]]:
    return store._connection.run_alone(MATERIALISED, {})


def forge(store: Store) -> None:
    """Give every tie a strength that no report gave: in its property, and in bytes 8 to 16 of the numbers."""
    begin = len(MODEL)
    for row in materialised(store):
        text = row["properties"]["fold"]
        numbers = bytearray(b64decode(text[begin : begin + 64]))
        numbers[8:16] = pack("<d", 0.123)
        forged = text[:begin] + b64encode(numbers).decode() + text[begin + 64 :]
        store._connection.run_alone(FORGE, {"id": row["properties"]["id"], "fold": forged})


def test_a_directed_tie_points_as_reported_and_an_undirected_one_from_the_smaller_id(store: Store, pair: Pair) -> None:
    pair.report(kind="funds")
    pair.report(kind="kinship")
    ends = {row["type"]: (row["from_id"], row["to_id"]) for row in materialised(store)}
    assert ends == {"FUNDS": (pair.first.id, pair.second.id), "KINSHIP": (pair.second.id, pair.first.id)}


def test_reports_in_either_direction_on_an_undirected_kind_make_one_tie(store: Store, pair: Pair) -> None:
    pair.report()
    pair.report(from_id=pair.second.id, to_id=pair.first.id)
    (row,) = materialised(store)
    assert row["properties"]["id"] == tie_id("coordinates_with", pair.first.id, pair.second.id)
    assert row["properties"]["reports"] == 2


def test_a_materialised_tie_is_as_sensitive_as_its_most_sensitive_report_or_source(store: Store, pair: Pair) -> None:
    pair.report()
    assert materialised(store)[0]["properties"]["sensitivity"] == Sensitivity.PUBLIC
    hidden = pair.report(sensitivity=Sensitivity.CONFIDENTIAL)
    assert materialised(store)[0]["properties"]["sensitivity"] == Sensitivity.CONFIDENTIAL
    store.replace(replace(hidden, sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR, version=1)
    assert materialised(store)[0]["properties"]["sensitivity"] == Sensitivity.RESTRICTED
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    store.replace(replace(source, sensitivity=Sensitivity.PROTECTED), LOCAL_ACTOR, version=1)
    assert materialised(store)[0]["properties"]["sensitivity"] == Sensitivity.PROTECTED


def test_a_retracted_report_no_longer_counts_and_retracting_the_last_deletes_the_tie(store: Store, pair: Pair) -> None:
    weak, strong = pair.report(strength=0.2), pair.report(strength=0.8, sensitivity=Sensitivity.RESTRICTED)
    store.delete(TieReport, strong.id, LOCAL_ACTOR, version=1)
    (row,) = materialised(store)
    assert (row["properties"]["strength"], row["properties"]["sensitivity"]) == (0.2, Sensitivity.PUBLIC)
    store.delete(TieReport, weak.id, LOCAL_ACTOR, version=1)
    assert materialised(store) == []


@pytest.mark.parametrize(
    "change", [{"reliability": Reliability.A}, {"origin_group": "one paper"}], ids=["reliability", "origin group"]
)
def test_a_new_grade_of_a_source_changes_every_tie_it_reported(
    store: Store, pair: Pair, change: dict[str, Any]
) -> None:
    pair.report(kind="funds")
    pair.report(kind="trusts")
    pair.report(kind="funds", source_id=store.create(a_source(origin_group="one paper"), LOCAL_ACTOR).id)
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    before = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    store.replace(replace(source, **change), LOCAL_ACTOR, version=1)
    after = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert sorted(after, key=lambda tie: tie.id) == list(store.ties(LOCAL_ACTOR, as_of=TODAY).items)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_renaming_a_source_leaves_its_ties_as_they_are(store: Store, pair: Pair) -> None:
    pair.report()
    forge(store)
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    store.replace(replace(source, name="Patrol of June"), LOCAL_ACTOR, version=1)
    assert materialised(store)[0]["properties"]["strength"] == 0.123


def test_a_tie_that_does_not_hold_today_has_only_the_window_without_reports(store: Store, pair: Pair) -> None:
    ended, begins = TODAY - timedelta(days=10), TODAY + timedelta(days=1)
    pair.report(valid_to=ended)
    pair.report(valid_from=begins)
    (row,) = materialised(store)
    assert set(row["properties"]) == set(PLAIN)
    values = values_of(row["properties"]["fold"])
    assert {name: value for name, value in values.items() if value} == {
        "holds_from": ended.toordinal(),
        "holds_to": begins.toordinal(),
        "status": SILENT,
    }
    last, first = ended - timedelta(days=1), begins
    assert [len(store.network(LOCAL_ACTOR, as_of=day).ties) for day in (last, ended, TODAY, first)] == [1, 0, 0, 1]


def test_a_materialised_tie_is_used_only_for_viewers_who_may_see_all_of_it_on_a_day_of_its_window(
    store: Store, pair: Pair
) -> None:
    pair.report(strength=0.5, valid_from=TODAY - timedelta(days=30), observed_on=TODAY - timedelta(days=30))
    hidden = pair.report(strength=0.7, sensitivity=Sensitivity.RESTRICTED, observed_on=TODAY - timedelta(days=5))
    forge(store)
    strength = {
        "all of it, today": strength_seen(store, LOCAL_ACTOR, 0),
        "part of it, today": strength_seen(store, Viewer("officer", Sensitivity.PUBLIC), 0),
        "all of it, before the window": strength_seen(store, LOCAL_ACTOR, 6),
        "as known now": store.network(LOCAL_ACTOR, as_of=TODAY, known_at=hidden.updated_at).ties[0].strength,
    }
    assert strength == {
        "all of it, today": 0.123,
        "part of it, today": 0.5,
        "all of it, before the window": 0.5,  # by then the source had made only the first report
        "as known now": 0.7,  # the source's latest report
    }


def test_a_tie_materialised_by_another_model_of_evidence_is_not_used(
    store: Store, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.report(strength=0.5)
    forge(store)
    monkeypatch.setattr(read, "MODEL", "the next one:")
    assert strength_seen(store, LOCAL_ACTOR, 0) == 0.5


@pytest.mark.parametrize(
    "text",
    ["null", "7", "''", "'admiralty-1:'", "left(tie.fold, 40)", "replace(tie.fold, 'A', '?')", "'admiralty-2:x'"],
)
def test_a_tie_without_a_valid_fold_text_is_not_used_and_spoils_no_other(store: Store, pair: Pair, text: str) -> None:
    pair.report(strength=0.5)
    pair.report(strength=0.4, kind="funds")
    forge(store)
    spoil = f"// Spoil it.\n// params: none\nMATCH ()-[tie:FUNDS]->() SET tie.fold = {text}\n"
    store._connection.run_alone(parse("tests/spoil", spoil), {})
    strengths = {tie.kind: tie.strength for tie in store.network(LOCAL_ACTOR, as_of=TODAY).ties}
    assert strengths == {"coordinates_with": 0.123, "funds": 0.4}


def strength_seen(store: Store, viewer: Viewer, days_ago: int) -> float | None:
    (tie,) = store.network(viewer, as_of=TODAY - timedelta(days=days_ago)).ties
    return tie.strength


def test_hiding_a_stakeholder_later_hides_its_ties(store: Store, pair: Pair) -> None:
    pair.report()
    officer = Viewer("officer", Sensitivity.PUBLIC)
    assert len(store.network(officer, as_of=TODAY).ties) == 1
    who = store.get(Stakeholder, pair.first.id, LOCAL_ACTOR)
    store.replace(replace(who, sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR, version=1)
    assert store.network(officer, as_of=TODAY).ties == []
    assert [node.id for node in store.network(officer, as_of=TODAY).nodes] == [pair.second.id]
    assert len(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == 1


@pytest.mark.parametrize("seed", range(5))
def test_ties_of_a_bulk_load_are_the_fold_of_all_their_reports_whatever_existed_before(store: Store, seed: int) -> None:
    world = a_world(seed)
    cut = 10 + 5 * seed
    store.apply(Changes(create=(*world.stakeholders, *world.sources, *world.reports[:cut])), LOCAL_ACTOR)
    graded = [replace(source, reliability=Reliability.A) for source in world.sources[:2]]
    store.apply(Changes(create=world.reports[cut:], update=graded), LOCAL_ACTOR)  # new grades and reports at once
    expected = replace(world, sources=(*graded, *world.sources[2:]))
    ties = sorted(store.network(LOCAL_ACTOR, as_of=TODAY).ties, key=lambda tie: tie.id)
    assert ties == expected.ties(LOCAL_ACTOR, as_of=TODAY)
