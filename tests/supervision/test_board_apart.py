"""What a board says where a requirement has nothing to count, and where a figure is owed."""

import pytest

from registry.scope import Role
from tests.supervision import scene

COMMUNITY = "220202001001"
TODAY = "2026-01-01"


@pytest.fixture
def leader(client, jilin):
    client.force_login(scene.person(Role.LEADER, scene.COUNTY))
    return client


def shown(client, code, **asked):
    return client.get(f"/boards/{code}/", {"on": TODAY} | asked)


def targets(page):
    return [one for group in page.context["groups"] for one in group["targets"]] + page.context["reference"]


def test_requirements_with_nothing_to_count_are_folded_away_and_still_counted(leader):
    page = shown(leader, COMMUNITY)
    apart = page.context["apart"]
    assert {"农村社区平均拥有数", "街道枢纽组织"} <= {one["label"] for one in apart}
    assert all(one["status"] == "not_applicable" for one in apart)
    assert all(one["status"] != "not_applicable" for one in targets(page))
    assert f"这里不适用的要求（{len(apart)} 项）" in page.content.decode()


def test_a_requirement_that_never_applied_says_nothing_of_its_due_day(leader):
    page = shown(leader, COMMUNITY)
    assert "到期时不适用" not in page.content.decode()
    assert any(one["at_due"] for one in targets(page))


def test_a_figure_that_is_owed_is_said_to_be_owed_and_not_to_be_inapplicable(leader):
    page = shown(leader, scene.COUNTY)
    share = next(one for one in targets(page) if one["label"] == "县级抽查比例")
    assert share["status"] == "no_data"
    html = page.content.decode().split("县级抽查比例</a>", 1)[1].split("</tr>", 1)[0]
    assert "1 个地方没有填报" in html and "不适用" not in html


def test_the_file_of_a_board_lists_what_the_page_folds_away(leader):
    page = shown(leader, COMMUNITY)
    file = b"".join(shown(leader, COMMUNITY, format="csv").streaming_content).decode("utf-8-sig")
    assert "这里不适用的要求" in file
    assert all(one["label"] in file for one in page.context["apart"])
