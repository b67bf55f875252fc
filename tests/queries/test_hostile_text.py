"""Any text is stored as written and never interpreted."""

from typing import Any

import pytest

from graph.access import LOCAL_ACTOR as ME
from graph.errors import InvalidInput, StakeholderGraphError
from graph.model import Activity, Area, Sector, Source, Stakeholder
from graph.text import clean_name
from queries.driver import statements
from queries.store import Once, Store
from tests.builders import a_sector, a_source, a_stakeholder, an_activity, an_area

HOSTILE = [
    "'}) DETACH DELETE n //",
    '"}) MATCH (n) DETACH DELETE n RETURN "',
    "`) MATCH (n) DETACH DELETE n //",
    "\\u0060) MATCH (n) DETACH DELETE n //",
    "\\') OR 1=1 //",
    "$clearance $id $(label) ${x} {{7*7}}",
    "/* comment */ ; CREATE (:Evil) ;",
    "Robert\u2028'); DROP\u0000",
    "<script>alert(1)</script>",
    "+a* AND (b OR c~2)^10 [1 TO *] field:*",
    "\u202eevil\u202c مجلس 👩‍👩‍👧‍👦 e\u0301",
    "😀" * 200,
    "a" * 500,
]
COUNT = statements.parse(
    "tests/count",
    "// Nodes besides the log of changes and locks.\n// params: none\n"
    "MATCH (n) WHERE NOT n:Change AND NOT n:Keeper RETURN count(n) AS n\n",
)


def count(store: Store) -> int:
    return int(store._connection.run_alone(COUNT, {})[0]["n"])


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_stored_as_written_and_not_interpreted(store: Store, text: str) -> None:
    name = clean_name(text)
    before = count(store)
    who = store.create(
        a_stakeholder(
            name=name, aliases=(name,), description=text, languages=(text,), external_ids=(f"x:{name[:400]}",)
        ),
        ME,
        once=Once(text, text),
    )
    assert (who.name, who.description, who.languages) == (name, text, (text,))
    for record in (
        a_source(name=name, origin_group=name),
        an_area(name=name),
        a_sector(code=name, name=name),
        an_activity(who.id, name=name),
    ):
        stored = store.create(record, ME)
        assert getattr(store.get(type(record), record.id, ME), "name") == getattr(stored, "name") == name  # noqa: B009
    # Five records, the stakeholder's external id and one receipt for each write; no more, no less.
    assert count(store) == before + 5 + 1 + 5


@pytest.mark.parametrize("text", HOSTILE)
def test_text_in_a_filter_finds_only_what_matches_and_is_not_interpreted(store: Store, text: str) -> None:
    stored = store.create(a_stakeholder(name=clean_name(text)), ME)
    before = count(store)
    questions: list[tuple[type[Any], dict[str, Any]]] = [
        (Stakeholder, {"q": text[:200]}),
        (Stakeholder, {"category": text}),
        (Stakeholder, {"status": text}),
        (Stakeholder, {"area_id": text}),
        (Stakeholder, {"sector_id": text}),
        (Source, {"kind": text}),
        (Area, {"parent_id": text, "pcode": text}),
        (Sector, {"code": text}),
        (Activity, {"stakeholder_id": text, "status": text}),
    ]
    for kind, filters in questions:
        store.list(kind, ME, **filters)
        store.list(kind, ME, after=text, **filters)
        with pytest.raises(StakeholderGraphError):
            store.get(kind, text, ME)
        with pytest.raises(StakeholderGraphError):
            store.delete(kind, text, ME, version=1)
    assert store.list(Stakeholder, ME, name=text).items == (stored,)
    assert count(store) == before


def test_a_lone_surrogate_is_bad_input_in_every_field(store: Store) -> None:
    bad = "\ud800"
    with pytest.raises(InvalidInput):
        store.create(a_stakeholder(description=bad), ME)
    with pytest.raises(InvalidInput):
        store.create(a_stakeholder(name=bad), ME)
    with pytest.raises(InvalidInput):
        store.list(Stakeholder, ME, category=bad)
    assert store.list(Stakeholder, ME, q=bad).items == ()


@pytest.mark.parametrize("version", [2**63, -(2**70)])
def test_a_number_beyond_64_bits_is_bad_input(store: Store, version: int) -> None:
    sector = store.create(a_sector(), ME)
    with pytest.raises(InvalidInput):
        store.replace(sector, ME, version=version)
