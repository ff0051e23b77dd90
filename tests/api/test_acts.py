"""The desks through the API: both roads to the certificate, corrections, and every way of being told no."""

import pytest

from portal.models import AuditEvent
from registry import clients
from registry.casework import actions
from registry.models import Case, Certificate, Interval, Organisation
from registry.scope import Role
from tests import builders
from tests.api.speaking import Speaker


def etag(speaker, case):
    """What the client saw last."""
    return speaker.get(f"/cases/{case}").headers["ETag"]


def act(speaker, case, verb, body=None, **headers):
    """A step, on what the client sees now."""
    headers.setdefault("If_Match", etag(speaker, case))
    path = f"/cases/{case}/{verb}" if verb in ("submit", "withdraw") else f"/cases/{case}/actions/{verb}"
    return speaker.post(path, body, **headers)


def done(response):
    assert response.status_code == 200, response.content.decode()
    return response.json()


@pytest.fixture
def handed(cast, places, packs, delegation):
    """The number of an application handed in, `moves` steps along its road."""
    return lambda moves=1, **more: builders.walk(builders.draft(cast.auntie, places.garden, **more), cast, moves=moves)


@pytest.fixture
def both_desks(places):
    """A client that sits at the district's desk and at the approver's."""
    return Speaker(clients.make("双岗", [(Role.DISTRICT, places.hexi.code), (Role.APPROVER, places.hexi.code)]))


def applied(speak, places, item, said):
    """A complete draft as a platform makes one: open, ask each section what it asks, fill it in, bring the papers."""
    platform, numbers = speak("platform"), builders.sealed()
    said["people"] |= {"leader_id_number": numbers["leader_id_number"], "leader_phone": numbers["leader_phone"]}
    made = platform.post("/cases", {"item": item, "place": places.garden.code, "reference": "办-1"})
    assert made.status_code == 201, made.content.decode()
    case = made.json()["id"]
    for key, answers in typed(said).items():
        asked = platform.get(f"/cases/{case}/sections/{key}")
        names = {one["name"] for one in asked.json()["questions"]}
        told = {"answers": {name: value for name, value in answers.items() if name in names}}
        done(platform.put(f"/cases/{case}/sections/{key}", told, If_Match=asked.headers["ETag"]))
    for kind in done(platform.get(f"/cases/{case}/validation"))["missing_materials"]:
        told = platform.upload(f"/cases/{case}/materials", {"kind": kind, "file": builders.png()})
        assert told.status_code == 201, told.content.decode()
    return case


def typed(said):
    """Answers as JSON has them: yes or no is a boolean."""
    words = {"yes": True, "no": False, "": None}
    return {key: {name: words.get(value, value) for name, value in one.items()} for key, one in said.items()}


def test_a_filing_goes_from_the_platform_to_its_certificate(speak, places):
    case = applied(speak, places, "filing", builders.answers())
    assert done(act(speak("platform"), case, "submit"))["state"] == "submitted"
    assert done(act(speak("community"), case, "review", {"note": "材料齐全"}))["state"] == "reviewed"
    assert done(act(speak("community"), case, "report"))["state"] == "reported"
    told = done(act(speak("street"), case, "record", {"data": builders.GRANT}))
    assert told["state"] == "approved" and told["certificate"]["number"]
    assert Organisation.objects.get().standing == "filed"


def test_a_registration_goes_from_the_platform_to_its_certificate(speak, places):
    case = applied(speak, places, "registration", builders.registration_answers())
    done(act(speak("platform"), case, "submit"))
    assert done(act(speak("district"), case, "accept"))["state"] == "accepted"
    code = builders.credit_code(Case.objects.get(pk=case))
    done(act(speak("district"), case, "examine", {"note": "符合条件", "data": {"credit_code": code}}))
    assert done(act(speak("approver"), case, "approve"))["certificate"]["number"]
    assert Organisation.objects.get().credit_code == code


def test_a_correction_goes_back_and_comes_again(speak, places):
    case = applied(speak, places, "filing", builders.answers())
    platform, community = speak("platform"), speak("community")
    done(act(platform, case, "submit"))
    wrong = {"defects": [{"section": "organisation", "field": "name", "reason": "名称不规范"}]}
    told = done(act(community, case, "send_back", {"note": "请改名称", "data": wrong}))
    assert told["state"] == "returned"
    path = f"/cases/{case}/sections/organisation"
    said = done(platform.get(path))["answers"] | {"name": "晨光舞蹈队"}
    done(platform.put(path, {"answers": said}, If_Match=etag(platform, case)))
    assert done(act(platform, case, "submit"))["state"] == "submitted"
    assert done(act(community, case, "review", {"note": "已改正"}))["name"] == "晨光舞蹈队"


def test_a_paper_is_questioned_by_its_kind(speak, handed):
    case = handed()
    paper = case.materials.first().kind
    wrong = {"defects": [{"material": paper, "reason": "照片不清楚"}]}
    done(act(speak("community"), case.pk, "send_back", {"data": wrong}))
    defect = case.steps.last().defects.get()
    assert (defect.section, defect.field, defect.reason) == ("materials", paper, "照片不清楚")


