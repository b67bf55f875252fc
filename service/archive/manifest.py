"""What an archive says of itself."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.errors import InvalidInput

FORMAT = "stakeholder-graph archive"

FORMAT_VERSION = 1
"""Rises when the parts are written otherwise; an older program then refuses the archive by name."""

NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive: rows of one kind, gzipped JSON Lines. ``sha256`` is of the file as it lies there."""

    name: str
    kind: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of an archive and where they come from.

    Attributes:
        product: version of this program that made it.
        neo4j: version of the server it was read from.
        made_at: the instant of the reading, ISO 8601 in UTC.
        schema: the schema files the database had had, version → checksum.
        revisions: by clearance.
        counts: rows of each kind.
        fingerprint: canonical hash of the graph, by which a restore checks itself.
        parts: in the order they are loaded.
    """

    product: str
    neo4j: str
    made_at: str
    schema: dict[str, str]
    revisions: dict[str, int]
    counts: dict[str, int]
    fingerprint: str
    parts: tuple[Part, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the document that stands in the archive."""
        return {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}

    def to_bytes(self) -> bytes:
        """Return the text that stands in the archive."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1).encode() + b"\n"


def read(data: bytes) -> Manifest:
    """Return the manifest that ``to_bytes`` made the text of; raises ``InvalidInput`` if it is none, or a newer one."""
    try:
        found = json.loads(data)
        ours, newer = found.pop("format") == FORMAT, found.pop("format_version") > FORMAT_VERSION
        about = None if newer or not ours else _manifest(found)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInput(
            "The file holds no archive of this program.", cure="Name a file that `backup` made."
        ) from error
    if ours and newer:
        raise InvalidInput(
            "The archive was made by a newer version of this program.", cure="Restore it with that version or later."
        )
    if about is None:
        raise InvalidInput("The file holds no archive of this program.", cure="Name a file that `backup` made.")
    return about


def _manifest(found: Mapping[str, Any]) -> Manifest:
    return Manifest(**{**found, "parts": tuple(Part(**part) for part in found["parts"])})
