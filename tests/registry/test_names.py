"""Names: the worked example S04, the parser on pasted names, folding, words, and names that are alike."""

import datetime as dt

import pytest

from registry.names import Parts, fold, parse
from registry.names.check import check
from registry.names.similar import identical, similar
from tests.registry.eligibility_cases import CN, GX, YB, rules

SEPTEMBER, TODAY = dt.date(2021, 9, 1), dt.date(2024, 6, 1)
HEAD = {"division": "重庆市渝北区", "community": "花卉园社区"}


class Yubei:
    """A corner of the place tree."""

    def divisions(self):
        return ["重庆市渝北区", "渝北区", "重庆市渝北区双龙湖街道", "双龙湖街道"]

    def communities(self):
        return ["花卉园社区", "放牛坪村", "第一社区"]


def verdicts(name, *, form, scope="community", place=YB, on=SEPTEMBER, existing=(), tree=None):
    found = check(name, rules(place, on), form=form, scope=scope, existing=existing, tree=tree)
    return {one.key: str(one.verdict) for one in found}


def fits(*args, **kwargs):
    return set(verdicts(*args, **kwargs).values()) <= {"pass"}


S04 = [
    ("a", "social_service_org", "", "养老", "服务中心", "重庆市渝北区花卉园社区养老服务中心", False),
    ("b", "social_service_org", "暖", "养老", "服务中心", "重庆市渝北区花卉园社区暖养老服务中心", False),
    ("c", "social_service_org", "暖阳", "养老", "服务中心", "重庆市渝北区花卉园社区暖阳养老服务中心", True),
    ("d", "association", "", "老年", "协会", "重庆市渝北区花卉园社区老年协会", True),
    ("e", "foundation", "A1", "社区发展", "基金会", "重庆市渝北区花卉园社区A1社区发展基金会", False),
    ("f", "social_service_org", "暖阳ab", "养老", "服务中心", "重庆市渝北区花卉园社区暖阳ab养老服务中心", False),
]


@pytest.mark.parametrize(("case", "form", "zihao", "field", "ending", "full", "good"), S04)
def test_s04_names_in_yubei(case, form, zihao, field, ending, full, good):
    parts = Parts(**HEAD, zihao=zihao, field=field, form=ending)
    assert parts.full == full
    assert fits(parts, form=form) is good
    for tree in (None, Yubei()):
        assert parse(full, tree) == parts
        assert fits(full, form=form, tree=tree) is good


@pytest.mark.parametrize(
    ("case", "failed"),
    [
        ("a", ["name.zihao.required", "name.zihao.min_han_chars"]),
        ("b", ["name.zihao.min_han_chars"]),
        ("e", ["name.zihao.min_han_chars"]),
        ("f", ["name.zihao.min_han_chars"]),
    ],
)
def test_s04_what_fails_is_the_zihao_and_nothing_else(case, failed):
    _, form, _, _, _, full, _ = next(row for row in S04 if row[0] == case)
    assert [key for key, verdict in verdicts(full, form=form).items() if verdict != "pass"] == failed


@pytest.mark.parametrize("tree", [None, Yubei()])
@pytest.mark.parametrize("full", ["花卉园社区重庆市渝北区暖阳养老服务中心", "暖阳重庆市渝北区花卉园社区养老服务中心"])
def test_s04_a_pasted_name_in_the_wrong_order_fails(full, tree):
    assert verdicts(full, form="social_service_org", tree=tree)["name.component_order"] == "fail"


def test_s04_a_street_federation_needs_no_community():
    full = "重庆市渝北区双龙湖街道社区社会组织联合会"
    assert fits(full, form="association", scope="street")
    assert verdicts(full, form="association", scope="community")["name.component_order"] == "fail"
    assert verdicts(full, form="association", scope=None)["name.component_order"] == "unknown"


