"""A scope selects exactly what it states; a name finds exactly the stakeholder that has it."""

from collections.abc import Collection
from datetime import date

import pytest

from graph.access import LOCAL_ACTOR, Sensitivity, Viewer
from graph.errors import InvalidInput, NotFound
from graph.model import Record
from queries.store import Changes, Store
from service.questions.gaps import gaps
from service.questions.intermediaries import intermediaries
from service.questions.lookup import stakeholder_called
from service.questions.network_map import network_map
from service.questions.networks import Networks
from service.questions.paths import paths
from service.questions.scope import Scope, network_in
from tests.builders import a_sector, a_source, a_stakeholder, a_tie_report, an_activity, an_area

OFFICER = Viewer("officer", Sensitivity.PUBLIC)


def stored(store: Store, *records: Record) -> Networks:
    store.apply(Changes(create=records), LOCAL_ACTOR)
    return Networks(store)


def names(networks: Networks, viewer: Viewer = LOCAL_ACTOR, **scope: object) -> Collection[str]:
    """Names of the stakeholders in a scope."""
    within = network_in(networks, viewer, Scope(**scope))  # type: ignore[arg-type]
    return {node.name for node in within.nodes.values()}


@pytest.fixture
def places(store: Store) -> Networks:
    """A country of two provinces, one of which has a district; somebody based in each, and somebody at work in one."""
    country = an_area(name="Talland", level=0, pcode="TL")
    north = an_area(name="Nord-Élan", level=1, pcode="TL01", parent_id=country.id)
    south = an_area(name="South", level=1, pcode="TL02", parent_id=country.id)
    valley = an_area(name="Valley", level=2, pcode="TL0101", parent_id=north.id)
    sector, agency = a_sector(), a_stakeholder(name="Agency", category="un_agency")
    return stored(
        store,
        *(country, north, south, valley, sector, agency),
        a_stakeholder(name="Governor", area_id=north.id, category="local_authority"),
        a_stakeholder(name="Herders", area_id=valley.id),
        a_stakeholder(name="Fishers", area_id=south.id),
        a_stakeholder(name="Patrol", area_id=south.id, category="mission_unit"),
        an_activity(agency.id, area_id=valley.id, sector_id=sector.id),
    )


def test_without_a_scope_everybody_is_included(places: Networks) -> None:
    assert names(places) == {"Agency", "Governor", "Herders", "Fishers", "Patrol"}
    assert network_in(places, LOCAL_ACTOR, Scope()) is places.get(LOCAL_ACTOR)


@pytest.mark.parametrize("area", ["TL01", "tl01", "Nord-Élan", "nord-elan", " Nord-Élan "])
def test_an_area_includes_all_inside_it_and_those_active_there(places: Networks, area: str) -> None:
    assert names(places, area=area) == {"Governor", "Herders", "Agency"}


def test_an_area_is_found_by_its_id_and_a_country_holds_all_of_it(places: Networks, store: Store) -> None:
    by_pcode = {area.pcode: area.id for area in store.all_areas(LOCAL_ACTOR)}
    assert names(places, area=by_pcode["TL0101"]) == {"Herders", "Agency"}
    assert names(places, area="Talland") == {"Agency", "Governor", "Herders", "Fishers", "Patrol"}


def test_categories_and_the_mission_narrow_together_with_the_area(places: Networks) -> None:
    assert names(places, categories=("local_authority", "un_agency")) == {"Governor", "Agency"}
    assert names(places, area="South", without_mission=True) == {"Fishers"}
    assert names(places, area="South", categories=("un_agency",)) == set()


def test_an_unknown_and_a_hidden_area_are_refused_alike(places: Networks, store: Store) -> None:
    hidden = an_area(name="Hideout", level=1, sensitivity=Sensitivity.RESTRICTED)
    store.create(hidden, LOCAL_ACTOR)
    assert names(places, area="Hideout") == set()
    for area in ("Hideout", "Nowhere", hidden.id, "\N{ZERO WIDTH SPACE}"):
        with pytest.raises(NotFound) as refused:
            names(places, OFFICER, area=area)
        assert "p-code" in refused.value.cure


def test_a_name_shared_with_an_inner_area_means_the_outer_one(store: Store) -> None:
    outer = an_area(name="Mara", level=1)
    inner = an_area(name="Mara", level=2, parent_id=outer.id)
    networks = stored(store, outer, inner, *(a_stakeholder(name=key, area_id=key) for key in (outer.id, inner.id)))
    assert names(networks, area="Mara") == {outer.id, inner.id}
    assert names(networks, area=inner.id) == {inner.id}


def test_separate_areas_of_one_name_are_never_confused(store: Store) -> None:
    one, other = an_area(name="Central"), an_area(name="Central")
    networks = stored(store, one, other, a_stakeholder(name="There", area_id=other.id))
    with pytest.raises(InvalidInput, match="2 areas are called 'Central'") as refused:
        names(networks, area="Central")
    assert [finding.pointer for finding in refused.value.findings] == ["/area"]
    assert one.id in refused.value.cure
    assert other.id in refused.value.cure
    assert names(networks, area=other.id) == {"There"}


