from datetime import date
from itertools import combinations, product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.gaps import DEFAULT_RULES, Gap, Rule, partnership_gaps
from graph.analysis.gaps.pairs import fewer_than
from graph.errors import InvalidInput
from graph.networks.network import Node
from graph.ties import Tie
from graph.vocabulary import CATEGORIES, GapStatus, TieStatus
from tests.graph.analysis.gaps.places import COUNTRY, HEALTH, WATER
from tests.graph.builders import TODAY, a_network, a_node, a_tie

RULE = Rule(from_category="mission_unit", to_category="local_authority", reason="a mission works through authorities")

UNIT = a_node("M1", area_id="d11")
MAYOR = a_node("A1", area_id="d11")


def gaps(*ties: Tie, nodes: tuple[Node, ...] = (UNIT, MAYOR), rule: Rule = RULE) -> tuple[Gap, ...]:
    """The G1 gaps of one rule in the made-up country."""
    network = a_network(nodes, ties)
    return partnership_gaps(network, rules=[rule], areas=COUNTRY, sectors=(HEALTH, WATER), types=["G1"]).items


def the_gap(*ties: Tie, nodes: tuple[Node, ...] = (UNIT, MAYOR), rule: Rule = RULE) -> Gap:
    """The only one."""
    (gap,) = gaps(*ties, nodes=nodes, rule=rule)
    return gap


def test_a_tie_as_expected_is_no_gap() -> None:
    assert gaps(a_tie("M1", "A1")) == ()


def test_either_direction_will_do() -> None:
    assert gaps(a_tie("A1", "M1", kind="reports_to")) == gaps(a_tie("M1", "A1", kind="supports")) == ()


def test_a_pair_nobody_looked_into_is_unknown_and_its_probability_undefined() -> None:
    gap = the_gap()
    assert (gap.status, gap.expected, gap.observed, gap.deficit, gap.severity) == (GapStatus.UNKNOWN, 1, 0, 1, 1.0)
    assert gap.probability is None
    assert gap.undefined == {"probability": "1 of 1 pair was never looked into"}
    assert gap.scope.area is not None
    assert gap.scope.area.name == "d11"
    assert gap.sentence == (
        "1 tie between mission units and local authorities is expected in d11, none is good enough; 1 of 1 pair was "
        "never looked into. It matters because a mission works through authorities."
    )


def test_a_pair_found_untied_is_absent_and_the_gap_as_likely_as_the_tie_is_not() -> None:
    gap = the_gap(a_tie("M1", "A1", 0.2, status=TieStatus.ASSESSED_ABSENT))
    assert gap.status is GapStatus.ABSENT
    assert gap.probability == pytest.approx(0.8)
    assert gap.undefined == {}
    assert [clue.about for clue in gap.evidence] == ["tie"]


def test_absent_is_said_only_where_every_pair_was_looked_into() -> None:
    absent = a_tie("M1", "A1", 0.2, status=TieStatus.ASSESSED_ABSENT)
    gap = the_gap(absent, nodes=(UNIT, MAYOR, a_node("A2", area_id="d11")))
    assert gap.status is GapStatus.UNKNOWN
    assert "1 of 2 pairs was never looked into" in gap.sentence


def test_a_contested_tie_in_balance_is_no_tie() -> None:
    assert the_gap(a_tie("M1", "A1", 0.5, status=TieStatus.CONTESTED)).status is GapStatus.ABSENT
    assert gaps(a_tie("M1", "A1", 0.51, status=TieStatus.CONTESTED)) == ()


def test_a_tie_below_the_strength_or_certainty_asked_for_is_weak() -> None:
    strong = Rule(from_category="mission_unit", to_category="local_authority", min_strength=0.6)
    assert the_gap(a_tie("M1", "A1", strength=0.59), rule=strong).status is GapStatus.WEAK
    assert gaps(a_tie("M1", "A1", strength=0.6), rule=strong) == ()
    assert the_gap(a_tie("M1", "A1", strength=None), rule=strong).status is GapStatus.WEAK  # 0.5 is assumed
    assert the_gap(a_tie("M1", "A1", existence=0.49)).status is GapStatus.WEAK
    assert the_gap(a_tie("M1", "A1", strength=0.59), rule=strong).probability == 1


