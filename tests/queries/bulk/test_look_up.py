"""Stored records are found by external id and by name."""

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.model import Sector, Stakeholder
from graph.text import search_form
from graph.ties import TieReport
from queries.bulk import Changes
from queries.driver import batches
from queries.store import Store
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


@pytest.mark.parametrize("batch", [2, 5000])
def test_records_are_found_by_any_of_their_external_ids_in_the_order_asked_for(
    store: Store, monkeypatch: pytest.MonkeyPatch, batch: int
) -> None:
    monkeypatch.setattr(batches, "BATCH", batch)
    people = [a_stakeholder(name=f"Actor {n}", external_ids=(f"kobo:{n}", f"3w:{n}")) for n in range(5)]
    store.apply(Changes(create=people), LOCAL_ACTOR)
    asked = ["3w:4", "kobo:0", "kobo:unknown", "kobo:4", "3w:2", "3w:4"]
    found = store.by_external_ids(Stakeholder, asked, OFFICER)
    assert list(found) == ["3w:4", "kobo:0", "kobo:4", "3w:2"]
    assert [record.name for record in found.values()] == ["Actor 4", "Actor 0", "Actor 4", "Actor 2"]


def test_an_external_id_finds_only_visible_records_of_the_kind_asked_for(store: Store) -> None:
    who, sector = a_stakeholder(external_ids=("x:1",)), a_sector(external_ids=("x:1",))
    hidden = a_stakeholder(external_ids=("x:2",), sensitivity=Sensitivity.RESTRICTED)
    source = a_source()
    report = a_tie_report(from_id=who.id, to_id=hidden.id, source_id=source.id, external_ids=("x:3",))
    store.apply(Changes(create=(who, sector, hidden, source, report)), LOCAL_ACTOR)
    ids = ["x:1", "x:2", "x:3"]
    assert [record.id for record in store.by_external_ids(Sector, ids, OFFICER).values()] == [sector.id]
    assert [record.id for record in store.by_external_ids(Stakeholder, ids, OFFICER).values()] == [who.id]
    assert store.by_external_ids(TieReport, ids, OFFICER) == {}
    assert list(store.by_external_ids(Stakeholder, ids, LOCAL_ACTOR)) == ["x:1", "x:2"]
    assert list(store.by_external_ids(TieReport, ids, LOCAL_ACTOR)) == ["x:3"]


def test_no_ids_find_no_records(store: Store) -> None:
    store.create(a_stakeholder(external_ids=("x:1",)), LOCAL_ACTOR)
    assert store.by_external_ids(Stakeholder, [], LOCAL_ACTOR) == {}


def test_names_map_search_forms_to_the_ids_of_visible_stakeholders(store: Store) -> None:
    names = ["Union des Femmes", "UNION DES FEMMES", "محمد", "Union des femmes"]
    people = [a_stakeholder(name=name) for name in names]
    hidden = a_stakeholder(name="union des femmes", sensitivity=Sensitivity.RESTRICTED)
    store.apply(Changes(create=(*people, hidden)), LOCAL_ACTOR)
    same = [people[0].id, people[1].id, people[3].id]
    assert store.names(OFFICER) == {search_form("محمد"): [people[2].id], "union des femmes": same}
    assert store.names(LOCAL_ACTOR)["union des femmes"] == [*same, hidden.id]
