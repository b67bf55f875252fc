"""The analyses over HTTP are the answers of ``service/questions``, word for word, and pages show the same numbers."""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from graph.access import LOCAL_ACTOR
from graph.analysis.answers.answer import as_json
from graph.analysis.centrality.one_measure import MEASURES
from graph.evidence import tie_id
from graph.ties import Tie, TieReport
from queries.store import Changes, Store
from service import questions
from service.questions.ends import Ends
from service.questions.networks import Networks
from service.questions.scope import Scope
from service.resources.schemas import cursor
from tests.builders import a_source, a_stakeholder, a_tie_report
from tests.service.conformance import CheckedClient

NAMES = ("Elders", "Mayor", "Women", "Ministère", "منصور البكري")


@pytest.fixture
def line(store: Store) -> dict[str, str]:
    """Five stakeholders in a line; the middle one stands between the most."""
    categories = ("community_leader", "local_authority", "ngo", "national_authority", "mission_unit")
    ids = {
        name: store.create(a_stakeholder(name=name, category=category), LOCAL_ACTOR).id
        for name, category in zip(NAMES, categories, strict=True)
    }
    source = store.create(a_source(), LOCAL_ACTOR).id
    for one, other in pairwise(NAMES):
        store.create(a_tie_report(from_id=ids[one], to_id=ids[other], source_id=source, trust=0.8), LOCAL_ACTOR)
    return ids


def the_same(sent: Any, answer: Any) -> None:
    assert sent.status_code == 200, sent.json
    assert sent.json == as_json(answer)


def test_intermediaries_are_the_answer_word_for_word(client: CheckedClient, store: Store, line: dict[str, str]) -> None:
    sent = client.get("/api/v1/analysis/intermediaries?limit=3")
    the_same(sent, questions.intermediaries.intermediaries(Networks(store), LOCAL_ACTOR, Scope(), limit=3))
    first = sent.json["items"][0]
    # On a line of five the middle one lies between 2 x 2 pairs (Freeman 1977).
    assert (first["stakeholder"]["name"], first["values"]["betweenness_hops"]) == ("Women", 4.0)
    assert sent.json["truncated"]


def test_a_scope_narrows_the_question(client: CheckedClient, store: Store, line: dict[str, str]) -> None:
    query = "kind=coordinates_with&category=ngo&category=local_authority&without_mission=true&as_of=2099-01-01"
    sent = client.get(f"/api/v1/analysis/intermediaries?{query}")
    assert sent.json["graph"]["stakeholders"] == 2
    assert sent.json["graph"]["as_of"] == "2099-01-01"
    assert sent.json["parameters"]["categories"] == ["ngo", "local_authority"]


def test_ends_are_given_by_name_or_category(client: CheckedClient, store: Store, line: dict[str, str]) -> None:
    """By hand: on the line the three in the middle are on the route from the first to the last."""
    sent = client.get("/api/v1/analysis/intermediaries?from=Elders&to_category=mission_unit")
    ends = Ends(sources=("Elders",), target_categories=("mission_unit",))
    the_same(sent, questions.intermediaries.intermediaries(Networks(store), LOCAL_ACTOR, Scope(), ends=ends))
    assert sent.json["parameters"]["to_category"] == ["mission_unit"]
    between = {item["stakeholder"]["name"]: item["between"]["value"] for item in sent.json["items"]}
    assert between == {"Elders": 0, "Mayor": 1, "Women": 1, "Ministère": 1, "منصور البكري": 0}
    refused = client.get("/api/v1/analysis/intermediaries?from=Nobody")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (404, "/from")


