"""Valid records in one line."""

import datetime as dt
import io
from itertools import count

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from stdnum.cn import ric

from filings.models import Delegation
from portal.models import User
from registry import contacts, register, uscc
from registry.casework import actions, kinds, papers
from registry.models import Case, Contact, Jurisdiction, Office, Organisation

SINCE = dt.date(2016, 1, 1)
LEVELS = {"province": 1, "prefecture": 2, "county": 3, "street": 4, "town": 4, "community": 5, "village": 5}
CLASSES = {"community": "urban", "village": "rural"}
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f6"
    "1738550000000049454e44ae426082"
)
_serial = count(1)


def place(code: str, name: str, kind: str, *, parent: Jurisdiction | None = None, **more) -> Jurisdiction:
    values = {"level": LEVELS[kind], "kind": kind, "parent": parent, "area_class": CLASSES.get(kind, "")} | more
    return Jurisdiction.objects.create(code=code, name=name, **values)


def person(name: str, role: str, where: Jurisdiction, *, starts: dt.date = SINCE, ends: dt.date | None = None) -> User:
    user = User(username=f"user{next(_serial)}", name=name)
    user.set_unusable_password()
    user.save()
    Office.objects.create(user=user, role=role, place=where, starts=starts, ends=ends)
    return user


def delegation(community: Jurisdiction, **more) -> Delegation:
    values = {"starts": dt.date(2020, 1, 1), "document": "委托书"} | more
    return Delegation.objects.create(street=community.parent, community=community, **values)


def organisation(
    where: Jurisdiction, *, name: str = "", kind: str = "filed", on: dt.date = SINCE, **said
) -> Organisation:
    """An organisation on the register since a day."""
    name = name or f"邻里互助社{next(_serial)}"
    numbers = {}
    if kind == "registered":
        form = said.setdefault("legal_form", "association")
        numbers["credit_code"] = uscc.make(next(_serial), legal_form=form, division_code=where.code[:6])
    entry = register.Entry(kind=kind, name=name, place=where, said=said, numbers=numbers, managing_body="街道办事处")
    return register.enter(entry, by=None, on=on)


def contact(where: Jurisdiction, *, phone: str = "13800001111", leader: str = "刘桂兰", **said) -> Contact:
    """An organisation whose leader was invited to speak for it."""
    found = organisation(where, leader_name=leader, leader_phone=phone, **said)
    return contacts.invite(found, by=None)


def identity_number(serial: int = 1) -> str:
    stem = f"12010319580315{serial:03d}"
    return stem + ric.calc_check_digit(stem + "0")


def answers(name: str = "阳光舞蹈队", **organisation_answers) -> dict:
    return {
        "organisation": {
            "name": name,
            "category": "culture_sports",
            "activities": "组织居民排练和演出",
            "scope": "community",
            "premises": "shared",
            "address": "社区活动中心二楼",
            "larger_scale": "yes",
            "operates_normally": "yes",
        }
        | organisation_answers,
        "people": {
            "leader_name": "刘桂兰",
            "leader_party_member": "yes",
            "serving_cadre": "no",
            "individual_members": "24",
            "unit_members": "",
        },
        "party": {"full_party_members": "3", "probationary_party_members": "", "party_organisation": "fallback"},
    }


def registration_answers(name: str = "天津市河西区暖阳老年协会", **organisation_answers) -> dict:
    said = answers(
        name,
        **(
            {
                "category": "elderly_care",
                "premises": "own",
                "legal_form": "association",
                "capital": "30000",
                "post_reachable": "yes",
                "hub_type": "",
            }
            | organisation_answers
        ),
    )
    said["people"]["individual_members"] = "56"
    said["party"]["party_organisation"] = "own"
    said["conditions"] = {
        "supervising_consent": "",
        "public_notice_done": "yes",
        "charter_party": "yes",
        "charter_values": "yes",
    }
    return said


def sealed(serial: int = 1) -> dict:
    return {"leader_id_number": identity_number(serial), "leader_phone": "13900000000"}


def draft(by: User, where: Jurisdiction, *, road: str = "filing", said: dict | None = None, **more) -> Case:
    """A complete draft with every required paper."""
    said = said or (registration_answers() if road == "registration" else answers())
    case = actions.open_case(road, by=by, place=where, said=said, sealed=sealed(), **more)
    for line in papers.checklist(case):
        if line.paper.required:
            papers.attach(case, line.paper.kind, png(), by=by)
    return case


def png(name: str = "照片.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def picture(serial: int = 1, name: str = "重拍.png") -> SimpleUploadedFile:
    """A photo like no other."""
    held = io.BytesIO()
    Image.new("RGB", (8 + serial, 8), "white").save(held, "PNG")
    return SimpleUploadedFile(name, held.getvalue())


GRANT = {"tier": "filed", "managing_body": "大营门街道办事处"}
WALKS = {  # the cast on each road, one move a line: verb, who, form data
    "filing": (("submit", "opener", {}), ("review", "wang", {}), ("report", "wang", {}), ("record", "li", GRANT)),
    "registration": (
        ("submit", "opener", {}),
        ("accept", "zhang", {}),
        ("examine", "zhang", {}),
        ("approve", "sun", {}),
    ),
}


def walk(case: Case, cast, *, moves: int = 9) -> Case:
    """Take the first moves of the case's road as the cast would; all of them by default."""
    for verb, who, data in WALKS[case.road][:moves]:
        by = case.opened_by if who == "opener" else getattr(cast, who)
        given = {"credit_code": credit_code(case)} if verb == "examine" else data
        case = actions.move(case, verb, by=by, note="属实", data=given)
    return case


def credit_code(case: Case) -> str:
    form = case.answers["organisation"]["legal_form"]
    return uscc.make(next(_serial) + 5000, legal_form=form, division_code=case.place_code[:6])


DEFECT = {"section": "organisation", "field": "name", "label": "组织名称", "reason": "名称不规范"}


def returned(case: Case, cast) -> Case:
    """Handed in, and given back with one defect."""
    case = walk(case, cast, moves=1)
    return actions.move(case, "send_back", by=cast.wang, data={"defects": [DEFECT]})


def corrected(case: Case, name: str = "晨光舞蹈队") -> Case:
    """The questioned name put right, and handed in again by whoever opened the case."""
    section = kinds.of(case.kind).section("organisation")
    case = actions.save_section(case, section, case.answers["organisation"] | {"name": name}, by=case.opened_by)
    return actions.move(case, "submit", by=case.opened_by)