PASTED = [
    # name, division, community, 字号, field, form
    ("渝北区双龙湖街道社区社会组织联合会", "渝北区双龙湖街道", "", "", "社区社会组织", "联合会"),
    ("重庆市渝北区茨竹镇放牛坪村乡贤参事会", "重庆市渝北区茨竹镇", "放牛坪村", "", "乡贤", "参事会"),
    ("广西壮族自治区南宁市青秀区春晖公益服务中心", "广西壮族自治区南宁市青秀区", "", "春晖", "公益", "服务中心"),
    ("温州市鹿城区五马街道城西社区文体协会", "温州市鹿城区五马街道", "城西社区", "", "文体", "协会"),
    ("吉林市昌邑区东局子街道邻里守望志愿服务队", "吉林市昌邑区东局子街道", "", "", "邻里守望", "志愿服务队"),
    ("天津市河西区 桂江里社区　阳光书画社", "天津市河西区", "桂江里社区", "阳光", "书画", "社"),
    ("重庆市渝北区农村养老互助社", "重庆市渝北区", "", "", "农村养老", "互助社"),
    ("单县幸福养老服务中心", "单县", "", "幸福", "养老", "服务中心"),
    ("阳光舞蹈队", "", "", None, None, "舞蹈队"),  # what cannot be told stays unknown
    ("重庆市渝北区暖阳", "重庆市渝北区", "", None, None, ""),
]


@pytest.mark.parametrize(("full", "division", "community", "zihao", "field", "form"), PASTED)
def test_a_pasted_name_is_taken_apart(full, division, community, zihao, field, form):
    parts = parse(full)
    assert (parts.division, parts.community, parts.zihao, parts.field, parts.form) == (
        division, community, zihao, field, form,
    )  # fmt: skip


def test_the_tree_knows_places_their_ending_does_not_give_away():
    class Tree(Yubei):
        def communities(self):
            return ["渝北花园"]

    parts = parse("重庆市渝北区渝北花园暖阳养老服务中心", Tree())
    assert (parts.community, parts.zihao) == ("渝北花园", "暖阳")


def test_a_community_behind_the_zihao_is_out_of_order_when_the_tree_knows_it():
    full = "重庆市渝北区暖阳花卉园社区养老服务中心"
    assert verdicts(full, form="social_service_org", tree=Yubei())["name.component_order"] == "fail"


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({}, "pass"),
        ({"division": ""}, "fail"),
        ({"field": ""}, "fail"),
        ({"form": ""}, "fail"),
        ({"community": ""}, "fail"),
        ({"community": None}, "unknown"),
        ({"field": None}, "unknown"),
        ({"zihao": ""}, "pass"),  # 字号 has a rule of its own
    ],
)
def test_the_order_of_yubei_asks_for_its_parts(changes, verdict):
    parts = Parts(**{**HEAD, "zihao": "暖阳", "field": "养老", "form": "服务中心", **changes})
    assert verdicts(parts, form="association")["name.component_order"] == verdict


ZIHAO = [
    # 字号, verdict on its Chinese characters
    ("暖阳", "pass"),
    ("暖", "fail"),
    ("暖A", "fail"),
    ("暖阳1", "fail"),
    ("ＡＢ", "fail"),
    ("㐂阳", "pass"),  # extension A
    ("𠮷阳", "pass"),  # extension B, one character although two UTF-16 units
    ("𠮷", "fail"),
    ("暖・阳", "fail"),
    (None, "unknown"),
]


@pytest.mark.parametrize(("zihao", "verdict"), ZIHAO)
def test_the_zihao_has_two_chinese_characters_and_no_others(zihao, verdict):
    parts = Parts(**HEAD, zihao=zihao, field="养老", form="服务中心")
    assert verdicts(parts, form="foundation")["name.zihao.min_han_chars"] == verdict
    assert "name.zihao.min_han_chars" not in verdicts(parts, form="association")


