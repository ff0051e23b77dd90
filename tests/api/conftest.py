"""Clients of every kind, each with a token, on the places of the cast."""

import pytest

from registry import clients
from registry.scope import Role
from tests.api.speaking import Speaker

NAMES = {
    "platform": "河西区政务服务平台",
    "community": "九江路社区办公系统",
    "street": "大营门街道办公系统",
    "district": "河西区民政业务系统",
    "approver": "河西区审批系统",
    "leader": "河西区数据平台",
    "neighbour": "和平区政务服务平台",
}


@pytest.fixture
def speak(cast, places, packs, delegation):
    """`speak("platform")`: a client with its token. platform applies in 河西区 and reads; community, street, district
    and approver act at their desk; leader only reads; neighbour is the platform of 和平区."""
    grants = {
        "platform": [(Role.APPLICANT, places.hexi.code), (Role.LEADER, places.hexi.code)],
        "community": [(Role.COMMUNITY, places.garden.code)],
        "street": [(Role.STREET, places.street.code)],
        "district": [(Role.DISTRICT, places.hexi.code)],
        "approver": [(Role.APPROVER, places.hexi.code)],
        "leader": [(Role.LEADER, places.hexi.code)],
        "neighbour": [(Role.APPLICANT, places.heping.code), (Role.LEADER, places.heping.code)],
    }
    made: dict[str, Speaker] = {}

    def one(who: str) -> Speaker:
        if who not in made:
            made[who] = Speaker(clients.make(NAMES[who], grants[who], per_minute=100_000))
        return made[who]

    return one
