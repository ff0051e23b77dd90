"""The appraisals the documents name, and the facts each is told by. Pure.

A document says that the work is to be appraised and names no points, so there are none: a fact, its clause, and how it
stands. What the register does not know is said to be unknown. Clauses: 津民发〔2018〕61号 五（一） (TJ-50),
温民社组〔2018〕127号 六（二十一） and 一（一） (WZ-60, WZ-02), 渝北民〔2021〕114号 四（二） and 三（四） (YB-74, YB-75,
YB-81).
"""

from dataclasses import dataclass

from registry import codes

STREET, COMMUNITY = 4, 5
TABLES = {STREET: "scorecard_street", COMMUNITY: "scorecard_community"}


@dataclass(frozen=True)
class Fact:
    """One line: a number of the tables (`column`, with `over` a share or an average), what a policy key `asks`, or
    neither: a thing the clause speaks of and the register does not know."""

    label: str
    clause: str
    column: str = ""
    over: str = ""
    asks: str = ""


@dataclass(frozen=True)
class Section:
    """Facts under one heading; with `rest` also every target of the document that no fact has named."""

    title: str
    facts: tuple[Fact, ...] = ()
    rest: bool = False


@dataclass(frozen=True)
class Appraisal:
    """What one document has appraised at places of one level inside its area, from a year to a year."""

    area: str
    level: int
    document: str
    clause: str
    says: str
    sections: tuple[Section, ...]
    first: int
    last: int = 9999

    @property
    def table(self) -> str:
        return TABLES[self.level]


TIERS = (
    Fact("已登记的组织", "", "registered.hits"),
    Fact("已备案的组织", "", "filed.hits"),
    Fact("社区指导的组织", "", "listed.hits"),
)
FLOWS = (
    Fact("本年新备案", "", "new.filed"),
    Fact("本年新登记", "", "new.registered"),
    Fact("本年备案转登记", "", "new.converted"),
    Fact("本年备案和登记终止", "", "ended"),
)
WORK = (
    Fact("本年收件", "", "received"),
    Fact("本年办结", "", "approved"),
    Fact("承诺期限内办结", "", "in_time", "promised"),
    Fact("补正次数", "", "corrections"),
    Fact("年末在办", "", "open"),
)


def cited(facts: tuple[Fact, ...], clause: str) -> tuple[Fact, ...]:
    """The same facts under a clause."""
    return tuple(Fact(one.label, clause, one.column, one.over, one.asks) for one in facts)


