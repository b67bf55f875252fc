"""The manifest of an archive: its contents and where they come from."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from graph.errors import InvalidInput

FORMAT = "stakeholder-graph archive"

FORMAT_VERSION = 1
"""Rises when the format of the parts changes; an older program then refuses the archive, saying so."""

MANIFEST_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class ArchivePart:
    """One file of the archive: rows of one kind, gzipped JSON Lines. ``sha256`` is the hash of the compressed file."""

    name: str
    kind: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of an archive and where they come from.

    Attributes:
        product: version of this program that made the archive.
        neo4j: version of the server that was backed up.
        made_at: the instant of the backed-up state, ISO 8601 in UTC.
        schema: the migrations applied to the database, version → checksum.
        revisions: revision by clearance.
        counts: rows of each kind.
        fingerprint: canonical hash of the graph, by which a restore checks its result.
        parts: in the order in which they are loaded.
    """

    product: str
    neo4j: str
    made_at: str
    schema: dict[str, str]
    revisions: dict[str, int]
    counts: dict[str, int]
    fingerprint: str
    parts: tuple[ArchivePart, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the JSON document in the archive."""
        return {"format": FORMAT, "format_version": FORMAT_VERSION, **asdict(self)}

    def to_bytes(self) -> bytes:
        """Return the bytes of the JSON document in the archive."""
        return json.dumps(self.as_json(), ensure_ascii=False, indent=1).encode() + b"\n"


def parse_manifest(data: bytes) -> Manifest:
    """Return the manifest of ``Manifest.to_bytes``; raises ``InvalidInput`` if it is not one, or of a newer version."""
    try:
        document = json.loads(data)
        known_format, newer = document.pop("format") == FORMAT, document.pop("format_version") > FORMAT_VERSION
        manifest = None if newer or not known_format else _manifest(document)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidInput(
            "The file is not an archive of this program.", cure="Name a file that `backup` made."
        ) from error
    if known_format and newer:
        raise InvalidInput(
            "The archive was made by a newer version of this program.", cure="Restore it with that version or later."
        )
    if manifest is None:
        raise InvalidInput("The file is not an archive of this program.", cure="Name a file that `backup` made.")
    return manifest


def _manifest(document: Mapping[str, Any]) -> Manifest:
    return Manifest(**{**document, "parts": tuple(ArchivePart(**part) for part in document["parts"])})
