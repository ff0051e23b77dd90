"""Keys of supervision, and of how targets are counted."""

from registry.policy.vocabulary import Key, code, codes, flag, number


def _annual(who: str, label: str, meaning: str) -> Key:
    return Key(
        name=f"annual.{who}",
        label=label,
        meaning=meaning,
        theme="supervision",
        units=("date",),
        ops=("≤",),
        takes="monthday",
    )


SUPERVISION = (
    _annual("to_supervisor", "年报报业务主管单位", "每年向业务主管单位报送上一年度工作报告的截止日。"),
    _annual("to_authority", "年报报登记机关", "每年向登记机关报送上一年度工作报告的截止日。"),
    _annual("filed", "年度情况表", "每年向街道（乡镇）报送上一年度情况表的截止日。"),
    flag(
        "inspection.double_random",
        "双随机抽查",
        "随机抽取检查对象和检查人员。",
        "supervision",
        words={"yes": "须采用"},
        kind="target",
    ),
    number("inspection.min_inspectors", "检查人数", "现场检查的人员下限。", "supervision", "person"),
    number(
        "inspection.ratio.county",
        "县级抽查比例",
        "县级每年抽查本级登记组织的比例。",
        "supervision",
        "share",
        kind="target",
    ),
    number(
        "inspection.ratio.city",
        "市级抽查比例",
        "市级每年抽查本级登记组织的比例。",
        "supervision",
        "share",
        kind="target",
    ),
    number(
        "inspection.ratio.province",
        "省级抽查比例",
        "省级每年抽查本级登记组织的比例。",
        "supervision",
        "share",
        kind="target",
    ),
    number(
        "inspection.ratio.nation",
        "民政部抽查比例",
        "民政部每年抽查本级登记组织的比例。",
        "supervision",
        "share",
        kind="target",
    ),
    number(
        "association.inactive_revoke",
        "未开展活动",
        "取得证书后未开展活动达到这个时长，撤销登记。",
        "supervision",
        "month",
        at_least="满",
    ),
    number(
        "credit.abnormal_to_serious",
        "由异常名录转入严重名单",
        "在活动异常名录中满这个时长，转入严重违法失信名单。",
        "supervision",
        "month",
        at_least="满",
    ),
    number("credit.record_days", "信用信息记录期限", "信用信息形成后记入的期限。", "supervision", "working_day", "≤"),
    number("penalty.decide_days", "行政处罚期限", "立案后作出处罚决定的期限。", "supervision", "day", "≤"),
)
COUNTING = (
    codes("count.tiers", "计入平均数的组织", "计算平均拥有数时计入哪些组织。", "count", "==", kind="option"),
    code(
        "count.street_scope",
        "街道范围的组织",
        "活动范围为整个街道的组织是否计入社区平均数。",
        "count",
        kind="option",
        words={"exclude": "不计入，单独显示", "include": "计入"},
    ),
    code(
        "count.population",
        "人口口径",
        "与人口相比的目标用哪种人口。",
        "count",
        kind="option",
        words={"resident": "常住人口", "registered": "户籍人口"},
    ),
    code(
        "community.class_rule",
        "城乡划分",
        "怎样区分城市社区和农村社区。",
        "count",
        kind="option",
        words={"committee_kind": "居委会为城市、村委会为农村，可逐个更正", "nbs_class": "按城乡分类代码"},
    ),
    number(
        "basic_tolerance",
        "“基本”的尺度",
        "条款写“基本”时，达到要求的这个比例即为基本达标。",
        "count",
        "share",
        kind="option",
    ),
    flag(
        "comparator.inclusive",
        "以上、以下",
        "以上、以下、不低于、届满都包括本数。",
        "count",
        kind="option",
        words={"yes": "包括本数"},
    ),
)
KEYS = SUPERVISION + COUNTING