TIANJIN = Appraisal(
    "120000000000",
    STREET,
    "津民发〔2018〕61号",
    "五（一）",
    "社区社会组织的发展和管理纳入基层政府绩效考核，也纳入社会治安综合治理考评。",
    (
        Section("发展情况", cited(TIERS + FLOWS, "一")),
        Section(
            "管理和服务情况",
            (
                *cited(WORK, "三（三）"),
                Fact("收到的年度报告和情况表", "五（二）", "report.annual"),
                Fact("其中逾期报送", "五（二）", "late.annual"),
            ),
        ),
        Section("参与平安建设和综合治理", (Fact("参与平安社区建设的组织", "四（四）"),)),
        Section("文件的各项要求", rest=True),
    ),
    2018,
)
WENZHOU = Appraisal(
    "330300000000",
    STREET,
    "温民社组〔2018〕127号",
    "六（二十一）",
    "社会组织参与社会治理列入党委和政府绩效考核，也列入社会治安综合治理考评；治理水平分社会化、法治化、智能化、专业化四个方面。",
    (
        Section(
            "社会化（文件第二部分）",
            (
                *cited(TIERS + FLOWS, "二（三）"),
                Fact("城市社区平均拥有组织数", "一（二）", asks="target.avg_per_urban_community"),
                Fact("农村社区平均拥有组织数", "一（二）", asks="target.avg_per_rural_community"),
                Fact("生活服务类组织", "二（三）", "category.living_service"),
                Fact("公益慈善类组织", "二（三）", "category.public_charity"),
                Fact("邻里互助类组织", "二（三）", "category.mutual_aid"),
                Fact("街道（乡镇）枢纽型、支持型组织", "一（二）", asks="target.hub.per_street"),
                Fact("社区枢纽型、支持型组织", "一（二）", asks="target.hub.per_community"),
            ),
        ),
        Section(
            "法治化（文件第三部分）",
            (
                Fact("法定代表人述职报告", "三（十二）", "report.duty"),
                Fact("收到的年度报告和情况表", "三（十二）", "report.annual"),
                Fact("其中逾期报送", "三（十二）", "late.annual"),
                Fact("每年专项检查", "三（十三）", asks="inspection.special.annual"),
            ),
        ),
        Section(
            "智能化（文件第四部分）",
            (
                *cited(WORK, "四（十四）"),
                Fact("网上一站受理、部门联办", "四（十四）", asks="target.online_joint_processing"),
            ),
        ),
        Section(
            "专业化（文件第五部分）",
            (
                Fact("社会工作服务机构覆盖城市社区", "一（二）", asks="target.social_work_agency.urban_coverage"),
                Fact("社会工作服务机构覆盖农村社区", "一（二）", asks="target.social_work_agency.rural_coverage"),
                Fact("参加社会工作者考试的人员", "五（十八）"),
                Fact("党组织覆盖的组织", "五（二十）", "party.hits", "party.base"),
            ),
        ),
        Section("绩效考核和综治考评的其他事实", (Fact("工作协调机制", "六（二十一）"),), rest=True),
    ),
    2018,
)
MECHANISM = Section(
    "工作机制（到2023年比较成熟）",
    (
        Fact("管理工作规程", "三（四）2", asks="street.management_procedure_document"),
        Fact("重大活动报告制度", "三（四）2"),
        Fact("向“两委”定期报告", "三（四）2", "report.periodic"),
        Fact("评估评议制度", "三（四）2"),
        Fact("信息公开制度", "三（四）3", asks="disclosure.community_board"),
    ),
)
PARTY = Fact("党组织覆盖的组织", "三（四）1", "party.hits", "party.base")
YUBEI = "渝北民〔2021〕114号"
YUBEI_STREET = Appraisal(
    "500112000000",
    STREET,
    YUBEI,
    "四（二）",
    "社区社会组织工作纳入全区民政工作综合评估和民政事业统计。",
    (
        Section("发展情况", cited(TIERS + FLOWS, "三（一）")),
        Section("登记、备案和管理情况", (*cited(WORK, "三（四）2"), PARTY)),
        MECHANISM,
        Section("文件的各项要求", rest=True),
    ),
    2021,
    2023,
)
YUBEI_COMMUNITY = Appraisal(
    "500112000000",
    COMMUNITY,
    YUBEI,
    "四（二）",
    "社区社会组织发展纳入村（社区）“两委”班子目标责任考核，也纳入社区党组织书记年度述职。",
    (
        Section("发展情况", cited(TIERS + FLOWS, "三（一）")),
        Section("登记、备案和管理情况", (*cited(WORK, "三（四）2"), PARTY)),
        MECHANISM,
        Section("文件的各项要求", rest=True),
    ),
    2021,
    2023,
)
APPRAISALS = (TIANJIN, WENZHOU, YUBEI_STREET, YUBEI_COMMUNITY)


def of(code: str, level: int, year: int) -> Appraisal | None:
    """The appraisal a document names for a place in a year; None where no document names one."""
    for one in APPRAISALS:
        if one.level == level and codes.contains(one.area, code) and year >= one.first:
            return one
    return None


def named(code: str) -> bool:
    """Whether any document names an appraisal for places of this level there, whatever the year."""
    return any(one.level == codes.level(code) and codes.contains(one.area, code) for one in APPRAISALS)
