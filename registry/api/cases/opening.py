"""Opening a case for a client: its own number is the natural key, so that nothing is opened twice."""

from typing import Any

from django.db import transaction

from portal.api.callers import Caller
from portal.api.problems import BadRequest
from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import Client
from registry import codes
from registry.api.cases import said as spoken
from registry.casework import actions, kinds
from registry.casework.kinds import Kind
from registry.models import Case, Jurisdiction, Organisation


@transaction.atomic
def open_case(caller: Caller, said: dict[str, Any]) -> tuple[Case, bool]:
    """The case under the client's number, and whether it is new.

    `NotAllowed` for a place outside the token, `Refusal` 422 for an item, place or organisation that cannot be,
    `OutOfTurn` (reference_used) when the number stands for another case, or one is under way for the organisation.
    """
    Client.objects.select_for_update(no_key=True).get(pk=caller.client.pk)  # two with one number wait for each other
    found = Case.objects.filter(opened_by=caller.user, open_key=said["reference"]).select_related("place").first()
    if found is not None:
        return _the_same(found, said), False
    kind, place = _kind(said["item"]), _place(caller, said["place"])
    organisation = _organisation(said.get("organisation"), place)
    made = actions.open_case(kind.key, by=caller.user, place=place, organisation=organisation, key=said["reference"])
    return _filled(made, kind, said.get("answers", {}), caller), True


def _kind(key: str) -> Kind:
    found = kinds.every().get(key)
    if found is None:
        raise Refusal("没有这个事项，有哪些事项见 /items", code="no_such_item", field="item")
    return found


def _place(caller: Caller, code: str) -> Jurisdiction:
    if not any(codes.contains(held, code) for held in caller.places("cases.write")):
        raise NotAllowed(f"令牌不能在这里申报（cases.write@{code}）", code="scope_missing", field="place")
    found = Jurisdiction.objects.filter(code=code, ends=None, level__gte=Jurisdiction.Level.STREET).first()
    if found is None:
        words = "没有这个社区（村）或街道（乡镇），或者已经撤销"
        raise Refusal(words, code="no_such_place", field="place")
    return found


def _organisation(pk: int | None, place: Jurisdiction) -> Organisation | None:
    """The organisation in that very place; another one and none at all are answered alike."""
    if pk is None:
        return None
    found = Organisation.objects.select_related("place").filter(pk=pk, place=place).first()
    if found is None:
        raise Refusal("这个地方没有这个组织", code="no_such_organisation", field="organisation")
    return found


def _the_same(found: Case, said: dict[str, Any]) -> Case:
    agrees = found.kind == said["item"] and found.place_code == said["place"]
    if not agrees or (said.get("organisation") or found.organisation_id) != found.organisation_id:
        words = f"这个办件号已经用于“{found.matter}”（{found.place}），换一个号"
        raise OutOfTurn(words, code="reference_used", field="reference")
    return found


def _filled(case: Case, kind: Kind, answers: dict[str, Any], caller: Caller) -> Case:
    """The first answers, section by section in the order of the form: what is ticked decides what is asked next."""
    unknown = [(f"/answers/{key[:40]}", "unknown_section", "没有这个部分") for key in answers if not kind.section(key)]
    if unknown:
        raise BadRequest("answers 里有不认识的部分", code="unknown_section", wrong=unknown)
    for section in kind.sections:
        if section.key in answers:
            post = spoken.typed(section, case, answers[section.key], where=f"/answers/{section.key}")
            case = actions.save_section(case, section, post, by=caller.user)
    return case
