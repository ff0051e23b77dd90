"""From an alert to its target; an assignment without a forecast says how it stood when it was made."""

import datetime as dt
import re

import pytest

from registry.scope import Role
from supervision import actions, errands
from supervision.models import Alert, Assignment
from tests.supervision import scene

TODAY = dt.date(2020, 1, 1)


def test_every_alert_leads_to_its_target(client, jilin):
    actions.night(TODAY)
    leader = scene.person(Role.LEADER, scene.COUNTY)
    client.force_login(leader)
    page = client.get("/boards/alerts/").content.decode()
    links = re.findall(r'href="(/boards/\d{12}/targets/[^"]+/)"', page)
    assert len(links) == Alert.objects.open().visible_to(leader).count() > 0
    assert all(client.get(link).status_code == 200 for link in links)


@pytest.mark.parametrize(("forecast", "label"), [({}, "交办时"), ({"range": [3, 5]}, "预计到期时")])
def test_what_is_missing_is_called_foreseen_only_where_it_was_foreseen(jilin, forecast, label):
    one = Assignment.objects.create(
        place_code=scene.STREET,
        parameter="JL.u2020",
        indicator="avg_urban",
        document="指导意见",
        clause="一（三）",
        title="城市社区平均",
        needed=4,
        due=dt.date(2020, 12, 31),
        opened_on=TODAY,
        forecast=forecast,
    )
    rows = errands.one(one, scene.person(Role.STREET, scene.STREET))["rows"]
    assert any(row["label"] == label and row["value"].startswith("还差 4 个组织") for row in rows)
