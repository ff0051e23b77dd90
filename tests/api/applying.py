"""An applicant's platform at work: a filing as JSON, step by step."""

from typing import Any

from tests import builders

ANSWERS: dict[str, dict[str, Any]] = {
    "organisation": {
        "name": "阳光舞蹈队",
        "category": "culture_sports",
        "activities": "组织居民排练和演出",
        "service_groups": ["elderly"],
        "scope": "community",
        "premises": "shared",
        "address": "社区活动中心二楼",
    },
    "people": {
        "leader_name": "刘桂兰",
        "leader_id_number": builders.identity_number(),
        "leader_phone": "13900000000",
        "serving_cadre": False,
        "individual_members": 24,
    },
    "party": {"full_party_members": 3, "party_organisation": "fallback"},
}
PAPERS = ("charter", "members")


def opened(client, where, *, item: str = "filing", reference: str = "P-1", **more):
    """The answer to a new case; all sections filled in unless `answers` says otherwise."""
    body = {"item": item, "place": where.code, "reference": reference, "answers": ANSWERS} | more
    return client.post("/cases", body)


def bring(client, at: str, kind: str, file=None, **headers):
    """The answer to an upload; `at` is the address of the case."""
    body = {"kind": kind, "file": file or builders.png()}
    return client.upload(at.removeprefix("/api/v1") + "/materials", body, **headers)


def complete(client, where, *, reference: str = "P-1", **more):
    """(address, answer) of a draft that may be handed in."""
    told = opened(client, where, reference=reference, **more)
    assert told.status_code == 201, told.content.decode()
    at = told["Location"]
    for kind in PAPERS:
        told = bring(client, at, kind)
        assert told.status_code == 201, told.content.decode()
    return at, told


def submitted(client, where, *, reference: str = "P-1"):
    """(address, answer) of a case handed in."""
    at, told = complete(client, where, reference=reference)
    told = client.post(f"{at}/submit", If_Match=told["ETag"])
    assert told.status_code == 200, told.content.decode()
    return at, told


def pointed(document: dict[str, Any], pointer: str) -> Any:
    """What a JSON pointer finds; KeyError where it leads nowhere."""
    for part in pointer.split("/")[1:]:
        document = document[part.replace("~1", "/").replace("~0", "~")]
    return document
