"""Bulk exports: the file holds exactly the rows of the list, is made by the job, and only its asker gets it."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from portal.models import AuditEvent
from registry import clients, offices
from registry.api.register import reading
from registry.exports import asking, making
from registry.exports.cells import safe
from registry.models import Export, Organisation
from registry.scope import Role
from tests import builders

MEDIA = {"ndjson": "application/x-ndjson", "csv": "text/csv; charset=utf-8"}
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def register(places):
    """Seven organisations of 河西区, one with a name a spreadsheet would run; one of 和平区."""
    names = ["=1+1互助会", "巾帼志愿队", "老年书画社", "夜跑队", "邻里互助会", "读书会", "合唱团"]
    made = [
        builders.organisation(places.garden if at % 2 else places.village, name=name) for at, name in enumerate(names)
    ]
    builders.organisation(places.heping, name="外区读书会")
    return made


def made(one, **body):
    """Ask for an export and let the job make it."""
    told = one.post("/exports", {"what": "organisations", **body})
    assert told.status_code == 202, told.json()
    assert making.make(timezone.now()) == 1
    return one.get(told["Location"]).json()


def listed(one, **query):
    """Every row of all pages of the list."""
    rows, address = [], f"/organisations?{urlencode({'page_size': 2, **query})}"
    while address:
        page = one.get(address).json()
        rows, address = rows + page["results"], page["next"]
    return rows


def content(one, told):
    answer = one.get(told["content"])
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def flat(row):
    """A row of the list as cells of a table."""
    cells = {name: "" if value is None else value for name, value in row.items()}
    return {name: safe(str(value)) for name, value in cells.items()}


def read_ndjson(data):
    return [json.loads(line) for line in data.splitlines()]


def read_csv(data):
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def read_xlsx(data):
    """The cells of the second sheet, texts and numbers as text, under the heads of its first row."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet2.xml"))
    rows = []
    for row in sheet.iter(f"{SHEET}row"):
        found = {}
        for cell in row.iter(f"{SHEET}c"):
            column = "".join(one for one in cell.attrib["r"] if one.isalpha())
            found[column] = "".join(one.text or "" for one in cell.iter() if one.tag in (f"{SHEET}t", f"{SHEET}v"))
        rows.append(found)
    heads = rows.pop(0)
    return [{head: row.get(column, "") for column, head in heads.items()} for row in rows]


@pytest.mark.parametrize("query", [{}, {"q": "互助"}, {"place": "120103001200"}, {"place": "120101000000"}])
def test_the_rows_of_the_file_are_the_rows_of_the_list(speak, register, places, query):
    one = speak("platform")
    wanted = listed(one, **query)
    told = made(one, format="ndjson", query=query)
    assert read_ndjson(content(one, told)) == wanted and told["rows"] == len(wanted)
    told = made(one, format="csv", query=query)
    assert read_csv(content(one, told)) == [flat(row) for row in wanted]
    told = made(one, format="xlsx", query=query)
    cells = [{name: "" if value is None else str(value) for name, value in row.items()} for row in wanted]
    assert read_xlsx(content(one, told)) == cells


def test_the_cases_of_the_file_are_those_of_the_list(speak, cast, places):
    for _ in range(3):
        builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    one = speak("street")
    wanted = one.get("/cases").json()["results"]
    assert len(wanted) == 3
    assert read_ndjson(content(one, made(one, what="cases", format="ndjson"))) == wanted
    assert [row["id"] for row in read_csv(content(one, made(one, what="cases", format="csv")))] == [
        str(row["id"]) for row in wanted
    ]


def test_a_file_of_more_steps_than_one_has_every_row_once(speak, register, monkeypatch):
    monkeypatch.setattr("registry.exports.reading.STEP", 2)
    one = speak("leader")
    rows = read_ndjson(content(one, made(one, format="ndjson")))
    assert rows == listed(one) and len({row["id"] for row in rows}) == len(rows) == 7


def test_the_file_is_told_by_its_sum_and_not_sent_twice(speak, register, settings):
    one = speak("platform")
    told = made(one, format="csv")
    answer = one.get(told["content"])
    data = b"".join(answer.streaming_content)
    assert told["sha256"] == hashlib.sha256(data).hexdigest() and told["size"] == len(data)
    assert answer["ETag"] == f'"{told["sha256"]}"' and answer["Content-Type"] == MEDIA["csv"]
    assert "attachment" in answer["Content-Disposition"]
    assert one.get(told["content"], If_None_Match=answer["ETag"]).status_code == 304
    assert oct((Path(settings.MEDIA_ROOT) / Export.objects.get().file).stat().st_mode & 0o777) == "0o600"


