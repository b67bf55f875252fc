"""A viewer gets the whole network that they may see, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.model import Participant
from graph.networks.network import Node, build_network
from graph.vocabulary import ActivityRole, ActivityStatus, Nature
from queries.driver.statements import parse
from queries.driver.transactions import ReadTransaction
from queries.network import read
from queries.records import refusals
from queries.store import ActivityPresence, Changes, Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area
from tests.graph.networkx_views import undirected

OFFICER = Viewer("officer", Sensitivity.PUBLIC)
TODAY = datetime.now(UTC).date()
HIDDEN = Sensitivity.RESTRICTED

FOREIGN = parse(
    "tests/foreign",
    """// Beside each tie, a relationship of a foreign type with all properties of the tie.
// params: none
MATCH (start:Stakeholder)-[tie]->(finish:Stakeholder)
WITH start, finish, properties(tie) AS properties
CREATE (start)-[foreign:SOMEBODY_ELSES]->(finish)
SET foreign = properties
""",
)


def test_a_stakeholder_has_the_properties_that_analyses_need(store: Store) -> None:
    area, sectors = an_area(), (a_sector(code="A"), a_sector(code="B"))
    plain = a_stakeholder()
    full = a_stakeholder(
        name="Élisabeth, محمد",
        category="armed_actor",
        nature=Nature.PERSON,
        area_id=area.id,
        sector_ids=tuple(sector.id for sector in sectors),
        do_not_contact=True,
        aliases=("Lisa",),
    )
    store.apply(Changes(create=(area, *sectors, plain, full)), LOCAL_ACTOR)
    assert store.network(LOCAL_ACTOR, as_of=TODAY).nodes == [
        Node(plain.id, "Council of Elders", "community_leader"),
        Node(
            full.id,
            "Élisabeth, محمد",
            "armed_actor",
            Nature.PERSON,
            area.id,
            tuple(sorted(sector.id for sector in sectors)),
            do_not_contact=True,
            aliases=("Lisa",),
        ),
    ]


def test_hidden_areas_and_sectors_of_a_stakeholder_read_as_none(store: Store) -> None:
    area, sector, hidden = an_area(sensitivity=HIDDEN), a_sector(), a_sector(sensitivity=HIDDEN)
    who = a_stakeholder(area_id=area.id, sector_ids=(sector.id, hidden.id))
    store.apply(Changes(create=(area, sector, hidden, who)), LOCAL_ACTOR)
    (node,) = store.network(OFFICER, as_of=TODAY).nodes
    assert (node.area_id, node.sector_ids) == (None, (sector.id,))


def test_neither_hidden_stakeholders_nor_their_ties_appear(store: Store) -> None:
    seen, other, hidden, source = a_stakeholder(), a_stakeholder(), a_stakeholder(sensitivity=HIDDEN), a_source()
    reports = [
        a_tie_report(from_id=start.id, to_id=finish.id, source_id=source.id)
        for start, finish in ((seen, other), (seen, hidden), (hidden, other))
    ]
    store.apply(Changes(create=(seen, other, hidden, source, *reports)), LOCAL_ACTOR)
    rows = store.network(OFFICER, as_of=TODAY)
    assert [node.id for node in rows.nodes] == [seen.id, other.id]
    assert [(tie.from_id, tie.to_id) for tie in rows.ties] == [(seen.id, other.id)]
    assert len(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == 3


def test_a_relationship_of_a_foreign_type_is_no_tie_even_with_a_ties_properties(store: Store) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
    store.apply(Changes(create=(one, other, source, report)), LOCAL_ACTOR)
    before = list(store.network(LOCAL_ACTOR, as_of=TODAY).ties)
    store._connection.run_alone(FOREIGN, {})
    assert list(store.network(LOCAL_ACTOR, as_of=TODAY).ties) == before


def test_an_empty_store_gives_an_empty_network(store: Store) -> None:
    rows = store.network(LOCAL_ACTOR, as_of=TODAY)
    assert (rows.nodes, list(rows.ties)) == ([], [])
    assert store.presence(LOCAL_ACTOR) == []
    assert set(store.counts(LOCAL_ACTOR).values()) == {0}


def test_the_revision_is_the_one_the_viewer_had_before_and_after(store: Store) -> None:
    store.create(a_stakeholder(), LOCAL_ACTOR)
    store.create(a_stakeholder(sensitivity=HIDDEN), LOCAL_ACTOR)
    for viewer in (OFFICER, LOCAL_ACTOR):
        assert store.network(viewer, as_of=TODAY).revision == store.revision(viewer)
    assert store.network(OFFICER, as_of=TODAY).revision < store.network(LOCAL_ACTOR, as_of=TODAY).revision


def writing_during(store: Store, writes: int) -> Callable[..., Any]:
    """Read as usual, but add a stakeholder during each of the first ``writes`` reads of stakeholders."""
    nodes, left = read._nodes, [writes]

    def read_nodes(tx: ReadTransaction) -> list[Any]:
        pages = list(nodes(tx))
        if left[0]:
            left[0] -= 1
            store.create(a_stakeholder(), LOCAL_ACTOR)
        return pages

    return read_nodes


def test_a_network_that_changes_while_it_is_read_is_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_nodes", writing_during(store, 1))
    rows = store.network(LOCAL_ACTOR, as_of=TODAY)
    assert len(rows.nodes) == 1
    assert rows.revision == store.revision(LOCAL_ACTOR)


def test_a_network_that_changes_during_every_read_gets_a_past_revision(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "_nodes", writing_during(store, 100))
    rows = store.network(LOCAL_ACTOR, as_of=TODAY)
    assert rows.revision < store.revision(LOCAL_ACTOR)


def test_rows_build_a_network(store: Store) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    report = a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
    store.apply(Changes(create=(one, other, source, report)), LOCAL_ACTOR)
    rows = store.network(LOCAL_ACTOR, as_of=TODAY)
    network = build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=TODAY)
    assert list(undirected(network).edges) == [(one.id, other.id)]


def test_no_read_shows_a_tie_as_confirmed_after_the_day_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole network, refreshed network, one tie and a page of ties; also with a future observation.

    Such a report is refused today, but an older program stored it.
    """
    monkeypatch.setattr(refusals, "check_input", lambda *_, **__: None)
    one, other, source, second = a_stakeholder(), a_stakeholder(), a_source(), a_source()
    ends = {"from_id": one.id, "to_id": other.id}
    april, june, may = date(2020, 4, 1), date(2020, 6, 1), date(2020, 5, 1)
    ahead = TODAY + timedelta(days=30)
    store.apply(
        Changes(
            create=(
                one,
                other,
                source,
                second,
                a_tie_report(**ends, source_id=source.id, observed_on=april),
                a_tie_report(**ends, source_id=second.id, observed_on=june),
                a_tie_report(**ends, source_id=source.id, kind="funds", observed_on=ahead),
                a_tie_report(**ends, source_id=source.id, kind="trains", observed_on=april),
            )
        ),
        LOCAL_ACTOR,
    )
    for day, trains, funds in ((may, april, may), (TODAY, april, TODAY)):
        rows = store.network(LOCAL_ACTOR, as_of=day)
        confirmed = {tie.kind: tie.last_confirmed for tie in rows.ties}
        assert confirmed == {"coordinates_with": april if day == may else june, "trains": trains, "funds": funds}
        assert all(store.tie(tie.id, LOCAL_ACTOR, as_of=day) == tie for tie in rows.ties)
        assert set(store.ties(LOCAL_ACTOR, as_of=day).items) == set(rows.ties)
    rows = store.network(LOCAL_ACTOR, as_of=TODAY)
    known = build_network(rows.nodes, rows.ties, revision=rows.revision, as_of=TODAY)
    store.create(a_tie_report(**ends, source_id=source.id, kind="trains", observed_on=ahead), LOCAL_ACTOR)
    refreshed = store.network(LOCAL_ACTOR, as_of=TODAY, known=known)
    assert refreshed.ties == store.network(LOCAL_ACTOR, as_of=TODAY).ties
    assert max(tie.last_confirmed for tie in refreshed.ties) <= TODAY


