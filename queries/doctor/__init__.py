"""Checks the parts that the service depends on, each with one sentence and, if it fails, the cure.

Nothing is started or written. A part that fails keeps the service from working, or from working correctly; a part that
is merely missing and will be created by itself is fine.
"""

from queries.doctor.database import look_at_database
from queries.doctor.diagnosis import Diagnosis

__all__ = ["Diagnosis", "look_at_database"]
