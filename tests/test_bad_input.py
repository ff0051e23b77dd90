"""Nonsense into every form: no page breaks, every complaint is in Chinese, and what was typed stays typed."""

import re

import pytest
from django.core.cache import cache
from django.db import transaction
from django.forms import BaseForm
from django.urls import reverse
from django.utils.html import escape

from registry.casework import actions, kinds
from registry.models import Case, Organisation
from tests import builders

NONSENSE = {
    "empty": "",
    "blank": "  \t ",
    "too long": "长" * 6000,
    "full width": "１２３",
    "huge": "9" * 400,
    "beyond every integer": str(2**70),
    "negative": "-5",
    "half": "1.5",
    "emoji": "阳光🎉队",
    "NUL": "阳\x00光",
    "direction": "阳\u202e光",
    "script": "<script>alert(1)</script>",
    "template": "{{ 7|add:7 }}",
    "query": "' OR 1=1 --",
    "date that never was": "2026-02-30",
    "year 10000": "99999-01-01",
    "Arabic digits": "٣٤",
}
SECTIONS = [("filing", key) for key in ("organisation", "people", "party")]
SECTIONS += [("registration", key) for key in ("organisation", "conditions")]  # the others are the same forms
LISTING = {
    "name": "晨练队",
    "category": "culture_sports",
    "activities": "每天早上打太极拳",
    "individual_members": "9",
    "leader_name": "王强",
    "leading_party": "九江路社区党委",
}
GUIDE = {
    "legal_form": "association",
    "individual_members": "24",
    "unit_members": "",
    "capital": "0",
    "premises": "shared",
    "larger": "yes",
}
KEPT = {"name", "activities", "address", "leader_name", "individual_members", "unit_members", "capital"}


def nonsenses(*names):
    """Each of them (or those named) in turn; what a form does with one is put back before the next."""
    for text in [NONSENSE[name] for name in names or NONSENSE]:
        with transaction.atomic():
            yield text
            transaction.set_rollback(True)


def complaints(answer):
    """Every message of every form on the page."""
    contexts = answer.context if isinstance(answer.context, list) else [answer.context]
    values = [value for each in contexts if each for value in each.flatten().values()]
    forms = [value for value in values if isinstance(value, BaseForm) and value.is_bound]
    return [message for form in forms for lines in form.errors.values() for message in lines]


def settled(answer):
    """The page stands, and complains in Chinese if it complains."""
    about = f"{answer.wsgi_request.get_full_path()[:120]} {str(dict(answer.wsgi_request.POST))[:120]}"
    assert answer.status_code in (200, 302, 303, 400, 403, 404, 409, 422), f"{answer.status_code} {about}"
    for message in complaints(answer):
        assert re.search(r"[\u4e00-\u9fff]", message), f"{message} {about}"
        assert not re.search(r"[A-Za-z]{4,}", message.replace("<script>alert(1)</script>", "")), f"{message} {about}"
    assert "<script>alert" not in answer.content.decode(), about
    return answer


@pytest.mark.parametrize(("road", "key"), SECTIONS)
def test_a_task_of_an_application(road, key, client, cast, places, packs):
    case = actions.open_case(road, by=cast.auntie, place=places.garden)
    client.force_login(cast.auntie)
    fields = kinds.of(road).section(key).form.base_fields
    url = reverse("registry:section", args=[case.pk, key])
    for text in nonsenses():
        answer = settled(client.post(url, dict.fromkeys(fields, text)))
        page = settled(client.get(url)).content.decode()
        kept, said = text.replace("\x00", "").replace("\u202e", "")[:5000], Case.objects.get().answers[key]
        assert {said[name] for name in KEPT & said.keys()} <= {kept}
        assert not KEPT & said.keys() or escape(kept) in (
            answer.content.decode() if answer.status_code == 200 else page
        )
        settled(client.post(reverse("registry:autosave", args=[case.pk, key]), {"version": text}))
        if "name" in fields:
            settled(client.get(reverse("registry:resembling", args=[case.pk]), {"name": text}))
    for text in nonsenses("empty", "too long", "emoji", "script"):
        settled(client.post(url, dict.fromkeys(fields, text)))
        settled(client.get(reverse("registry:check", args=[case.pk])))
        settled(client.get(reverse("registry:case", args=[case.pk])))