def test_presence_has_a_row_for_each_participant_of_an_activity_with_area_and_sector(store: Store) -> None:
    area, sector, one, other = an_area(), a_sector(), a_stakeholder(), a_stakeholder()
    parts = (
        Participant(stakeholder_id=one.id, role=ActivityRole.FUNDS),
        Participant(stakeholder_id=other.id, role=ActivityRole.IMPLEMENTS),
    )
    activity = an_activity(
        participants=parts,
        area_id=area.id,
        sector_id=sector.id,
        status=ActivityStatus.ONGOING,
        valid_from=date(2026, 1, 1),
    )
    elsewhere = (an_activity(one.id, area_id=area.id), an_activity(one.id, sector_id=sector.id), an_activity(one.id))
    store.apply(Changes(create=(area, sector, one, other, activity, *elsewhere)), LOCAL_ACTOR)
    assert store.presence(OFFICER) == [
        ActivityPresence(
            area.id, sector.id, part.stakeholder_id, part.role, ActivityStatus.ONGOING, date(2026, 1, 1), None
        )
        for part in parts
    ]


@pytest.mark.parametrize("hidden", ["activity", "stakeholder", "area", "sector"])
def test_presence_has_no_row_with_a_hidden_part(store: Store, hidden: str) -> None:
    def level(name: str) -> Sensitivity:
        return HIDDEN if name == hidden else Sensitivity.PUBLIC

    area, sector = an_area(sensitivity=level("area")), a_sector(sensitivity=level("sector"))
    who = a_stakeholder(sensitivity=level("stakeholder"))
    activity = an_activity(who.id, area_id=area.id, sector_id=sector.id, sensitivity=level("activity"))
    store.apply(Changes(create=(area, sector, who, activity)), LOCAL_ACTOR)
    assert len(store.presence(LOCAL_ACTOR)) == 1
    assert store.presence(OFFICER) == []


