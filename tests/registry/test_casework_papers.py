"""Papers of an application: what is stored, under which name, and what is turned away with a reason."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portal.errors import Refusal
from registry.casework import actions, papers
from tests import builders

BOMB = io.BytesIO()
with zipfile.ZipFile(BOMB, "w", zipfile.ZIP_DEFLATED) as _archive:
    _archive.writestr("word/document.xml", bytes(40_000_000))


@pytest.fixture
def case(cast, places, packs):
    return actions.open_case("filing", by=cast.auntie, place=places.garden)


@pytest.fixture
def hand_in(client, cast, case):
    """Post a file as the charter, as a browser would, and follow to the answer."""

    def post(name, content, kind="image/png"):
        client.force_login(cast.auntie)
        url = reverse("registry:materials", args=[case.pk])
        return client.post(
            url,
            {"charter": SimpleUploadedFile(name, content, kind)},
            headers={"referer": f"http://testserver{url}"},
            follow=True,
        )

    return post


HOSTILE = [
    ("章程.png", b"<html><script>alert(1)</script></html>", "不是可用的文件"),
    ("章程.jpg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "不是可用的文件"),
    ("章程.pdf", b"MZ\x90\x00 this program cannot be run", "不是可用的文件"),
    ("章程.docx", BOMB.getvalue(), "不是可用的文件"),
    ("章程.png", b"", "空"),
    ("章程.png", builders.PNG + bytes(21 * 1024 * 1024), "20 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "reason"), HOSTILE, ids=["html", "svg", "exe", "bomb", "empty", "21MB"])
def test_what_is_no_paper_is_turned_away_in_words(name, content, reason, hand_in, case):
    answer = hand_in(name, content)
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not case.materials.exists()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("章程.png", "章程.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("章程\u202egnp.exe.png", "章程gnp.exe.png"),
        (" 章程（一）.png", " 章程（一）.png"),
        ("𠮷祥.png", "𠮷祥.png"),
    ],
)
def test_a_good_file_is_stored_under_its_hash_and_shown_under_a_safe_name(name, shown, hand_in, case, settings):
    hand_in(name, builders.PNG)
    material = case.materials.get()
    assert material.original_name == shown
    stored = material.stored
    assert stored.file.name.endswith(f"{stored.sha256[:24]}.png")
    assert str(settings.MEDIA_ROOT) in stored.file.path and ".." not in stored.file.name


@pytest.mark.parametrize("name", ["章程", "章程.jpeg", "章程.webp", "第1.2版", "名单.张三", "章程.exe.png"])
def test_the_name_a_file_is_given_back_under_ends_as_its_content_does(name, hand_in, case, client):
    hand_in(name, builders.PNG)
    answer = client.get(reverse("registry:material", args=[case.pk, case.materials.get().pk]))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].rstrip('"').endswith(".png")


def test_a_stored_file_is_given_back_where_it_can_do_nothing(hand_in, case, client):
    hand_in('a";b\r\nc.png', builders.PNG)
    answer = client.get(reverse("registry:material", args=[case.pk, case.materials.get().pk]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "\r" not in answer.headers["Content-Disposition"]


def test_no_address_serves_the_folder_of_uploads(hand_in, case, client):
    hand_in("章程.png", builders.PNG)
    for head in ("/media/", "/static/", "/"):
        assert client.get(head + case.materials.get().stored.file.name).status_code == 404


def test_a_second_file_takes_the_place_of_the_first(hand_in, case):
    hand_in("一.png", builders.PNG)
    hand_in("二.png", builders.PNG + b"\x00")
    assert [one.original_name for one in case.materials.all()] == ["二.png"]


def test_one_bad_file_does_not_throw_away_the_good_ones(client, cast, case):
    client.force_login(cast.auntie)
    bad = SimpleUploadedFile("坏.png", b"<html>")
    client.post(reverse("registry:materials", args=[case.pk]), {"charter": builders.png(), "members": bad})
    assert [one.kind for one in case.materials.all()] == ["charter"]


def test_a_paper_nobody_asks_for_is_not_taken(cast, case):
    with pytest.raises(Refusal) as no:
        papers.attach(case, "passport", builders.png(), by=cast.auntie)
    assert no.value.code == "paper_not_asked"


def test_the_checklist_of_a_registration_follows_its_legal_form(cast, places, packs):
    asked = {}
    for form in ("association", "social_service_org", "foundation"):
        said = builders.registration_answers(legal_form=form)
        case = actions.open_case("registration", by=cast.auntie, place=places.garden, said=said)
        asked[form] = {line.paper.kind for line in papers.checklist(case)}
    assert asked["association"] - asked["social_service_org"] == {"members"}
    assert asked["foundation"] - asked["association"] == {"council"}


def test_a_promised_paper_can_be_handed_in_before_its_day(client, cast, case):
    client.force_login(cast.auntie)
    url = reverse("registry:materials", args=[case.pk])
    client.post(url, {"promise-premises": "1"})
    assert case.materials.get(kind="premises").promised_by is not None
    client.post(url, {"premises": builders.png()})
    assert case.materials.get(kind="premises").promised_by is None
