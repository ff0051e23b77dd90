"""The demo places, and the officer of 河西区 who may change them; a platform that takes records."""

import pytest

from registry.places import actions
from tests.registry import editions_scene, places_scene
from tests.registry.platform_server import SECRET, Platform, running


@pytest.fixture
def demo(db):
    actions.load_demo()


@pytest.fixture
def zhang(demo):
    return places_scene.officer("张科", places_scene.HEXI)


@pytest.fixture
def edition(tmp_path):
    """A directory of the five files, in the shape and with the pseudo levels of the real ones."""
    for file, text in editions_scene.FILES.items():
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def loaded(db, edition):
    editions_scene.load(edition)
    return edition


@pytest.fixture
def there(settings):
    """The platform, listening and switched on."""
    found = Platform()
    with running(found) as url:
        settings.PLATFORMS = {"example": {"url": url, "secret": SECRET}}
        settings.OUTBOUND_ALLOWED = [url.split("/")[2]]
        yield found