WORDS = [
    # 字号, field, rule, verdict
    ("暖阳", "养老", "name.forbidden_words", "pass"),
    ("第一", "养老", "name.forbidden_words", "fail"),
    ("暖阳", "国家级养老", "name.forbidden_words", "fail"),
    ("中国", "养老", "name.restricted_words", "fail"),
    ("中华暖阳", "养老", "name.restricted_words", "fail"),
    ("暖阳", "中国画", "name.restricted_words", "pass"),  # qualifies the field
]


@pytest.mark.parametrize(("zihao", "field", "key", "verdict"), WORDS)
def test_words_a_name_may_not_use(zihao, field, key, verdict):
    parts = Parts(**HEAD, zihao=zihao, field=field, form="服务中心")
    assert verdicts(parts, form="social_service_org", on=TODAY)[key] == verdict


def test_words_of_the_place_are_not_held_against_the_organisation():
    full = "重庆市渝北区第一社区暖阳养老服务中心"
    assert verdicts(full, form="social_service_org", on=TODAY, tree=Yubei())["name.forbidden_words"] == "pass"


def test_a_name_may_not_begin_with_the_nation():
    assert (
        verdicts("中国暖阳养老服务中心", form="social_service_org", on=TODAY, place=CN)["name.restricted_words"]
        == "fail"
    )


def test_names_of_other_bodies_are_advice():
    parts = Parts(**HEAD, zihao="公安", field="治安", form="协会")
    assert verdicts(parts, form="association")["name.reserved_words"] == "advice"
    assert "name.reserved_words" not in verdicts("重庆市渝北区花卉园社区老人大学", form="association")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("暖阳（渝北）养老服务中心", "暖阳(渝北)养老服务中心"),
        ("暖阳 养老　服务中心", "暖阳养老服务中心"),
        ("ＡＢ爱心社", "ab爱心社"),
        ("“暖阳”养老·服务中心", "暖阳养老服务中心"),
        ("暖阳\u200b养老服务中心", "暖阳养老服务中心"),
        ("暖阳【一】社", "暖阳[一]社"),
    ],
)
def test_two_ways_of_typing_one_name_are_the_same_name(one, other):
    assert fold(one) == fold(other)
    assert identical(one, [other, "别的协会"]) == [other]


def test_different_names_do_not_fold_together():
    assert fold("暖阳养老服务中心") != fold("暖洋养老服务中心")
    assert fold("暖阳一社") != fold("暖阳二社")


EXISTING = [
    "重庆市渝北区花卉园社区暖阳养老服务中心",
    "重庆市渝北区花卉园社区书画协会",
    "重庆市渝北区放牛坪村乡贤参事会",
]


def test_the_same_name_fails_and_a_similar_one_is_advice():
    same, near, other = (
        verdicts(name, form="social_service_org", existing=EXISTING)
        for name in (
            "重庆市 渝北区花卉园社区暖阳养老服务中心",
            "重庆市渝北区花卉园社区暖洋养老服务中心",
            "重庆市渝北区花卉园社区心连心助残服务中心",
        )
    )
    assert same["name.conflict.identical"] == "fail"
    assert near["name.conflict.similar"] == "advice" and "name.conflict.identical" not in near
    assert not {"name.conflict.identical", "name.conflict.similar"} & set(other)


def test_a_shared_place_alone_does_not_make_names_similar():
    place = "重庆市渝北区双龙湖街道花卉园社区"
    assert similar(f"{place}棋社", [f"{place}画社"]) == []
    assert [hit.name for hit in similar(f"{place}棋社", [f"{place}棋社"])] == [f"{place}棋社"]


def test_the_same_name_stands_before_the_similar_ones():
    hits = similar("暖阳养老服务中心", ["暖洋养老服务中心", "暖阳养老服务中心 "])
    assert [(hit.name, hit.same) for hit in hits] == [("暖阳养老服务中心 ", True), ("暖洋养老服务中心", False)]


def test_outside_yubei_before_2024_no_rule_on_names_speaks():
    assert verdicts("花卉园社区暖阳养老服务中心", form="association", place=GX) == {}
