"""Networks are kept exactly as long as they are true."""

from dataclasses import replace
from datetime import date

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from queries.store import Store
from service.questions.networks import Networks
from tests.builders import a_source, a_stakeholder, a_tie_report

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


def test_a_network_is_kept_until_something_changes(store: Store) -> None:
    kept = store.create(a_stakeholder(name="Mayor"), LOCAL_ACTOR)
    networks = Networks(store)
    before = networks.get(OFFICER)
    assert networks.get(OFFICER) is before
    store.replace(replace(kept, name="Mayoress"), LOCAL_ACTOR, version=kept.version)
    after = networks.get(OFFICER)
    assert [node.name for node in before.nodes.values()] == ["Mayor"]
    assert [node.name for node in after.nodes.values()] == ["Mayoress"]
    assert after.revision > before.revision
    assert networks.get(OFFICER) is after


def test_a_change_that_a_viewer_may_not_see_keeps_theirs_and_no_other(store: Store) -> None:
    store.create(a_stakeholder(), LOCAL_ACTOR)
    networks = Networks(store)
    seen, whole = networks.get(OFFICER), networks.get(LOCAL_ACTOR)
    hidden = store.create(a_stakeholder(sensitivity=Sensitivity.RESTRICTED), LOCAL_ACTOR)
    assert networks.get(OFFICER) is seen
    assert hidden.id not in whole.nodes
    assert hidden.id in networks.get(LOCAL_ACTOR).nodes


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
