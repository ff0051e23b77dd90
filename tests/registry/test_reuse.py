"""Papers handed in before are offered again; the checklist follows the rules of the place; a photo goes at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.errors import NotAllowed, OutOfTurn, Refusal
from portal.models import AuditEvent
from registry.casework import actions, conversion, demands, papers
from registry.models import Contact, Material, StoredFile
from tests import builders


@pytest.fixture
def filed(cast, places, packs, delegation):
    """An organisation whose charter and list of members were handed in with its filing."""
    return builders.walk(builders.draft(cast.auntie, places.garden), cast)


@pytest.fixture
def case(filed, cast):
    """A registration of the same organisation, its papers taken off again."""
    found = conversion.convert(filed.organisation, by=cast.wang)
    found.materials.all().delete()
    return found


def test_a_former_paper_is_offered_and_taken_in_one_tap(case, filed, cast, client):
    client.force_login(cast.wang)
    url = reverse("registry:materials", args=[case.pk])
    page, former = client.get(url).content.decode(), filed.materials.get(kind="charter")
    day = timezone.localdate(former.added_at)
    assert f"用上次交过的《章程草案》，{day.year}年{day.month}月{day.day}日" in page
    client.post(url, {"reuse": f"charter:{former.pk}"})
    taken = case.materials.get(kind="charter")
    assert (taken.stored, taken.original_name, taken.added_by) == (former.stored, former.original_name, cast.wang)
    assert AuditEvent.objects.filter(verb="material.reuse").count() == 1
    assert StoredFile.objects.count() == 1


def test_the_same_content_is_offered_once_and_the_newest_first(case, filed, cast):
    offered = papers.reusable(case, cast.wang)
    assert {kind: len(found) for kind, found in offered.items()} == {"charter": 1, "members": 1}


def test_a_promise_is_nothing_to_use_again(case, filed, cast):
    Material.objects.filter(case=filed, kind="charter").update(stored=None, promised_by=timezone.localdate())
    assert "charter" not in papers.reusable(case, cast.wang)


def test_papers_of_another_organisation_are_neither_offered_nor_taken(case, cast, places):
    other = builders.walk(builders.draft(cast.auntie, places.garden, said=builders.answers("象棋小组")), cast)
    foreign = other.materials.get(kind="charter")
    assert foreign not in papers.reusable(case, cast.wang)["charter"]
    with pytest.raises(Refusal) as no:
        papers.reuse(case, "charter", foreign.pk, by=cast.wang)
    assert no.value.code == "not_reusable"
    assert not case.materials.exists()


def test_a_paper_this_person_may_not_see_is_not_offered(case, filed, cast, places):
    """李阿姨 opened the registration this time, and her neighbour's office over the place ended."""
    neighbour = builders.person("邻居", "applicant", places.garden)
    case.opened_by = neighbour
    case.save()
    assert papers.reusable(case, neighbour) == {}


def test_the_contact_of_the_organisation_is_offered_its_papers(case, filed, cast, places):
    contact = builders.person("联系人", "applicant", places.village)
    term = filed.organisation.leader_terms.last()
    Contact.objects.create(
        user=contact,
        organisation=filed.organisation,
        term=term,
        phone=term.phone,
        phone_index="x",
        starts=builders.SINCE,
    )
    case.opened_by = contact
    case.save()
    assert set(papers.reusable(case, contact)) == {"charter", "members"}


def test_one_filed_again_after_a_withdrawal_finds_its_papers(cast, places, packs):
    first = builders.draft(cast.auntie, places.garden)
    actions.move(actions.move(first, "submit", by=cast.auntie), "withdraw", by=cast.auntie)
    again = actions.open_case("filing", by=cast.auntie, place=places.garden, said=builders.answers())
    assert set(papers.reusable(again, cast.auntie)) == {"charter", "members"}
    stranger = actions.open_case("filing", by=cast.wang, place=places.garden, said=builders.answers())
    assert papers.reusable(stranger, cast.wang) == {}


@pytest.mark.parametrize("who", ["li", "zhang", "stranger"])
def test_only_the_applicants_side_uses_a_paper_again(who, case, filed, cast):
    former = filed.materials.get(kind="charter")
    with pytest.raises(NotAllowed):
        papers.reuse(case, "charter", former.pk, by=getattr(cast, who))


@pytest.mark.parametrize("text", ["charter:", "charter:999999", "charter:-1", "passport:1", "charter:٣", "x"])
def test_a_made_up_choice_changes_nothing(text, case, cast, client):
    client.force_login(cast.wang)
    answer = client.post(reverse("registry:materials", args=[case.pk]), {"reuse": text})
    assert answer.status_code in (302, 303) and not case.materials.exists()


# --- the checklist and the rules of the place


def line(case, kind):
    return next(one for one in papers.checklist(case) if one.paper.kind == kind)