def test_all_areas_and_sectors_are_those_that_the_viewer_may_see(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.store.PAGE_LIMIT", 2)
    areas = [an_area(name=f"District {n}") for n in range(5)]
    sectors = [a_sector(code=f"S{n}") for n in range(4)]
    hidden = [an_area(sensitivity=HIDDEN), a_sector(sensitivity=HIDDEN)]
    store.apply(Changes(create=(*areas, *sectors, *hidden)), LOCAL_ACTOR)
    assert [area.id for area in store.all_areas(OFFICER)] == [area.id for area in areas]
    assert [sector.id for sector in store.all_sectors(OFFICER)] == [sector.id for sector in sectors]
    assert len(store.all_areas(LOCAL_ACTOR)) == 6


def test_counts_are_of_what_the_viewer_may_see(store: Store) -> None:
    area, sector, source = an_area(), a_sector(), a_source()
    seen, other, hidden = a_stakeholder(), a_stakeholder(), a_stakeholder(sensitivity=HIDDEN)
    ends = {"from_id": seen.id, "to_id": other.id, "source_id": source.id}
    reports = (
        a_tie_report(**ends),
        a_tie_report(**ends),
        a_tie_report(**ends, kind="funds", sensitivity=HIDDEN),
        a_tie_report(**{**ends, "to_id": hidden.id}),
    )
    activities = (an_activity(seen.id), an_activity(hidden.id))
    store.apply(
        Changes(
            create=(area, sector, source, seen, other, hidden, *reports, *activities, a_sector(sensitivity=HIDDEN))
        ),
        LOCAL_ACTOR,
    )
    assert store.counts(OFFICER) == {
        "stakeholders": 2, "sources": 1, "tie_reports": 2, "ties": 1, "areas": 1, "sectors": 1, "activities": 1,
    }  # fmt: skip
    assert store.counts(LOCAL_ACTOR) == {
        "stakeholders": 3, "sources": 1, "tie_reports": 4, "ties": 3, "areas": 1, "sectors": 2, "activities": 2,
    }  # fmt: skip


def test_a_renamed_stakeholder_has_its_new_name(store: Store) -> None:
    who = store.create(a_stakeholder(), LOCAL_ACTOR)
    store.replace(replace(who, name="Union des femmes"), LOCAL_ACTOR, version=1)
    assert [node.name for node in store.network(OFFICER, as_of=TODAY).nodes] == ["Union des femmes"]
