"""Who may open which page and press which button. A page that no line names fails the suite.

The columns are nobody in particular, 李阿姨 who opened the cases, the committee, the street, the district, its
approver, its leader, an applicant of the same community, and an officer of the next district.
"""

import datetime as dt
import re
from uuid import UUID

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from registry import absences, announcements, clock, links, periods, phrases, ratings
from registry.candidates import acts as candidates
from registry.casework import actions, leases, opinions
from registry.models import Case, Certificate, HubStaff, OccupationalBan
from registry.places.acts import planning, preview
from registry.places.acts.plan import Plan
from registry.scope import Role
from supervision.models import Assignment, Statistic, Trial
from supervision.statistics.content import digest
from supervision.statistics.tables import frame
from tests import builders
from tests.access_table import PEOPLE, POST_ONLY, READ, WRITE
from tests.registry import placeacts_scene
from tests.registry.kinds_scene import drafted, filled, registered

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
IN = 302  # to the sign-in page
OPEN = {  # lead somebody who is not signed in on, not to the sign-in page
    "portal:logout", "registry:rate", "registry:contact", "registry:contact_login", "registry:contact_code"
}  # fmt: skip


def lines(table):
    """(page, thing, {person: status}) of a table."""
    for line in table.strip().splitlines()[1:]:
        page, thing, *told = line.split()
        yield page, thing, dict(zip(PEOPLE, map(int, told), strict=True))


def doors(patterns, space=""):
    """The names of every page of the portal, with their namespaces."""
    for found in patterns:
        if isinstance(found, URLPattern):
            yield f"{space}{found.name}"
        else:
            yield from doors(found.url_patterns, f"{space}{found.namespace}:" if found.namespace else space)