def test_a_tie_is_stale_from_the_day_after_the_age_allowed() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", max_age_days=10)
    day = date(2026, 6, 21)
    assert (TODAY - day).days == 10
    assert gaps(a_tie("M1", "A1", last_confirmed=day), rule=rule) == ()
    gap = the_gap(a_tie("M1", "A1", last_confirmed=date(2026, 6, 20)), rule=rule)
    assert gap.status is GapStatus.STALE
    assert "the nearest is that of A1 and M1, too long unconfirmed" in gap.sentence


def test_without_an_age_the_half_life_of_the_kind_decides() -> None:
    """365 days for coordination, 3,650 for kinship."""
    long_ago = date(2025, 6, 30)
    assert (TODAY - long_ago).days == 366
    assert the_gap(a_tie("M1", "A1", last_confirmed=long_ago)).status is GapStatus.STALE
    assert gaps(a_tie("M1", "A1", kind="kinship", last_confirmed=long_ago)) == ()


def test_tension_is_hostile_unless_the_expected_tie_exists_too() -> None:
    tension = a_tie("M1", "A1", 0.9, kind="in_tension_with", sign=-1)
    gap = the_gap(tension)
    assert (gap.status, gap.probability) == (GapStatus.HOSTILE, 1)
    assert gap.candidates == ()
    assert gaps(tension, a_tie("M1", "A1")) == ()


def test_the_status_is_that_of_the_pair_nearest_to_a_tie() -> None:
    """One pair weak, one hostile, one found untied, one never looked into."""
    nodes = (UNIT, *(a_node(f"A{n}", area_id="d11") for n in (1, 2, 3, 4)))
    weak, hostile, absent = (
        a_tie("M1", "A1", existence=0.4),
        a_tie("M1", "A2", 0.9, kind="in_tension_with", sign=-1),
        a_tie("M1", "A3", 0.1, status=TieStatus.ASSESSED_ABSENT),
    )
    assert the_gap(weak, hostile, absent, nodes=nodes).status is GapStatus.WEAK
    assert the_gap(hostile, absent, nodes=nodes).status is GapStatus.HOSTILE
    assert the_gap(absent, nodes=nodes).status is GapStatus.UNKNOWN
    gap = the_gap(weak, hostile, absent, nodes=nodes)
    assert [clue.sentence.split(": ")[1].split(";")[0] for clue in gap.evidence] == [
        "weaker or less certain than the rule asks",
        "in tension",
        "looked into, and the balance of reports is against it",
    ]


def test_ties_of_other_kinds_do_not_count() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", kinds=("trains",))
    gap = the_gap(a_tie("M1", "A1"), rule=rule)
    assert gap.status is GapStatus.UNKNOWN
    assert gap.evidence == ()


def test_nobody_on_one_side_is_no_counterpart() -> None:
    gap = the_gap(nodes=(UNIT,))
    assert (gap.status, gap.probability) == (GapStatus.NO_COUNTERPART, None)
    assert gap.sentence.startswith(
        "No local authority is known to serve d11, so the mission units there have none to be tied to."
    )
    assert gap.closes_if == ("A local authority that serves it is found or named, and tied to a mission unit in d11.",)
    other = the_gap(nodes=(MAYOR,))
    assert other.closes_if == (
        "A mission unit that serves it is found or named, and tied to a local authority in d11.",
    )


def test_where_neither_side_is_known_nothing_is_expected() -> None:
    assert gaps(nodes=(a_node("N1", area_id="d11"),)) == ()


