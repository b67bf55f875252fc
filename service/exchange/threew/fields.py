"""The fields that an import reads and that a mapping may name.

An organisation has one of four roles in the chain of funding: ``donor``, ``programme_partner``,
``implementing_partner``, or plain ``organisation`` if the table does not say which. The field with the role's own name
is the column of full names; ``_acronym`` and ``_type`` name the columns of acronyms and types.
"""

from enum import StrEnum


class ChainRole(StrEnum):
    """The role of an organisation in a row, in the order money flows."""

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


ORGANISATION_FIELDS = tuple(field for role in ChainRole for field in (str(role), role.acronym))
"""Fields of which a table must have at least one."""

FIELDS = (
    *(field for role in ChainRole for field in (str(role), role.acronym, role.type)),
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
"""Every field, in the order in which they are listed to users."""
