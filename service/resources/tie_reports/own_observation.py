"""The source of a report entered without one: the actor's own observation."""

from typing import Any

from graph.access import Actor
from graph.errors import AlreadyExists, Finding, InvalidInput, NotFound
from graph.input_rules import check_input
from graph.model import Source, Stakeholder, now
from graph.ties import TieReport
from graph.vocabulary import Reliability, SourceKind
from queries.store import Store


def with_source(values: dict[str, Any], store: Store, actor: Actor) -> dict[str, Any]:
    """Return a report's values with a source: the given one, else the actor's own observation.

    Raises ``InvalidInput`` for a report that cannot be stored, before a source is created for it.
    """
    if "source_id" in values:
        return values
    external_id = f"own:{actor.name}"
    sources = store.by_external_ids(Source, [external_id], actor)
    if external_id not in sources:
        report = TieReport(**values, source_id=external_id)  # raises for what breaks a report's own rules
        check_input(report, today=now().date())
        _check_stakeholders(values, store, actor)
        sources = {external_id: _own_source(external_id, store, actor)}
    return values | {"source_id": sources[external_id].id}


def _own_source(external_id: str, store: Store, actor: Actor) -> Source:
    source = Source(
        name=f"Own observation of {actor.name}",
        kind=SourceKind.OWN_OBSERVATION,
        # B, usually reliable: a trained officer's own eyes, short of A, which needs a record of being right.
        reliability=Reliability.B,
        external_ids=(external_id,),
    )
    try:
        return store.create(source, actor)
    except AlreadyExists:
        # Two first reports at once: the other one created it, unless it has been hidden from this actor since.
        sources = store.by_external_ids(Source, [external_id], actor)
        if external_id not in sources:
            raise
        return sources[external_id]


def _check_stakeholders(values: dict[str, Any], store: Store, actor: Actor) -> None:
    for name in ("from_id", "to_id"):
        try:
            store.get(Stakeholder, values[name], actor)
        except NotFound as error:
            cure = "Give the id of a stakeholder, as their list shows it."
            finding = Finding(f"/{name}", "names no stakeholder", cure)
            raise InvalidInput(f"/{name} names no stakeholder.", cure=cure, findings=[finding]) from error
