from graph.vocabulary import TieStatus
from tests.graph.builders import a_network, a_node, a_tie
from visualisations.encoding import encode
from visualisations.rows import stakeholder_rows, tie_rows


def test_stakeholders_come_highest_score_first_then_by_name_and_are_found_in_any_script() -> None:
    nodes = [
        a_node("a", name="Zed", area_id="x"),
        a_node("b", name="Élodie", category="ngo"),
        a_node("c", name="محمد", category="no registry"),
    ]
    network = a_network(nodes, [a_tie("a", "b"), a_tie("a", "c", kind="in_tension_with", sign=-1)])
    rows = stakeholder_rows(network, encode(network), scores={"a": 1.0}, area_names={"x": "Ford"})
    assert [row.name for row in rows] == ["Zed", "Élodie", "محمد"]
    assert [(row.ties, row.in_tension) for row in rows] == [(1, 1), (1, 0), (0, 1)]
    assert [row.area for row in rows] == ["Ford", "", ""]
    assert [row.category_label for row in rows] == ["Other", "NGO", "no registry"]
    assert "elodie" in rows[1].searched
    assert "محمد" in rows[2].searched
    assert rows[2].searched.isascii() is False


def test_ties_assessed_absent_are_listed_though_not_drawn() -> None:
    network = a_network(["L1", "L2"], [a_tie("L1", "L2", 0.1, status=TieStatus.ASSESSED_ABSENT)])
    (row,) = tie_rows(network, encode(network))
    assert (row.edge, row.status) == ("", "Assessed absent")


def test_ties_of_kinds_not_in_use_are_neither_drawn_nor_listed() -> None:
    network = a_network(["L1", "L2"], [a_tie("L1", "L2", kind="funds")], kinds=["trusts"])
    assert tie_rows(network, encode(network)) == ()


def test_every_line_has_its_ties_in_the_table() -> None:
    ties = [
        a_tie("L1", "L2"),
        a_tie("L2", "L1", kind="trusts"),
        a_tie("L1", "L2", 0.9, kind="in_tension_with", sign=-1),
    ]
    network = a_network(["L1", "L2"], ties)
    encoding = encode(network)
    rows = tie_rows(network, encoding)
    assert {(row.edge, row.id) for row in rows} == {(mark.id, tie.id) for mark in encoding.edges for tie in mark.ties}


def test_no_tie_is_shown_as_certain_or_impossible() -> None:
    ties = [a_tie("L1", f"L{n}", existence=p) for n, p in ((2, 0.9999), (3, 0.996), (4, 0.994), (5, 0.004), (6, 0.5))]
    network = a_network(["L1", "L2", "L3", "L4", "L5", "L6"], ties)
    texts = {row.to_id: row.existence_text for row in tie_rows(network, encode(network))}
    assert texts == {"L2": "> 99 %", "L3": "> 99 %", "L4": "99 %", "L5": "< 1 %", "L6": "50 %"}


def test_strength_and_trust_that_no_report_gives_stay_empty() -> None:
    network = a_network(["L1", "L2"], [a_tie("L1", "L2", strength=None, trust=None)])
    (row,) = tie_rows(network, encode(network))
    assert (row.strength, row.trust) == ("", "")
