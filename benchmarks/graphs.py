"""Generated stakeholder networks of any size, the same for the same seed."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from graph.analysis.gaps import PresenceRow
from graph.evidence import tie_id, tie_key
from graph.model import Area, Sector
from graph.networks.network import Node, StakeholderNetwork, build_network
from graph.ties import Tie
from graph.vocabulary import CATEGORIES, ActivityRole, ActivityStatus, TieStatus

TODAY = date(2026, 7, 1)

TIES_EACH = 3
"""Ties that each new stakeholder adds: the Ethiopian 4W table gives 274 ties among 125 organisations, 2.2 each, without
what patrols and meetings would add."""

KINDS = ("coordinates_with", "communicates_with", "partners_with", "reports_to", "funds", "kinship")

SPREAD = (5, 4, 4, 1, 2, 1)
"""Weights of the first six categories: many authorities, NGOs and leaders, few mission units."""

IN_TENSION, ABSENT = 0.03, 0.03
"""Shares of ties in tension, and of ties assessed absent."""


@dataclass(frozen=True, slots=True)
class Mission:
    """A network, and the other inputs of partnership gaps."""

    network: StakeholderNetwork
    areas: tuple[Area, ...]
    sectors: tuple[Sector, ...]
    presence: tuple[PresenceRow, ...]


def mission(count: int, *, seed: int = 1) -> Mission:
    """Return ``count`` stakeholders in a country of ten provinces, their ties, and their activities.

    A district has some 300 stakeholders. Each has an area, up to two of eight sectors, and a part in one activity.
    """
    random = Random(seed)
    nodes, ties = stakeholders(count, seed=seed)
    country = Area(id="country", name="Country", level=0)
    provinces = [Area(id=f"p{n}", name=f"Province {n}", level=1, parent_id=country.id) for n in range(10)]
    districts = [
        Area(id=f"d{n:05}", name=f"District {n}", level=2, parent_id=provinces[n % 10].id)
        for n in range(max(20, count // 300))
    ]
    sectors = [Sector(id=f"x{n}", code=f"X{n}", name=f"Sector {n}") for n in range(8)]
    codes = [sector.id for sector in sectors]
    with_areas = [
        replace(
            node,
            area_id=random.choice(districts).id,
            sector_ids=tuple(sorted(random.sample(codes, random.randint(0, 2)))),
            do_not_contact=random.random() < 1 / 50,
        )
        for node in nodes
    ]
    work = ActivityRole.IMPLEMENTS, ActivityStatus.ONGOING, None, None
    presence = tuple((random.choice(districts).id, random.choice(codes), node.id, *work) for node in nodes)
    network = build_network(with_areas, (_with_status(random, tie) for tie in ties), revision=1, as_of=TODAY)
    return Mission(network, (country, *provinces, *districts), tuple(sectors), presence)


def _with_status(random: Random, tie: Tie) -> Tie:
    chance = random.random()
    if chance < IN_TENSION:
        return replace(tie, sign=-1)
    return replace(tie, status=TieStatus.ASSESSED_ABSENT, existence=0.1) if chance < IN_TENSION + ABSENT else tie


def stakeholders(count: int, *, ties_each: float = TIES_EACH, seed: int = 1) -> tuple[list[Node], list[Tie]]:
    """Return ``count`` stakeholders and their ties.

    Each newcomer is tied to ``ties_each`` (on average) of the earlier ones, likelier to the well tied
    (Barabási & Albert 1999) and, half the time, to one of the same category: hubs and camps, as in the tables of real
    missions. One in 20 has no tie.
    """
    random = Random(seed)
    categories = random.choices(list(CATEGORIES)[: len(SPREAD)], SPREAD, k=count)
    nodes = [Node(f"s{n:06}", f"Stakeholder {n}", category) for n, category in enumerate(categories)]
    ties: dict[str, Tie] = {}
    ends: list[int] = [0]
    camps: dict[str, list[int]] = {}
    for newcomer in range(1, count):
        camp = camps.setdefault(categories[newcomer], [])
        if random.random() >= 1 / 20:
            for _ in range(int(ties_each) + (random.random() < ties_each % 1)):
                other = random.choice(camp if camp and random.random() < 1 / 2 else ends)
                if other != newcomer:
                    tie = _tie(random, nodes[newcomer].id, nodes[other].id)
                    ties[tie.id] = tie
                    ends += (newcomer, other)
            camp.append(newcomer)
    return nodes, sorted(ties.values(), key=lambda tie: tie.id)


def _tie(random: Random, one: str, other: str) -> Tie:
    kind = random.choice(KINDS)
    first, second = tie_key(kind, one, other)
    return Tie(
        id=tie_id(kind, one, other),
        from_id=first,
        to_id=second,
        kind=kind,
        existence=random.uniform(0.5, 1),
        strength=random.random(),
        trust=random.uniform(0.2, 1),
        sign=1,
        status=TieStatus.PRESENT,
        first_confirmed=date(2026, 1, 1),
        last_confirmed=date(2026, 6, 1),
        reports=random.randint(1, 5),
        origins=tuple(sorted(random.sample("abcdefgh", random.randint(1, 3)))),
    )
