"""Fixtures of the demo mission. Policy: records and network are frozen, so one of each serves the whole session."""

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
    """The network of the demo as a viewer sees it who may see little, and as one who may see all."""
    return demo_network(Viewer("reader", request.param))
