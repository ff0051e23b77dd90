"""What the tests of 备案 share."""

import pytest

from tests import builders


@pytest.fixture
def team(cast, places, packs, delegation):
    """阳光舞蹈队, filed by 李阿姨 with number and certificate."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast).organisation
