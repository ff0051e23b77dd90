"""A few open cases in each county's first street, so that every desk has something to decide."""

from itertools import islice

from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

from filings.demo.people import UNIT
from portal.models import User
from registry.casework import actions, clockwork, kinds, opinions, papers
from registry.models import Case, Jurisdiction, Organisation, StandingKind

PHOTO = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc0f01f00050001"
    "ff56c72f0d0000000049454e44ae426082"
)
BORN = "19580315"


def open_some(people: dict[str, User], place: Jurisdiction) -> int:
    """Filings at every desk, one returned, a registration with a unit asked, a change of leader, a held clock."""
    _filing(people, place, "春晓太极拳队", steps=0)
    for name in ("银杏合唱团", "晨光读书社", "巧手编织组"):
        _filing(people, place, name, steps=2)
    _filing(people, place, "小巷故事会", steps=0, back=True)
    _asked(people, _registration(people, place))
    _changes(people, place)
    return 8


def answers(name: str, *, members: int) -> dict[str, dict[str, str]]:
    """A complete set of answers for the tasks of a filing."""
    return {
        "organisation": {
            "name": name,
            "category": "culture_sports",
            "activities": "组织居民排练和演出，每周两次活动",
            "scope": "community",
            "premises": "shared",
            "address": "社区活动中心二楼",
            "larger_scale": "yes",
            "operates_normally": "yes",
        },
        "people": {
            "leader_name": "刘桂兰",
            "leader_party_member": "yes",
            "serving_cadre": "no",
            "individual_members": str(members),
            "unit_members": "",
        },
        "party": {"full_party_members": "3", "probationary_party_members": "1", "party_organisation": "fallback"},
    }


def sealed(serial: int) -> dict[str, str]:
    """An invented identity number with a right check digit, and a telephone number."""
    stem = f"120103{BORN}{serial % 1000:03d}"
    return {"leader_id_number": stem + ric.calc_check_digit(stem + "0"), "leader_phone": "13900000000"}


def hand_in(case: Case, by: User) -> Case:
    """Attach every required paper and submit."""
    for line in papers.checklist(case):
        if line.paper.required and not line.material:
            papers.attach(case, line.paper.kind, SimpleUploadedFile("照片.png", PHOTO), by=by)
    return actions.move(case, "submit", by=by)


def _filing(people: dict[str, User], place: Jurisdiction, name: str, *, steps: int, back: bool = False) -> Case:
    clerk = people["shequ"]
    case = actions.open_case("filing", by=clerk, place=place, said=answers(name, members=24), sealed=sealed(place.pk))
    case = hand_in(case, clerk)
    first = clerk if case.variant == "delegated" else people["jiedao"]
    if back:
        defects = [
            {
                "section": "people",
                "field": "individual_members",
                "label": "个人成员数",
                "reason": "成员名单人数与填写的不一致",
            }
        ]
        return actions.move(case, "send_back", by=first, data={"defects": defects})
    for verb in ("review", "report")[:steps]:
        case = actions.move(case, verb, by=first, note="情况属实，材料齐全")
    return case


def _registration(people: dict[str, User], place: Jurisdiction) -> Case:
    clerk = people["shequ"]
    said = answers(f"{_county(place)}朝霞老年协会", members=56)
    said["organisation"] |= {
        "legal_form": "association",
        "capital": "30000",
        "post_reachable": "yes",
        "hub_type": "",
        "category": "elderly_care",
        "premises": "own",
    }
    said["conditions"] = {
        "supervising_consent": "",
        "public_notice_done": "yes",
        "charter_party": "yes",
        "charter_values": "yes",
    }
    case = actions.open_case("registration", by=clerk, place=place, said=said, sealed=sealed(place.pk + 1))
    return hand_in(case, clerk)


def _asked(people: dict[str, User], case: Case) -> None:
    """The registration is accepted where no consent is due before, and a unit of the county is asked about it."""
    if case.variant != "direct":
        return
    case = actions.move(case, "accept", by=people["quxian"])
    opinions.ask(case, by=people["quxian"], kind="industry", unit=UNIT, question="该组织的养老服务项目是否需要前置条件")


def _changes(people: dict[str, User], place: Jurisdiction) -> None:
    """Two filed organisations of the place have a new leader: one waits, one is held for a look on the spot."""
    clerk = people["shequ"]
    filed = Organisation.objects.inside(place.code).filter(standing=StandingKind.FILED).order_by("id")
    for serial, organisation in enumerate(islice(filed, 2), start=1):
        case = actions.open_case("filing-change", by=clerk, place=place, organisation=organisation)
        for section, post in _new_leader(serial).items():
            case = actions.save_section(case, kinds.of(case.kind).section(section), post, by=clerk)
        case = hand_in(case, clerk)
        if serial == 2:
            first = clerk if case.variant == "delegated" else people["jiedao"]
            clockwork.suspend(case, by=first, cause="expert", reason="到活动场所现场核实", basis="本系统暂定", cap=5)


def _new_leader(serial: int) -> dict[str, dict[str, str]]:
    told = {"leader_name": f"陈秀{'英珍'[serial - 1]}", "leader_party_member": "no", "serving_cadre": "no"}
    return {"items": {"items": "leader"}, "values": told | sealed(700 + serial)}


def _county(place: Jurisdiction) -> str:
    """天津市河西区: what a registered name begins with."""
    above = Jurisdiction.objects.above(place.code).filter(level__in=(1, 3)).order_by("level")
    return "".join(above.values_list("name", flat=True))
