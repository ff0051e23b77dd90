"""Two documents or two editions side by side: what differs, in words, with the clause of both."""

from dataclasses import replace

import pytest

from registry.models import PolicyPack
from registry.policy.compare import compare

COMPARE = "/policies/compare/"


@pytest.fixture
def by_slug(documents):
    return {pack.slug: pack for pack in documents}


def _with(pack, name, **values):
    parameters = tuple(replace(one, **values) if one.id == name else one for one in pack.parameters)
    return pack.with_parameters(parameters)


def test_guangxi_asks_less_capital_than_the_nation(by_slug):
    found = compare(by_slug["guangxi-2020"], by_slug["national"])
    both = {pair.label: pair for _, pairs in found.both for pair in pairs}
    regime = both["登记体制"]
    assert regime.left.required == "双重管理"
    assert "直接登记" in regime.right.required
    assert regime.left.source == "广西壮族自治区民政厅 2020-12-15 指导意见 四（二）"
    assert "要求" in regime.differs
    assert "联合会会员" in {pair.label for pair in found.left}
    assert "登记决定期限" in {pair.label for pair in found.right}


def test_two_editions_differ_only_where_something_was_changed(by_slug):
    old = by_slug["jilin-2017"]
    new = _with(old, "JL.u2019", value=6)
    found = compare(old, new)
    (theme, pairs), *more = found.both
    assert (theme, more, found.left, found.right) == ("发展目标", [], (), ())
    assert [(pair.left.required, pair.right.required) for pair in pairs] == [
        ("到 2019 年 12 月 31 日，不少于 5 个", "到 2019 年 12 月 31 日，不少于 6 个")
    ]
    assert found.same == len(old.parameters) - 1


def test_a_summary_alone_makes_editions_differ_and_documents_not(by_slug):
    old = by_slug["jilin-2017"]
    new = _with(old, "JL.u2019", summary="换一种说法。")
    assert compare(old, new).both[0][1][0].differs == ["摘要或日期"]
    assert compare(old, replace(new, slug="jilin-other")).many == 0


def test_what_one_edition_dropped_stands_on_its_side_alone(by_slug):
    old = by_slug["jilin-2017"]
    new = old.with_parameters(tuple(one for one in old.parameters if one.id != "JL.p07"))
    assert [pair.label for pair in compare(old, new).left] == ["街道枢纽组织"]
    assert [pair.label for pair in compare(new, old).right] == ["街道枢纽组织"]


def test_steps_of_one_target_are_held_against_each_other_in_their_order(by_slug):
    found = compare(by_slug["jilin-2017"], by_slug["wenzhou-2018"])
    urban = [pair for _, pairs in found.both for pair in pairs if pair.label == "城市社区平均拥有数"]
    assert urban
    assert len([pair for pair in found.left if pair.label == "城市社区平均拥有数"]) == 2


@pytest.mark.parametrize("slug", ["jilin-2017", "guangxi-2020", "national", "wenzhou-2018"])
def test_a_document_does_not_differ_from_itself(by_slug, slug):
    found = compare(by_slug[slug], by_slug[slug])
    assert (found.many, found.same) == (0, len(by_slug[slug].parameters))


def test_the_page_is_open_to_everybody_and_linked_from_the_document(client, packs):
    mark = {edition.slug: edition.edition for edition in PolicyPack.objects.current()}
    page = client.get(COMPARE, {"left": mark["guangxi-2020"], "right": mark["national"]}).content.decode()
    for words in ["双重管理", "四（二）", "联合会会员", "处不同"]:
        assert words in page, words
    document = client.get("/policies/guangxi-2020/").content.decode()
    assert f"{COMPARE}?left={mark['guangxi-2020']}" in document
    assert client.get(COMPARE, {"left": mark["guangxi-2020"]}).status_code == 200


def test_an_unknown_edition_and_twice_the_same_are_told(client, packs):
    mark = PolicyPack.objects.current().first().edition
    for asked, words in [
        ({"left": mark, "right": "nonsense"}, "没有这个政策文件或版本"),
        ({"left": mark, "right": mark}, "两边是同一个版本"),
    ]:
        answer = client.get(COMPARE, asked)
        assert answer.status_code == 400
        assert words in answer.content.decode()


def test_the_page_asks_as_much_however_many_editions_there_are(client, packs, django_assert_max_num_queries):
    marks = [edition.edition for edition in PolicyPack.objects.current()][:2]
    with django_assert_max_num_queries(8) as found:
        client.get(COMPARE, {"left": marks[0], "right": marks[1]})
    first = len(found)
    old = PolicyPack.objects.current().first()
    PolicyPack.objects.create(
        slug=old.slug, area_code=old.area_code, short=old.short, title=old.title, issuer=old.issuer,
        starts=old.starts, digest="f" * 64, content=old.content, current=False,
    )  # fmt: skip
    with django_assert_max_num_queries(first):
        client.get(COMPARE, {"left": marks[0], "right": marks[1]})
