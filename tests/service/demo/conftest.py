"""Fixture policy: the records and networks of the demo mission are immutable, so one of each serves the session."""

import pytest

from graph.access import Sensitivity, Viewer
from graph.model import Record
from graph.networks.network import StakeholderNetwork
from service.demo import mission
from tests.service.demo.networks import TODAY, demo_network


@pytest.fixture(scope="session")
def records() -> tuple[Record, ...]:
    """The demo mission on one day."""
    return mission(TODAY)


@pytest.fixture(scope="session", params=[Sensitivity.PUBLIC, Sensitivity.PROTECTED], ids=["public", "protected"])
def network(request: pytest.FixtureRequest) -> StakeholderNetwork:
    """The network of the demo for a viewer with a low and for one with a high clearance."""
    return demo_network(Viewer("reader", request.param))
