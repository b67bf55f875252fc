"""The interface that NetworkX expects of a backend: the entry point ``stakeholder_graph`` of ``networkx.backends``.

``nx.betweenness_centrality(graph, weight="distance")`` on a ``SparseGraph`` comes here; on a graph of NetworkX's own it
does with ``backend="stakeholder_graph"`` or ``nx.config.backend_priority``. A function, or an argument, without a
kernel runs NetworkX's own code on the plain form of the graph: nothing has to be configured.
"""

import logging
from collections.abc import Iterator
from typing import Any

import networkx as nx
from networkx.utils import backends

from graph.networkx_backend.functions import FUNCTIONS
from graph.networkx_backend.sparse_graph import Sparse, from_networkx

logger = logging.getLogger(__name__)


class Interface:
    """The functions by name, ours or NetworkX's, and what NetworkX needs to convert graphs and choose a backend."""

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any function of NetworkX
        if name.startswith("__") or name not in backends._registered_algorithms:  # type: ignore[attr-defined]  # noqa: SLF001 - has no public name
            raise AttributeError(name)
        if name in FUNCTIONS:
            return lambda *args, **options: _run(name, args, options)
        return lambda *args, **options: _leave(name, args, options, "no kernel")

    @staticmethod
    def convert_from_nx(graph: Any, *, edge_attrs: dict[str, Any] | None = None, **_options: object) -> Sparse:  # noqa: ANN401 - as NetworkX hands it over
        """Convert a NetworkX graph, keeping the weights that the function reads."""
        return graph if isinstance(graph, Sparse) else from_networkx(graph, edge_attrs)

    @staticmethod
    def convert_to_nx(found: Any, **_options: object) -> Any:  # noqa: ANN401 - any result of a function
        """Return one of our graphs in its plain form, and anything else unchanged."""
        return found.plain if isinstance(found, Sparse) else found

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> bool | str:
        """Return whether a call works here, or why not."""
        values = (*args, *options.values())
        lists = [item for value in values if isinstance(value, list | tuple) for item in value]
        graphs = [value for value in (*values, *lists) if isinstance(value, nx.Graph)]
        function = backends._registered_algorithms[name]  # type: ignore[attr-defined]  # noqa: SLF001 - has no public name
        if backends._dispatchable._will_call_mutate_input(function, args, options):  # type: ignore[attr-defined]  # noqa: SLF001 - the same
            return "it changes its graph"
        if any(isinstance(graph, Sparse) for graph in graphs):
            return True
        if name not in FUNCTIONS:
            return "no kernel"
        if any(graph.is_multigraph() for graph in graphs):
            return "parallel ties"
        if any(callable(value) and not isinstance(value, type) for value in values):
            return "lengths from a function"
        return True

    @staticmethod
    def should_run(_name: str, _args: tuple[Any, ...], _options: dict[str, Any]) -> bool:
        """Return true: users who select this backend want what can run here to run here."""
        return True


def _run(name: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the function gives
    # An iterator can be read only once, and NetworkX may have to read it again.
    args = tuple(list(value) if isinstance(value, Iterator) else value for value in args)
    options = {word: list(value) if isinstance(value, Iterator) else value for word, value in options.items()}
    try:
        result = FUNCTIONS[name](*args, **options)
    except NotImplementedError as refusal:
        return _leave(name, args, options, str(refusal))
    logger.debug("%s ran in our kernel", name)
    return result


def _leave(name: str, args: tuple[Any, ...], options: dict[str, Any], why: str) -> Any:  # noqa: ANN401 - the same
    logger.debug("%s left to NetworkX: %s", name, why)
    function = backends._registered_algorithms[name].orig_func  # type: ignore[attr-defined]  # noqa: SLF001 - has no public name
    return function(*map(_plain, args), **{word: _plain(value) for word, value in options.items()})


def _plain(value: Any) -> Any:  # noqa: ANN401 - any argument
    if isinstance(value, Sparse):
        return value.plain
    if isinstance(value, list | tuple) and any(isinstance(item, Sparse) for item in value):
        return type(value)(map(_plain, value))
    return value


backend = Interface()