MOVES = [
    ("filing", 1, "wang", ("send_back", "review", "withdraw")),
    ("filing", 3, "li", ("record", "reject", "return")),
    ("registration", 1, "zhang", ("accept", "return", "refuse")),
    ("registration", 2, "zhang", ("examine",)),
    ("registration", 3, "sun", ("approve", "back", "reject")),
]


@pytest.mark.parametrize(("road", "moves", "who", "verbs"), MOVES)
def test_a_step(road, moves, who, verbs, client, cast, places, packs, delegation):
    case = builders.walk(builders.draft(cast.auntie, places.garden, road=road), cast, moves=moves)
    client.force_login(getattr(cast, who))
    names = ("version", "note", "tier", "managing_body", "credit_code", "defect:organisation.name")
    for verb in verbs:
        for text in nonsenses("empty", "too long", "huge", "emoji", "NUL", "direction", "script", "template"):
            answer = settled(client.post(reverse("registry:move", args=[case.pk, verb]), dict.fromkeys(names, text)))
            if answer.status_code == 302:
                settled(client.get(case.get_absolute_url()))


def test_a_listing(client, cast, places):
    client.force_login(cast.wang)
    url = reverse("filings:listing")
    for text in nonsenses():
        settled(client.post(url, dict.fromkeys(["place", "leader_phone", *LISTING], text)))
        settled(client.post(url, LISTING | {"place": places.garden.pk, "name": text, "activities": text}))


def test_a_delegation(client, cast, places):
    client.force_login(cast.li)
    for text in nonsenses():
        for name in ("community", "starts", "ends", "document"):
            form = {"community": places.garden.pk, "starts": "2026-01-01", "document": "委托书"} | {name: text}
            settled(client.post(reverse("filings:delegations"), form))


def test_an_end(client, cast, places, packs):
    found = builders.organisation(places.garden, kind="listed")
    client.force_login(cast.wang)
    for text in nonsenses():
        settled(client.post(reverse("registry:end", args=[found.pk]), {"reason": text}))
        settled(client.get(found.get_absolute_url()))


ASKED = {
    "registry:guide": "place_code legal_form individual_members unit_members capital premises larger",
    "registry:verify": "number",
    "registry:track": "number code",
    "registry:organisations": "q place standing category legal_form after before",
    "registry:cases": "tab page",
    "registry:places": "q",
    "supervision:alerts": "after before",
}


@pytest.mark.parametrize("page", ASKED)
def test_a_question_in_the_address(page, client, cast, places, packs):
    client.force_login(cast.zhang)
    names = ASKED[page].split()
    for text in nonsenses():
        cache.clear()
        settled(client.get(reverse(page), dict.fromkeys(names, text)))
    for text in nonsenses("full width", "huge", "NUL", "script"):
        for name in names:
            settled(client.get(reverse(page), {name: text}))


def test_the_guide_with_one_answer_wrong(client, cast, places, packs):
    client.force_login(cast.auntie)
    right = GUIDE | {"place_code": places.garden.code}
    for text in nonsenses("empty", "huge", "NUL", "emoji"):
        for name in right:
            settled(client.get(reverse("registry:guide"), right | {name: text}))
            settled(client.post(reverse("registry:start"), {"road": "filing", "key": "k"} | right | {name: text}))
        settled(client.post(reverse("registry:start"), right | {"road": text, "key": text}))


