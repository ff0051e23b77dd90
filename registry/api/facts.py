"""The facts an assessment is asked with: described here, read and refused by `registry.eligibility.Facts`."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework import serializers

from registry.eligibility import Facts, FactsError, Leader
from registry.eligibility.facts import CATEGORIES, CLAUSES, FORMS, HUBS, LEGAL_PERSONS, PARTY, PREMISES, SCOPES
from registry.names import COMPONENTS, LABELS

UNKNOWN = "不写或为 null 时按不详处理，不详不算符合"
DEEPEST = 3


def _count(words: str) -> serializers.IntegerField:
    return serializers.IntegerField(required=False, allow_null=True, min_value=0, help_text=words)


def _flag(words: str) -> serializers.BooleanField:
    return serializers.BooleanField(required=False, allow_null=True, help_text=words)


def _word(choices: tuple[str, ...], words: str) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices, required=False, allow_null=True, help_text=words)


class LeaderSaid(serializers.Serializer):
    """The proposed person in charge, without a name or a number."""

    serving_cadre = _flag("是否在职党员干部")
    cadre_approval = _flag("在职党员干部兼任是否已经批准")
    banned_until = serializers.DateField(
        required=False, allow_null=True, help_text="从业禁止的最后一天；null 表示查过，没有；不写表示没有查"
    )
    leads_others = serializers.ListField(
        child=serializers.ChoiceField(LEGAL_PERSONS),
        required=False,
        allow_null=True,
        help_text="同一人担任法定代表人的其他组织的形式；[] 表示查过，没有",
    )


class FactsSaid(serializers.Serializer):
    """What is known of an organisation. The reader is that of the receipt, so that every way in judges alike."""

    legal_form = _word(FORMS, "打算采用的组织形式，none 为不登记")
    hub_type = _word(HUBS, "枢纽类型；null 和 none 表示不是枢纽")
    category = _word(CATEGORIES, "类别")
    individual_members = _count("个人会员数")
    unit_members = _count("单位会员数")
    capital = _count("注册资金，单位元")
    premises = _word(PREMISES, "活动场所：own 独立场所，shared 与其他组织共用，none 没有")
    post_reachable = _flag("邮政通信是否可达")
    larger_scale = _flag("规模是否较大")
    operates_normally = _flag("是否能正常开展活动")
    name = serializers.JSONField(
        required=False,
        allow_null=True,
        help_text=f"名称全称（文字），或分开写的对象：{'、'.join(f'{one} {LABELS[one]}' for one in COMPONENTS)}",
    )
    scope = _word(SCOPES, "活动范围")
    full_party_members = _count("正式党员数")
    probationary_party_members = _count("预备党员数")
    party_organisation = _word(PARTY, "党的组织；null 和 none 表示尚未覆盖")
    supervising_consent = _flag("业务主管单位是否同意")
    leader = LeaderSaid(required=False, allow_null=True, help_text="拟任负责人的情况，不要写姓名和证件号码")
    public_notice_done = _flag("任前公示是否完成")
    charter_clauses = serializers.ListField(
        child=serializers.ChoiceField(CLAUSES), required=False, allow_null=True, help_text="章程里已有的必备条款"
    )

    def to_internal_value(self, data: Any) -> Facts:
        wrong = dict(_wrong(data))
        if wrong:
            raise serializers.ValidationError(wrong)
        return Facts.from_json(data)


def _wrong(data: Any) -> Iterator[tuple[str, Any]]:
    """Each key that cannot be used, with why; of the leader and of a name in parts, each of theirs."""
    if not isinstance(data, Mapping):
        yield "non_field_errors", [serializers.ErrorDetail("facts 要是一个 JSON 对象", code="not_an_object")]
        return
    for key, value in data.items():
        below = value if key in ("leader", "name") and isinstance(value, Mapping) else None
        if below is not None:
            inner = {one: no for one in below if (no := _no(key, {one: below[one]}))}
            if inner:
                yield key, inner
        elif no := _no(key, value):
            yield key, no


def _no(key: str, value: Any) -> list[serializers.ErrorDetail]:
    """Why a value cannot be used; nothing where it can."""
    if not _writable(key) or not _writable(value):
        return [serializers.ErrorDetail("含有不能使用的字符，或嵌套过深", code="odd_characters")]
    try:
        Facts.from_json({key: value})
    except FactsError as error:
        known = key in FactsSaid._declared_fields
        return [serializers.ErrorDetail(str(error), code="invalid" if known else "unknown_field")]
    return []


def _writable(value: Any, depth: int = 0) -> bool:
    """Whether every text in it can be written as UTF-8, and it is no deeper than facts are."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= one <= "\udfff" for one in value)
    if isinstance(value, Mapping):
        return depth < DEEPEST and all(_writable(one, depth + 1) for pair in value.items() for one in pair)
    if isinstance(value, list):
        return depth < DEEPEST and all(_writable(one, depth + 1) for one in value)
    return True


assert set(FactsSaid._declared_fields) == set(Facts.__dataclass_fields__)
assert set(LeaderSaid._declared_fields) == set(Leader.__dataclass_fields__)
