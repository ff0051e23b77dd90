"""An identity number and a phone planted like canaries: nowhere in plain, wherever they may travel."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from portal.models import AuditEvent
from registry import documents
from registry.casework import actions, conversion, outbox
from registry.documents import render
from registry.identity import mask_identity_number, mask_phone
from registry.messages import sending
from registry.models import Certificate, Dispatch, LeaderTerm, Notice
from tests import builders

NUMBER, PHONE = builders.identity_number(7), "13912345678"
CANARIES = (NUMBER, PHONE, NUMBER[:14], PHONE[:7])


def planted(cast, places):
    """An application whose person in charge bears the canaries."""
    case = builders.draft(cast.auntie, places.garden)
    case.sealed = {"leader_id_number": NUMBER, "leader_phone": PHONE}
    case.save(update_fields=["sealed"])
    return case


@pytest.fixture
def case(cast, places, packs, delegation):
    """Through the whole road, returned once, told to everybody."""
    case = builders.corrected(builders.returned(planted(cast, places), cast))
    for verb, who, data in builders.WALKS["filing"][1:]:
        case = actions.move(case, verb, by=getattr(cast, who), note="属实", data=data)
    outbox.deliver()
    return case


def leaks(text):
    return [canary for canary in CANARIES if canary in text]


def pages(case):
    """Every page that shows the case or its organisation."""
    paper = Certificate.objects.get(case=case)
    yield from (case.get_absolute_url(), case.organisation.get_absolute_url(), paper.get_absolute_url())
    yield from (reverse("registry:cases") + "?tab=all", reverse("registry:organisations"), reverse("portal:home"))
    yield from (reverse("registry:receipt", args=[case.pk]), reverse("registry:move", args=[case.pk, "record"]))
    yield reverse("registry:track") + f"?number={case.number}&code={case.query_code}"


@pytest.mark.parametrize("who", ["auntie", "wang", "li", "zhang", "zhao", None])
def test_no_page_shows_them_to_anybody(who, case, client, cast):
    if who:
        client.force_login(getattr(cast, who))
    for url in pages(case):
        assert leaks(client.get(url).content.decode()) == [], url


def test_the_pages_of_a_draft_show_them_masked_even_to_whoever_typed_them(cast, places, packs, client):
    case = planted(cast, places)
    client.force_login(cast.auntie)
    for page in ("registry:check", "registry:case", "registry:tasks"):
        assert leaks(client.get(reverse(page, args=[case.pk])).content.decode()) == [], page
    shown = client.get(reverse("registry:section", args=[case.pk, "people"])).content.decode()
    assert leaks(shown) == []
    assert mask_identity_number(NUMBER) in shown and mask_phone(PHONE) in shown


def test_saving_the_task_again_without_typing_them_keeps_them(cast, places, packs, client):
    case = planted(cast, places)
    client.force_login(cast.auntie)
    client.post(reverse("registry:section", args=[case.pk, "people"]), builders.answers()["people"])
    case.refresh_from_db()
    assert case.sealed == {"leader_id_number": NUMBER, "leader_phone": PHONE}


def test_a_desk_sees_them_masked(case, client, cast):
    client.force_login(cast.li)
    page = client.get(case.get_absolute_url()).content.decode()
    assert mask_identity_number(NUMBER) in page and mask_phone(PHONE) in page


def test_whoever_mends_a_returned_application_sees_them_masked(cast, places, packs, delegation, client):
    case = builders.returned(planted(cast, places), cast)
    client.force_login(cast.wang)
    shown = client.get(reverse("registry:section", args=[case.pk, "people"])).content.decode()
    assert leaks(shown) == []


def test_a_page_that_complains_about_another_field_does_not_repeat_them(cast, places, packs, client):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    client.force_login(cast.auntie)
    typed = builders.answers()["people"] | {"leader_id_number": NUMBER, "leader_phone": PHONE, "leader_name": ""}
    answer = client.post(reverse("registry:section", args=[case.pk, "people"]), typed)
    assert answer.status_code == 200
    assert leaks(answer.content.decode()) == []


def test_autosave_answers_without_them(cast, places, packs, client):
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    client.force_login(cast.auntie)
    answer = client.post(reverse("registry:autosave", args=[case.pk, "people"]), {"leader_id_number": NUMBER})
    assert leaks(answer.content.decode()) == []
    case.refresh_from_db()
    assert case.sealed["leader_id_number"] == NUMBER


def test_the_audit_trail_knows_neither(case):
    assert AuditEvent.objects.count() > 5
    for event in AuditEvent.objects.all():
        assert leaks(f"{event.subject} {event.summary} {json.dumps(event.changes, ensure_ascii=False)}") == []


def test_no_column_of_any_table_holds_them_in_plain(case, cast):
    conversion.convert(case.organisation, by=cast.wang)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert leaks(" ".join(map(str, row))) == [], table


def test_they_are_there_all_the_same_for_whoever_may_read_them(case):
    term = LeaderTerm.objects.get()
    assert (term.person.id_number, term.phone) == (NUMBER, PHONE)


def test_the_papers_are_made_without_them(case, monkeypatch):
    handed = []
    monkeypatch.setattr(render, "_set", lambda sheet, data: handed.append(json.dumps(data, ensure_ascii=False)) or b"")
    documents.certificate(Certificate.objects.get(), url="u")
    documents.receipt(case, url="u", papers=[])
    assert leaks("".join(handed)) == []


def test_the_log_of_a_failed_page_does_not_hold_them(cast, places, packs, client, caplog, monkeypatch):
    case = planted(cast, places)
    client.force_login(cast.auntie)
    client.raise_request_exception = False
    monkeypatch.setattr(actions, "save_section", lambda *args, **kwargs: 1 / 0)
    answer = client.post(reverse("registry:section", args=[case.pk, "people"]), {"leader_id_number": NUMBER})
    assert answer.status_code == 500
    assert leaks(answer.content.decode() + caplog.text) == []


def test_no_message_carries_them_or_any_name_of_a_person(case, settings):
    sending.send()
    told = [file.read_text().partition("\n\n")[2] for file in settings.SMS_FOLDER.glob("*.txt")]
    told += [f"{one.subject} {one.body}" for one in Dispatch.objects.all()]
    told += list(Notice.objects.values_list("text", flat=True))
    assert len(told) > 6
    names = [case.answers["people"]["leader_name"], "李阿姨", "小王", "老李"]
    assert [text for text in told if leaks(text) or any(name in text for name in names)] == []
