"""What a reader should know of a network's numbers: how many of its ties have assumed, old or doubtful values."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from graph.networks.arcs import ASSUMED_STRENGTH, ASSUMED_TRUST
from graph.networks.columns import CONTESTED, STALE
from graph.networks.tie_table import TieTable


def tie_notes(ties: TieTable, included: NDArray[np.int32]) -> Iterator[str]:
    """Yield one sentence for each sort of doubt that applies to any of the included ties, with their number."""
    for applies, sentence in (
        (np.isnan(ties.trust), f"no reported trust; {ASSUMED_TRUST} was assumed"),
        (np.isnan(ties.strength), f"no reported strength; {ASSUMED_STRENGTH} was assumed"),
        (ties.undated, "no dates of validity and are taken to hold on any day"),
        (ties.status == CONTESTED, "reports for and against and count by the balance"),
        (ties.status == STALE, "gone unconfirmed for more than a half-life"),
    ):
        count = int(applies[included].sum())
        if count:
            yield f"{count} of {len(included)} ties have {sentence}."