@pytest.mark.parametrize(("scope", "pointer"), [({"categories": ("king",)}, "/category"), ({"kinds": ("x",)}, "/kind")])
def test_words_outside_the_vocabulary_are_refused_by_name(scope: dict[str, tuple[str, ...]], pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        Scope(**scope)  # type: ignore[arg-type]
    assert [finding.pointer for finding in refused.value.findings] == [pointer]


def test_every_answer_states_its_scope(places: Networks) -> None:
    scope = Scope(area="TL01", categories=("local_authority",), as_of=date(2026, 1, 1), without_mission=True)
    for answer in (intermediaries(places, LOCAL_ACTOR, scope), gaps(places, LOCAL_ACTOR, scope)):
        stated = {name: answer.parameters[name] for name in ("area", "categories", "as_of", "without_mission")}
        assert stated == {
            "area": "TL01",
            "categories": ("local_authority",),
            "as_of": date(2026, 1, 1),
            "without_mission": True,
        }
        assert answer.graph.stakeholders == 1


def test_an_empty_store_answers_every_question_that_names_no_stakeholder(store: Store) -> None:
    networks = Networks(store)
    assert intermediaries(networks, LOCAL_ACTOR, Scope()).items == ()
    assert gaps(networks, LOCAL_ACTOR, Scope()).items == ()
    assert network_map(networks, LOCAL_ACTOR, Scope()).startswith("<!doctype html>")
    for ask in (
        lambda: paths(networks, LOCAL_ACTOR, Scope(), source="A", target="B"),
        lambda: network_map(networks, LOCAL_ACTOR, Scope(), focus="A"),
        lambda: intermediaries(networks, LOCAL_ACTOR, Scope(area="A")),
    ):
        with pytest.raises(NotFound):
            ask()


def test_kinds_select_the_ties_of_paths(store: Store) -> None:
    source, giver, taker = a_source(), a_stakeholder(name="Giver"), a_stakeholder(name="Taker")
    tie = a_tie_report(from_id=giver.id, to_id=taker.id, source_id=source.id, kind="depends_on")
    networks = stored(store, source, giver, taker, tie)
    # A dependence is no channel unless it is asked for.
    assert paths(networks, LOCAL_ACTOR, Scope(), source="Giver", target="Taker").items == ()
    asked = paths(networks, LOCAL_ACTOR, Scope(kinds=("depends_on",)), source="Giver", target="Taker")
    assert [path.hops for path in asked.items] == [1]


def test_a_stakeholder_is_found_by_id_name_or_alias(store: Store) -> None:
    council = a_stakeholder(name="Conseil élu", aliases=("CE", "Council"))
    namesake = a_stakeholder(name="Council")
    network = stored(store, council, namesake).get(LOCAL_ACTOR)
    for text, whom in (
        (council.id, council),
        ("Conseil élu", council),
        ("CONSEIL ELU", council),
        ("ce", council),
        ("council", namesake),  # a name wins over somebody else's alias
    ):
        assert stakeholder_called(network, text, pointer="/from") == whom.id


def test_of_several_with_one_name_only_the_exact_spelling_decides(store: Store) -> None:
    plain, accented, also = a_stakeholder(name="Elan"), a_stakeholder(name="Élan"), a_stakeholder(name="Élan")
    network = stored(store, plain, accented, also).get(LOCAL_ACTOR)
    assert stakeholder_called(network, "Elan", pointer="/from") == plain.id
    with pytest.raises(InvalidInput, match="3 stakeholders are called 'Élan'") as refused:
        stakeholder_called(network, "Élan", pointer="/avoid")
    assert refused.value.findings[0].pointer == "/avoid"
    assert accented.id in refused.value.cure


def test_an_unknown_name_is_not_found_and_a_hidden_one_never_suggested(store: Store) -> None:
    hidden = a_stakeholder(name="Sandrine Informant", sensitivity=Sensitivity.RESTRICTED)
    networks = stored(store, hidden, a_stakeholder(name="Mayor of Sandrine"))
    with pytest.raises(NotFound) as refused:
        stakeholder_called(networks.get(OFFICER), "Sandrine Informant", pointer="/from")
    assert "Informant" not in refused.value.cure
    with pytest.raises(NotFound) as near:
        stakeholder_called(networks.get(OFFICER), "Mayer of Sandrine", pointer="/from")
    assert near.value.cure == "Did you mean Mayor of Sandrine?"
    for text in (hidden.id, "-" * 10_000 + hidden.id.replace("-", ""), "x" * 10_000):
        with pytest.raises(NotFound) as absent:
            stakeholder_called(networks.get(OFFICER), text, pointer="/from")
        assert len(absent.value.detail) < 200
