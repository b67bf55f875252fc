"""Ties are drawn as relationships, so that a graph browser shows a graph; a drawing is used only where it is true."""

from base64 import b64decode, b64encode
from dataclasses import replace
from datetime import timedelta
from struct import pack
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.evidence import tie_id
from graph.model import Source, Stakeholder, TieReport
from graph.vocabulary import Reliability
from queries.driver.statements import parse
from queries.network import read
from queries.store import Changes, Store
from queries.ties.fold_text import MODEL, SILENT, values_of
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.queries.ties.worlds import TODAY, a_world

DRAWN = parse(
    "tests/drawn",
    """// Every relationship between stakeholders.
// params: none
MATCH (start:Stakeholder)-[drawn]->(finish:Stakeholder)
RETURN type(drawn) AS type, start.id AS from_id, finish.id AS to_id, properties(drawn) AS properties
ORDER BY drawn.id
""",
)

FORGE = parse(
    "tests/forge",
    """// Draw a tie with a strength that no report gave.
// params: id, fold
MATCH (:Stakeholder)-[drawn {id: $id}]->(:Stakeholder)
SET drawn.strength = 0.123, drawn.fold = $fold
""",
)


PLAIN = ("id", "sensitivity", "fold")
"""What every drawing has."""


class Pair:
    """Two stakeholders and a source, kept; the second stakeholder has the smaller id."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.second, self.first = sorted((a_stakeholder(), a_stakeholder()), key=lambda who: who.id)
        self.source = a_source()
        store.apply(Changes(create=(self.first, self.second, self.source)), LOCAL_ACTOR)

    def report(self, **values: Any) -> TieReport:
        """Keep a report of that source on those two."""
        ends = {"from_id": self.first.id, "to_id": self.second.id, "source_id": self.source.id}
        return self.store.create(a_tie_report(**{**ends, **values}), LOCAL_ACTOR)


@pytest.fixture
def pair(store: Store) -> Pair:
    return Pair(store)


def drawn(store: Store) -> list[dict[str, Any]]:
    return store._connection.run_alone(DRAWN, {})


def forge(store: Store) -> None:
    """Draw every tie with a strength that no report gave: what a browser shows, and bytes 8 to 16 of the numbers."""
    begin = len(MODEL)
    for row in drawn(store):
        text = row["properties"]["fold"]
        numbers = bytearray(b64decode(text[begin : begin + 64]))
        numbers[8:16] = pack("<d", 0.123)
        forged = text[:begin] + b64encode(numbers).decode() + text[begin + 64 :]
        store._connection.run_alone(FORGE, {"id": row["properties"]["id"], "fold": forged})


def test_a_directed_tie_is_drawn_as_reported_and_an_undirected_one_from_the_smaller_id(
    store: Store, pair: Pair
) -> None:
    pair.report(kind="funds")
    pair.report(kind="kinship")
    ends = {row["type"]: (row["from_id"], row["to_id"]) for row in drawn(store)}
    assert ends == {"FUNDS": (pair.first.id, pair.second.id), "KINSHIP": (pair.second.id, pair.first.id)}


def test_reports_either_way_round_on_an_undirected_tie_speak_of_one_tie(store: Store, pair: Pair) -> None:
    pair.report()
    pair.report(from_id=pair.second.id, to_id=pair.first.id)
    (row,) = drawn(store)
    assert row["properties"]["id"] == tie_id("coordinates_with", pair.first.id, pair.second.id)
    assert row["properties"]["reports"] == 2


def test_a_drawing_is_as_sensitive_as_its_most_sensitive_report_or_source(store: Store, pair: Pair) -> None:
    pair.report()
    assert drawn(store)[0]["properties"]["sensitivity"] == Sensitivity.PUBLIC
    hidden = pair.report(sensitivity=Sensitivity.CONFIDENTIAL)
    assert drawn(store)[0]["properties"]["sensitivity"] == Sensitivity.CONFIDENTIAL
    store.replace(replace(hidden, sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR, version=1)
    assert drawn(store)[0]["properties"]["sensitivity"] == Sensitivity.RESTRICTED
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    store.replace(replace(source, sensitivity=Sensitivity.PROTECTED), LOCAL_ACTOR, version=1)
    assert drawn(store)[0]["properties"]["sensitivity"] == Sensitivity.PROTECTED


def test_a_retracted_report_no_longer_counts_and_the_last_one_takes_the_tie_along(store: Store, pair: Pair) -> None:
    weak, strong = pair.report(strength=0.2), pair.report(strength=0.8, sensitivity=Sensitivity.RESTRICTED)
    store.delete(TieReport, strong.id, LOCAL_ACTOR, version=1)
    (row,) = drawn(store)
    assert (row["properties"]["strength"], row["properties"]["sensitivity"]) == (0.2, Sensitivity.PUBLIC)
    store.delete(TieReport, weak.id, LOCAL_ACTOR, version=1)
    assert drawn(store) == []


@pytest.mark.parametrize(
    "change", [{"reliability": Reliability.A}, {"origin_group": "one paper"}], ids=["reliability", "origin group"]
)
def test_a_source_graded_anew_weighs_anew_in_every_tie(store: Store, pair: Pair, change: dict[str, Any]) -> None:
    pair.report(kind="funds")
    pair.report(kind="trusts")
    pair.report(kind="funds", source_id=store.create(a_source(origin_group="one paper"), LOCAL_ACTOR).id)
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    before = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    store.replace(replace(source, **change), LOCAL_ACTOR, version=1)
    after = store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert sorted(after, key=lambda tie: tie.id) == list(store.ties(LOCAL_ACTOR, as_of=TODAY).items)
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_source_renamed_leaves_the_drawings_alone(store: Store, pair: Pair) -> None:
    pair.report()
    forge(store)
    source = store.get(Source, pair.source.id, LOCAL_ACTOR)
    store.replace(replace(source, name="Patrol of June"), LOCAL_ACTOR, version=1)
    assert drawn(store)[0]["properties"]["strength"] == 0.123


def test_a_tie_that_does_not_hold_today_is_drawn_with_the_days_of_silence_and_nothing_else(
    store: Store, pair: Pair
) -> None:
    ended, begins = TODAY - timedelta(days=10), TODAY + timedelta(days=1)
    pair.report(valid_to=ended)
    pair.report(valid_from=begins)
    (row,) = drawn(store)
    assert set(row["properties"]) == set(PLAIN)
    said = values_of(row["properties"]["fold"])
    assert {name: value for name, value in said.items() if value} == {
        "holds_from": ended.toordinal(),
        "holds_to": begins.toordinal(),
        "status": SILENT,
    }
    last, first = ended - timedelta(days=1), begins
    assert [len(store.network(LOCAL_ACTOR, as_of=day).ties) for day in (last, ended, TODAY, first)] == [1, 0, 0, 1]


def test_a_drawing_serves_who_may_see_all_of_it_on_a_day_of_its_window_and_nobody_else(
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
        "all of it, before the window": 0.5,  # by then the source had said only the first
        "as known now": 0.7,  # the source's latest word
    }


def test_a_drawing_by_another_model_of_evidence_is_not_used(
    store: Store, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair.report(strength=0.5)
    forge(store)
    monkeypatch.setattr(read, "MODEL", "the next one:")
    assert strength_seen(store, LOCAL_ACTOR, 0) == 0.5


@pytest.mark.parametrize(
    "text",
    ["null", "7", "''", "'admiralty-1:'", "left(drawn.fold, 40)", "replace(drawn.fold, 'A', '?')", "'admiralty-2:x'"],
)
def test_a_drawing_without_a_text_of_ours_is_not_used_and_spoils_no_other(store: Store, pair: Pair, text: str) -> None:
    pair.report(strength=0.5)
    pair.report(strength=0.4, kind="funds")
    forge(store)
    spoil = f"// Spoil it.\n// params: none\nMATCH ()-[drawn:FUNDS]->() SET drawn.fold = {text}\n"
    store._connection.run_alone(parse("tests/spoil", spoil), {})
    strengths = {tie.kind: tie.strength for tie in store.network(LOCAL_ACTOR, as_of=TODAY).ties}
    assert strengths == {"coordinates_with": 0.123, "funds": 0.4}


def strength_seen(store: Store, viewer: Viewer, days_ago: int) -> float | None:
    (tie,) = store.network(viewer, as_of=TODAY - timedelta(days=days_ago)).ties
    return tie.strength


def test_a_stakeholder_hidden_later_takes_its_ties_out_of_sight(store: Store, pair: Pair) -> None:
    pair.report()
    officer = Viewer("officer", Sensitivity.PUBLIC)
    assert len(store.network(officer, as_of=TODAY).ties) == 1
    who = store.get(Stakeholder, pair.first.id, LOCAL_ACTOR)
    store.replace(replace(who, sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR, version=1)
    assert store.network(officer, as_of=TODAY).ties == []
    assert [node.id for node in store.network(officer, as_of=TODAY).nodes] == [pair.second.id]
    assert len(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == 1


@pytest.mark.parametrize("seed", range(5))
def test_ties_drawn_in_bulk_are_the_fold_of_all_their_reports_whatever_was_there_before(
    store: Store, seed: int
) -> None:
    world = a_world(seed)
    cut = 10 + 5 * seed
    store.apply(Changes(create=(*world.stakeholders, *world.sources, *world.reports[:cut])), LOCAL_ACTOR)
    graded = [replace(source, reliability=Reliability.A) for source in world.sources[:2]]
    store.apply(Changes(create=world.reports[cut:], update=graded), LOCAL_ACTOR)  # new grades and reports at once
    now_so = replace(world, sources=(*graded, *world.sources[2:]))
    drawn = sorted(store.network(LOCAL_ACTOR, as_of=TODAY).ties, key=lambda tie: tie.id)
    assert drawn == now_so.ties(LOCAL_ACTOR, as_of=TODAY)
