"""Lists and pages cost the same number of queries at ten rows and at two hundred."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from registry.candidates import night
from registry.models import (
    Candidate,
    Case,
    Certificate,
    Defect,
    Notice,
    Opinion,
    Organisation,
    Rating,
    Standing,
    Step,
    Support,
)
from registry.scope import Role
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


def test_the_notices(client, cast, places, packs):
    client.force_login(cast.wang)
    cases(cast, places, FEW)
    few = cost(client, reverse("registry:notices"))
    cases(cast, places, MANY - FEW)
    assert cost(client, reverse("registry:notices")) == few <= 10


def test_the_sums_of_ratings(client, cast, places, packs):
    client.force_login(cast.zhang)

    def rated(many):
        cases(cast, places, many)
        unrated = Case.objects.filter(rating=None)
        Rating.objects.bulk_create([Rating(case=case, level=1) for case in unrated])
        return cost(client, reverse("registry:ratings"))

    few = rated(FEW)
    assert rated(MANY - FEW) == few <= 14


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


def questions(case, cast, start, end):
    """Questions about a case, every second one answered."""
    said = {"kind": "industry", "asked_by": cast.wang, "due_on": "2026-01-05", "required": False}
    given = {"answer": "agree", "answered_on": "2026-01-06", "answered_by": cast.wang}
    rows = [Opinion(case=case, unit=f"单位{n}", **said, **(given if n % 2 else {})) for n in range(start, end)]
    Opinion.objects.bulk_create(rows)


def test_the_page_of_a_case_many_units_were_asked_about(client, cast, places, packs):
    client.force_login(cast.wang)
    case = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    questions(case, cast, 0, FEW)
    few = cost(client, case.get_absolute_url())
    questions(case, cast, FEW, MANY)
    assert cost(client, case.get_absolute_url()) == few


def test_the_worklist_of_an_adviser(client, cast, places, packs):
    wu = builders.person("吴姐", Role.ADVISER, places.hexi)
    wu.offices.update(title="区教育局")
    client.force_login(wu)

    def asked(many):
        cases(cast, places, many)
        rows = [Opinion(case=case, kind="industry", unit="区教育局", asked_by=cast.wang, due_on="2026-01-05")
                for case in Case.objects.filter(opinions=None)]  # fmt: skip
        Opinion.objects.bulk_create(rows)

    asked(FEW)
    few = cost(client, reverse("registry:opinions"))
    asked(MANY - FEW)
    assert cost(client, reverse("registry:opinions")) == few <= 12


def candidacies(places, many):
    """Organisations on the ledger, some gone again."""
    organisations(places, many)
    free = Organisation.objects.filter(candidacies=None).select_related("place")
    stages = ["suggested", "listed", "registered", "removed"]
    day = {"listed_on": "2026-01-05", "closed_on": "2026-03-05"}
    Candidate.objects.bulk_create(
        [Candidate(organisation=one, place_code=one.place_code, stage=stages[n % 4], distance=n % 3,
                   **(day if n % 4 > 1 else {})) for n, one in enumerate(free)]
    )  # fmt: skip


@pytest.mark.parametrize("stage", ["", "listed", "due"])
def test_the_ledger_of_candidates(stage, client, cast, places, packs):
    client.force_login(cast.zhang)
    candidacies(places, FEW)
    few = cost(client, reverse("registry:candidates"), stage=stage)
    candidacies(places, MANY - FEW)
    assert cost(client, reverse("registry:candidates"), stage=stage) == few <= 16


def test_the_page_of_a_candidate_with_a_long_plan(client, cast, places, packs):
    client.force_login(cast.zhang)
    candidacies(places, FEW)
    found = Candidate.objects.filter(stage="listed").first()

    def planned(many):
        line = {"candidate": found, "kind": "support", "plan": "培训", "planned_on": "2026-01-05", "by": cast.zhang}
        Support.objects.bulk_create([Support(**line) for _ in range(many)])

    planned(FEW)
    few = cost(client, reverse("registry:candidate", args=[found.pk]))
    planned(MANY - FEW)
    candidacies(places, MANY)
    assert cost(client, reverse("registry:candidate", args=[found.pk])) == few


def test_the_night_of_the_ledger_asks_no_more_for_more_organisations(places, packs):
    def asked():
        with CaptureQueriesContext(connection) as found:
            night.reassess(builders.dt.date(2026, 11, 20))
        return len(found)

    organisations(places, FEW)
    asked()
    few = asked()
    organisations(places, MANY - FEW)
    asked()
    assert asked() == few


def test_the_public_list_of_announcements(client, cast, places, packs):
    def public(many):
        said = {"road": "registration", "kind": "appointment", "variant": "direct", "state": "published"}
        where = {"place": places.garden, "place_code": places.garden.code, "opened_by": cast.auntie}
        days = {"published_on": "2026-03-02", "until": "2026-03-09"}
        Case.objects.bulk_create([Case(name=f"协会{n}", decision=days, **said, **where) for n in range(many)])

    public(2)
    few = cost(client, reverse("registry:announcements"))
    public(18)
    assert "河西区民政局" in client.get(reverse("registry:announcements")).content.decode()
    assert cost(client, reverse("registry:announcements")) == few <= 8
