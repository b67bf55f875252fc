"""Sectors: fields of work."""

from graph.model import Sector
from queries.records.base import RecordStore


class Sectors(RecordStore[Sector]):
    """The sectors."""

    kind = Sector
    folder = "records/sectors"
    filters = ("code",)
