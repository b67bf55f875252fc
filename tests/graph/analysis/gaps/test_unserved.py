from datetime import date
from typing import Any

import pytest

from graph.analysis.gaps import Gap, PresenceRow, partnership_gaps
from graph.analysis.gaps.area_hierarchy import AreaHierarchy
from graph.analysis.gaps.unserved import presences, unserved_cells
from graph.errors import InvalidInput
from graph.vocabulary import ActivityRole, ActivityStatus, GapStatus
from tests.graph.analysis.gaps.places import COUNTRY, HEALTH, WATER, an_area
from tests.graph.builders import TODAY, a_network, a_node

NETWORK = a_network(["A1", "N1", "N2", a_node("N3", do_not_contact=True)])


def a_row(area: str | None, who: str = "N1", **changes: Any) -> PresenceRow:
    """Somebody carrying out something in health in an area, now."""
    said: dict[str, Any] = {
        "sector_id": HEALTH.id,
        "role": ActivityRole.IMPLEMENTS,
        "status": ActivityStatus.ONGOING,
        "since": None,
        "until": None,
        **changes,
    }
    return (area, said["sector_id"], who, said["role"], said["status"], said["since"], said["until"])


def gaps(*rows: PresenceRow, minimum: int = 1) -> dict[str, Gap]:
    """The G5 gaps in the made-up country, by area."""
    answer = partnership_gaps(
        NETWORK,
        areas=COUNTRY,
        sectors=(HEALTH, WATER),
        presence=rows,
        types=["G5"],
        min_organisations=minimum,
    )
    return {gap.scope.area.id: gap for gap in answer.items if gap.scope.area}


def test_a_sector_present_in_the_siblings_but_not_in_the_area_is_a_gap() -> None:
    found = gaps(a_row("d11"), a_row("d12", "N2"))
    assert found.keys() == {"d13"}
    gap = found["d13"]
    assert (gap.type, gap.expected, gap.observed, gap.deficit) == ("G5", 1, 0, 1)
    assert gap.scope.sector is not None
    assert gap.scope.sector.code == "HEA"
    assert [clue.id for clue in gap.evidence] == ["d11", "d12"]
    assert gap.sentence == (
        "Health is present in 2 of the 2 areas beside d13 (d11 and d12), but nothing at all is recorded here, which "
        "may only mean that nobody reported."
    )


def test_without_data_on_need_there_is_no_severity_and_it_says_so() -> None:
    gap = gaps(a_row("d11"), a_row("d12"))["d13"]
    assert gap.severity is gap.probability is None
    assert gap.undefined.keys() == {"severity", "probability"}


def test_a_sector_is_expected_where_it_is_present_in_most_siblings() -> None:
    """d12 and d13 have one of two siblings served, which is half; in a family of four two of three are most."""
    assert gaps(a_row("d11")) == {}
    four = AreaHierarchy([*COUNTRY, an_area("d14", 2, "p1")])
    seen = presences([a_row("d11"), a_row("d12")], places=four, as_of=TODAY)
    cells = unserved_cells(seen, places=four, sectors=[HEALTH])
    assert [(cell.area.id, cell.around, cell.siblings) for cell in cells] == [
        ("d13", ("d11", "d12"), 3),
        ("d14", ("d11", "d12"), 3),
    ]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"sector_id": WATER.id}, GapStatus.ABSENT),
        ({"until": TODAY}, GapStatus.STALE),
        ({"status": ActivityStatus.COMPLETED}, GapStatus.STALE),
        ({"status": ActivityStatus.SUSPENDED}, GapStatus.STALE),
        ({"status": ActivityStatus.PLANNED}, GapStatus.UNKNOWN),
        ({"since": date(2026, 7, 2)}, GapStatus.UNKNOWN),
        ({"role": ActivityRole.FUNDS}, GapStatus.UNKNOWN),
    ],
)
def test_other_records_of_the_area_give_the_status(changes: dict[str, Any], status: GapStatus) -> None:
    assert gaps(a_row("d11"), a_row("d12"), a_row("d13", **changes))["d13"].status is status


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"status": ActivityStatus.UNKNOWN},
        {"since": TODAY},
        {"until": date(2026, 7, 2)},
        {"role": ActivityRole.PARTNERS},
    ],
)
def test_what_counts_as_present(changes: dict[str, Any]) -> None:
    assert "d13" not in gaps(a_row("d11"), a_row("d12"), a_row("d13", **changes))


