"""Networks are memoised exactly as long as they are current."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.networks.network import MESSAGE_KINDS, PARTS
from graph.vocabulary import TIE_KINDS
from queries.network.read import NetworkRows
from queries.store import Changes, Store
from service.questions.networks import Networks
from tests.builders import a_source, a_stakeholder, a_tie_report

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


def test_a_network_is_memoised_until_something_changes(store: Store) -> None:
    mayor = store.create(a_stakeholder(name="Mayor"), LOCAL_ACTOR)
    networks = Networks(store)
    before = networks.get(OFFICER)
    assert networks.get(OFFICER) is before
    store.replace(replace(mayor, name="Mayoress"), LOCAL_ACTOR, version=mayor.version)
    after = networks.get(OFFICER)
    assert [node.name for node in before.nodes.values()] == ["Mayor"]
    assert [node.name for node in after.nodes.values()] == ["Mayoress"]
    assert after.revision > before.revision
    assert networks.get(OFFICER) is after


def test_a_hidden_change_keeps_the_network_of_a_viewer_who_may_not_see_it(store: Store) -> None:
    store.create(a_stakeholder(), LOCAL_ACTOR)
    networks = Networks(store)
    seen, whole = networks.get(OFFICER), networks.get(LOCAL_ACTOR)
    hidden = store.create(a_stakeholder(sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR)
    assert networks.get(OFFICER) is seen
    assert hidden.id not in whole.nodes
    assert hidden.id in networks.get(LOCAL_ACTOR).nodes


def test_the_database_is_read_once_whatever_kinds_are_asked_for(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other, source = a_stakeholder(), a_stakeholder(), a_source()
    ends = {"from_id": one.id, "to_id": other.id, "source_id": source.id}
    reports = [a_tie_report(**ends, kind=kind) for kind in ("funds", "trains")]
    store.apply(Changes(create=(one, other, source, *reports)), LOCAL_ACTOR)
    networks, reads, read = Networks(store), [], store.network

    def counted(viewer: Viewer, **options: Any) -> NetworkRows:
        reads.append(viewer)
        return read(viewer, **options)

    monkeypatch.setattr(store, "network", counted)
    choices = [None, ("funds",), ("trains",), ("funds", "trains"), ("kinship",)]
    found = [networks.get(LOCAL_ACTOR, kinds=kinds) for kinds in choices]
    assert [len(network.included) for network in found] == [2, 1, 1, 2, 0]
    assert len(reads) == 1
    assert all(network.ties is found[0].ties for network in found)
    store.replace(replace(one, name="Mayoress"), LOCAL_ACTOR, version=1)
    assert {
        network.nodes[one.id].name for network in (networks.get(LOCAL_ACTOR, kinds=kinds) for kinds in choices)
    } == {"Mayoress"}
    assert len(reads) == 2


def test_order_and_repetition_of_kinds_make_no_other_network(store: Store) -> None:
    networks = Networks(store)
    both = networks.get(OFFICER, kinds=("funds", "trains"))
    assert networks.get(OFFICER, kinds=("trains", "funds", "trains")) is both
    assert networks.get(OFFICER, kinds=tuple(reversed(MESSAGE_KINDS))) is networks.get(OFFICER)


def test_a_bounded_number_of_choices_of_kinds_is_memoised(store: Store) -> None:
    networks = Networks(store)
    first = networks.get(OFFICER, kinds=("funds",))
    assert networks.get(OFFICER, kinds=("funds",)) is first
    for kind in TIE_KINDS:
        networks.get(OFFICER, kinds=(kind,))
    assert len(networks.get(OFFICER)._parts[1]) == PARTS


def test_viewers_days_and_kinds_never_get_the_network_of_another(store: Store) -> None:
    one, other = (
        store.create(a_stakeholder(sensitivity=level), LOCAL_ACTOR)
        for level in (Sensitivity.PUBLIC, Sensitivity.RESTRICTED)
    )
    source = store.create(a_source(), LOCAL_ACTOR)
    report = a_tie_report(
        from_id=one.id, to_id=other.id, source_id=source.id, kind="funds", valid_from=date(2020, 1, 1)
    )
    store.create(report, LOCAL_ACTOR)
    networks = Networks(store)
    assert networks.get(OFFICER).nodes.keys() == {one.id}
    assert networks.get(LOCAL_ACTOR).nodes.keys() == {one.id, other.id}
    assert len(networks.get(LOCAL_ACTOR).included_ties) == 1
    assert networks.get(LOCAL_ACTOR, kinds=("trains",)).included_ties == ()
    assert networks.get(LOCAL_ACTOR, as_of=date(2019, 12, 31)).ties == ()
    assert networks.get(LOCAL_ACTOR, known_at=source.created_at).ties == ()