def test_a_rule_can_expect_more_than_one_tie() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", min_count=2)
    nodes = (UNIT, MAYOR, a_node("A2", area_id="d11"))
    gap = the_gap(a_tie("M1", "A1"), nodes=nodes, rule=rule)
    assert (gap.expected, gap.observed, gap.deficit, gap.severity) == (2, 1, 1, 0.5)
    assert gaps(a_tie("M1", "A1"), a_tie("M1", "A2"), nodes=nodes, rule=rule) == ()


def test_the_probability_is_that_of_too_few_pairs_being_tied() -> None:
    """By hand, m = 2 of pairs with 0.9 and 0.3: 1 − 0.9 · 0.3."""
    rule = Rule(from_category="mission_unit", to_category="local_authority", min_count=2)
    nodes = (UNIT, MAYOR, a_node("A2", area_id="d11"))
    gap = the_gap(
        a_tie("M1", "A1", 0.9), a_tie("M1", "A2", 0.3, status=TieStatus.ASSESSED_ABSENT), nodes=nodes, rule=rule
    )
    assert gap.probability == pytest.approx(1 - 0.9 * 0.3)


@given(st.integers(1, 5), st.lists(st.floats(0, 1), max_size=6))
def test_the_tail_is_the_sum_over_all_outcomes(count: int, chances: list[float]) -> None:
    expected = sum(
        prod(chance if there else 1 - chance for chance, there in zip(chances, world, strict=True))
        for world in product((True, False), repeat=len(chances))
        if sum(world) < count
    )
    assert fewer_than(count, chances) == pytest.approx(expected)


def test_pairs_within_one_category_count_once_and_exclude_oneself() -> None:
    rule = Rule(from_category="ngo", to_category="ngo", min_count=3)
    nodes = tuple(a_node(f"N{n}", area_id="d11") for n in (1, 2, 3))
    pairs = [a_tie(one.id, other.id) for one, other in combinations(nodes, 2)]
    assert gaps(*pairs, nodes=nodes, rule=rule) == ()
    gap = the_gap(*pairs[:2], nodes=nodes, rule=rule)
    assert (gap.observed, gap.deficit) == (2, 1)
    assert "1 of 3 pairs was never" in gap.sentence
    assert the_gap(nodes=nodes[:1], rule=rule).status is GapStatus.NO_COUNTERPART


# Areas.


def test_those_based_around_an_area_are_responsible_where_nobody_is_in_it() -> None:
    """A unit of the province and a mayor of the district: one gap in each, both closed by their tie."""
    nodes = (a_node("M1", area_id="p1"), MAYOR)
    assert [gap.scope.area and gap.scope.area.id for gap in gaps(nodes=nodes)] == ["d11", "p1"]
    assert gaps(a_tie("M1", "A1"), nodes=nodes) == ()


def test_a_district_with_a_mayor_of_its_own_is_not_served_by_the_next_one() -> None:
    nodes = (a_node("M1", area_id="p1"), MAYOR, a_node("A2", area_id="d12"))
    assert [gap.id for gap in gaps(a_tie("M1", "A1"), nodes=nodes)] == ["G1/mission_unit-local_authority/d12"]


def test_a_unit_that_serves_from_elsewhere_counts() -> None:
    """No unit answers for d21, but the one of d11 is tied to its mayor."""
    nodes = (UNIT, MAYOR, a_node("A2", area_id="d21"))
    both = a_tie("M1", "A1"), a_tie("M1", "A2")
    assert gaps(*both, nodes=nodes) == ()
    missing = the_gap(both[0], nodes=nodes)
    assert (missing.scope.area and missing.scope.area.id, missing.status) == ("d21", GapStatus.NO_COUNTERPART)
    assert [(item.source.id, item.target and item.target.id) for item in missing.candidates] == [("M1", "A2")]
    stale = a_tie("M1", "A2", last_confirmed=date(2020, 1, 1))
    assert the_gap(both[0], stale, nodes=nodes).status is GapStatus.STALE
    other_kind = a_tie("M1", "A2", kind="depends_on")
    assert the_gap(both[0], other_kind, nodes=nodes).status is GapStatus.NO_COUNTERPART


