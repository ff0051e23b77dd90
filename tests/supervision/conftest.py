import pytest

from registry import policies
from tests.supervision import scene


@pytest.fixture
def jilin(db):
    """The county, its street of S05 and all documents."""
    policies.load()
    scene.jilin()
    scene.s05()
