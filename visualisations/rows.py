"""The rows of the tables beside a map: the same stakeholders and ties, in words and numbers."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graph.networks.network import StakeholderNetwork
from graph.text import search_form
from graph.ties import Tie
from graph.vocabulary import CATEGORIES, TIE_KINDS
from visualisations.encoding import Encoding, ties_on_map
from visualisations.symbols import OWN_CATEGORY, STATUS_LABELS, SYMBOLS, Symbol


@dataclass(frozen=True, slots=True)
class StakeholderRow:
    """One stakeholder; ``searched`` is the text a search looks in, ``score`` is ``None`` where none was given."""

    id: str
    name: str
    searched: str
    category: str
    category_label: str
    symbol: Symbol
    area: str
    do_not_contact: bool
    ties: int
    in_tension: int
    score: float | None


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie; ``edge`` is the line that shows it, empty where none does. Numbers are formatted for readers."""

    id: str
    edge: str
    kind: str
    kind_label: str
    verb: str
    directed: bool
    from_id: str
    from_name: str
    to_id: str
    to_name: str
    status: str
    in_tension: bool
    existence: float
    existence_text: str
    strength: str
    trust: str
    first_confirmed: str
    last_confirmed: str
    reports: int
    origins: int


def stakeholder_rows(
    network: StakeholderNetwork,
    encoding: Encoding,
    *,
    scores: Mapping[str, float] | None,
    area_names: Mapping[str, str],
) -> tuple[StakeholderRow, ...]:
    """Return the rows of the stakeholders, highest score first, then by name."""
    joined: Counter[str] = Counter()
    in_tension: Counter[str] = Counter()
    for mark in encoding.edges:
        for tie in mark.ties:
            (in_tension if tie.sign < 0 else joined).update((tie.from_id, tie.to_id))
    rows = [
        StakeholderRow(
            id=node.id,
            name=node.name,
            searched=" ".join(
                form for name in (node.name, *node.aliases) for form in (search_form(name), name.casefold())
            ),
            category=node.category,
            category_label=CATEGORIES[node.category].label if node.category in CATEGORIES else node.category,
            symbol=SYMBOLS.get(node.category, OWN_CATEGORY),
            area=area_names.get(node.area_id or "", ""),
            do_not_contact=node.do_not_contact,
            ties=joined[node.id],
            in_tension=in_tension[node.id],
            score=None if scores is None else scores.get(node.id, 0.0),
        )
        for node in network.nodes.values()
    ]
    return tuple(sorted(rows, key=lambda row: (-(row.score or 0.0), row.searched, row.id)))


def tie_rows(network: StakeholderNetwork, encoding: Encoding) -> tuple[TieRow, ...]:
    """Return the rows of all ties drawn, and of those of the kinds in use that are assessed absent."""
    edges = {tie.id: mark.id for mark in encoding.edges for tie in mark.ties}
    shown = sorted(position for positions in ties_on_map(network) for position in positions.tolist())
    rows = (_tie_row(network, tie, edges.get(tie.id, "")) for tie in network.ties.at(shown))
    return tuple(sorted(rows, key=lambda row: (search_form(row.from_name), search_form(row.to_name), row.id)))


def _tie_row(network: StakeholderNetwork, tie: Tie, edge: str) -> TieRow:
    kind = TIE_KINDS[tie.kind]
    return TieRow(
        id=tie.id,
        edge=edge,
        kind=kind.code,
        kind_label=kind.label,
        verb=kind.verb,
        directed=kind.directed,
        from_id=tie.from_id,
        from_name=network.nodes[tie.from_id].name,
        to_id=tie.to_id,
        to_name=network.nodes[tie.to_id].name,
        status=STATUS_LABELS[tie.status],
        in_tension=tie.sign < 0,
        existence=tie.existence,
        existence_text=_percent(tie.existence),
        strength=_number(tie.strength),
        trust=_number(tie.trust),
        first_confirmed=tie.first_confirmed.isoformat(),
        last_confirmed=tie.last_confirmed.isoformat(),
        reports=tie.reports,
        origins=len(tie.origins),
    )


def _percent(probability: float) -> str:
    """Return whole per cent, but never 0 or 100: no number of reports makes a tie certain."""
    rounded = round(100 * probability)
    return "< 1 %" if rounded < 1 else "> 99 %" if rounded > 99 else f"{rounded} %"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
