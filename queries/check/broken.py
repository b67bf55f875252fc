"""What a check finds, and the cures that several rules share."""

from dataclasses import dataclass

MEND = "Correct it through the API, or restore a backup."
REBUILD_TIES = "Run `stakeholder-graph rebuild-ties`."


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken invariant: kind and id of the record, what is wrong, and the cure."""

    kind: str
    id: str
    what: str
    cure: str
