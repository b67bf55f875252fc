"""Made-up stakeholder networks of any size, the same for the same seed."""

from datetime import date
from random import Random

from graph.evidence import tie_id, tie_key
from graph.model import Tie
from graph.networks.network import Node
from graph.vocabulary import CATEGORIES, TieStatus

TODAY = date(2026, 7, 1)

TIES_EACH = 3
"""Ties a stakeholder brings along: the Ethiopian 4W table gives 274 ties among 125 organisations, 2.2 each, without
what patrols and meetings would add."""

KINDS = ("coordinates_with", "communicates_with", "partners_with", "reports_to", "funds", "kinship")

SPREAD = (5, 4, 4, 1, 2, 1)
"""How often each category stands among the first six: many authorities, NGOs and leaders, few mission units."""


def stakeholders(count: int, *, ties_each: float = TIES_EACH, seed: int = 1) -> tuple[list[Node], list[Tie]]:
    """Return ``count`` stakeholders and their ties.

    Each newcomer is tied to ``ties_each`` (on average) of those who are there already, likelier to the well tied
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
