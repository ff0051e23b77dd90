"""Lists and pages cost the same number of queries at ten rows and at two hundred."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.models import Case, Certificate, Defect, Notice, Organisation, Standing, Step
from tests import builders

FEW, MANY = 10, 200


def cost(client, url, **asked):
    """How many queries a page takes, after a first look that fills what is kept between requests."""
    assert client.get(url, asked).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(url, asked)
    return len(found)


def organisations(places, many):
    """Filed organisations with a standing each, spread over two communities."""
    homes = [places.garden, places.village]
    rows = [Organisation(name=f"组织{n}", folded_name=f"组织{n}", place=homes[n % 2], place_code=homes[n % 2].code,
                         standing="filed") for n in range(many)]  # fmt: skip
    made = Organisation.objects.bulk_create(rows)
    since = {"kind": "filed", "starts": builders.SINCE, "scope": "community", "legal_form": "none"}
    Standing.objects.bulk_create([Standing(organisation=one, place_code=one.place_code, **since) for one in made])


def cases(cast, places, many):
    """Submitted cases, each waiting for the committee and late, with a step and a notice."""
    now = "2026-01-05T10:00:00+08:00"
    said = {"road": "filing", "variant": "delegated", "state": "submitted", "due_on": "2026-01-07", "submitted_at": now}
    where = {"place": places.garden, "place_code": places.garden.code, "opened_by": cast.auntie}
    rows = [Case(name=f"办件{n}", **said, **where) for n in range(many)]
    made = Case.objects.bulk_create(rows)
    step = {
        "verb": "submit",
        "label": "提交申请",
        "source": "draft",
        "target": "submitted",
        "role": "applicant",
        "at": now,
    }
    steps = Step.objects.bulk_create([Step(case=case, by=cast.auntie, **step) for case in made])
    Notice.objects.bulk_create([Notice(user=cast.wang, key=f"step:{step.pk}", text="消息") for step in steps])


WAYS = {  # a tab, who looks at it, and what makes the cases belong there
    "held": ("wang", {"held_until": "2099-01-01T00:00:00+08:00"}),
    "waiting": ("wang", {}),
    "soon": ("wang", {"due_on": builders.dt.date.today()}),
    "others": ("auntie", {}),
    "mine": ("auntie", {}),
    "late": ("wang", {}),
    "all": ("wang", {}),
}


@pytest.mark.parametrize("tab", WAYS)
def test_the_worklist(tab, client, cast, places, packs):
    who, belong = WAYS[tab]
    client.force_login(getattr(cast, who))

    def taken(many):
        cases(cast, places, many)
        Case.objects.update(held_by=cast.wang, moved_at="2026-01-06T00:00:00+08:00", **belong)

    taken(FEW)
    few = cost(client, reverse("registry:cases"), tab=tab, per="200")
    taken(MANY - FEW)
    page = client.get(reverse("registry:cases"), {"tab": tab, "per": "200"}).content.decode()
    assert f"共 {MANY} 件" in page
    assert cost(client, reverse("registry:cases"), tab=tab, per="200") == few <= 25


def test_the_page_of_a_case_in_a_long_list(client, cast, places, packs):
    client.force_login(cast.wang)
    cases(cast, places, FEW)
    url = Case.objects.order_by("id")[5].get_absolute_url()
    few = cost(client, url, **{"from": "waiting"})
    cases(cast, places, MANY - FEW)
    assert cost(client, url, **{"from": "waiting"}) == few


def test_the_file_of_a_case_with_a_long_history(client, cast, places, packs, delegation):
    client.force_login(cast.wang)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    turn = {"verb": "review", "label": "初审", "role": "community", "at": case.submitted_at, "by": cast.wang}

    def turns(many):
        Step.objects.bulk_create(
            [Step(case=case, source="submitted", target="reviewed", acting_for=cast.li, **turn) for _ in range(many)]
        )

    turns(FEW)
    few = cost(client, reverse("registry:file", args=[case.pk]))
    turns(MANY - FEW)
    assert cost(client, reverse("registry:file", args=[case.pk])) == few


def test_the_first_page(client, cast, places, packs):
    client.force_login(cast.wang)
    cases(cast, places, FEW)
    few = cost(client, reverse("portal:home"))
    cases(cast, places, MANY - FEW)
    assert cost(client, reverse("portal:home")) == few


def test_the_list_of_organisations(client, cast, places):
    client.force_login(cast.zhang)
    organisations(places, FEW)
    few = cost(client, reverse("registry:organisations"))
    organisations(places, MANY - FEW)
    assert cost(client, reverse("registry:organisations")) == few <= 12


def test_the_page_of_a_case_with_a_long_history(client, cast, places, packs, delegation):
    client.force_login(cast.wang)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    first = case.steps.get()

    def turns(many):
        more = {"verb": "send_back", "label": "退回补正", "role": "community", "at": first.at, "by": cast.wang}
        made = Step.objects.bulk_create(
            [Step(case=case, source="submitted", target="returned", **more) for _ in range(many)]
        )
        Defect.objects.bulk_create([Defect(step=step, **builders.DEFECT) for step in made])

    turns(FEW)
    few = cost(client, case.get_absolute_url())
    turns(MANY - FEW)
    assert cost(client, case.get_absolute_url()) == few


def test_the_page_of_an_organisation_beside_many_others(client, cast, places, packs):
    client.force_login(cast.zhang)
    found = builders.organisation(places.garden)
    paper = {"organisation": found, "kind": "filing", "name": found.name, "issuer": "街道", "issued_on": builders.SINCE}

    def history(start, end):
        organisations(places, end - start)
        Certificate.objects.bulk_create([Certificate(number=f"备{n}", **paper) for n in range(start, end)])
        Case.objects.bulk_create([
            Case(road="filing", variant="direct", state="withdrawn", place=places.garden, place_code=places.garden.code,
                 organisation=found, opened_by=cast.auntie) for _ in range(start, end)])  # fmt: skip

    history(0, FEW)
    few = cost(client, found.get_absolute_url())
    history(FEW, MANY)
    assert cost(client, found.get_absolute_url()) == few


def test_checking_before_handing_in_beside_many_names(client, cast, places, packs):
    client.force_login(cast.auntie)
    case = builders.draft(cast.auntie, places.garden)
    url = reverse("registry:check", args=[case.pk])
    organisations(places, FEW)
    few = cost(client, url)
    organisations(places, MANY - FEW)
    assert cost(client, url) == few
