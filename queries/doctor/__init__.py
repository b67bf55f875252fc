"""What the service stands on, looked at part by part, each in one sentence with its cure.

Nothing is started or written. A part that fails keeps the service from working, or from working as it should; what is
merely not there yet and comes by itself is fine.
"""

from queries.doctor.database import look_at_database
from queries.doctor.diagnosis import Diagnosis

__all__ = ["Diagnosis", "look_at_database"]
