"""Keys of life after the door: party building, leaders, support, activities, reports, supervision, counting."""

from registry.policy.vocabulary import Key, code, codes, flag, number


def _cadence(name: str, label: str, meaning: str, theme: str) -> Key:
    return number(name, label, meaning, theme, "day", "≤", at_most="间隔不超过")


PARTY = (
    number(
        "party.own_org.min_full_members",
        "单独建立党组织",
        "正式党员达到这个人数，经上级党组织批准，应当单独建立党组织；预备党员不计。",
        "party",
        "party_member",
    ),
    codes("party.else", "联合建立党组织", "党员较少时可以采取的方式。", "party", "in"),
    number("party.joint.max_units", "联合党支部单位数", "一个联合党支部覆盖的单位上限。", "party", "organisation", "≤"),
    flag(
        "party.three_meetings_one_lesson",
        "三会一课",
        "党支部须按规定召开会议、讲党课。",
        "party",
        words={"yes": "须落实"},
    ),
    _cadence("party.contact.cadence", "党组织定期联系", "社区党组织与社区社会组织联系的间隔。", "party"),
    codes("party.secretary.source_order", "党组织书记人选", "党组织书记人选的先后来源。", "party", "ordered"),
)
LEADERS = (
    flag(
        "leader.serving_cadre_approval_required",
        "在职干部任职审批",
        "在职党员干部担任负责人，须先按干部管理权限报批。",
        "leader",
        words={"yes": "须有批准文件"},
    ),
    flag(
        "leader.serving_official_barred",
        "现职国家工作人员",
        "现职国家工作人员不得兼任理事长、副理事长、秘书长。",
        "leader",
        words={"yes": "不得兼任"},
    ),
    codes(
        "leader.legal_rep_elsewhere",
        "法定代表人在其他组织任职",
        "法定代表人不得同时担任这些组织的法定代表人。",
        "leader",
        "none_of",
        words={
            "association": "其他社会团体的法定代表人",
            "social_service_org": "其他社会服务机构的法定代表人",
            "foundation": "其他基金会的法定代表人",
        },
    ),
    codes("leader.measures", "负责人管理措施", "对负责人可以采取的管理措施。", "leader", "in"),
    flag(
        "leader.pre_appointment_notice",
        "任职前公示",
        "负责人任职前须先公示。",
        "leader",
        words={"yes": "须完成公示"},
    ),
    number("leader.pre_appointment_notice.days", "任职前公示天数", "任职前公示的天数。", "leader", "day"),
    flag("legal_rep.exit_audit", "离任审计", "法定代表人离任须审计。", "leader", words={"yes": "须审计"}),
    flag(
        "legal_rep.change_audit",
        "更换法定代表人审计",
        "更换法定代表人之前须财务审计。",
        "leader",
        words={"yes": "须审计"},
    ),
    flag("legal_rep.duty_report", "法定代表人述职", "法定代表人须述职。", "leader", words={"yes": "须述职"}),
    flag(
        "charter.simplified_required", "简易章程", "未登记的组织应制定简易章程。", "leader", words={"yes": "推动制定"}
    ),
    codes("charter.required_clauses", "章程必备内容", "章程中须写明的内容。", "leader", "all_of"),
)
SUPPORT = (
    codes("priority.categories", "重点培育类别", "重点培育的社区社会组织类别。", "support", "in", kind="option"),
    codes("priority.service_groups", "重点服务人群", "重点培育服务于这些人群的组织。", "support", "in", kind="option"),
    codes("fund.lottery.allowed_purposes", "彩票公益金用途", "彩票公益金可以资助的服务项目。", "support", "in"),
    flag(
        "procurement.hub_preference",
        "购买服务倾斜",
        "购买社区服务时向枢纽组织倾斜。",
        "support",
        words={"yes": "适当倾斜"},
    ),
    number(
        "procurement.hub_weight",
        "倾斜加分",
        "购买服务评分时给枢纽组织的加分。",
        "support",
        "weight",
        kind="option",
        at_least="",
    ),
    code("procurement.tiebreak", "同等条件优先", "购买服务评分相同时谁优先。", "support"),
    codes("ledger.candidate.criteria", "拟登记台账条件", "列入拟登记台账须逐项认定的事实。", "support", "all_of"),
    number("ledger.review_days", "台账复核间隔", "复核拟登记台账的间隔。", "support", "day", "≤"),
    number(
        "ledger.suggest_distance",
        "台账建议的差距",
        "离登记还差不超过几项条件的备案组织，由系统建议列入拟登记台账。",
        "support",
        "condition",
        "≤",
    ),
    codes("incubation.stages", "孵化阶段", "孵化依次经过的阶段。", "support", "=="),
    number("incubation.months", "孵化期限", "每次孵化的期限。", "support", "month", "≤"),
    number("support.startup_months", "初创期", "成立多久之内算作初创，可以享受初创扶持。", "support", "month", "≤"),
    _cadence("training.cadence", "定期培训", "组织负责人、社工和志愿者学习培训的间隔。", "support"),
    number(
        "talent.exam_group.public_institution_max_age",
        "职业考试年龄",
        "鼓励参加社会工作者考试的事业单位人员年龄上限，只适用于这一类人员。",
        "support",
        "age",
        "≤",
    ),
    Key(
        name="service.five_reductions",
        label="五减",
        meaning="办事的事项、环节、材料、证照和时限比原来减少。",
        theme="support",
        units=("codes",),
        ops=("decrease",),
        takes="codes",
        kind="option",
    ),
)
CONDUCT = (
    codes("activity.major.kinds", "须报告的重大活动", "举办这些活动须事先报告；报告不是审批。", "conduct", "in"),
    number("activity.major.lead_days", "重大活动提前报告", "重大活动至少提前多少天报告。", "conduct", "day"),
    number(
        "activity.major.min_participants",
        "重大活动人数",
        "参加人数达到多少须报告。",
        "conduct",
        "person",
    ),
    codes("activity.series", "系列活动", "重点开展的系列活动。", "conduct", "in", kind="option"),
    _cadence("report.two_committees.cadence", "向村（社区）“两委”报告", "定期报告工作的间隔。", "conduct"),
    number(
        "report.two_committees.due_days",
        "向村（社区）“两委”报告的期限",
        "报告期结束后多少天以内报告。",
        "conduct",
        "day",
        "≤",
    ),
    codes("evaluation.community_performance.rater_groups", "测评主体", "参加测评的各方。", "conduct", "all_of"),
    codes("evaluation.community_appraisal.rater_groups", "评议主体", "参加评估评议的各方。", "conduct", "all_of"),
    _cadence("evaluation.star.cadence", "星级评估", "登记机关开展星级评估的间隔。", "conduct"),
    number("grade.min_age", "等级评估资格", "登记满多少年可以申请等级评估。", "conduct", "year", at_least="满"),
    number("grade.validity", "评估等级有效期", "评估等级的有效期。", "conduct", "year", "≤"),
    Key(
        name="pack.validity",
        label="专项行动期间",
        meaning="文件规定的专项行动起止日期；期满后目标标记为已到期，规则继续适用。",
        theme="conduct",
        units=("date",),
        ops=("between",),
        takes="dates",
        kind="option",
    ),
    flag(
        "volunteer.group_in_community",
        "社区内志愿服务团体",
        "经居（村）民委员会同意，志愿服务团体可以在本社区开展志愿服务。",
        "conduct",
        words={"yes": "经同意即可"},
    ),
    flag(
        "mutual_aid.in_community",
        "社区内互助互济",
        "社区可以开展群众性互助互济活动，不要求是慈善组织。",
        "conduct",
        words={"yes": "可以开展"},
    ),
    number(
        "national.programme.trainings",
        "全国骨干培训人次",
        "三年专项行动的培训总人次。",
        "conduct",
        "person",
        kind="option",
    ),
)


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
        "inspection.double_random", "双随机抽查", "随机抽取检查对象和检查人员。", "supervision", words={"yes": "须采用"}
    ),
    number("inspection.min_inspectors", "检查人数", "现场检查的人员下限。", "supervision", "person"),
    number("inspection.ratio.county", "县级抽查比例", "县级每年抽查本级登记组织的比例。", "supervision", "share"),
    number("inspection.ratio.city", "市级抽查比例", "市级每年抽查本级登记组织的比例。", "supervision", "share"),
    number("inspection.ratio.province", "省级抽查比例", "省级每年抽查本级登记组织的比例。", "supervision", "share"),
    number("inspection.ratio.nation", "民政部抽查比例", "民政部每年抽查本级登记组织的比例。", "supervision", "share"),
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
KEYS = PARTY + LEADERS + SUPPORT + CONDUCT + SUPERVISION + COUNTING
