"""The cast. Every test plays with the same few places and people.

天津市 ─ 河西区 (county) ─ 大营门街道 (street) ─ 九江路社区 (community): 小王 files and reviews first, 老李 and
陈姐 decide at the street, 张科 examines and 孙局 approves at the district, 赵局 looks on, 李阿姨 speaks for her group.
和平区 is next door: 外人 works there and must never see any of it.
"""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from registry import policies
from registry.policy import files
from registry.scope import Role
from tests import builders

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    """Uploads and messages go to folders of the test; nothing asked before counts against a limit."""
    settings.MEDIA_ROOT, settings.SMS_FOLDER = tmp_path / "media", tmp_path / "sms"
    cache.clear()


@pytest.fixture
def places(db) -> SimpleNamespace:
    """A branch of the real tree in Tianjin, and the district next door."""
    make = builders.place
    tianjin = make("120000000000", "天津市", "province")
    hexi = make("120103000000", "河西区", "county", parent=tianjin)
    street = make("120103001000", "大营门街道", "street", parent=hexi)
    garden = make("120103001001", "九江路社区", "community", parent=street)
    village = make("120103001200", "西村", "village", parent=street)
    heping = make("120101000000", "和平区", "county", parent=tianjin)
    return SimpleNamespace(tianjin=tianjin, hexi=hexi, street=street, garden=garden, village=village, heping=heping)


@pytest.fixture
def cast(places) -> SimpleNamespace:
    """Everybody with an office."""
    return SimpleNamespace(
        wang=builders.person("小王", Role.COMMUNITY, places.garden),
        li=builders.person("老李", Role.STREET, places.street),
        chen=builders.person("陈姐", Role.STREET, places.street),
        zhang=builders.person("张科", Role.DISTRICT, places.hexi),
        sun=builders.person("孙局", Role.APPROVER, places.hexi),
        zhao=builders.person("赵局", Role.LEADER, places.hexi),
        auntie=builders.person("李阿姨", Role.APPLICANT, places.garden),
        stranger=builders.person("外人", Role.DISTRICT, places.heping),
    )


@pytest.fixture(scope="session")
def documents():
    """The pack files, read once for the whole run."""
    return files.read_dir(ROOT / "fixtures" / "policy")


@pytest.fixture
def packs(db, documents, monkeypatch):
    """The five documents and the national fall-back, as committed."""
    with monkeypatch.context() as patch:
        patch.setattr(policies, "read_dir", lambda directory: documents)
        return policies.load()


@pytest.fixture
def delegation(places):
    """The street entrusts the committee, since 2020."""
    return builders.delegation(places.garden)