def test_nothing_is_made_while_the_request_is_answered(speak, register):
    one = speak("platform")
    told = one.post("/exports", {"what": "organisations", "format": "csv"}).json()
    assert told["state"] == "waiting" and told["content"] is None
    answer = one.get(f"/exports/{told['uid']}/content")
    assert answer.status_code == 409 and answer.json()["code"] == "not_ready"


def test_only_who_asked_sees_an_export(speak, register):
    one, other = speak("platform"), speak("leader")
    told = made(one, format="csv")
    assert other.get(f"/exports/{told['uid']}").status_code == 404
    assert other.get(told["content"]).status_code == 404
    assert other.get("/exports").json()["results"] == []
    assert [row["uid"] for row in one.get("/exports").json()["results"]] == [told["uid"]]


def test_asking_and_taking_are_noted(speak, register):
    one = speak("platform")
    content(one, made(one, format="csv"))
    assert list(AuditEvent.objects.filter(by=one.user).order_by("id").values_list("verb", flat=True)) == [
        "export.ask",
        "export.take",
    ]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"query": {"colour": "red"}}, "/query/colour"),
        ({"query": {"page_size": 5}}, "/query/page_size"),
        ({"query": {"place": "12"}}, "/query/place"),
        ({"format": "pdf"}, "/format"),
        ({"what": "users"}, "/what"),
        ({"query": "all"}, "/query"),
        ({"when": "now"}, "/when"),
    ],
)
def test_what_the_list_would_refuse_is_refused_at_once(speak, body, name):
    told = speak("platform").post("/exports", {"what": "organisations", "format": "csv", **body})
    assert told.status_code == 400 and told.json()["invalid_params"][0]["name"] == name, told.json()
    assert not Export.objects.exists()


def test_the_right_to_read_is_needed_beside_the_right_to_export(speak, places):
    one = speak("platform")
    code = places.hexi.code
    for scope in (f"exports.write@{code}", f"register.read@{code}"):
        one.token = one.fresh_token(scope)
        told = one.post("/exports", {"what": "organisations", "format": "csv"})
        assert told.status_code == 403 and told.json()["code"] == "scope_missing"


def test_a_client_has_five_unfinished_exports_at_most(speak, register):
    one = speak("platform")
    body = {"what": "organisations", "format": "csv"}
    for _ in range(asking.MOST):
        assert one.post("/exports", body).status_code == 202
    told = one.post("/exports", body)
    assert told.status_code == 409 and told.json()["code"] == "too_many_exports"
    making.make(timezone.now())
    assert one.post("/exports", body).status_code == 202


def test_the_same_key_asks_once(speak, register):
    one = speak("platform")
    body = {"what": "organisations", "format": "csv"}
    first, second = (one.post("/exports", body, Idempotency_Key="k1") for _ in range(2))
    assert first["Location"] == second["Location"] and Export.objects.count() == 1


def waiting(one):
    """An export that was asked for and not made."""
    return Export.objects.get(uid=one.post("/exports", {"what": "organisations", "format": "csv"}).json()["uid"])


def test_an_office_that_ended_before_the_job_ran_is_given_nothing(speak, register, places, settings):
    one = speak("leader")
    export = waiting(one)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    one.user.offices.update(starts=yesterday, ends=timezone.localdate())
    making.make(timezone.now())
    export.refresh_from_db()
    assert export.state == "failed" and "权限" in export.fault and not export.file
    assert not list((Path(settings.MEDIA_ROOT) / "exports").iterdir())


def test_a_client_suspended_before_the_job_ran_is_given_nothing(speak, register):
    one = speak("leader")
    export = waiting(one)
    clients.suspend(one.client)
    making.make(timezone.now())
    export.refresh_from_db()
    assert export.state == "failed" and not export.file


def test_an_office_that_ended_while_the_file_was_written_is_given_nothing(speak, register, monkeypatch):
    one = speak("leader")
    export = waiting(one)
    shape = reading.shape

    def ending(row, user):
        one.user.offices.update(starts=dt.date(2024, 1, 1), ends=timezone.localdate())
        return shape(row)

    monkeypatch.setitem(making.kinds.kind("organisations").__dict__, "shape", ending)
    making.make(timezone.now())
    export.refresh_from_db()
    assert export.state == "failed" and not export.file


def test_an_office_that_ended_after_the_job_ran_cannot_take_the_file(speak, register):
    one = speak("leader")
    told = made(one, format="csv")
    one.user.offices.update(starts=dt.date(2024, 1, 1), ends=timezone.localdate())
    assert one.get(told["content"]).status_code == 403


