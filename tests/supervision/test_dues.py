"""What was due is judged as at its day, and again where the counts of that day or the document changed since."""

import datetime as dt

from registry import policies
from supervision import dues, keeping
from supervision.models import Judgement
from tests.supervision import scene

DUE, ON = dt.date(2019, 12, 31), dt.date(2020, 1, 10)


def _settled():
    while keeping.fold():
        pass
    return dues.settle(ON, most=20)


def _gaps():
    rows = Judgement.objects.filter(place_code=scene.STREET, parameter="JL.u2019", on=DUE).order_by("pk")
    return list(rows.values_list("gap", flat=True))


def test_a_due_day_is_judged_once_and_again_when_its_counts_change(jilin):
    assert DUE in _settled() and _settled() == []
    assert _gaps() == [1]
    scene.organisation("220202001001")
    assert DUE in _settled()
    assert _gaps() == [1, 0]


def test_a_due_day_is_judged_again_by_another_edition(jilin, tmp_path):
    _settled()
    text = (policies.DEMO / "jilin-2017.yaml").read_text("utf-8")
    (tmp_path / "jilin-2017.yaml").write_text(text.replace("value: 5\n", "value: 6\n", 1), "utf-8")
    policies.load(tmp_path)
    assert DUE in _settled() and _settled() == []
    assert _gaps() == [1, 5]
    row = Judgement.objects.filter(place_code=scene.STREET, parameter="JL.u2019").latest("pk")
    assert "政策文件更新了版本" in row.cause
