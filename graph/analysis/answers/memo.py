"""Measures are worked out once a network: it cannot change, and the next question often needs the same ones."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from graph.networks.network import StakeholderNetwork

Options = ParamSpec("Options")
Result = TypeVar("Result")


def memoised(
    measure: Callable[Concatenate[StakeholderNetwork, Options], Result],
) -> Callable[Concatenate[StakeholderNetwork, Options], Result]:
    """Memoise what a measure returns with the network, for each choice of its options; they must be hashable.

    The result is shared by all who ask, so nobody may change it. Two threads that ask at once both work it out, which
    is cheaper than one waiting for the other.
    """

    @wraps(measure)
    def once(network: StakeholderNetwork, /, *args: Options.args, **options: Options.kwargs) -> Result:
        key = (measure, args, *sorted(options.items()))
        if key not in network.memo:
            network.memo[key] = measure(network, *args, **options)
        found: Result = network.memo[key]
        return found

    return once