def test_a_token_of_a_smaller_place_cannot_take_the_file(speak, register, places):
    one = speak("leader")
    told = made(one, format="csv")
    offices.appoint(
        one.user.username, name="", secret="", role=Role.LEADER, place=places.street, title="",
        starts=timezone.localdate(), ends=None,
    )  # fmt: skip
    code = places.street.code
    one.token = one.fresh_token(f"exports.write@{code} register.read@{code}")
    answer = one.get(told["content"])
    assert answer.status_code == 403 and answer.json()["code"] == "scope_missing"


def broken(row, user):
    raise OSError("disk full")


def test_what_breaks_is_tried_three_times_and_then_told(speak, register, monkeypatch, settings):
    export, now = waiting(speak("platform")), timezone.now()
    monkeypatch.setitem(making.kinds.kind("organisations").__dict__, "shape", broken)
    for turn in range(3):
        assert making.make(now + dt.timedelta(minutes=5 * turn)) == 1
        assert making.make(now + dt.timedelta(minutes=5 * turn, seconds=5)) == 0  # not again at once
    export.refresh_from_db()
    assert (export.state, export.tries) == ("failed", 3) and "3 次" in export.fault
    assert not list((Path(settings.MEDIA_ROOT) / "exports").iterdir())


def test_a_row_whose_worker_died_is_taken_again_after_its_lease_and_given_up_in_the_end(speak, register):
    export, now = waiting(speak("platform")), timezone.now()
    for _ in range(3):
        assert making._take(now).pk == export.pk  # and never comes back
        assert making.make(now + making.LEASE - dt.timedelta(seconds=1)) == 0
        now += making.LEASE + dt.timedelta(seconds=1)
    assert making.make(now) == 0
    export.refresh_from_db()
    assert export.state == "failed" and export.fault


def test_a_worker_that_was_overtaken_leaves_nothing(speak, register, settings):
    export, now = waiting(speak("platform")), timezone.now()
    slow = making._take(now)
    path = Path(settings.MEDIA_ROOT) / "exports" / f"{slow.uid}-1.csv"
    found = making._write(slow, path)
    assert making.make(now + making.LEASE * 2) == 1
    making._done(slow, path, found)
    export.refresh_from_db()
    assert export.file.endswith("-2.csv") and not path.exists()
    assert (Path(settings.MEDIA_ROOT) / export.file).is_file()


def test_a_run_gives_up_before_its_lease_ends(speak, register, monkeypatch):
    monkeypatch.setattr("registry.exports.reading.STEP", 2)
    monkeypatch.setattr("registry.exports.making.LONGEST", 0)
    assert making.LEASE.total_seconds() > 25 * 60
    export = waiting(speak("platform"))
    making.make(timezone.now())
    export.refresh_from_db()
    assert export.state == "waiting" and export.tries == 1


def test_after_seven_days_the_file_is_gone(speak, register, settings):
    one = speak("platform")
    told = made(one, format="csv")
    Export.objects.update(done_at=timezone.now() - asking.KEPT - dt.timedelta(minutes=1))
    answer = one.get(told["content"])
    assert answer.status_code == 410 and answer.json()["code"] == "export_gone"
    assert asking.sweep(timezone.now()) == 1 and asking.sweep(timezone.now()) == 0
    assert not list((Path(settings.MEDIA_ROOT) / "exports").iterdir())
    assert one.get(f"/exports/{told['uid']}").json()["content"] is None


def test_files_a_dead_worker_left_are_swept(settings, speak, register):
    one = speak("platform")
    made(one, format="csv")
    folder = Path(settings.MEDIA_ROOT) / "exports"
    (folder / "left.csv").write_text("x")
    assert asking.sweep(timezone.now()) == 0
    assert asking.sweep(timezone.now() + dt.timedelta(days=2)) == 1
    assert [path.name for path in folder.iterdir()] == [Path(Export.objects.get().file).name]


def test_a_workbook_takes_what_a_sheet_takes(speak, register, monkeypatch):
    monkeypatch.setattr("registry.exports.formats.SHEET_ROWS", 4)
    told = made(speak("platform"), format="xlsx")
    assert told["state"] == "failed" and "csv" in told["fault"]


def test_the_list_of_exports_asks_the_database_as_often_for_many_as_for_few(speak, register, django_assert_num_queries):
    one = speak("platform")
    Export.objects.create(by=one.user, what="organisations", format="csv")
    with django_assert_num_queries(3):
        one.get("/exports")
    for _ in range(20):
        Export.objects.create(by=one.user, what="organisations", format="csv")
    with django_assert_num_queries(3):
        one.get("/exports")


def test_nobody_elses_organisations_are_exported(speak, register):
    one = speak("neighbour")
    rows = read_ndjson(content(one, made(one, format="ndjson")))
    assert [row["name"] for row in rows] == ["外区读书会"]
    assert Organisation.objects.count() == 8
