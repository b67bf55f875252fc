"""The exception tree of the whole application.

StakeholderGraphError            a foreseen failure; its text is one sentence a user can act on
├── InvalidInput                 the input cannot be accepted; carries a finding for each fault
├── NotFound                     no record with that id that this viewer may see
├── Conflict                     the request is well formed but contradicts what is stored
│   ├── AlreadyExists            an id or external id is taken
│   └── StillReferenced          other records refer to the one to be deleted
├── VersionMismatch              the record has changed since it was read
├── KeyReused                    an idempotency key was sent again with another request
├── TooLarge                     over a stated cap
└── StoreUnavailable             the database cannot be reached or did not answer in time

The status and exit code of each are set once, in ``service/http/errors.py``.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with an input: where, what, and what to do about it.

    ``pointer`` is a JSON Pointer (RFC 6901) into the input, ``""`` for the whole of it.
    """

    pointer: str
    detail: str
    cure: str = ""


class StakeholderGraphError(Exception):
    """A foreseen failure. ``code`` is stable for programs; the text is for people."""

    code = "error"

    def __init__(self, detail: str, *, cure: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.cure = cure
        self.findings = tuple(findings)


class InvalidInput(StakeholderGraphError):
    """The input cannot be accepted; nothing was changed."""

    code = "invalid_input"


class NotFound(StakeholderGraphError):
    """No such record for this viewer: missing and forbidden read alike, on purpose."""

    code = "not_found"


class Conflict(StakeholderGraphError):
    """The request is well formed but contradicts what is stored."""

    code = "conflict"


class AlreadyExists(Conflict):
    """An id, external id or other unique value is taken."""

    code = "already_exists"


class StillReferenced(Conflict):
    """Other records refer to the one to be deleted."""

    code = "still_referenced"


class VersionMismatch(StakeholderGraphError):
    """The record has changed since the version the caller holds."""

    code = "version_mismatch"


class KeyReused(StakeholderGraphError):
    """An idempotency key was sent again with a different request."""

    code = "idempotency_key_reused"


class TooLarge(StakeholderGraphError):
    """Over a stated cap; the text names the cap."""

    code = "too_large"


class StoreUnavailable(StakeholderGraphError):
    """The database cannot be reached, refused the connection, or did not answer within the time limit."""

    code = "store_unavailable"
