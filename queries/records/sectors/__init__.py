"""Sectors: fields of work."""

from graph.model import Sector
from queries.records.base import Records


class Sectors(Records[Sector]):
    """The sectors."""

    kind = Sector
    folder = "records/sectors"
    filters = ("code",)
