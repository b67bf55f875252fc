"""Memoise measures with their network: it cannot change, and the next question often needs the same ones."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from graph.networks.network import StakeholderNetwork

Options = ParamSpec("Options")
Result = TypeVar("Result")


def memoised(
    measure: Callable[Concatenate[StakeholderNetwork, Options], Result],
) -> Callable[Concatenate[StakeholderNetwork, Options], Result]:
    """Memoise what a measure returns for a network and its options, which must be hashable.

    All callers share the result, so none may change it. Two threads that ask at once both compute it, which is cheaper
    than one waiting for the other.
    """

    @wraps(measure)
    def once(network: StakeholderNetwork, /, *args: Options.args, **options: Options.kwargs) -> Result:
        key = (measure, args, *sorted(options.items()))
        if key not in network.memo:
            network.memo[key] = measure(network, *args, **options)
        result: Result = network.memo[key]
        return result

    return once