@pytest.fixture
def world(cast, places, packs):
    """A draft, a case under way, one given back and one done, all of 李阿姨; and everything a line can be about."""
    given = builders.delegation(places.garden)
    cast.neighbour = builders.person("邻居", Role.APPLICANT, places.garden)
    make = {state: builders.draft(cast.auntie, places.garden) for state in ("draft", "filed", "returned", "done")}
    builders.walk(make["filed"], cast, moves=1)
    builders.returned(make["returned"], cast)
    done = builders.walk(make["done"], cast)
    paper = Certificate.objects.get(case=done)
    cases = {state: {"pk": case.pk} for state, case in make.items() if state != "done"}
    verbs = {"review": "filed", "nonsense": "filed", "submit": "draft", "withdraw": "filed"}
    begin = {"road": "filing", "key": "k", "place_code": places.garden.code}
    entrust = {"community": places.village.pk, "starts": "2026-01-01", "document": "委托书", "covers_review": "on"}
    listing = {
        "place": places.garden.pk,
        "name": "晨练队",
        "category": "culture_sports",
        "activities": "晨练",
        "individual_members": "9",
        "leader_name": "王强",
        "leading_party": "九江路社区党委",
    }
    federation = builders.organisation(places.street, kind="registered", scope="street", hub_type="federation")
    post = HubStaff.objects.create(hub=federation.hub, name="社工", starts=builders.SINCE)
    today, day = dt.date.today(), dt.timedelta(days=1)
    absence = absences.announce(
        cast.chen, deputy=cast.li, starts=today + day, ends=today + 3 * day, reason="年假", by=cast.chen, on=today
    )
    away = {"user": cast.wang.pk, "deputy": cast.li.pk, "starts": today + 9 * day, "last": today + 9 * day}
    inhand = builders.walk(builders.draft(cast.auntie, places.garden), cast, moves=1)
    leases.take(inhand, by=(holder := builders.person("小许", Role.COMMUNITY, places.garden)))
    asked, answered = (
        opinions.ask(make["filed"], by=cast.wang, kind=kind, unit="区教育局") for kind in ("industry", "other")
    )
    opinions.record(answered, by=cast.wang, answer="agree", text="", paper=builders.png())
    candidate = candidates.nominate(builders.organisation(places.garden), by=cast.wang, on=today)
    barred = OccupationalBan.objects.create(place_code=places.hexi.code, name="王强", until=today + 99 * day)
    contact = builders.contact(places.garden)
    notice = drafted("appointment", registered(places.garden), cast.wang)
    notice = actions.move(actions.move(notice, "submit", by=cast.wang), "publish", by=cast.zhang)
    objection = announcements.object_to(notice, text="没有经过选举", on=today)
    kept = filled(actions.open_case("name", by=cast.auntie, place=places.garden), cast.auntie)
    kept = actions.move(actions.move(kept, "submit", by=cast.auntie), "reserve", by=cast.zhang)
    told = frame("basics", places.hexi, periods.read("2025")) | {"tables": [], "notes": [], "sources": []}
    frozen = Statistic.objects.create(
        table="basics", place_code=places.hexi.code, period="2025", on="2025-12-31", content=told, digest=digest(told)
    )
    new = planning.add(places.street, code="120103001150", name="新建社区", on=placeacts_scene.DAY)
    act = placeacts_scene.propose(cast, "add", new)
    seen = preview.look(Plan.from_json(act.plan), act.on).digest
    question = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 0} | {
        "form-0-kind": "party", "form-0-unit": "区委社会工作部", "form-0-due_days": 5}  # fmt: skip
    errand = Assignment.objects.create(
        place_code=places.street.code, parameter="TJ.p02", indicator="hub_registered", needed=1, opened_on=today
    )
    report = {"document": {"slug": "national", "short": "国家法规", "edition": "0" * 12}, "reading": "社会团体"}
    report |= {"place_name": "河西区", "looked": 0, "conditions": [], "places": [], "targets": {"own": [], "below": []}}
    report["cases"] = dict.fromkeys(("drafts", "handed", "drafts_turned", "handed_turned", "beyond"), 0)
    rated = {"road": "filing", "variant": "direct", "state": "approved", "place": places.garden}
    rated = Case.objects.create(name="歌队", opened_by=cast.auntie, place_code=places.garden.code, **rated)
    low = ratings.rate(rated, 1).review
    tried = Trial.objects.create(
        place_code=places.hexi.code,
        on=today,
        edition="0",
        title="试",
        changes=[],
        result=report,
        digest="0",
        by=cast.zhao,
    )
    return cases | {
        "mail": {}, "phone": {}, "wording": {"code": places.hexi.code, "event": "submitted", "channel": "sms"},
        "led": {"pk": contact.organisation_id}, "contact": {"token": links.token(links.CONTACT, contact.pk)},
        "rating": {"token": links.token(links.RATING, done.pk)}, "low": {"pk": low.pk},
        "asked": {"pk": asked.pk}, "answered": {"pk": answered.pk}, "ban": {"pk": barred.pk},
        "candidate": {"pk": candidate.pk}, "attest": {"pk": candidate.pk, "verb": "attest"},
        "named": {"kind": "name"}, "kept": {"pk": kept.pk}, "notice": {"pk": notice.pk},
        "objection": {"pk": notice.pk, "objection_pk": objection.pk},
        "many": {}, "result": {"key": UUID(int=1)}, "away": {}, "hand": {},
        "absence": {"pk": absence.pk}, "inhand": {"pk": inhand.pk},
        "hub": {"pk": federation.hub.pk}, "post": {"pk": federation.hub.pk, "post_pk": post.pk},
        "-": {}, "gone": {"pk": 999_999}, "org": {"pk": done.organisation_id}, "paper": {"pk": paper.pk},
        "listed": {"pk": builders.organisation(places.garden, kind="listed").pk},
        "change": {"pk": done.organisation_id, "kind": "filing-change"},
        "token": {"token": paper.token}, "policy": {"slug": "tianjin-2018"}, "given": {"pk": given.pk},
        "place": {"code": places.street.code}, "edit": {"code": places.street.code, "what": "name"},
        "act": {"pk": act.pk}, "acts": {}, "newact": {"code": places.street.code, "kind": "rename"},
        "district": {"code": places.hexi.code}, "begin": {}, "entrust": {}, "listing": {},
        "cases": {"code": places.hexi.code, "which": "open"},
        "errand": {"pk": errand.pk}, "trial": {"code": places.hexi.code, "pk": tried.pk},
        "list": {"code": places.hexi.code, "indicator": "avg_urban"},
        "lacking": {"code": places.hexi.code, "what": "category"},
        "freeze": {"code": places.hexi.code}, "table": {"code": places.hexi.code, "pk": frozen.pk},
        "target": {"code": places.hexi.code, "parameter": "TJ.p04"},
        **{verb: {"pk": make[state].pk, "verb": verb} for verb, state in verbs.items()},
        "phrase": {}, "own": {"pk": phrases.add(places.garden, "写明楼栋", by=cast.wang).pk},
        "hold": cases["filed"], "set_day": {},
        "_post": {"errand": {"answer": "七月前办好"},
                  "filed": question, "attest": {"criterion": "scale", "evidence": "走访"},
                  "ban": {"reason": "复议撤销"}, "phrase": {"place": places.garden.pk, "text": "写明门牌"},
                  "mail": {"mode": "none"}, "wording": {"body": "{link}"}, "rating": {"level": "5"},
                  "low": {"finding": "true", "done": "已改"},
                  "phone": {"phone": "13800001111"},
                  "hold": {"cause": "expert", "reason": "评审", "basis": "《行政许可法》第四十五条"},
                  "set_day": {"day": clock.after_working_days(timezone.localdate(), 9).on, "working": "no",
                              "reason": "停工"},
                  "begin": begin, "hub": {"name": "赵社工", "starts": "2026-01-01"}, "entrust": entrust,
                  "listing": listing,
                  "listed": {"reason": "成员解散"}, "review": {"note": "属实"}, "away": away | {"reason": "年假"},
                  "freeze": {"period": periods.before(today, periods.QUARTER).key},
                  "act": {"seen": seen}, "acts": {"act": act.pk},
                  "newact": {"name": "新营门街道", "on": "2026-11-01", "document": "批文"},
                  "many": {"verb": "report", "case": make["filed"].pk},
                  "inhand": {"holder": holder.pk, "reason": "急件"},
                  "hand": {"hand-user": cast.li.pk, "hand-to": cast.chen.pk, "hand-reason": "调离"}},
    }  # fmt: skip


