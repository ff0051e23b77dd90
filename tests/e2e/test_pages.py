"""Every page, for whom it is meant, on three screens: no barrier, one heading, its own title, nothing too wide."""

import datetime as dt
import json

import pytest

from registry import links, register
from registry.casework import conversion
from registry.models import Certificate, Hub
from tests import builders
from tests.e2e.walker import NARROW, PHONE

pytestmark = pytest.mark.e2e
ANSWERS = "legal_form=none&individual_members=18&capital=0&premises=shared&larger=yes"
PAGES = {
    "": """
        / /login/ /guide/ /guide/?place_code={place}&{answers} /guide/?place_code= /policies/
        /policies/{policy}/ /places/ /places/{place}/ /verify/ /verify/?number=1 /verify/?number=
        /verify/{token}/ /verify/{dead}/ /track/ /track/?number={number}&code={code} /track/?number=1&code=1
        /c/ /r/{rating}/ /r/{progress}/
        /calendar/ /calendar/?year=2027&place={place}
        """,
    "hexi-shequ": """
        / /guide/ /guide/?place_code={place}&{answers} /cases/ /cases/?tab=all /cases/?tab=late /organisations/
        /organisations/?name=没有这个 /filings/listings/new/ /cases/{draft}/tasks/
        /cases/{draft}/tasks/organisation/ /cases/{draft}/tasks/people/ /cases/{draft}/tasks/party/
        /cases/{draft}/materials/ /cases/{draft}/check/ /cases/{draft}/ /cases/{draft}/do/withdraw/
        /cases/{returned}/tasks/ /cases/{returned}/tasks/organisation/ /cases/{returned}/ /cases/{done}/receipt/
        /cases/{done}/ /organisations/{filed}/ /policies/ /verify/ /boards/
        """,
    "hexi-jiedao": """
        / /cases/ /cases/?tab=held /cases/?tab=soon /cases/?tab=others /cases/?tab=all&q=没有这个 /absences/
        /cases/{done}/file/ /cases/bulk/?verb=record&case={reported} /cases/{reported}/?from=waiting
        /cases/{reported}/ /cases/{reported}/do/record/ /cases/{reported}/do/return/
        /cases/{reported}/do/reject/ /filings/delegations/ /organisations/{filed}/
        /organisations/{ended}/ /boards/ /boards/{street}/{indicator}/ /boards/alerts/ /hubs/{hub}/
        """,
    "hexi-quxian": """
        /bans/ /calendar/ /cases/{registration}/suspend/
        / /cases/{registration}/ /cases/{registration}/do/return/ /cases/{registration}/do/refuse/
        /cases/{conversion}/tasks/ /cases/{conversion}/tasks/organisation/ /cases/{conversion}/check/ /boards/
        /boards/alerts/ /places/ /places/{place}/ /places/{place}/name/ /organisations/
        """,
    "hexi-shenpi": "/ /cases/{examined}/ /cases/{examined}/do/reject/ /cases/{examined}/do/back/ /cases/",
    "hexi-lingdao": """
        / /boards/{district}/?on=2018-01-01 /boards/{district}/mix/ /boards/{district}/targets/TJ.p04/
        /boards/{district}/wall/ /organisations/
        """,
    "hexi-zuzhi": "/ /cases/ /organisations/ /guide/",
}
REFUSED = {
    "hexi-lingdao": {
        "/boards/{district}/?on=20189-1": 400,
        "/nothing-here/": 404,
        "/cases/{done}/do/record/": 404,
        "/filings/listings/new/": 403,
        "/cases/999999/": 404,
    },
    "hexi-shequ": {
        "/cases/{done}/tasks/": 409,
        "/organisations/{filed}/end/": 403,
        "/cases/{reported}/do/record/": 403,
        "/places/{place}/name/": 403,
    },
    "lucheng-shequ": {"/cases/{done}/": 404, "/organisations/{filed}/": 404, "/boards/{street}/": 404},
}


@pytest.fixture(scope="module")
def things(portal, crew):
    """One of everything a page can be about, as words to put into addresses."""
    cast = crew("hexi")

    def filing(name, moves=9):
        return builders.walk(builders.draft(cast.wang, cast.garden, said=builders.answers(name)), cast, moves=moves)

    def registration(name, moves):
        said = builders.registration_answers(name)
        return builders.walk(builders.draft(cast.wang, cast.garden, road="registration", said=said), cast, moves=moves)

    done, gone, turned = filing("页面一队"), filing("页面二队"), filing("页面三队")
    register.end(gone.organisation, by=cast.li, on=dt.date.today(), reason="自行解散")
    cases = {
        "draft": builders.draft(cast.wang, cast.garden, said=builders.answers("页面四队")),
        "returned": builders.returned(builders.draft(cast.wang, cast.garden, said=builders.answers("页面五队")), cast),
        "reported": filing("页面六队", 3),
        "registration": registration("天津市河西区页面养老协会", 1),
        "examined": registration("天津市河西区书页养老协会", 3),
        "conversion": conversion.convert(turned.organisation, by=cast.zhang),
        "done": done,
    }
    return {name: case.pk for name, case in cases.items()} | {
        "filed": done.organisation_id,
        "ended": gone.organisation_id,
        "hub": Hub.objects.get(serves_code=cast.street.code).pk,
        "token": Certificate.objects.get(case=done).token,
        "rating": links.token(links.RATING, done.pk),
        "progress": links.token(links.RATING, cases["reported"].pk),
        "dead": Certificate.objects.get(case=gone).token,
        "number": done.number,
        "code": done.query_code,
        "place": cast.garden.code,
        "street": cast.street.code,
        "district": cast.district.code,
        "policy": "tianjin-2018",
        "indicator": "party",
        "answers": ANSWERS,
    }


def faults(one):
    """What is wrong with this page on a desk, on a telephone, and on the narrowest one."""
    size = one.page.viewport_size
    found = one.manners()
    one.page.set_viewport_size(PHONE)
    found += [f"phone: {fault}" for fault in one.manners()]
    one.page.set_viewport_size(NARROW)
    found += [f"narrow: {fault}" for fault in one.manners(axe=False)]
    one.page.set_viewport_size(size)
    return found


@pytest.mark.parametrize("person", list(PAGES))
def test_manners(walker, things, person):
    one, wrong, titles = walker(), {}, {}
    if person:
        one.sign_in(person)
    for path in PAGES[person].format(**things).split():
        answer = one.page.goto(one.base + path)
        found = faults(one) + ([] if answer.status == 200 else [f"answer {answer.status}"])
        before = titles.setdefault(one.page.title(), path)
        if before.split("?")[0] != path.split("?")[0]:
            found.append(f"title {one.page.title()!r} is that of {before}")
        if found:
            wrong[path] = found
    one.expected = one.refusals.copy()  # told above, page by page
    assert not wrong, json.dumps(wrong, ensure_ascii=False, indent=1)


@pytest.mark.parametrize("person", list(REFUSED))
def test_refusals_are_pages_too(walker, things, person):
    one = walker().sign_in(person)
    for path, status in REFUSED[person].items():
        answer = one.page.goto(one.base + path.format(**things))
        assert (path, answer.status, faults(one)) == (path, status, [])
        assert one.page.locator("main a").count() > 0, "no way on"
    one.expected = [status for status in REFUSED[person].values() if status >= 400]