def test_the_other_rankings_are_the_answers_word_for_word(
    client: CheckedClient, store: Store, line: dict[str, str]
) -> None:
    networks = Networks(store)
    for address, answer in (
        (
            "centrality/pagerank?limit=2",
            questions.centrality.centrality(networks, LOCAL_ACTOR, Scope(), measure="pagerank", limit=2),
        ),
        ("key-players?k=1", questions.groups.key_players(networks, LOCAL_ACTOR, Scope(), k=1)),
        (
            "key-players?criterion=fragmentation&purpose=a+drill",
            questions.groups.key_players(networks, LOCAL_ACTOR, Scope(), criterion="fragmentation", purpose="a drill"),
        ),
        (
            "brokerage?role=liaison&groups=community",
            questions.brokerage.brokerage(networks, LOCAL_ACTOR, Scope(), role="liaison", groups="community"),
        ),
        ("tie-betweenness?by=hops", questions.centrality.tie_betweenness(networks, LOCAL_ACTOR, Scope(), by="hops")),
        (
            "team?member=Women&member=Mayor",
            questions.groups.team(networks, LOCAL_ACTOR, Scope(), members=("Mayor", "Women")),
        ),
        (
            "communities?compared_to=2020-01-01",
            questions.communities.communities(networks, LOCAL_ACTOR, Scope(), compared_to=date(2020, 1, 1)),
        ),
        (
            "communities?resolution=0.5",
            questions.communities.communities(networks, LOCAL_ACTOR, Scope(), resolution=0.5),
        ),
    ):
        the_same(client.get(f"/api/v1/analysis/{address}"), answer)


def test_results_memoised_on_a_part_serve_the_next_question(store: Store, line: dict[str, str]) -> None:
    networks = Networks(store)
    part = questions.scope.network_in(networks, LOCAL_ACTOR, Scope(without_mission=True))
    assert questions.scope.network_in(networks, LOCAL_ACTOR, Scope(without_mission=True)) is part
    assert len(part.nodes) == 4
    assert len(questions.scope.network_in(networks, LOCAL_ACTOR, Scope(categories=("ngo",))).nodes) == 1
    store.create(a_stakeholder(name="Newcomer", category="ngo"), LOCAL_ACTOR)
    assert len(questions.scope.network_in(networks, LOCAL_ACTOR, Scope(without_mission=True)).nodes) == 5


def test_every_measure_can_be_asked_for_and_others_are_not_found(client: CheckedClient, line: dict[str, str]) -> None:
    for measure in MEASURES:
        sent = client.get(f"/api/v1/analysis/centrality/{measure}")
        assert (sent.status_code, len(sent.json["items"])) == (200, 5), sent.json
    assert client.get("/api/v1/analysis/centrality/fame").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "key-players?criterion=fragmentation",
        "key-players?k=11",
        "communities?resolution=1e1",
        "communities?resolution=0",
        "tie-betweenness?by=fame",
        "team",
        "team?member=Women&within=0",
        "communities?compared_to=tomorrow",
        "brokerage?role=king",
        "intermediaries?from_category=king",
    ],
)
def test_contradictory_questions_are_refused(client: CheckedClient, address: str) -> None:
    response = client.get(f"/api/v1/analysis/{address}")
    assert response.status_code == 422
    assert response.json["errors"]


def test_gaps_are_the_answer_word_for_word(client: CheckedClient, store: Store, line: dict[str, str]) -> None:
    the_same(client.get("/api/v1/analysis/gaps"), questions.gaps.gaps(Networks(store), LOCAL_ACTOR, Scope()))


def test_paths_go_by_id_or_exact_name(client: CheckedClient, store: Store, line: dict[str, str]) -> None:
    answer = questions.paths.paths(
        Networks(store), LOCAL_ACTOR, Scope(), source=line["Elders"], target=line["Ministère"], k=1
    )
    for ends in (
        {"from": line["Elders"], "to": line["Ministère"]},
        {"from": "elders", "to": "MINISTERE"},
        {"from": " Elders ", "to": "Ministe\u0300re"},
    ):
        the_same(client.get("/api/v1/analysis/paths", query_string=ends | {"k": "1"}), answer)
    avoiding = client.get("/api/v1/analysis/paths?from=Elders&to=Women&avoid=Mayor")
    assert (avoiding.status_code, avoiding.json["items"]) == (200, [])
    assert avoiding.json["warnings"]


def test_an_unknown_name_is_not_found_and_the_nearest_is_offered(client: CheckedClient, line: dict[str, str]) -> None:
    response = client.get("/api/v1/analysis/paths?from=Eldrs&to=Women")
    assert (response.status_code, response.json["code"]) == (404, "not_found")
    assert "Elders" in response.json["errors"][0]["cure"]


def test_the_same_end_twice_is_refused(client: CheckedClient, line: dict[str, str]) -> None:
    response = client.get("/api/v1/analysis/paths?from=Women&to=Women")
    assert (response.status_code, response.json["errors"][0]["in"]) == (422, "query")