def address(page, thing, world):
    given = dict(world[thing])
    if page in ("registry:section", "registry:autosave"):
        given["key"] = "organisation"
    if page == "supervision:assignment_do":
        given["verb"] = "answer"
    if page == "registry:upload":
        given["kind"] = "charter"
    if page == "registry:opinion_material":
        given["material_pk"] = 1
    if page == "registry:letter":
        given["step_pk"] = Case.objects.get(pk=given["pk"]).steps.last().pk
    if page == "registry:material":
        given["material_pk"] = Case.objects.get(pk=given["pk"]).materials.first().pk
    return reverse(page, kwargs=given) + (f"?verb=report&case={world['_post']['many']['case']}" * (thing == "many"))


def differences(table, ask, who, world):
    """What the table says otherwise than the portal, one line each."""
    found = []
    for page, thing, told in lines(table):
        with transaction.atomic():
            answer = ask(address(page, thing, world), world["_post"].get(thing, {}))
            transaction.set_rollback(True)
        if answer.status_code != told[who]:
            found.append(f"{page} {thing}: {answer.status_code}, the table says {told[who]}")
        if who == "anonymous" and told[who] == IN and page not in OPEN and "/login/" not in answer.get("Location", ""):
            found.append(f"{page} {thing}: leads to {answer.get('Location')} instead of the sign-in page")
    return "\n".join(found)


def enter(client, cast, who):
    if who != "anonymous":
        client.force_login(getattr(cast, who))


def test_every_page_stands_in_a_table():
    listed = {page for table in (READ, WRITE) for page, _, _ in lines(table)}
    pages = {page for page in doors(get_resolver().url_patterns) if not page.startswith("api:")}  # tests/api has these
    assert pages == listed


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_reads_only_what_is_theirs(who, client, cast, world):
    enter(client, cast, who)
    assert differences(READ, lambda url, _: client.get(url), who, world) == ""


@pytest.mark.parametrize("who", PEOPLE)
def test_each_person_presses_only_their_own_buttons(who, client, cast, world):
    enter(client, cast, who)
    assert differences(WRITE, client.post, who, world) == ""


@pytest.mark.parametrize("page", sorted(POST_ONLY))
def test_what_changes_something_is_never_done_by_a_link(page, client, cast, world):
    client.force_login(cast.li)
    thing = next(thing for name, thing, _ in lines(WRITE) if name == page)
    assert client.get(address(page, thing, world)).status_code == 405


def test_a_foreign_case_and_no_case_give_the_same_answer(client, cast, world):
    client.force_login(cast.stranger)
    foreign = client.get(reverse("registry:case", kwargs=world["filed"]))
    nothing = client.get(reverse("registry:case", kwargs=world["gone"]))
    assert foreign.status_code == nothing.status_code == 404
    assert TOKEN.sub("", foreign.content.decode()) == TOKEN.sub("", nothing.content.decode())


def test_a_paper_is_not_reached_through_another_case(client, cast, world):
    client.force_login(cast.stranger)
    own = builders.draft(cast.stranger, builders.place("120101001000", "劝业场街道", "street"))
    foreign = Case.objects.get(pk=world["filed"]["pk"]).materials.first()
    assert client.get(reverse("registry:material", args=[own.pk, foreign.pk])).status_code == 404


def test_an_office_that_ended_yesterday_opens_nothing_today(client, cast, world):
    client.force_login(cast.li)
    url = reverse("registry:case", kwargs=world["filed"])
    assert client.get(url).status_code == 200
    cast.li.offices.update(ends="2026-01-01")
    assert client.get(url).status_code == 404


def test_a_list_never_shows_what_the_page_would_hide(client, cast, world):
    client.force_login(cast.stranger)
    for page in ("registry:cases", "registry:organisations", "portal:home"):
        assert "阳光舞蹈队" not in client.get(reverse(page), {"tab": "all"}).content.decode()


def test_fields_nobody_asked_for_are_not_written(client, cast, places, packs):
    client.force_login(cast.auntie)
    case = actions.open_case("filing", by=cast.auntie, place=places.garden)
    inert = {"state": "approved", "number": "1", "place": places.heping.pk, "version": "9", "opened_by": cast.li.pk}
    client.post(reverse("registry:section", args=[case.pk, "party"]), inert)
    client.post(reverse("registry:autosave", args=[case.pk, "party"]), inert)
    case.refresh_from_db()
    assert (case.state, case.number, case.place, case.opened_by) == ("draft", None, places.garden, cast.auntie)
    assert "state" not in case.answers.get("party", {})