def test_the_trail_names_who_is_acted_for_and_the_request(speak, handed):
    case = handed()
    done(act(speak("community"), case.pk, "review", {"note": "属实"}, X_Acting_Person="%E7%8E%8B", X_Request_ID="r-7"))
    line = AuditEvent.objects.get(verb="case.review")
    assert (line.for_whom, line.request) == ("王", "r-7")


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({"data": {"tier": "filed", "managing_body": ""}}, 422, "unfit", "/data/managing_body"),
        ({"data": {"tier": "golden", "managing_body": "街道"}}, 422, "unfit", "/data/tier"),
        ({"data": {"colour": "red"}}, 400, "unknown_field", "/data/colour"),
        ({"data": {"tier": 3}}, 400, "invalid", "/data/tier"),
        ({"data": []}, 400, "invalid", "/data"),
        ({"data": {"tier": "\ud800"}}, 400, "invalid", "/data"),
        ({"data": {"tier": 10**30}}, 400, None, None),
        ({"note": "长" * 1001}, 400, "invalid", "/note"),
        ({"version": 3}, 400, "unknown_field", "/version"),
    ],
)
def test_what_does_not_fit_the_form_is_told_where_and_changes_nothing(speak, handed, body, status, code, pointer):
    case = handed(3)
    told = act(speak("street"), case.pk, "record", body)
    assert told.status_code == status, told.content.decode()
    if pointer:
        assert told.json()["code"] == code and pointer in [one["name"] for one in told.json()["invalid_params"]]
    assert Case.objects.get(pk=case.pk).state == "reported"


@pytest.mark.parametrize(
    ("defects", "status", "code", "pointer"),
    [
        ([], 422, "unfit", "/data/defects"),
        ([{"section": "organisation", "field": "colour", "reason": "不对"}], 422, "unfit", "/data/defects/0"),
        ([{"material": "selfie", "reason": "不对"}], 422, "unfit", "/data/defects/0"),
        ([{"section": "organisation", "field": "name", "reason": "不对"}] * 2, 422, "unfit", "/data/defects/1"),
        ([{"section": "organisation", "reason": "不对"}], 400, "invalid", "/data/defects/0"),
        ([{"section": "organisation", "field": "name"}], 400, "invalid", "/data/defects/0/reason"),
        ({"section": "organisation"}, 400, "invalid", "/data/defects"),
    ],
)
def test_a_notice_names_things_of_this_case_each_once(speak, handed, defects, status, code, pointer):
    case = handed()
    told = act(speak("community"), case.pk, "send_back", {"data": {"defects": defects}})
    assert (told.status_code, told.json()["code"]) == (status, code), told.content.decode()
    assert pointer in [one["name"] for one in told.json()["invalid_params"]]


def test_what_a_rule_refuses_names_the_field_in_the_body(speak, handed):
    case = handed()
    told = act(speak("community"), case.pk, "review")
    assert told.status_code == 422 and told.json()["invalid_params"][0]["name"] == "/note"


def test_the_wrong_desk_is_told_whose_step_it_is(speak, handed):
    case = handed()
    told = act(speak("street"), case.pk, "review", {"note": "属实"})
    assert (told.status_code, told.json()["code"]) == (403, "not_allowed")
    assert "社区（村）工作人员" in told.json()["detail"]


def test_out_of_turn_is_told_who_was_quicker(speak, handed):
    case = handed(2)
    told = act(speak("community"), case.pk, "review", {"note": "属实"})
    assert (told.status_code, told.json()["code"]) == (409, "overtaken")
    assert "小王" in told.json()["detail"]


def test_who_examined_may_not_approve(both_desks, handed):
    case = handed(2, road="registration")
    code = builders.credit_code(case)
    done(act(both_desks, case.pk, "examine", {"note": "符合", "data": {"credit_code": code}}))
    told = act(both_desks, case.pk, "approve")
    assert (told.status_code, told.json()["code"]) == (403, "four_eyes")
    assert not Certificate.objects.exists()


def test_a_stranger_finds_nothing(speak, handed):
    case = handed()
    told = speak("neighbour").post(f"/cases/{case.pk}/actions/review", {"note": "属实"}, If_Match="*")
    assert told.status_code == 404
    assert speak("leader").post(f"/cases/{case.pk}/actions/take", If_Match="*").status_code in (403, 404)


def test_a_token_without_the_stage_may_read_and_not_act(speak, handed):
    case, street = handed(3), speak("street")
    street.token = street.fresh_token(f"cases.read@{case.place_code[:9]}000")
    for verb, body in (("record", {"data": builders.GRANT}), ("take", None), ("suspend", SUSPENDED)):
        told = act(street, case.pk, verb, body)
        assert (told.status_code, told.json()["code"]) == (403, "scope_missing"), verb