def test_an_authority_elsewhere_counts_for_the_unit_here() -> None:
    nodes = (UNIT, a_node("A2", area_id="d21"))
    assert gaps(a_tie("M1", "A2"), nodes=nodes) == ()
    assert {gap.status for gap in gaps(nodes=nodes)} == {GapStatus.NO_COUNTERPART}


def test_a_rule_can_apply_to_areas_of_one_level() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", level=1)
    nodes = (UNIT, a_node("A1", area_id="d12"))
    assert the_gap(nodes=nodes, rule=rule).id == "G1/mission_unit-local_authority/p1"
    assert gaps(a_tie("M1", "A1"), nodes=nodes, rule=rule) == ()


def test_a_rule_can_apply_to_the_whole_network() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", per_area=False)
    gap = the_gap(nodes=(UNIT, a_node("A1")), rule=rule)
    assert gap.scope.area is None
    assert gap.id == "G1/mission_unit-local_authority/network"
    assert "in the network" in gap.sentence


def test_a_rule_on_a_sector_considers_those_who_work_in_it() -> None:
    rule = Rule(from_category="mission_unit", to_category="local_authority", sector="HEA")
    nodes = (
        a_node("M1", area_id="d11", sector_ids=("s-health",)),
        MAYOR,
        a_node("A2", area_id="d11", sector_ids=("s-health",)),
    )
    gap = the_gap(a_tie("M1", "A1"), nodes=nodes, rule=rule)
    assert gap.scope.sector is not None
    assert gap.scope.sector.code == "HEA"
    assert gaps(a_tie("M1", "A2"), nodes=nodes, rule=rule) == ()
    nowhere = Rule(from_category="mission_unit", to_category="local_authority", sector="XXX")
    assert gaps(nodes=nodes, rule=nowhere) == ()


def test_stakeholders_without_a_known_area_are_counted_in_a_warning() -> None:
    network = a_network(
        [UNIT, MAYOR, a_node("A2"), a_node("A3", area_id="atlantis"), a_node("N1")], [a_tie("M1", "A1")]
    )
    answer = partnership_gaps(network, rules=[RULE], areas=COUNTRY, types=["G1"])
    assert answer.items == ()
    assert answer.warnings == ("2 stakeholders with no known area could not be counted by rules per area.",)


def test_without_any_area_rules_apply_to_the_network_as_a_whole() -> None:
    answer = partnership_gaps(a_network(["M1", "A1"]), rules=[RULE], types=["G1"])
    assert [gap.id for gap in answer.items] == ["G1/mission_unit-local_authority/network"]
    assert answer.warnings == (
        "No area is known for either side of mission_unit-local_authority: applied to the network as a whole.",
    )


# Rules.


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"from_category": "warlord"}, "/from_category"),
        ({"to_category": ""}, "/to_category"),
        ({"kinds": ()}, "/kinds"),
        ({"kinds": ("gossips_with",)}, "/kinds"),
        ({"min_count": 0}, "/min_count"),
        ({"min_strength": 1.5}, "/min_strength"),
        ({"min_existence": float("nan")}, "/min_existence"),
        ({"max_age_days": -1}, "/max_age_days"),
    ],
)
def test_a_rule_without_meaning_is_refused(changes: dict[str, object], pointer: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Rule(**{"from_category": "ngo", "to_category": "ngo", **changes})  # type: ignore[arg-type]
    assert [finding.pointer for finding in caught.value.findings] == [pointer]


def test_the_default_rules_join_the_core_categories_and_give_reasons() -> None:
    assert len({rule.id for rule in DEFAULT_RULES}) == len(DEFAULT_RULES)
    assert {category for rule in DEFAULT_RULES for category in (rule.from_category, rule.to_category)} == set(
        list(CATEGORIES)[:4]
    )
    assert all(rule.reason for rule in DEFAULT_RULES)
