"""The demo places, and the officer of 河西区 who may change them."""

import pytest

from registry.places import actions
from tests.registry import places_scene


@pytest.fixture
def demo(db):
    actions.load_demo()


@pytest.fixture
def zhang(demo):
    return places_scene.officer("张科", places_scene.HEXI)
