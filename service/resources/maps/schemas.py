"""The query parameters of the maps."""

from service.http.fields import Whole
from service.resources.analysis.schemas import ScopeQuery

STEPS = 4
"""Most steps around a stakeholder: in networks of this size four reach nearly everybody."""


class MapQuery(ScopeQuery):
    """Which part of the network to draw."""


class EgoMapQuery(ScopeQuery):
    """How far around a stakeholder to draw."""

    depth = Whole(1, STEPS, text=True, load_default=2, metadata={"description": "Steps from the stakeholder."})
