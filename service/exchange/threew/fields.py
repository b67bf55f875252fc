"""The fields an import looks for, and what a mapping may name.

An organisation stands in one of four parts: ``donor``, ``programme_partner``, ``implementing_partner``, or plain
``organisation`` where the table does not say which. A part's own name is the column of full names; ``_acronym`` and
``_type`` stand beside it.
"""

from enum import StrEnum


class Part(StrEnum):
    """The part an organisation plays in a row."""

    DONOR = "donor"
    PROGRAMME_PARTNER = "programme_partner"
    IMPLEMENTING_PARTNER = "implementing_partner"
    ORGANISATION = "organisation"

    @property
    def acronym(self) -> str:
        """The field of its acronym."""
        return f"{self}_acronym"

    @property
    def type(self) -> str:
        """The field of its type."""
        return f"{self}_type"


LEVELS = (1, 2, 3, 4, 5)
"""Administrative levels below the country."""


def area_field(level: int) -> str:
    """Return the field of area names at a level, 0 being the country."""
    return f"adm{level}" if level else "country"


def code_field(level: int) -> str:
    """Return the field of p-codes at a level."""
    return f"{area_field(level)}_code"


ORGANISATION_FIELDS = tuple(field for part in Part for field in (str(part), part.acronym))
"""Fields of which at least one must be found."""

FIELDS = (
    *(field for part in Part for field in (str(part), part.acronym, part.type)),
    *(field for level in (0, *LEVELS) for field in (area_field(level), code_field(level))),
    "latitude",
    "longitude",
    "sector",
    "sector_code",
    "activity",
    "status",
    "date",
    "start",
    "end",
    "year",
    "quarter",
    "month",
)
"""Every field, in the order a reader would want them listed."""