def test_without_key_or_tag_nothing_is_done_and_an_old_tag_is_refused(speak, handed):
    case, community = handed(), speak("community")
    path, body = f"/cases/{case.pk}/actions/review", {"note": "属实"}
    assert community.post(path, body).status_code == 428
    assert community.post(path, body, If_Match='"old"').json()["code"] == "changed"
    assert community.post(path, body, If_Match="*", Idempotency_Key="").status_code == 400
    assert Case.objects.get(pk=case.pk).state == "submitted"


def test_the_same_key_again_is_answered_as_the_first_time(speak, handed):
    case, community = handed(), speak("community")
    seen = etag(community, case.pk)
    one, again = (act(community, case.pk, "review", {"note": "好"}, Idempotency_Key="k", If_Match=seen) for _ in "12")
    assert one.content == again.content and again["Idempotency-Replayed"] == "true" and one["ETag"] == again["ETag"]
    assert act(community, case.pk, "review", {"note": "别的"}, Idempotency_Key="k").status_code == 422
    assert case.steps.filter(verb="review").count() == 1


def test_verbs_nobody_knows_and_those_with_a_door_of_their_own_are_not_here(speak, handed, cast):
    case = handed()
    assert act(speak("community"), case.pk, "dance").status_code == 404
    path = f"/cases/{case.pk}/actions/withdraw"
    assert speak("community").post(path, {}, If_Match="*").status_code == 404


def test_what_the_system_does_by_itself_nobody_does_by_hand(speak, handed):
    case = handed(1, road="registration")
    told = act(speak("district"), case.pk, "deem")
    assert (told.status_code, told.json()["code"]) == (403, "not_allowed")


SUSPENDED = {"cause": "hearing", "reason": "需要听证", "basis": "《行政许可法》第四十五条"}


def test_a_desk_holds_the_clocks_and_lets_them_run_again(speak, handed):
    case, street = handed(3), speak("street")
    cause = dict(Interval.Cause.choices)
    assert SUSPENDED["cause"] in cause
    told = done(act(street, case.pk, "suspend", SUSPENDED))
    assert told["deadlines"]["suspended"]["cause"] == "hearing"
    assert act(street, case.pk, "suspend", SUSPENDED).json()["code"] == "already_suspended"
    assert act(speak("community"), case.pk, "resume", {}).status_code == 403
    assert done(act(street, case.pk, "resume", {}))["deadlines"]["suspended"] is None
    assert act(street, case.pk, "resume", {}).json()["code"] == "not_suspended"


def test_a_case_in_hand_is_nobody_elses_until_it_is_given_back(speak, handed, cast):
    case, street = handed(3), speak("street")
    done(act(street, case.pk, "take"))
    assert Case.objects.get(pk=case.pk).holder == street.user
    with pytest.raises(actions.OutOfTurn):
        actions.move(case, "record", by=cast.li, data=builders.GRANT)
    done(act(street, case.pk, "release"))
    assert act(street, case.pk, "release").json()["code"] == "not_held"
    assert act(speak("community"), case.pk, "take").json()["code"] == "not_allowed"


def test_a_desk_asks_another_body_and_records_its_paper(speak, handed):
    case, street = handed(3), speak("street")
    body = {"kind": "industry", "unit": "区教育局", "question": "是否同意", "due_days": 5}
    asked = street.post(f"/cases/{case.pk}/opinions", body, If_Match=etag(street, case.pk))
    assert asked.status_code == 201, asked.content.decode()
    again = street.post(f"/cases/{case.pk}/opinions", body, If_Match=etag(street, case.pk))
    assert (again.status_code, again.json()["code"]) == (409, "asked_already")
    assert act(street, case.pk, "record", {"data": builders.GRANT}).json()["code"] == "opinion_open"
    path = f"/cases/{case.pk}/opinions/{asked.json()['id']}/answer"
    files = {"paper": builders.png("答复.png"), "answer": "agree", "paper_number": "教函1号"}
    told = street.upload(path, files, If_Match=etag(street, case.pk))
    assert told.status_code == 200 and told.json()["answer"] == "agree", told.content.decode()
    done(act(street, case.pk, "record", {"data": builders.GRANT}))


@pytest.mark.parametrize("less", ["an office that ended", "a token for another place"])
def test_no_answer_is_repeated_to_who_may_no_longer_read_the_case(handed, places, less):
    grants = [(Role.STREET, places.street.code), (Role.DISTRICT, places.heping.code)]
    one, case = Speaker(clients.make("两地系统", grants)), handed(moves=3)
    told = one.post(f"/cases/{case.pk}/actions/take", If_Match=etag(one, case.pk), Idempotency_Key="take")
    assert done(told)["sections"]
    again = {"If_Match": told["ETag"], "Idempotency_Key": "take"}
    assert done(one.post(f"/cases/{case.pk}/actions/take", **again)) == told.json()
    if less == "an office that ended":
        clients.revoke(one.client, Role.STREET, places.street.code)
    else:
        here = places.heping.code
        one.token = one.fresh_token(f"cases.read@{here} cases.act:district@{here}")
    assert one.get(f"/cases/{case.pk}").status_code == 404
    assert one.post(f"/cases/{case.pk}/actions/take", **again).status_code == 404
