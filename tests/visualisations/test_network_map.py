import json
import pickle
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from graph.errors import NotFound, TooLarge
from graph.vocabulary import TieStatus
from tests.graph.builders import a_network, a_node, a_tie
from tests.graph.networkx_views import undirected
from tests.graph.ten_actors import ten_actors
from tests.visualisations.hostile import HOSTILE, hostile_network
from visualisations import network_map
from visualisations.network_map import check_size, render
from visualisations.page import static_text


class Seen(HTMLParser):
    """What a page is made of: its elements with attributes, and the text inside and outside scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.scripts: list[str] = []
        self._filled = self.text
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        self._filled = self.scripts if tag in ("script", "style") else self.text

    def handle_endtag(self, tag: str) -> None:
        """Note that a script is over."""
        if tag in ("script", "style"):
            self._filled = self.text

    def handle_data(self, data: str) -> None:
        """Note a piece of text."""
        self._filled.append(data)

    def data(self) -> dict[str, Any]:
        """What the script of the page is given."""
        (text,) = (script for script in self.scripts if script.startswith('{"nodes"'))
        data: dict[str, Any] = json.loads(text)
        return data


def test_the_same_network_gives_the_same_page_byte_for_byte() -> None:
    network = ten_actors()
    scores = nx.betweenness_centrality(undirected(network))
    assert render(network, title="Map", scores=scores) == render(ten_actors(), title="Map", scores=dict(scores))


def test_the_callers_network_is_left_as_it_was() -> None:
    network = ten_actors()
    before = pickle.dumps((network.nodes, network.ties)), nx.to_dict_of_dicts(undirected(network))
    render(network, title="Map")
    assert (pickle.dumps((network.nodes, network.ties)), nx.to_dict_of_dicts(undirected(network))) == before


def test_nothing_is_written_or_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """pyvis by itself copies a folder of scripts into the working directory."""
    monkeypatch.chdir(tmp_path)
    render(ten_actors(), title="Map")
    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr() == ("", "")


def test_no_element_refers_to_anything_outside_the_page() -> None:
    seen = Seen(render(hostile_network(), title="Map", focus=None))
    addresses = [
        value
        for _, attributes in seen.elements
        for name, value in attributes.items()
        if name in ("src", "href", "action", "srcset", "data", "poster", "xlink:href")
    ]
    assert addresses
    assert all(value is not None and value.startswith("#") for value in addresses)
    assert not re.search(r"url\(|@import", static_text("network_map.css"))


@pytest.mark.parametrize("scores", [None, {}], ids=["unscored", "scored"])
def test_hostile_texts_make_no_elements_and_no_scripts(scores: dict[str, float] | None) -> None:
    hostile, harmless = hostile_network(), a_network(["L1", "L2"], [a_tie("L1", "L2")])
    for title in HOSTILE:
        seen = Seen(
            render(hostile, title=title, scores=scores, area_names=dict(zip(hostile.nodes, HOSTILE, strict=True)))
        )
        kinds = {tag for tag, _ in seen.elements}
        assert kinds == {tag for tag, _ in Seen(render(harmless, title="Map")).elements}
        assert [tag for tag, _ in seen.elements].count("script") == 3  # data, library, ours
        assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
        assert title in seen.text or title.isspace()


def test_the_data_block_holds_hostile_texts_unchanged_and_cannot_end_its_element() -> None:
    hostile = hostile_network()
    seen = Seen(render(hostile, title="Map"))
    assert {node["id"] for node in seen.data()["nodes"]} == set(hostile.nodes)
    (block,) = (script for script in seen.scripts if script.startswith('{"nodes"'))
    assert not set(block) & set("<>&")


def test_every_name_is_whole_and_isolated_in_the_table() -> None:
    page = render(hostile_network(), title="Map")
    seen = Seen(page)
    for name in HOSTILE:
        assert name in seen.text
    names = [attributes for tag, attributes in seen.elements if tag == "bdi"]
    assert len(names) >= len(HOSTILE)
    assert all(attributes.get("dir") == "auto" for attributes in names)


def test_the_page_states_its_date_revision_and_assumptions() -> None:
    ties = [a_tie("L1", "L2", trust=None)]
    page = " ".join(Seen(render(a_network(["L1", "L2"], ties), title="Two leaders")).text)
    for words in (
        "Two leaders",
        "2 stakeholders · 1 ties",
        "2026-07-01",
        "revision 1",
        "Based on what was reported",
        "1 of 1 ties have no reported trust",
    ):
        assert words in page


def test_the_script_gets_positions_sizes_and_inks_and_no_markup() -> None:
    data = Seen(render(ten_actors(), title="Map")).data()
    assert len(data["nodes"]) == 10
    assert len(data["edges"]) == 10
    assert {"x", "y", "shape", "size", "ink"} <= set(data["nodes"][0])
    assert not any("title" in node for node in data["nodes"])


def test_a_line_in_tension_is_bent_only_beside_a_line_that_joins_the_same_two() -> None:
    strain = [a_tie("L1", other, 0.9, kind="in_tension_with", sign=-1) for other in ("L2", "L3")]
    data = Seen(render(a_network(["L1", "L2", "L3"], [*strain, a_tie("L1", "L2")]), title="Map")).data()
    bent = [(edge["from"], edge["to"]) for edge in data["edges"] if "smooth" in edge]
    assert bent == [("L1", "L2")]


def test_an_empty_network_gives_a_page_that_says_so() -> None:
    page = render(a_network([]), title="Nobody")
    assert "There are no stakeholders on this map" in page


def test_a_focus_must_be_on_the_map() -> None:
    assert Seen(render(ten_actors(), title="Map", focus="A1")).data()["focus"] == "A1"
    with pytest.raises(NotFound, match="not on this map"):
        render(ten_actors(), title="Map", focus="</script>")


def test_too_many_stakeholders_or_ties_are_refused_with_a_cure() -> None:
    with pytest.raises(TooLarge, match="1001 stakeholders") as refused:
        render(a_network([a_node(f"N{n:04d}") for n in range(1001)]), title="Map")
    assert "area" in refused.value.cure
    dense = nx.complete_graph(130)
    ties = [a_tie(f"N{one:03d}", f"N{other:03d}") for one, other in dense.edges]
    with pytest.raises(TooLarge, match="8385 ties"):
        render(a_network([f"N{n:03d}" for n in range(130)], ties), title="Map")


def test_only_ties_that_the_map_shows_count_towards_its_limit() -> None:
    """Of two kinds that together are too many, each can be shown, as the cure says; ties in tension always count."""
    ids = [f"N{n:03d}" for n in range(100)]
    pairs = list(nx.complete_graph(ids).edges)
    ties = [a_tie(*pair, kind=kind) for pair in pairs for kind in ("coordinates_with", "trusts")]
    nodes = [a_node(key) for key in ids]
    both = a_network(nodes, ties, kinds=["coordinates_with", "trusts"])
    with pytest.raises(TooLarge, match="9900 ties") as refused:
        check_size(both)
    assert refused.value.cure == (
        "Show one area, some categories, fewer kinds of tie or the surroundings of one stakeholder."
    )
    check_size(a_network(nodes, ties, kinds=["trusts"]))
    absent = [replace(tie, status=TieStatus.ASSESSED_ABSENT) for tie in ties]
    with pytest.raises(TooLarge, match="9900 ties"):
        check_size(a_network(nodes, absent, kinds=["coordinates_with", "trusts"]))
    in_tension = [replace(tie, sign=-1) for tie in ties]
    with pytest.raises(TooLarge, match="9900 ties") as refused:
        check_size(a_network(nodes, in_tension, kinds=["trusts"]))
    assert "kinds" not in refused.value.cure


def test_the_cure_for_too_many_makes_the_map_smaller() -> None:
    many = a_network([a_node(f"N{n:04d}") for n in range(1001)])
    for focus, cure in (
        (None, "Show one area, some categories or the surroundings of one stakeholder."),
        ("N0000", "Show one area, some categories or fewer steps around this stakeholder."),
    ):
        with pytest.raises(TooLarge) as refused:
            check_size(many, focus=focus)
        assert refused.value.cure == cure


def test_pyvis_is_loaded_when_a_map_is_drawn_and_not_before() -> None:
    assert "pyvis" not in vars(network_map)
    render(ten_actors(), title="Map")
    assert "pyvis.network" in sys.modules


def test_the_vendored_library_is_the_release_that_pyvis_was_made_for() -> None:
    """pyvis names releases in its own template; ours carries the newest of them in its head."""
    import pyvis

    template = (Path(pyvis.__file__).parent / "templates" / "template.html").read_text(encoding="utf-8")
    version = max(re.findall(r"vis-network/(\d+\.\d+\.\d+)/", template))
    assert f"@version {version}" in static_text(network_map.VIS_NETWORK)[:400]
    assert version in network_map.VIS_NETWORK