def test_presence_beneath_an_area_is_presence_in_it() -> None:
    assert gaps(a_row("d12"), a_row("d13"), a_row("v111")) == {}


def test_presence_is_judged_at_the_level_where_most_of_it_lies() -> None:
    seen = presences([a_row("d11"), a_row("d12"), a_row("p2")], places=AreaHierarchy(COUNTRY), as_of=TODAY)
    assert seen.level == 2
    assert seen.unplaced == 1
    even = presences([a_row("d11"), a_row("p2")], places=AreaHierarchy(COUNTRY), as_of=TODAY)
    assert even.level == 1


def test_records_that_cannot_be_placed_are_counted_in_a_warning() -> None:
    rows = [a_row("d11"), a_row("d12"), a_row(None), a_row("atlantis"), a_row("d11", sector_id=None)]
    answer = partnership_gaps(NETWORK, areas=COUNTRY, sectors=(HEALTH,), presence=rows, types=["G5"])
    assert any(warning.startswith("3 records of presence could not be counted") for warning in answer.warnings)


def test_no_presence_at_all_is_no_gap() -> None:
    assert gaps() == {}


def test_fewer_organisations_than_the_minimum_is_weak() -> None:
    everywhere = [a_row(area, who) for area in ("d11", "d12") for who in ("N1", "N2")]
    gap = gaps(*everywhere, a_row("d13"), a_row("d13", "N1", role=ActivityRole.PARTNERS), minimum=2)["d13"]
    assert (gap.status, gap.observed, gap.deficit) == (GapStatus.WEAK, 1, 1)
    assert "only 1 organisation could be counted" in gap.sentence


def test_those_present_in_most_siblings_could_extend_unless_marked_do_not_contact() -> None:
    found = gaps(
        a_row("d11", "N2"), a_row("d12", "N2"), a_row("d12", "N1"), a_row("d12", "N3"), a_row("d11", "stranger")
    )
    assert [(item.source.id, item.target) for item in found["d13"].candidates] == [("N2", None), ("N1", None)]
    assert found["d13"].candidates[0].sentence == "N2 works for Health in 2 areas beside d13."


def test_categories_bound_to_a_place_are_not_asked_to_work_elsewhere() -> None:
    found = gaps(a_row("d11", "N1"), a_row("d11", "A1"), a_row("d12", "A1"))
    assert [item.source.id for item in found["d13"].candidates] == ["N1"]


def test_cells_with_most_siblings_served_come_first() -> None:
    """Water in three of three, health in two of three; all cells are ``absent``, so only the share tells them apart."""
    country = [*COUNTRY, an_area("d14", 2, "p1")]
    rows = [a_row("d11"), a_row("d12"), *(a_row(area, sector_id=WATER.id) for area in ("d11", "d12", "d14"))]
    answer = partnership_gaps(
        NETWORK, areas=country, sectors=(HEALTH, WATER), presence=[*rows, a_row("d13", sector_id="other")], types=["G5"]
    )
    assert [gap.id for gap in answer.items] == ["G5/WSH/d13", "G5/HEA/d13", "G5/HEA/d14"]


def test_cells_beyond_the_maximum_are_left_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.analysis.gaps.unserved.MOST_CELLS", 1)
    rows = [a_row(area, sector_id=sector.id) for area in ("d11", "d12") for sector in (HEALTH, WATER)]
    answer = partnership_gaps(NETWORK, areas=COUNTRY, sectors=(HEALTH, WATER), presence=rows, types=["G5"])
    assert len(answer.items) == 1
    assert answer.truncated
    assert any(warning.startswith("1 more cell of area and sector") for warning in answer.warnings)


@pytest.mark.parametrize("minimum", [0, 1001])
def test_a_minimum_out_of_range_is_refused(minimum: int) -> None:
    with pytest.raises(InvalidInput):
        gaps(minimum=minimum)
