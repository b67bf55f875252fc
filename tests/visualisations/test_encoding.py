from math import inf, nan, pi, sqrt

import pytest

from graph.errors import InvalidInput
from graph.vocabulary import CATEGORIES, TieStatus
from tests.graph.builders import a_network, a_node, a_tie
from visualisations.encoding import (
    LABEL_LINES,
    LABEL_WIDTH,
    LARGEST,
    SMALLEST,
    THICKEST,
    THINNEST,
    UNSCORED,
    EdgeMark,
    encode,
    label_of,
)
from visualisations.symbols import AREA_FACTOR, Line, State


def only_edge(*ties: object, inferred: tuple[str, ...] = ()) -> EdgeMark:
    """The one line that these ties between L1 and L2 come to."""
    (mark,) = encode(a_network(["L1", "L2"], ties), inferred=inferred).edges  # type: ignore[arg-type]
    return mark


def test_equal_scores_cover_equal_areas_and_areas_grow_with_the_score() -> None:
    nodes = [
        a_node("a", category="community_leader"),
        a_node("b", category="mission_unit"),
        a_node("c", category="ngo"),
    ]
    marks = {mark.id: mark for mark in encode(a_network(nodes), scores={"a": 4, "b": 4, "c": 1}).nodes}
    dot, square = marks["a"], marks["b"]
    assert dot.size == LARGEST
    assert (2 * square.size) ** 2 == pytest.approx(pi * dot.size**2, rel=0.01)
    radius = marks["c"].size / AREA_FACTOR["diamond"]
    assert (radius - SMALLEST) / (LARGEST - SMALLEST) == pytest.approx(sqrt(1 / 4), abs=0.01)


def test_a_stakeholder_without_score_is_smallest_and_without_any_scores_all_are_alike() -> None:
    network = a_network([a_node("a", category="community_leader"), a_node("b", category="community_leader")])
    assert [mark.size for mark in encode(network, scores={"b": 2.5}).nodes] == [SMALLEST, LARGEST]
    assert [mark.size for mark in encode(network, scores={}).nodes] == [SMALLEST, SMALLEST]
    assert [mark.size for mark in encode(network).nodes] == [UNSCORED, UNSCORED]


@pytest.mark.parametrize("score", [-0.1, nan, inf])
def test_a_score_that_no_size_can_show_is_refused(score: float) -> None:
    with pytest.raises(InvalidInput, match="no size"):
        encode(a_network(["L1"]), scores={"L1": score})


def test_a_line_is_dashed_when_all_its_reports_are_of_one_origin() -> None:
    assert only_edge(a_tie("L1", "L2", origins=("patrol",))).line is Line.DASHED
    assert only_edge(a_tie("L1", "L2", origins=("patrol", "radio"))).line is Line.SOLID
    same = [a_tie("L1", "L2", kind=kind, origins=("patrol",)) for kind in ("trusts", "funds")]
    assert only_edge(*same).line is Line.DASHED
    other = [a_tie("L1", "L2", kind=kind, origins=(kind,)) for kind in ("trusts", "funds")]
    assert only_edge(*other).line is Line.SOLID


def test_a_line_is_dotted_when_nobody_reported_it() -> None:
    tie = a_tie("L1", "L2")
    assert only_edge(tie, inferred=(tie.id,)).line is Line.DOTTED
    reported = a_tie("L1", "L2", kind="trusts")
    assert only_edge(tie, reported, inferred=(tie.id,)).line is Line.DASHED


@pytest.mark.parametrize(
    ("statuses", "state"),
    [
        ([TieStatus.PRESENT], State.PRESENT),
        ([TieStatus.STALE], State.STALE),
        ([TieStatus.CONTESTED], State.CONTESTED),
        ([TieStatus.STALE, TieStatus.PRESENT], State.PRESENT),
        ([TieStatus.CONTESTED, TieStatus.STALE], State.STALE),
    ],
)
def test_a_line_shows_the_best_status_of_its_ties(statuses: list[TieStatus], state: State) -> None:
    kinds = ("communicates_with", "coordinates_with")
    ties = [a_tie("L1", "L2", kind=kind, status=status) for kind, status in zip(kinds, statuses, strict=False)]
    assert only_edge(*ties).state is state


