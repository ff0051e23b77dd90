import pytest

from registry import vicinity
from registry.models import Jurisdiction
from registry.names import parse


@pytest.fixture
def yubei(db):
    make = Jurisdiction.objects.create
    city = make(code="500000000000", name="重庆市", level=1, kind="province")
    pseudo = make(code="500100000000", name="市辖区", level=2, kind="prefecture", parent=city)
    county = make(code="500112000000", name="渝北区", level=3, kind="county", parent=pseudo)
    street = make(code="500112009000", name="双龙湖街道", level=4, kind="street", parent=county)
    make(code="500112009001", name="花卉园社区居委会", level=5, kind="community", parent=street)
    make(code="500112009201", name="放牛坪村民委员会", level=5, kind="village", parent=street)


@pytest.mark.parametrize(
    ("name", "kind", "spoken"),
    [
        ("新渝路社区居民委员会", "community", "新渝路社区"),
        ("花卉园居委会", "community", "花卉园社区"),
        ("放牛坪村民委员会", "village", "放牛坪村"),
        ("放牛坪村村民委员会", "village", "放牛坪村"),
        ("放牛坪村委会", "village", "放牛坪村"),
        ("放牛坪村", "village", "放牛坪村"),
    ],
)
def test_a_committee_gives_its_place_the_name_people_use(name, kind, spoken):
    assert vicinity.spoken(name, kind) == spoken


@pytest.mark.parametrize("code", ["500112", "500112009", "500112009001"])
def test_the_names_around_a_place(yubei, code):
    around = vicinity.around(code)
    assert {"重庆市渝北区", "渝北区", "重庆市渝北区双龙湖街道", "双龙湖街道"} <= set(around.divisions())
    assert around.communities() == ["花卉园社区", "放牛坪村"]


def test_a_pasted_name_is_read_by_the_tree(yubei, django_assert_num_queries):
    with django_assert_num_queries(2):
        parts = parse("渝北区双龙湖街道放牛坪村暖阳养老服务中心", vicinity.around("500112"))
    assert (parts.division, parts.community, parts.zihao) == ("渝北区双龙湖街道", "放牛坪村", "暖阳")


def test_above_the_county_only_the_ancestors_are_known(yubei):
    assert vicinity.around("50").divisions() == ["重庆市"]