def test_the_sign_in(client, db, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    for text in nonsenses():
        settled(client.post(reverse("portal:login"), {"username": text, "password": text}))


@pytest.mark.parametrize(
    "path",
    [
        "/verify/%00/",
        "/verify/" + "x" * 3000 + "/",
        "/policies/tianjin-2018/?edition=%00",
        "/boards/%00/",
        "/boards/12/x/",
        "/boards/120103000000/avg_urban/?side=%00&after=%00",
        "/boards/120103/?on=99999-01-01",
        "/boards/120103/?on=%00",
        "/cases/99999999999999999999/",
        "/cases/1/do/%00/",
        "/organisations/99999999999999999999/",
        "/certificates/99999999999999999999.pdf",
        "/places/%00/",
        "/places/120103/?on=%00",
        "/?%00=%00",
    ],
)
def test_an_address_nobody_would_type(path, client, cast, places, packs):
    client.force_login(cast.zhang)
    assert settled(client.get(path)).status_code in (200, 302, 400, 404)


# --- what is wrong in one place only -----------------------------------------------------------------------------

PERSON = {
    "leader_name": "刘桂兰",
    "leader_id_number": builders.identity_number(),
    "leader_phone": "13900000000",
    "leader_party_member": "yes",
    "serving_cadre": "no",
    "individual_members": "24",
    "unit_members": "",
}


@pytest.mark.parametrize(
    ("name", "typed", "told"),
    [
        ("leader_id_number", "120103195803150010", "校验不符"),
        ("leader_id_number", "12010319580315001", "现在是 17 位"),
        ("leader_id_number", "120103209903150018", "晚于今天"),
        ("leader_phone", "12345", "11 位手机号"),
        ("leader_phone", "1390000000a", "11 位手机号"),
        ("leader_name", "", "负责人姓名"),
        ("individual_members", "廿四", "整数"),
        ("individual_members", "-1", "不能小于 0"),
        ("serving_cadre", "yes", "是否已报批"),
    ],
)
def test_one_mistake_is_told_beside_its_field_and_the_rest_stays(name, typed, told, client, cast, places, packs):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    client.force_login(cast.auntie)
    answer = client.post(reverse("registry:section", args=[case.pk, "people"]), PERSON | {name: typed})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert told in page and "有 1 处需要修改" in page
    assert name == "leader_name" or "刘桂兰" in page


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("individual_members", "２４", 24),
        ("individual_members", " 24 ", 24),
        ("individual_members", "1,200", 1200),
        ("individual_members", "１，２００", 1200),
        ("leader_phone", "+86 139-0000-0000", "13900000000"),
        ("leader_phone", "１３９００００００００", "13900000000"),
        ("leader_phone", "(022) 28301234", "022-28301234"),
    ],
)
def test_what_people_type_is_understood(name, typed, kept, client, cast, places, packs):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    client.force_login(cast.auntie)
    answer = client.post(reverse("registry:section", args=[case.pk, "people"]), PERSON | {name: typed})
    assert answer.status_code == 302
    said = actions.answers.cleaned(kinds.of("filing").sections, Case.objects.get())
    assert said[name] == kept


def test_a_draft_begins_in_no_foreign_and_no_unknown_place(client, cast, places, packs):
    client.force_login(cast.auntie)
    for code, status in (("120101000000", 403), ("999999999999", 422), ("12010", 422), ("120000000000", 422)):
        answer = client.post(reverse("registry:start"), {"road": "filing", "key": code, "place_code": code})
        assert answer.status_code == status, code
    assert not Case.objects.exists()


def test_a_draft_begins_in_no_place_that_has_been_abolished(client, cast, places, packs):
    places.garden.ends = builders.dt.date(2020, 1, 1)
    places.garden.save()
    client.force_login(cast.auntie)
    form = {"road": "filing", "key": "k", "place_code": places.garden.code}
    assert client.post(reverse("registry:start"), form).status_code == 422


def test_what_was_typed_into_a_listing_stays_when_the_name_is_taken(client, cast, places):
    builders.organisation(places.garden, name="晨练队", kind="listed")
    client.force_login(cast.wang)
    url = reverse("filings:listing")
    form = LISTING | {"place": places.garden.pk}
    page = client.post(url, form, headers={"referer": f"http://testserver{url}"}, follow=True).content.decode()
    assert "每天早上打太极拳" in page and "已有名为" in page
    assert Organisation.objects.count() == 1