def test_maps_are_pages_about_the_network_asked_for(client: CheckedClient, line: dict[str, str]) -> None:
    whole = client.get("/api/v1/maps/network")
    assert whole.mimetype == "text/html"
    assert all(name in whole.text for name in NAMES)
    near = client.get(f"/api/v1/maps/stakeholders/{line['Elders']}?depth=1")
    assert "Mayor" in near.text
    assert "Women" not in near.text


PAGES = ["/", "/stakeholders", "/ties", "/intermediaries", "/gaps", "/paths", "/import", "/docs", "/problems"]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_can_be_shown_with_and_without_data(client: CheckedClient, address: str, store: Store) -> None:
    assert client.get(address).status_code == 200
    store.create(a_stakeholder(name="<b>Elders</b>"), LOCAL_ACTOR)
    page = client.get(address)
    assert page.status_code == 200
    assert "<b>Elders" not in page.text


def test_pages_show_the_numbers_of_the_answers(client: CheckedClient, line: dict[str, str]) -> None:
    first = client.get("/api/v1/analysis/intermediaries").json["items"][0]
    page = client.get("/intermediaries").text.replace("<bdi>", "").replace("</bdi>", "")
    assert first["sentence"] in page
    assert f"{first['values']['betweenness_hops']:.1f}" in page
    path = client.get("/api/v1/analysis/paths?from=Elders&to=Women").json["items"][0]
    assert path["sentence"] in client.get("/paths?from=Elders&to=Women").text
    tie = client.get("/api/v1/ties").json["items"][0]
    assert f"{tie['existence']:.2f}" in client.get("/ties").text
    stakeholder = client.get(f"/stakeholders/{line['Elders']}").text
    assert "Mayor" in stakeholder
    assert "Women" not in stakeholder


def test_tables_are_paged_and_filtered(client: CheckedClient, store: Store) -> None:
    for n in range(51):
        store.create(a_stakeholder(name=f"Committee {n}", category="community_group"), LOCAL_ACTOR)
    first = client.get("/stakeholders?category=community_group&q=")
    assert first.text.count("Community group</td>") == 50
    following = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(following)
    assert second.text.count("Community group</td>") == 1
    assert 'rel="next"' not in second.text
    assert "No stakeholder matches" in client.get("/stakeholders?category=ngo").text


def test_ties_are_paged_and_only_those_shown_are_built(
    client: CheckedClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two pages, the second of which begins behind a tie that is gone meanwhile, and the page of one of the ends."""
    hub, *others = (a_stakeholder(name=f"Committee {n}") for n in range(60))
    source = a_source()
    reports = [
        a_tie_report(from_id=one.id, to_id=other.id, source_id=source.id)
        for one, other in ((hub, others[0]), (hub, others[1]), *pairwise(others))
    ]
    store.apply(Changes(create=(hub, *others, source, *reports)), LOCAL_ACTOR)
    made: list[str] = []

    def count(**values: Any) -> Tie:
        made.append(values["id"])
        return Tie(**values)

    monkeypatch.setattr("graph.networks.tie_table.Tie", count)
    first = client.get("/ties?kind=coordinates_with&stakeholder_id=")
    assert first.text.count('<td class="n">') == 50 * 4
    assert len(made) == 50
    following = first.text.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    gone = made[-1]
    (report,) = [item for item in reports if tie_id(item.kind, item.from_id, item.to_id) == gone]
    store.delete(TieReport, report.id, LOCAL_ACTOR, version=1)
    made.clear()
    second = client.get(following)
    assert second.text.count('<td class="n">') == 10 * 4
    assert len(made) == 10
    assert 'rel="next"' not in second.text
    made.clear()
    assert client.get(f"/stakeholders/{hub.id}").text.count("Committee 1<") == 1
    assert len(made) == 2
    assert client.get(following.replace("after=", "after=A")).status_code == 422
    assert client.get("/ties?after=" + cursor(hub.id)).status_code == 422


def test_a_name_from_right_to_left_keeps_its_place(client: CheckedClient, line: dict[str, str]) -> None:
    page = client.get("/paths", query_string={"from": "Elders", "to": "منصور البكري"}).text
    assert "<bdi>منصور البكري</bdi>" in page
