"""Keys of the way in: tiers, registration, filing and names."""

from typing import Any

from registry.policy.vocabulary import Key, code, codes, flag, number

PLACE = {"district": "区民政部门", "county": "县级民政部门", "province": "省级民政部门"}


def _silent(name: str, label: str, meaning: str) -> Key:
    return Key(
        name=name,
        label=label,
        meaning=meaning,
        theme="registration",
        units=("none",),
        ops=("none",),
        takes="none",
        kind="option",
    )


def _least(name: str, label: str, meaning: str, unit: str, **more: Any) -> Key:
    return number(name, label, meaning, "registration", unit, **more)


def _words(name: str, label: str, meaning: str) -> Key:
    return Key(name=name, label=label, meaning=meaning, theme="name", units=("codes",), ops=("in",), takes="words")


TIERS = (
    codes("tier.model", "分类层次", "社区社会组织分成哪几类管理。", "tier", "==", kind="option"),
    Key(
        name="registration.regime",
        label="登记体制",
        meaning="直接向登记机关申请，或者先取得业务主管单位同意再申请。",
        theme="tier",
        units=("code",),
        ops=("==", "by_category"),
        takes="code",
        words={"direct": "直接登记", "dual": "双重管理", "others": "其他类别"},
    ),
    code(
        "registration.supervising_unit",
        "业务主管单位",
        "双重管理时由谁担任业务主管单位并出具同意文件。",
        "tier",
        words={"street_town": "街道办事处（乡镇人民政府）", "department": "有关行业主管部门"},
    ),
    code("registration.authority_level", "登记机关", "申请登记应当去哪一级民政部门。", "tier", words=PLACE),
    code(
        "registration.foundation_level",
        "基金会登记机关",
        "基金会应当去哪一级民政部门登记。",
        "tier",
        words=PLACE,
    ),
)
REGISTRATION = (
    _silent("registration.capital", "注册资金（无数字）", "本文件没有规定注册资金数额，适用国家规定。"),
    _silent("registration.members", "会员数量（无数字）", "本文件没有规定会员数量，适用国家规定。"),
    _least(
        "registration.min_capital", "注册资金", "申请登记时注册（活动、开办）资金的下限。", "CNY", at_least="不低于"
    ),
    _least(
        "registration.association.individual_members",
        "个人会员",
        "社会团体全部由个人会员组成时的会员下限。",
        "member",
    ),
    _least("registration.association.unit_members", "单位会员", "社会团体全部由单位会员组成时的会员下限。", "member"),
    _least(
        "registration.association.mixed_members",
        "混合会员",
        "社会团体由个人会员和单位会员混合组成时的会员总数下限。",
        "member",
    ),
    _least(
        "registration.federation.min_members",
        "联合会会员",
        "街道（乡镇）社区社会组织联合会的会员下限，个人和单位合并计算。",
        "member",
        statutory="registration.association.mixed_members",
    ),
    _least(
        "registration.foundation.min_fund",
        "基金会原始基金",
        "非公募基金会原始基金的下限，须为到账货币资金。",
        "CNY",
        at_least="不低于",
    ),
    _least(
        "registration.foundation.min_fund.public",
        "地方公募基金会原始基金",
        "地方性公募基金会原始基金的下限。",
        "CNY",
        at_least="不低于",
    ),
    _least(
        "registration.foundation.min_fund.national",
        "全国性公募基金会原始基金",
        "全国性公募基金会原始基金的下限。",
        "CNY",
        at_least="不低于",
    ),
    flag(
        "registration.supervising_consent",
        "业务主管单位同意文件",
        "双重管理的组织申请登记时须有业务主管单位的同意文件。",
        "registration",
        words={"yes": "须提交"},
    ),
    codes(
        "registration.finance_arrangement",
        "财务安排",
        "可以自行管理财务，也可以委托托管。",
        "registration",
        "in",
        kind="option",
    ),
    number("registration.decision_days", "登记决定期限", "收齐材料后作出决定的期限。", "registration", "day", "≤"),
    number(
        "registration.promised_days",
        "登记承诺期限",
        "登记机关对外承诺的办结期限，从提交起算。",
        "registration",
        "working_day",
        "≤",
    ),
    number(
        "licence.correction_days",
        "一次性告知补正期限",
        "材料不齐时一次告知全部需要补正的内容；逾期不告知视为受理。",
        "registration",
        "working_day",
        "≤",
    ),
    number(
        "licence.joint_days",
        "联合办理期限",
        "几个部门联合办理时，从第一次征求意见起合计的期限。",
        "registration",
        "working_day",
        "≤",
    ),
    number(
        "opinion.answer_days",
        "会商单位答复期限",
        "会商单位答复征求意见的期限，每一件可以另定。",
        "registration",
        "working_day",
        "≤",
    ),
    number("licence.certificate_days", "发证期限", "决定准予后发放证书的期限。", "registration", "working_day", "≤"),
    number(
        "charity.register_days", "慈善组织登记期限", "受理慈善组织登记后作出决定的期限。", "registration", "day", "≤"
    ),
    number(
        "charity.recognise_days",
        "慈善组织认定期限",
        "已有组织申请认定为慈善组织时作出决定的期限。",
        "registration",
        "day",
        "≤",
    ),
    number("change.apply_days", "变更申请期限", "同意或决议之后申请变更登记的期限。", "registration", "day", "≤"),
    number("deregister.apply_days", "注销申请期限", "清算结束之后申请注销登记的期限。", "registration", "day", "≤"),
    flag(
        "premises.required",
        "固定的活动场所",
        "申请登记须有固定的住所或必要的场所。",
        "registration",
        words={"yes": "须具备"},
    ),
    flag(
        "premises.sharing_allowed",
        "共用活动场所",
        "多个组织可以登记同一活动场所、合署办公，共用不是不予登记的理由。",
        "registration",
        words={"yes": "允许多家共用"},
    ),
    flag(
        "premises.postal_reachable_required",
        "邮政通信可达",
        "登记的场所须能收到邮件，逐个组织核实。",
        "registration",
        words={"yes": "须可达"},
    ),
)
FILING = (
    code("filing.preliminary_reviewer", "备案初审", "由谁初审并上报备案，须有街道（乡镇）有效的委托。", "filing"),
    code("filing.decider", "备案决定", "由谁决定是否备案。", "filing"),
    number("filing.association.min_members", "备案团体成员", "会员型组织备案的成员下限。", "filing", "person"),
    number(
        "filing.association.min_sponsors", "备案团体发起人", "会员型组织备案的自然人发起人下限。", "filing", "person"
    ),
    number(
        "filing.association.min_unit_sponsors",
        "备案团体发起单位",
        "会员型组织由单位发起时的发起单位下限。",
        "filing",
        "organisation",
    ),
    number(
        "filing.service.min_founders", "备案服务机构举办人", "服务型组织备案的自然人举办人下限。", "filing", "person"
    ),
    number("filing.service.min_staff", "备案服务机构人员", "服务型组织备案的工作人员下限。", "filing", "person"),
    number("filing.preliminary_days", "初审期限", "收到备案申请后初审的期限。", "filing", "working_day", "≤"),
    number("filing.report_days", "上报期限", "受理之后提出意见并上报街道的期限。", "filing", "working_day", "≤"),
    number("filing.correction_days", "补正告知期限", "一次告知全部需要补正内容的期限。", "filing", "working_day", "≤"),
    number("filing.decide_days", "备案决定期限", "街道（乡镇）作出备案决定的期限。", "filing", "day", "≤"),
    number("filing.promised_days", "备案承诺期限", "备案从提交到决定对外承诺的期限。", "filing", "working_day", "≤"),
    number("filing.cancel_days", "注销备案期限", "办理注销备案的期限。", "filing", "working_day", "≤"),
    number(
        "filing.idle_months", "长期不活动", "连续没有活动达到这个时长，可以注销备案。", "filing", "month", at_least="满"
    ),
    Key(
        name="filing.validity_months",
        label="备案有效期",
        meaning="备案证明的有效期；没有规定的长期有效。",
        theme="filing",
        units=("month",),
        ops=("≤", "none"),
        takes="number",
    ),
)
NAMES = (
    codes("name.component_order", "名称顺序", "名称各部分的先后顺序。", "name", "=="),
    Key(
        name="name.zihao.required",
        label="字号",
        meaning="哪些组织的名称必须含有字号。",
        theme="name",
        units=("flag",),
        ops=("==",),
        takes="table",
        words={"yes": "必须有字号", "no": "可以没有字号"},
    ),
    number("name.zihao.min_han_chars", "字号字数", "字号中汉字的下限。", "name", "han_char"),
    _words("name.forbidden_words", "禁用词语", "名称中不得出现的词语。"),
    _words("name.restricted_words", "限用词语", "只能作为行（事）业领域限定语的词语。"),
    number(
        "materials.promise_days",
        "容缺补交期限",
        "承诺补交的材料最迟在承诺后多少天补交。",
        "registration",
        "day",
        "≤",
    ),
    number("name.reservation_days", "名称保留天数", "核准保留的名称为申请人保留多少天。", "name", "day", "≤"),
    number(
        "name.conflict.released_after.changed",
        "原名称保护（变更）",
        "其他组织变更名称后，旧名称多久之内不得使用。",
        "name",
        "year",
        at_least="满",
    ),
    number(
        "name.conflict.released_after.deregistered",
        "原名称保护（注销）",
        "其他组织注销登记后，名称多久之内不得使用。",
        "name",
        "year",
        at_least="满",
    ),
    number(
        "name.conflict.released_after.revoked",
        "原名称保护（撤销、吊销）",
        "其他组织被撤销成立登记或吊销证书后，名称多久之内不得使用。",
        "name",
        "year",
        at_least="满",
    ),
)
KEYS = TIERS + REGISTRATION + FILING + NAMES