def test_ties_in_tension_have_a_line_of_their_own_beside_those_that_join() -> None:
    joining, in_tension = a_tie("L1", "L2"), a_tie("L1", "L2", 0.9, kind="in_tension_with", sign=-1)
    encoding = encode(a_network(["L1", "L2"], [joining, in_tension]))
    assert [(mark.state, mark.ties) for mark in encoding.edges] == [
        (State.PRESENT, (joining,)),
        (State.IN_TENSION, (in_tension,)),
    ]


def test_ties_of_kinds_not_in_use_are_not_drawn_but_ties_in_tension_always_are() -> None:
    ties = [
        a_tie("L1", "L2", kind="funds"),
        a_tie("L1", "L2", kind="trusts"),
        a_tie("L1", "L2", 0.9, kind="in_tension_with", sign=-1),
    ]
    encoding = encode(a_network(["L1", "L2"], ties, kinds=["funds"]))
    assert {tie.kind for mark in encoding.edges for tie in mark.ties} == {"funds", "in_tension_with"}


def test_a_tie_assessed_absent_is_not_drawn() -> None:
    assert not encode(a_network(["L1", "L2"], [a_tie("L1", "L2", status=TieStatus.ASSESSED_ABSENT)])).edges


def test_an_arrow_shows_that_all_ties_of_a_line_go_one_way() -> None:
    one_way = only_edge(a_tie("L2", "L1", kind="funds"))
    assert one_way.arrow
    assert (one_way.from_id, one_way.to_id) == ("L2", "L1")
    assert not only_edge(a_tie("L2", "L1", kind="funds"), a_tie("L1", "L2", kind="trusts")).arrow
    assert not only_edge(a_tie("L2", "L1", kind="funds"), a_tie("L1", "L2", kind="kinship")).arrow


def test_width_goes_from_thinnest_to_thickest_with_strength_and_takes_the_middle_for_unknown() -> None:
    widths = [only_edge(a_tie("L1", "L2", strength=strength)).width for strength in (0.0, None, 1.0)]
    assert widths == [THINNEST, (THINNEST + THICKEST) / 2, THICKEST]


def test_the_legend_counts_what_occurs_and_lists_nothing_else() -> None:
    network = a_network(["M1", "L1", "L2"], [a_tie("L1", "L2", origins=("a",))])
    encoding = encode(network)
    assert [(entry.key, entry.count) for entry in encoding.categories] == [("community_leader", 2), ("mission_unit", 1)]
    assert [(entry.key, entry.count) for entry in encoding.kinds] == [("coordinates_with", 1)]
    assert [(entry.key, entry.count) for entry in encoding.lines] == [("dashed", 1)]
    assert [(entry.key, entry.count) for entry in encoding.states] == [("present", 1)]


def test_a_category_added_by_the_mission_comes_last_under_its_own_name() -> None:
    encoding = encode(a_network([a_node("a", category="elders' league"), a_node("b", category="other")]))
    assert [entry.label for entry in encoding.categories] == [CATEGORIES["other"].label, "elders' league"]


def test_labels_are_short_lines_without_characters_that_control_the_writing_direction() -> None:
    label = label_of(
        "\u202eThe \u2066Association of\u2069 Associations of Valley Traders and Carters \u200f" + "x" * 400
    )
    lines = label.split("\n")
    assert len(lines) == LABEL_LINES
    assert max(map(len, lines)) <= LABEL_WIDTH
    assert lines[-1].endswith("…")
    assert not set(label) & set("\u202e\u2066\u2069\u200f")


def test_labels_keep_the_joiners_that_shape_letters() -> None:
    assert label_of("می\u200cخواهم") == "می\u200cخواهم"


def test_an_invisible_name_still_has_a_label() -> None:
    assert label_of("\u200e\u200f") == "(unnamed)"
