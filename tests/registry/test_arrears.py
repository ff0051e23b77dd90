"""Who has not reported: the page of the desks, its counts and states, and the reminders."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry import periods, reminders, tasks
from registry.models import Contact, Notice
from registry.scope import Role
from tests import builders
from tests.registry.kinds_scene import drafted, noted, registered

D = dt.date
CHINA = dt.timezone(dt.timedelta(hours=8))
YEAR = periods.read("2025")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 3, 10, 9, tzinfo=CHINA)) as travelling:
        yield lambda day: travelling.move_to(dt.datetime.combine(day, dt.time(9), CHINA))


@pytest.fixture
def scene(cast, places, packs, clock):
    """Four registered organisations: one reported in time, one late, one not at all, one is new; and a filed one."""
    intime, late, missing = (registered(places.garden, name=name) for name in ("按时社", "迟到社", "未报社"))
    registered(places.garden, name="新来社", on=D(2026, 1, 1))
    builders.organisation(places.village, name="备案队")
    noted("annual", intime, cast.wang, cast.zhang)
    clock(D(2026, 6, 1))
    noted("annual", late, cast.wang, cast.zhang)
    return missing


def page(client, who, **asked):
    client.force_login(who)
    return client.get(reverse("registry:reports"), asked)


def names(answer):
    return {line.organisation.name: line.label for line in answer.context["lines"]}


def test_everybody_who_owes_a_report_stands_on_the_page_with_day_and_clause(client, cast, scene):
    answer = page(client, cast.zhang, kind="annual", period="2025")
    assert names(answer) == {
        "按时社": "按期报送",
        "迟到社": "逾期报送",
        "未报社": "未报送",
        "备案队": "未报送",
    }
    text = answer.content.decode()
    assert "2026年5月31日" in text and "第二十八条" in text and "暂定" in text


def test_the_counts_are_those_of_the_rows(client, cast, scene):
    counts = page(client, cast.zhang, kind="annual", period="2025").context["counts"]
    assert counts == {"all": 4, "reported": 1, "late": 1, "missing": 2}


@pytest.mark.parametrize(
    ("state", "rows"),
    [("reported", {"按时社"}), ("late", {"迟到社"}), ("missing", {"未报社", "备案队"}), ("nonsense", None)],
)
def test_the_page_narrows_to_a_state(state, rows, client, cast, scene):
    found = set(names(page(client, cast.zhang, kind="annual", period="2025", state=state)))
    assert found == (rows if rows is not None else {"按时社", "迟到社", "未报社", "备案队"})


@pytest.mark.parametrize(("on", "label"), [(D(2026, 5, 31), "未到期"), (D(2026, 6, 1), "未报送")])
def test_before_the_day_is_over_nobody_is_behind(on, label, client, cast, places, packs, clock):
    registered(places.garden, name="某社")
    clock(on)
    assert names(page(client, cast.zhang)) == {"某社": label}


def test_a_place_sees_its_own_organisations_only(client, cast, scene, places):
    assert set(names(page(client, cast.li))) == {"按时社", "迟到社", "未报社", "备案队"}
    assert set(names(page(client, cast.wang))) == {"按时社", "迟到社", "未报社"}
    assert names(page(client, cast.stranger)) == {}
    assert page(client, cast.auntie).status_code == 403


def test_only_what_the_documents_of_ones_places_ask_for_can_be_chosen(client, cast, places, packs):
    assert [key for key, _ in page(client, cast.zhang, kind="duty").context["kinds"]] == ["annual"]
    county = builders.place("500112000000", "渝北区", "county")
    officer = builders.person("渝北", Role.DISTRICT, county)
    answer = page(client, officer, kind="periodic")
    assert [key for key, _ in answer.context["kinds"]] == ["annual", "periodic"]
    assert [one.key for one in answer.context["spans"]] == ["2025H2", "2025H1", "2024H2"]


def test_an_explored_report_is_asked_for_and_never_called_late(client, packs):
    county = builders.place("500112000000", "渝北区", "county")
    street = builders.place("500112001000", "双凤桥街道", "street", parent=county)
    community = builders.place("500112001001", "花卉园社区", "community", parent=street)
    builders.organisation(community, name="合唱队")
    builders.organisation(street, name="街道联合会", scope="street")
    officer = builders.person("渝北", Role.STREET, street)
    answer = page(client, officer, kind="periodic", period="2025H2")
    assert names(answer) == {"合唱队": "没有报送"}


def test_a_full_page_asks_no_more_than_ten_rows(client, cast, places, packs):
    def asked():
        client.force_login(cast.zhang)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("registry:reports"))
        return len(queries)

    for _ in range(10):
        registered(places.garden)
    asked()  # the documents are read once a process
    few = asked()
    for _ in range(60):
        registered(places.village)
    assert asked() == few


# --- reminders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (D(2026, 4, 30), None),
        (D(2026, 5, 1), "soon"),
        (D(2026, 5, 31), "soon"),
        (D(2026, 6, 1), "late"),
        (D(2026, 6, 30), "late"),
        (D(2026, 7, 1), None),
    ],
)
def test_reminders_go_out_thirty_days_before_and_after(on, phase, cast, places, packs):
    one = _of_auntie(cast, places)
    Notice.objects.all().delete()
    reminders.remind(on)
    keys = set(Notice.objects.filter(user=cast.auntie).values_list("key", flat=True))
    assert keys == ({f"report:annual:2025:{phase}:{one.pk}"} if phase else set())


def _of_auntie(cast, places, **said):
    one = registered(places.garden, **said)
    case = actions_case(one, cast)
    assert case.opened_by == cast.auntie
    return one


def actions_case(one, cast):
    case = drafted("charity", one, cast.wang)
    case.opened_by, case.state = cast.auntie, "approved"
    case.save()
    return case


def test_running_twice_tells_once_and_both_phases_are_told(cast, places, packs):
    _of_auntie(cast, places)
    Notice.objects.all().delete()
    for on in (D(2026, 5, 10), D(2026, 5, 11), D(2026, 6, 2), D(2026, 6, 3)):
        reminders.remind(on)
    assert Notice.objects.filter(user=cast.auntie).count() == 2


def test_whoever_speaks_for_the_organisation_is_told_instead_of_who_applied(cast, places, packs):
    one = registered(
        places.garden, leader_name="刘桂兰", leader_id_number=builders.identity_number(), leader_phone="13900000000"
    )
    actions_case(one, cast)
    speaker = builders.person("会长", Role.APPLICANT, places.garden)
    term = one.leader_terms.get()
    Contact.objects.create(
        user=speaker, organisation=one, phone="13900000000", phone_index="x", starts=D(2026, 1, 1), term=term
    )
    Notice.objects.all().delete()
    reminders.remind(D(2026, 5, 10))
    assert {told.user for told in Notice.objects.filter(key__endswith=f":{one.pk}")} == {speaker}


def test_the_desk_is_told_once_how_many_and_where_to_look(cast, places, packs):
    for _ in range(3):
        registered(places.garden)
    builders.organisation(places.village)
    Notice.objects.all().delete()
    reminders.remind(D(2026, 3, 20))  # the sheet of the filed one is due on 31 March
    reminders.remind(D(2026, 5, 10))
    district, street = Notice.objects.get(user=cast.zhang), Notice.objects.get(user=cast.li)
    assert "3 家" in district.text and "5月31日" in district.text
    assert "1 家" in street.text and "年度情况表" in street.text
    assert district.url.endswith("?kind=annual&period=2025&state=missing")
    assert not Notice.objects.filter(user=cast.stranger).exists()


def test_what_has_been_noted_is_not_asked_for(cast, places, packs):
    one = registered(places.garden)
    noted("annual", one, cast.wang, cast.zhang)
    Notice.objects.all().delete()
    assert reminders.remind(D(2026, 5, 10)) == 0
    assert not Notice.objects.exists()


def test_the_nightly_task_reminds(cast, places, packs, clock):
    registered(places.garden)
    clock(D(2026, 5, 10))
    assert tasks.remind_reports() == 1