def open_at(cast, code, road="filing", **said):
    where = builders.place(code, "试点社区", "community")
    who = builders.person("小韦", "community", where)
    told = builders.registration_answers(**said) if road == "registration" else builders.answers(**said)
    return actions.open_case(road, by=who, place=where, said=told)


def test_a_paper_shows_the_clause_that_asks_for_it(cast, packs, client):
    yubei = open_at(cast, "500112001001")
    assert line(yubei, "charter").source.endswith("三（四）3") and line(yubei, "charter").paper.required
    client.force_login(yubei.opened_by)
    page = client.get(reverse("registry:materials", args=[yubei.pk])).content.decode()
    assert f"依据：{line(yubei, 'charter').source}" in page


def test_what_no_document_asks_for_names_no_clause(cast, packs):
    tianjin = open_at(cast, "120103009001")
    assert line(tianjin, "members").source == line(tianjin, "premises").source == ""
    assert not line(tianjin, "premises").paper.required


@pytest.mark.parametrize(
    ("form", "document"),
    [
        ("association", "《社会团体登记管理条例》 第十条（三）"),
        ("social_service_org", "《民办非企业单位登记管理暂行条例》 第八条（五）"),
        ("foundation", "《基金会管理条例》 第八条（四）"),
    ],
)
def test_the_clause_follows_the_legal_form(form, document, cast, packs):
    case = open_at(cast, "120103009001", "registration", legal_form=form)
    found = line(case, "premises")
    assert (found.source, found.paper.required) == (document, True)


def test_a_rule_that_binds_makes_an_optional_paper_required(cast, packs, monkeypatch):
    """A place that wants the premises proven of every filing: only its document changes."""
    case = open_at(cast, "120103009001")
    monkeypatch.setattr(demands, "_form", lambda case: "association")
    assert line(case, "premises").paper.required


# --- a photo is sent as soon as it is chosen


@pytest.fixture
def send(client, cast, places, packs):
    """Post one file to the draft of 李阿姨 as the page's script does."""
    client.force_login(cast.auntie)
    draft = actions.open_case("filing", by=cast.auntie, place=places.garden)

    def post(kind, file, case=draft):
        url = reverse("registry:upload", args=[case.pk, kind])
        return client.post(url, {"file": file}, headers={"accept": "application/json"})

    post.case = draft
    return post


def test_a_photo_is_stored_at_once_and_the_answer_says_what_is_left(send):
    answer = send("members", builders.png("名单.png")).json()
    material = send.case.materials.get()
    assert answer == {
        "name": "名单.png",
        "url": reverse("registry:material", args=[send.case.pk, material.pk]),
        "lacking": ["章程（简易章程也可以）"],
    }


def test_sent_again_after_a_lost_answer_it_is_the_same_paper(send):
    first, again = (send("members", builders.png("名单.png")).json() for _ in range(2))
    assert first == again
    assert AuditEvent.objects.filter(verb="material.attach").count() == 1


def test_a_refused_photo_says_why_in_a_form_the_page_can_show(send):
    answer = send("members", SimpleUploadedFile("名单.pdf", builders.PNG))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "wrong_ending", "members")
    assert not send.case.materials.exists()


def test_a_paper_nobody_asks_for_is_not_stored(send):
    assert send("passport", builders.png()).status_code == 422
    assert not StoredFile.objects.exists()


def test_what_is_owed_can_be_sent_the_same_way_and_nothing_else(send, cast, places, delegation):
    case = builders.draft(cast.auntie, places.garden)
    papers.promise(case, "premises", by=cast.auntie, on=timezone.localdate())
    case = builders.walk(case, cast)
    assert send("members", builders.png("新.png"), case).status_code == 409
    assert send("premises", builders.png("证明.png"), case).status_code == 200
    assert not Material.objects.owed().exists()
    with pytest.raises(OutOfTurn):
        papers.deliver_owed(case, "premises", builders.png(), by=cast.auntie)


def test_several_mistakes_are_told_together_and_what_is_good_is_kept(client, send):
    url = reverse("registry:materials", args=[send.case.pk])
    bad = {"members": SimpleUploadedFile("a.exe", b"MZ" * 40), "premises": SimpleUploadedFile("b.svg", b"<svg/>")}
    shown = client.post(url, {"charter": builders.png(), **bad}, follow=True).content.decode()
    assert "a.exe" in shown and "b.svg" in shown
    assert [one.kind for one in send.case.materials.all()] == ["charter"]


def test_wechat_readers_are_told_how_to_download(client, cast, places, packs):
    client.force_login(cast.auntie)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    url = reverse("registry:receipt", args=[case.pk])
    assert "在浏览器打开" not in client.get(url).content.decode()
    agent = {"user-agent": "Mozilla/5.0 (Linux; Android 12) MicroMessenger/8.0.40"}
    assert "在浏览器打开" in client.get(url, headers=agent).content.decode()
